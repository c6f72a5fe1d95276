import { stopSignal } from './stop-signal.ts';

/** How long a command listens: for so many seconds (left out: for ever) or until Ctrl-C. `callOff` when it ends for another reason. */
export function endOf(seconds: number | undefined): { over: Promise<void>; callOff(): void } {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    if (seconds !== undefined) timer = setTimeout(resolve, seconds * 1_000);
  });
  const callOff = () => clearTimeout(timer);
  return { over: Promise.race([stopSignal(), timeIsUp]).finally(callOff), callOff };
}

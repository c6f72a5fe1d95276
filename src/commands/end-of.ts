import { stopSignal } from './stop-signal.ts';

/** Resolves after so many seconds (left out: never by itself), or at Ctrl-C. */
export function endOf(seconds: number | undefined): Promise<void> {
  const signal = stopSignal();
  if (seconds === undefined) return signal;
  return Promise.race([signal, new Promise<void>((resolve) => void setTimeout(resolve, seconds * 1_000))]);
}

import type { Clock } from '../../ports/clock.ts';
import type { LineTransport } from '../../ports/transport.ts';
import type { Ear } from './ear.ts';
import { type Arrival, listen } from './listen.ts';
import { suspectSpeed } from './suspect-speed.ts';

export interface SpeedListener {
  /** It listens at this speed now. */
  listening(baudRate: number): void;
  arrived(arrival: Arrival): void;
  /** What just arrived looks like another speed than this; `next` is tried now, null: there is no other to try. Said once a speed. */
  nonsense(baudRate: number, next: number | null): void;
}

/**
 * Listens, and goes on to the next speed (round and round) when what arrived makes no sense at this one. Nothing is ever sent.
 * Resolves when `done` does, or with why the line ended by itself; rejects with the transport's `Failure`.
 */
export async function listenOverSpeeds(
  lineAt: (baudRate: number) => LineTransport,
  speeds: readonly number[],
  ears: readonly Ear[],
  listener: SpeedListener,
  done: Promise<void>,
  clock: Clock,
): Promise<string | null> {
  const over = done.then(() => ({ why: null }));
  for (let turn = 0; ; turn++) {
    const speed = speeds[turn % speeds.length] ?? 9600;
    const next = speeds.length > 1 ? (speeds[(turn + 1) % speeds.length] ?? null) : null;
    let settle: (end: { why: string } | 'next') => void = () => {};
    const end = new Promise<{ why: string } | 'next'>((resolve) => {
      settle = resolve;
    });
    let saidNonsense = false;
    const stop = await listen(
      lineAt(speed),
      ears,
      {
        arrived(arrival) {
          listener.arrived(arrival);
          if (saidNonsense || !suspectSpeed(arrival)) return;
          saidNonsense = true;
          listener.nonsense(speed, next);
          if (next !== null) settle('next');
        },
        ended: (why) => settle({ why }),
      },
      clock,
    );
    listener.listening(speed);
    const ending = await Promise.race([over, end]);
    await stop();
    if (ending !== 'next') return ending.why;
  }
}

import type { Clock } from '../../ports/clock.ts';
import type { LineTransport } from '../../ports/transport.ts';
import { type Ear, listenWith, type Reading } from './ear.ts';

/** Bytes that came together, with nothing after them for a moment. */
export interface Arrival {
  /** Since the listening began. */
  atMs: number;
  bytes: Uint8Array;
  /** In the order of the ears. */
  readings: Reading[];
}

export interface Listener {
  arrived(arrival: Arrival): void;
  /** The line ended by itself. */
  ended(why: string): void;
}

/**
 * Between two frames of a reader that repeats a card lie about 50 ms; between the bytes of one, at 1200 baud, fewer than 10. Keys
 * that a keyboard types come slower, and their end may be a silence.
 */
const silenceMs = { stream: 30, hid: 150 };

/** What never falls silent is told in parts of this size. */
const longestArrival = 1_024;

/**
 * Listens on a line with every ear at once. Nothing is ever sent. Rejects with the transport's `Failure` when the line cannot be
 * opened; resolves, once it listens, with the way to stop, which still tells what has come.
 */
export async function listen(
  transport: LineTransport,
  ears: readonly Ear[],
  { arrived, ended }: Listener,
  clock: Clock,
  speaks: 'stream' | 'hid' = ears[0]?.profile.speaks ?? 'stream',
): Promise<() => Promise<void>> {
  const listeners = ears.map(listenWith);
  const quietMs = silenceMs[speaks];
  const startMs = clock.monotonicMs();
  let chunks: Uint8Array[] = [];
  let readings: Reading[] = [];
  let beganMs = 0;
  let callOffSilence = () => {};

  function tell(): void {
    callOffSilence();
    if (chunks.length === 0) return;
    readings.push(...listeners.flatMap(({ silence }) => silence(clock.monotonicMs())));
    const arrival = { atMs: beganMs - startMs, bytes: Buffer.concat(chunks), readings };
    chunks = [];
    readings = [];
    arrived(arrival);
  }

  const line = await transport.open({
    bytes(chunk) {
      const nowMs = clock.monotonicMs();
      if (chunks.length === 0) beganMs = nowMs;
      chunks.push(chunk);
      readings.push(...listeners.flatMap(({ hear }) => hear(chunk, nowMs)));
      callOffSilence();
      callOffSilence = clock.after(quietMs, tell);
      if (chunks.reduce((sum, { length }) => sum + length, 0) >= longestArrival) tell();
    },
    closed(why) {
      tell();
      ended(why);
    },
  });
  return async () => {
    tell();
    await line.close();
  };
}

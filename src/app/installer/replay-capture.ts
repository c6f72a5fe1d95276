import { framed } from '../../lib/framed.ts';
import type { Capture } from './capture.ts';
import { type Ear, listenWith, type Reading } from './ear.ts';

/** What the ears made of one chunk. */
export interface ReplayedChunk {
  atMs: number;
  readings: Reading[];
}

/** Runs what came from the device through every ear, with the silences between as they were. What was sent to it is passed over. */
export function replayCapture({ of, chunks }: Capture, ears: readonly Ear[]): ReplayedChunk[] {
  const listeners = ears.map(listenWith);
  const replayed = chunks
    .filter(({ direction }) => direction === 'in')
    .map(({ atMs, bytes }) => {
      const heard = of === 'reports' ? framed(bytes) : bytes;
      return { atMs, readings: listeners.flatMap(({ hear }) => hear(heard, atMs)) };
    });
  const endMs = (chunks.at(-1)?.atMs ?? 0) + afterMs;
  const atEnd = { atMs: endMs, readings: listeners.flatMap(({ silence }) => silence(endMs)) };
  return [...replayed, atEnd].filter(({ readings }) => readings.length > 0);
}

/** Longer than any product waits for more. */
const afterMs = 1_000;

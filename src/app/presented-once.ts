import { type Read, readText } from '../domain/member/credential.ts';
import type { Clock } from '../ports/clock.ts';

/** Whether a read is a new presentation: a reader that repeats a card lying on it within that time presents it once. */
export function presentedOnce(clock: Clock, repeatsWithinMs: number | undefined): (read: Read) => boolean {
  let present: { text: string; atMs: number } | null = null;
  return (read) => {
    const text = readText(read);
    const nowMs = clock.monotonicMs();
    const still = present?.text === text && nowMs - present.atMs <= (repeatsWithinMs ?? -1);
    present = { text, atMs: nowMs };
    return !still;
  };
}

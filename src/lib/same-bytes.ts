import { timingSafeEqual } from 'node:crypto';

/** Whether both are the same; how long it takes tells nothing of where they differ. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

import { joinBytes } from '../../src/lib/join-bytes.ts';

/** One byte to the left, the first to the end: what each side does to the other's number before it shows that it could read it. */
export function rotatedLeft(block: Uint8Array): Uint8Array {
  return joinBytes(block.subarray(1), block.subarray(0, 1));
}

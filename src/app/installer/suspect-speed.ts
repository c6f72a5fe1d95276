import type { Arrival } from './listen.ts';

/** Fewer bytes say nothing. */
const fewestBytes = 4;

/** The control characters that readers use: STX, ETX, tab, line ends, separators of GS1 codes. */
const usualControls = [0x02, 0x03, 0x04, 0x09, 0x0a, 0x0d, 0x1c, 0x1d, 0x1e];

/**
 * Whether what came looks like bytes read at another speed than they were sent: nothing reads them, and a good part of them is
 * neither text nor what stands around text. It may also be a product that speaks in binary.
 */
export function suspectSpeed({ bytes, readings }: Pick<Arrival, 'bytes' | 'readings'>): boolean {
  if (readings.some(makesSense) || bytes.length < fewestBytes) return false;
  const odd = bytes.filter((byte) => byte >= 0x7f || (byte < 0x20 && !usualControls.includes(byte)));
  return odd.length * 4 >= bytes.length;
}

/** Not what a reader of any line makes of noise that happens to hold a line end. */
function makesSense({ read, keys }: Arrival['readings'][number]): boolean {
  return keys !== null || (read !== null && /^[\x20-\x7e]+$/.test(read.value));
}

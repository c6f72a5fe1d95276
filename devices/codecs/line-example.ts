import { toHex } from '../../src/lib/hex.ts';
import type { StreamExample } from '../../src/ports/device.ts';

/** A line as its reader sends it, with CR LF behind it, and the card that it is of; null: none. */
export function lineExample(
  line: string,
  value: string | null,
  source: string,
  settings?: Record<string, unknown>,
): StreamExample {
  return {
    wire: toHex(Buffer.from(`${line}\r\n`, 'latin1')),
    reads: value === null ? [] : [{ kind: 'rfid', value }],
    ...(settings && { settings }),
    source,
  };
}

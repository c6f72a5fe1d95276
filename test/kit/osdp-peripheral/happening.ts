import type { Reply } from './reply.ts';

/** RAW: the bits as text of 0 and 1, the first on the wire first. Format 1 is Wiegand, 0 unspecified. */
export function cardRead(bits: string, reader: number, format: number): Reply {
  if (!/^[01]+$/.test(bits)) throw new Error(`\`${bits}\` are no bits: write 0 and 1`);
  const packed = (bits.match(/.{1,8}/g) ?? []).map((part) => Number.parseInt(part.padEnd(8, '0'), 2));
  return { id: 0x50, data: Uint8Array.of(reader, format, bits.length & 0xff, bits.length >> 8, ...packed) };
}

/** KEYPAD. */
export function keysPressed(keys: string, reader: number): Reply {
  if (!/^[0-9*#]+$/.test(keys)) throw new Error(`\`${keys}\` are not on the keypad: write 0 to 9, * and #`);
  const codes = Array.from(keys, (key) => (key === '*' ? 0x7f : key === '#' ? 0x0d : key.charCodeAt(0)));
  return { id: 0x53, data: Uint8Array.of(reader, codes.length, ...codes) };
}

/** LSTATR. */
export const ownStatus = (hasTamper: boolean, hasPowerFailed: boolean): Reply => ({
  id: 0x48,
  data: Uint8Array.of(Number(hasTamper), Number(hasPowerFailed)),
});

/** ISTATR. */
export const inputStatus = (active: readonly boolean[]): Reply => ({ id: 0x49, data: Uint8Array.from(active, Number) });

/** OSTATR. */
export const outputStatus = (on: readonly boolean[]): Reply => ({ id: 0x4a, data: Uint8Array.from(on, Number) });

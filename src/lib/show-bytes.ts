import { toHex } from './hex.ts';

const shown = 96;

/** `02 36 32`; of what is long, the beginning and how much there is. */
export function showHex(bytes: Uint8Array): string {
  const pairs = (toHex(bytes.subarray(0, shown)).match(/../g) ?? []).join(' ');
  return bytes.length > shown ? `${pairs} … (${bytes.length} bytes)` : pairs;
}

/** The same as text, every byte one sign: control characters by their pictures (`␂`, `␍`), what is not ASCII as `·`. */
export function showText(bytes: Uint8Array): string {
  const text = Array.from(bytes.subarray(0, shown), (byte) => {
    if (byte < 0x20) return String.fromCodePoint(0x2400 + byte);
    return byte < 0x7f ? String.fromCodePoint(byte) : byte === 0x7f ? '␡' : '·';
  }).join('');
  return bytes.length > shown ? `${text}…` : text;
}

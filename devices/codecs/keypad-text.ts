/**
 * Keys that come as ASCII: digits, `*` and `#` as they are; a line end is `#`, and escape, backspace and delete are `*`, as
 * OSDP has them (`*` 7F, `#` 0D). Everything else is no key.
 */
export function keysOfText(bytes: Uint8Array): string {
  return Array.from(bytes, keyOfByte).join('');
}

function keyOfByte(byte: number): string {
  const sign = String.fromCharCode(byte);
  if (/[0-9*#]/.test(sign)) return sign;
  if (byte === 0x0d || byte === 0x0a) return '#';
  return byte === 0x1b || byte === 0x08 || byte === 0x7f ? '*' : '';
}

/** Upper-case hex, two digits a byte, nothing between them. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex').toUpperCase();
}

/** The bytes of hex text; white space and case do not matter. Throws RangeError for anything else. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) throw new RangeError(`\`${text}\` is not hex: write two digits for every byte`);
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What the last group of digits may hold over whole groups of eight: a byte takes two digits, two bytes four, and so on (RFC 4648, section 6). */
const lastGroups = [0, 2, 4, 5, 7];

/** The bytes of base32 text (RFC 4648, section 6); case, white space and `=` at the end do not matter. Null: no base32, or no byte. */
export function fromBase32(text: string): Uint8Array | null {
  const digits = text.replaceAll(/\s/g, '').replace(/=+$/, '');
  if (!/^[A-Z2-7]+$/i.test(digits) || !lastGroups.includes(digits.length % 8)) return null;
  const bytes = new Uint8Array(Math.floor((digits.length * 5) / 8));
  let bits = 0;
  let bitCount = 0;
  let at = 0;
  for (const digit of digits.toUpperCase()) {
    bits = ((bits << 5) | alphabet.indexOf(digit)) & 0xfff;
    bitCount += 5;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[at] = bits >> bitCount;
      at += 1;
    }
  }
  return bytes;
}

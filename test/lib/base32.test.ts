import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase32 } from '../../src/lib/base32.ts';

/** RFC 4648, section 6, by its definition: a row of bits cut into fives. */
function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const fives = bits.match(/.{1,5}/g) ?? [];
  return fives.map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

function textOf(base32: string): string | null {
  const bytes = fromBase32(base32);
  return bytes && Buffer.from(bytes).toString('latin1');
}

// RFC 4648, section 10.
test.each([
  ['MY======', 'f'],
  ['MZXQ====', 'fo'],
  ['MZXW6===', 'foo'],
  ['MZXW6YQ=', 'foob'],
  ['MZXW6YTB', 'fooba'],
  ['MZXW6YTBOI======', 'foobar'],
])('`%s` is `%s`', (base32, text) => {
  expect(textOf(base32)).toBe(text);
});

test('a secret may be spelled as phones show it: small letters, in groups, without padding', () => {
  expect(textOf('mzxw 6ytb\noi')).toBe('foobar');
});

test('every secret comes back as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
      expect(fromBase32(toBase32(bytes))).toEqual(bytes);
    }),
  );
});

test.each([
  ['no secret at all', ''],
  ['padding alone', '===='],
  ['digits that base32 does not have', 'MZXW6YT1'],
  ['one of them in front', '1ZXW6YTB'],
  ['padding inside', 'MZXW=6YTB'],
  ['a letter that only becomes one of base32 when made large', 'MZXW6YTſ'],
  ['a single digit, which is no byte', 'M'],
  ['three digits: one is missing', 'MZX'],
  ['six digits: one is missing', 'MZXW6Y'],
  ['nine digits: one is missing', 'MZXW6YTBO'],
])('%s is refused: `%s`', (_, base32) => {
  expect(fromBase32(base32)).toBeNull();
});

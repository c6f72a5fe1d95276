import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexDigitsOf, printedSpelling, sharedEndings } from '../../../src/domain/member/printed-number.ts';

const [first, second] = ['01026F6C3A', '55007EE424'];

test.each([
  ['01026F6C3A', '55007EE424', 'hex'],
  ['4335823930', '365080536100', 'decimal'],
  ['0004335823930', '0365080536100', 'decimal'],
  ['0040856634', '0008315940', '8H10D'],
  ['07302202', '08315940', '6H8D'],
  ['111,27706', '126,58404', '2H4H'],
  ['00623,27706', '00126,58404', '4H4H'],
  ['0980184834', '0618954240', 'R'],
])('%s and %s are printed on the two cards', (onFirst, onSecond, spelling) => {
  // With nothing in the third byte, the short and the long spelling are the same number.
  const same: Record<string, string[]> = { '6H8D': ['8H10D'], '4H4H': ['2H4H'] };
  expect(printedSpelling(first, onFirst)).toBe(spelling);
  expect([spelling, ...(same[spelling] ?? [])]).toContain(printedSpelling(second, onSecond));
  expect([printedSpelling(first, onSecond), printedSpelling(second, onFirst)]).toEqual([null, null]);
});

test('spellings that few cards have are known too', () => {
  expect(printedSpelling('01026F6C3A', '001,27706')).toBe('rare');
  expect(printedSpelling('0456463AAC2280', '004,22086')).toBe('rare');
});

test('zeros at the front, spaces, small letters and the sign between do not matter; two numbers may stand side by side', () => {
  for (const printed of [
    '126,58404',
    '126 58404',
    ' 0126:58404 ',
    '55007ee424',
    '0008315940 126,58404',
    '0008315940   126,58404',
  ])
    expect(printedSpelling(second, printed), printed).not.toBeNull();
  expect(printedSpelling(second, '0008315941 126,58405')).toBeNull();
  expect(printedSpelling(second, '')).toBeNull();
});

test('a number that a reader gives as it is printed is that', () => {
  expect(printedSpelling('126,58404', '126,58404')).toBe('as_is');
  expect(printedSpelling('08315940', '8315940')).toBe('as_is');
  expect(printedSpelling('not a number', '126,58404')).toBeNull();
});

test('every identifier has its own spellings', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 3, maxLength: 10 }), (bytes) => {
      const value = Buffer.from(bytes).toString('hex').toUpperCase();
      const [b2 = 0, b3 = 0, b4 = 0] = bytes.slice(-3);
      expect(printedSpelling(value, `${b2},${b3 * 256 + b4}`)).not.toBeNull();
      expect(printedSpelling(value, BigInt(`0x${value}`).toString())).not.toBeNull();
    }),
  );
});

test('cards that share an ending are counted, each once', () => {
  const cards = ['01026F6C3A', 'FF026F6C3A', '55007EE424', '55007EE424', '6F6C3A'];
  expect([6, 8, 10].map((digits) => sharedEndings(cards, digits))).toEqual([3, 2, 0]);
});

test('how much of an identifier a value holds', () => {
  expect(['55007EE424', '7EE424', '126,58404', '00126,58404', '623,27706'].map(hexDigitsOf)).toEqual([10, 6, 6, 8, 8]);
});

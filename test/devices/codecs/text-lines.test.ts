import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiOf, linesOf } from '../../../devices/codecs/text-lines.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const texts = (pending: string, longest = 10) => {
  const { lines, rest } = linesOf(bytes(pending), longest);
  return { lines: lines.map((line) => Buffer.from(line).toString('latin1')), rest: Buffer.from(rest).toString('latin1') };
};

test('a line ends with CR, LF or both', () => {
  expect(texts('a\rb\nc\r\nd')).toEqual({ lines: ['a', 'b', 'c', ''], rest: 'd' });
});

test('a line that is too long is left out, also when its end comes later', () => {
  expect(texts('12345678901\rnext\r')).toEqual({ lines: ['next'], rest: '' });
  expect(texts('1234567890\r')).toEqual({ lines: ['1234567890'], rest: '' });
  const { rest } = texts('1234567890123456789');
  expect(texts(`${rest}\rnext\r`)).toEqual({ lines: ['next'], rest: '' });
});

test('never keeps more than the longest line and one byte', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), (heard, longest) => {
      const { lines, rest } = linesOf(heard, longest);
      expect(rest.length).toBeLessThanOrEqual(longest + 1);
      expect(Math.max(0, ...lines.map((line) => line.length))).toBeLessThanOrEqual(longest);
    }),
  );
});

test('what stands around a line is taken off, what stands in it is not', () => {
  expect(asciiOf(bytes('\x00\xff\x02 No card \x03'))).toBe('No card');
  expect(asciiOf(bytes('55\x0000'))).toBe('55\x0000');
  expect(asciiOf(bytes('\x00'))).toBe('');
});

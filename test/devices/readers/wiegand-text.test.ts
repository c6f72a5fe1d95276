import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bitsOfInteger, cardNumberOf, frameOf, frameOfData, wiegandFormats } from '../../../devices/codecs/wiegand.ts';
import wiegandText from '../../../devices/readers/wiegand-text.ts';

const settings = wiegandText.settings.parse({});
const decode = (line: string, given = {}) =>
  wiegandText.decode(Buffer.from(`${line}\n`, 'latin1'), wiegandText.settings.parse(given));
const valueOf = (line: string, given = {}) => decode(line, given).reads[0]?.value ?? null;

const anyFrame = fc
  .constantFrom(...wiegandFormats)
  .chain((format) =>
    fc
      .bigInt({ min: 1n, max: 0xffffffffn })
      .map((data) => ({ format, bits: frameOfData(format, data & ((1n << 24n) - 1n)) ?? '' })),
  );

test('a frame means the same as bits, in hex and in decimal', () => {
  fc.assert(
    fc.property(anyFrame, ({ format, bits }) => {
      const value = cardNumberOf(bits, { ...settings, format });
      const integer = BigInt(`0b${bits}`);
      const count = { bits: bits.length, format };
      expect(valueOf(bits, { format })).toBe(value);
      expect(valueOf(`W${bits.length}:${bits}`, { format })).toBe(value);
      expect(valueOf(integer.toString(16), { ...count, lines: 'hex' })).toBe(value);
      expect(valueOf(integer.toString(), { ...count, lines: 'decimal' })).toBe(value);
    }),
  );
});

test('a card written as facility code and number is the card of that frame', () => {
  fc.assert(
    fc.property(fc.nat(255), fc.nat(65535), (facility, number) => {
      const bits = frameOf('h10301', { facility, number }) ?? '';
      expect(valueOf(`W26:${facility},${number}`)).toBe(cardNumberOf(bits, settings));
    }),
  );
});

test('hex without parity is told from hex with it by its length', () => {
  const bits = frameOf('h10306', { facility: 0x5df5, number: 0x0f46 }) ?? '';
  const whole = BigInt(`0b${bits}`).toString(16).padStart(9, '0');
  expect(valueOf(`W34:${whole}`)).toBe('5DF50F46');
  expect(valueOf('W34:5df50f46')).toBe('5DF50F46');
  expect(valueOf('Wiegand-34: 0x5DF50F46')).toBe('5DF50F46');
  const flipped = (BigInt(`0b${bits}`) ^ 2n).toString(16).padStart(9, '0');
  expect(valueOf(`W34:${flipped}`)).toBeNull();
});

test('keys are handed on in the order in which they were pressed, and never as cards', () => {
  const keys = [...'4711#'].map((key) => bitsOfInteger('0123456789*#'.indexOf(key), 4));
  expect(decode(keys.join('\r\n'))).toMatchObject({ reads: [], keys: '4711#' });
  expect(decode('W4:B')).toMatchObject({ reads: [], keys: '#' });
  expect(decode('W8:F0')).toMatchObject({ reads: [], keys: '0' });
});

test('where a keypad sends its PIN whole, a frame of that length is never a card', () => {
  const pin = frameOf('h10301', { facility: 7, number: 42 }) ?? '';
  expect(decode(pin, { keypad: 'binary' })).toMatchObject({ reads: [], keys: '*0042#' });
  expect(decode(pin, { keypad: 'binary', pinDigits: 6 })).toMatchObject({ reads: [], keys: '*000042#' });
  expect(decode('W26:96,17669', { keypad: 'decimal' })).toMatchObject({ reads: [], keys: '*604505#' });
  // 26 bits that hold no six digits.
  expect(decode('W26:255,1', { keypad: 'decimal' })).toEqual({ reads: [], rest: Buffer.of() });
});

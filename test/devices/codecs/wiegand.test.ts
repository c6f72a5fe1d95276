import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  bitsOf,
  bitsOfInteger,
  bytesOf,
  cardNumberOf,
  frameOf,
  keyOf,
  pinOf,
  readAs,
  readingsOf,
  type WiegandFields,
  type WiegandFormat,
  wiegandFormats,
  wiegandSettings,
} from '../../../devices/codecs/wiegand.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

const shape = z.strictObject(wiegandSettings);
const usual = shape.parse({});

interface Vector {
  format: WiegandFormat;
  fields: WiegandFields;
  bits: string;
  integer: bigint;
  packed: string;
}

/** H10301 123/4567: proxmark3 `wiegand decode --raw 2006F623AE`; the others are computed from the layouts. */
const vectors: Vector[] = [
  vector('h10301', { facility: 123, number: 4567 }, '10111101100010001110101110', 0x2f623aen, 'BD88EB80'),
  vector('h10301', { facility: 111, number: 27706 }, '00110111101101100001110101', 0xded875n, '37B61D40'),
  vector('h10301', { facility: 0, number: 1 }, '00000000000000000000000010', 2n, '00000080'),
  vector('h10301', { facility: 255, number: 65535 }, '01111111111111111111111111', 0x1ffffffn, '7FFFFFC0'),
  vector('h10306', { facility: 12345, number: 54321 }, '0001100000011100111010100001100010', 0x6073a862n, '181CEA1880'),
  vector('uid34', { number: 0x04a1b2c3 }, '0000001001010000110110010110000111', 0x9436587n, '0250D961C0'),
  vector('uid34', { number: 0xc3b2a104 }, '0110000111011001010100001000001001', 0x187654209n, '61D9508240'),
  vector(
    'c15001',
    { oem: 900, facility: 100, number: 12345 },
    '111100001000110010000110000001110011',
    0xf08c86073n,
    'F08C860730',
  ),
  vector('h10302', { number: 12345678 }, '1000000000001011110001100001010011100', 0x100178c29cn, '800BC614E0'),
  vector('h10304', { facility: 12345, number: 123456 }, '0001100000011100100111100010010000001', 0x30393c481n, '181C9E2408'),
];

describe('published and computed frames', () => {
  test.each(vectors)('$bits is $format $fields', ({ format, fields, bits, integer, packed }) => {
    expect(readingsOf(bits)).toContainEqual(expect.objectContaining({ format, ...fields }));
    expect(frameOf(format, fields)).toBe(bits);
    expect(bitsOfInteger(integer, bits.length)).toBe(bits);
    expect(toHex(bytesOf(bits))).toBe(packed);
    expect(bitsOf(fromHex(packed), bits.length)).toBe(bits);
  });

  test('a frame whose last bit is wrong is no card', () => {
    const bits = bitsOfInteger(0x2f623af, 26) ?? '';
    expect(readingsOf(bits)).toEqual([]);
    expect(cardNumberOf(bits, usual)).toBeNull();
  });
});

describe('what a frame cannot tell is said', () => {
  const formatsOf = (bits: string) => readingsOf(bits).map(({ format }) => format);

  test('26 bits are H10301 or Indala', () => {
    const bits = frameOf('h10301', { facility: 111, number: 27706 }) ?? '';
    expect(readingsOf(bits)).toEqual([
      { format: 'h10301', data: bits.slice(1, 25), facility: 111, number: 27706 },
      { format: 'indala26', data: bits.slice(1, 25), facility: 0x6f6, number: 0xc3a },
    ]);
  });

  test('34 bits are two halves, a site and a card, or one number', () => {
    expect(formatsOf(frameOf('h10306', { facility: 12345, number: 54321 }) ?? '')).toEqual(['h10306', 'bqt34', 'uid34']);
  });

  test('37 bits are H10302 or H10304, and H10320 has parity of its own', () => {
    expect(formatsOf(frameOf('h10302', { number: 12345678 }) ?? '')).toEqual(['h10302', 'h10304']);
    expect(formatsOf(frameOf('h10320', { number: 12345678 }) ?? '')).toEqual(['h10320']);
  });

  test('32 bits without parity may be anything', () => {
    expect(formatsOf(bitsOfInteger(0x04a1b2c3, 32) ?? '')).toEqual(['uid32', 'wiegand32']);
  });
});

describe('parities that overlap, against the masks of proxmark3', () => {
  // `Pack_C1k35s`: Mid is bits 32 and up, Bot bits 0 to 31, counted from the last bit.
  const isOdd = (value: bigint) => [...value.toString(2)].filter((bit) => bit === '1').length % 2 === 1;

  test('D10202, whose bit 16 stands in both', () => {
    fc.assert(
      fc.property(fc.nat(0x7f), fc.nat(0xffffff), (facility, number) => {
        const frame = BigInt(`0b${frameOf('d10202', { facility, number })}`);
        expect((frame >> 32n) & 1n).toBe(isOdd((frame >> 16n) & 0xffffn) ? 1n : 0n);
        expect(frame & 1n).toBe(isOdd((frame >> 1n) & 0xffffn) ? 0n : 1n);
      }),
    );
  });

  test.each(['h10302', 'h10304'] as const)('%s, whose bit 18 stands in both', (format) => {
    fc.assert(
      fc.property(fc.nat(0xffff), fc.nat(0x7ffff), (facility, number) => {
        const frame = BigInt(`0b${frameOf(format, { facility, number })}`);
        expect((frame >> 36n) & 1n).toBe(isOdd((frame >> 18n) & 0x3ffffn) ? 1n : 0n);
        expect(frame & 1n).toBe(isOdd((frame >> 1n) & 0x3ffffn) ? 0n : 1n);
      }),
    );
  });

  test('Corporate 1000, 35 bits', () => {
    fc.assert(
      fc.property(fc.nat(0xfff), fc.nat(0xfffff), (facility, number) => {
        const frame = BigInt(`0b${frameOf('corporate1000-35', { facility, number })}`);
        expect((frame >> 33n) & 1n).toBe(isOdd(frame & 0x1b6db6db6n) ? 1n : 0n);
        expect(frame & 1n).toBe(isOdd(frame & 0x36db6db6cn) ? 0n : 1n);
        expect((frame >> 34n) & 1n).toBe(isOdd(frame & 0x3ffffffffn) ? 0n : 1n);
      }),
    );
  });

  test('Corporate 1000, 48 bits', () => {
    fc.assert(
      fc.property(fc.nat(0x3fffff), fc.nat(0x7fffff), (facility, number) => {
        const frame = BigInt(`0b${frameOf('corporate1000-48', { facility, number })}`);
        expect((frame >> 46n) & 1n).toBe(isOdd(frame & 0x1b6db6db6db6n) ? 1n : 0n);
        expect(frame & 1n).toBe(isOdd(frame & 0x36db6db6db6cn) ? 0n : 1n);
        expect((frame >> 47n) & 1n).toBe(isOdd(frame & 0x7fffffffffffn) ? 0n : 1n);
      }),
    );
  });

  test('Siemens, 36 bits', () => {
    fc.assert(
      fc.property(fc.nat(0x3ffff), fc.nat(0xffff), (facility, number) => {
        const frame = BigInt(`0b${frameOf('siemens36', { facility, number })}`);
        expect((frame >> 35n) & 1n).toBe(isOdd((frame & 0xb6db6db6n) ^ (frame & 0x500000000n)) ? 0n : 1n);
        expect(frame & 1n).toBe(isOdd((frame & 0xdb6db6dan) ^ (frame & 0x600000000n)) ? 1n : 0n);
      }),
    );
  });
});

describe('every format', () => {
  const largest: Record<WiegandFormat, WiegandFields> = {
    h10301: { facility: 0xff, number: 0xffff },
    indala26: { facility: 0xfff, number: 0xfff },
    uid32: { number: 0xffffffff },
    wiegand32: { facility: 0xfff, number: 0xffff },
    d10202: { facility: 0x7f, number: 0xffffff },
    h10306: { facility: 0xffff, number: 0xffff },
    bqt34: { facility: 0xff, number: 0xffffff },
    uid34: { number: 0xffffffff },
    'corporate1000-35': { facility: 0xfff, number: 0xfffff },
    c15001: { oem: 0x3ff, facility: 0xff, number: 0xffff },
    siemens36: { facility: 0x3ffff, number: 0xffff },
    h10302: { number: 0x7ffffffff },
    h10304: { facility: 0xffff, number: 0x7ffff },
    h10320: { number: 99_999_999 },
    'corporate1000-48': { facility: 0x3fffff, number: 0x7fffff },
  };
  const anyCard = fc.constantFrom(...wiegandFormats).chain((format) => {
    const fields = Object.fromEntries(
      Object.entries(largest[format]).map(([name, max]) => [name, fc.integer({ min: 1, max: max - 1 })]),
    );
    return fc.record({ format: fc.constant(format), fields: fc.record(fields) as unknown as fc.Arbitrary<WiegandFields> });
  });

  test('gives back the numbers that were put in', () => {
    fc.assert(
      fc.property(anyCard, ({ format, fields }) => {
        expect(readAs(frameOf(format, fields) ?? '', format)).toMatchObject(fields);
      }),
      { numRuns: 1000 },
    );
  });

  test('with one wrong bit is no card, wherever it is', () => {
    const withParity = anyCard.filter(({ format }) => !['uid32', 'wiegand32'].includes(format));
    fc.assert(
      fc.property(withParity, ({ format, fields }) => {
        const bits = frameOf(format, fields) ?? '';
        for (let at = 0; at < bits.length; at++) {
          const wrong = `${bits.slice(0, at)}${bits[at] === '0' ? '1' : '0'}${bits.slice(at + 1)}`;
          expect(readAs(wrong, format), `bit ${at} of ${bits}`).toBeNull();
          expect(cardNumberOf(wrong, { ...usual, format }), `bit ${at} of ${bits}`).toBeNull();
        }
      }),
    );
  });

  test.each(wiegandFormats)('%s refuses a number that is too large', (format) => {
    expect(frameOf(format, largest[format])).toHaveLength(lengths[format]);
    expect(frameOf(format, { ...largest[format], number: largest[format].number + 1 })).toBeNull();
  });

  const lengths: Record<WiegandFormat, number> = {
    h10301: 26,
    indala26: 26,
    uid32: 32,
    wiegand32: 32,
    d10202: 33,
    h10306: 34,
    bqt34: 34,
    uid34: 34,
    'corporate1000-35': 35,
    c15001: 36,
    siemens36: 36,
    h10302: 37,
    h10304: 37,
    h10320: 37,
    'corporate1000-48': 48,
  };
});

describe('the number a card is known by', () => {
  const card = frameOf('h10301', { facility: 111, number: 27706 }) ?? '';
  const uid = frameOf('uid34', { number: 0xc3b2a104 }) ?? '';

  test.each([
    [card, {}, '6F6C3A'],
    [card, { byteOrder: 'reversed' }, '3A6C6F'],
    [card, { number: 'facility_and_card' }, '111,27706'],
    [card, { number: 'card' }, '27706'],
    [card, { number: 'facility_and_card', format: 'indala26' }, '1782,3130'],
    [uid, {}, 'C3B2A104'],
    [uid, { byteOrder: 'reversed' }, '04A1B2C3'],
    [uid, { number: 'facility_and_card', format: 'uid34' }, '3283263748'],
    [frameOf('h10302', { number: 12345678 }) ?? '', {}, '0000BC614E'],
    [frameOf('h10301', { facility: 9, number: 22847 }) ?? '', { number: 'facility_and_card' }, '009,22847'],
    [frameOf('h10320', { number: 4711 }) ?? '', { number: 'card', format: 'h10320' }, '00004711'],
    [frameOf('h10320', { number: 4711 }) ?? '', { format: 'h10320' }, '00004711'],
    [bitsOfInteger(0x042b73321a3180n, 56) ?? '', {}, '042B73321A3180'],
    [bitsOfInteger(0x042b73321a3180n, 56) ?? '', { byteOrder: 'reversed' }, '80311A32732B04'],
    [bitsOfInteger(0x155, 17) ?? '', { format: 'raw' }, '000155'],
  ] as const)('%s with %o is %s', (bits, settings, value) => {
    expect(cardNumberOf(bits, shape.parse(settings))).toBe(value);
  });

  test('a card of another format of the same length is read only when the settings name it', () => {
    const siemens = frameOf('siemens36', { facility: 4711, number: 42 }) ?? '';
    expect(readAs(siemens, 'c15001')).toBeNull();
    expect(cardNumberOf(siemens, usual)).toBeNull();
    expect(cardNumberOf(siemens, { ...usual, format: 'siemens36' })).toBe('001267002A');
  });

  test('a line that is stuck is never a card', () => {
    for (let length = 1; length <= 80; length++) {
      for (const bit of ['0', '1']) {
        for (const format of ['auto', 'raw', ...wiegandFormats] as const) {
          expect(cardNumberOf(bit.repeat(length), { ...usual, format }), `${length} times ${bit}`).toBeNull();
        }
      }
    }
  });

  test('a key, a length that no card has, and text that is no frame are no card', () => {
    for (const bits of ['', '1', '1011', '010110', '11100001', '1'.repeat(25) + '0'.repeat(2), '10x1', '1 0']) {
      expect(cardNumberOf(bits, usual), bits).toBeNull();
    }
    expect(cardNumberOf('10'.repeat(65), { ...usual, format: 'raw' })).toBeNull();
    expect(cardNumberOf('100000000000001', { ...usual, format: 'raw' })).toBeNull();
  });

  test('is always upper-case hex of whole bytes by default, whatever comes', () => {
    const bits = fc.array(fc.constantFrom('0', '1'), { maxLength: 140 }).map((list) => list.join(''));
    fc.assert(
      fc.property(bits, fc.constantFrom('auto', 'raw', ...wiegandFormats), (text, format) => {
        expect(cardNumberOf(text, { ...usual, format }) ?? '00').toMatch(/^(?:[0-9A-F]{2})+$/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('keys of a keypad', () => {
  const keys = [...'0123456789*#'];

  test('come as 4 bits', () => {
    expect(keys.map((_, value) => keyOf(bitsOfInteger(value, 4) ?? ''))).toEqual(keys);
    expect(['1100', '1101', '1110', '1111'].map(keyOf)).toEqual([null, null, null, null]);
  });

  test('come as 6 bits with their parity right', () => {
    expect(keyOf('000011')).toBeNull();
    expect(keyOf('000010')).toBe('1');
    expect(keyOf('101010')).toBe('5');
    expect(keyOf('110111')).toBe('#');
    const all = Array.from({ length: 64 }, (_, value) => keyOf(bitsOfInteger(value, 6) ?? '')).filter((key) => key !== null);
    expect(all.toSorted()).toEqual(keys.toSorted());
  });

  test('come as 8 bits, the number after what it is not', () => {
    const bytes = [0xf0, 0xe1, 0xd2, 0xc3, 0xb4, 0xa5, 0x96, 0x87, 0x78, 0x69, 0x5a, 0x4b];
    expect(bytes.map((byte) => keyOf(bitsOfInteger(byte, 8) ?? ''))).toEqual(keys);
    const all = Array.from({ length: 256 }, (_, value) => keyOf(bitsOfInteger(value, 8) ?? '')).filter((key) => key !== null);
    expect(all).toHaveLength(12);
  });

  test('are no frames of another length', () => {
    expect(keyOf('10111')).toBeNull();
    expect(keyOf('')).toBeNull();
    expect(keyOf('2222')).toBeNull();
  });

  test('come all at once from a keypad that sends the PIN whole', () => {
    expect(pinOf(frameOf('h10301', { facility: 7, number: 42 }) ?? '', 'binary', 4)).toBe('0042');
    expect(pinOf(frameOf('h10301', { facility: 7, number: 65535 }) ?? '', 'binary', 4)).toBe('65535');
    expect(pinOf(frameOf('h10301', { facility: 0x00, number: 0x4711 }) ?? '', 'decimal', 4)).toBe('004711');
    expect(pinOf(frameOf('h10301', { facility: 0xff, number: 0x4711 }) ?? '', 'decimal', 4)).toBeNull();
    expect(pinOf('10111101100010001110101111', 'binary', 4)).toBeNull();
  });
});

test('bits that are not there are not made up', () => {
  expect(bitsOf(fromHex('BD88EB80'), 33)).toBeNull();
  expect(bitsOf(fromHex('BD88EB80'), 32)).toBe('10111101100010001110101110000000');
  expect(bitsOf(fromHex(''), 0)).toBe('');
  expect(bitsOf(fromHex('BD'), -1)).toBeNull();
  expect(bitsOf(fromHex('BD'), 2.5)).toBeNull();
  expect(bitsOfInteger(16, 4)).toBeNull();
  expect(bitsOfInteger(-1, 4)).toBeNull();
  expect(bitsOfInteger(0.5, 4)).toBeNull();
});

function vector(format: WiegandFormat, fields: WiegandFields, bits: string, integer: bigint, packed: string): Vector {
  return { format, fields, bits, integer, packed };
}

import { z } from 'zod';
import { toHex } from '../../src/lib/hex.ts';

/**
 * Wiegand frames as text of `0` and `1`, the first bit on the wire first. Layouts and parity: proxmark3 `wiegand_formats.c`;
 * H10320, which stands there without its leading one, as ChameleonUltra has it. A bit's position is counted from 0.
 */
interface Layout {
  name: string;
  bits: number;
  /** What is left when parity and fixed bits are taken off. */
  data: Field;
  oem?: Field;
  facility?: Field;
  number: Field;
  parity: Parity[];
  /** Bits that are always one. */
  ones?: number[];
  /** The number is written in decimal digits of four bits. */
  decimal?: true;
}

interface Field {
  at: number;
  bits: number;
}

interface Parity {
  at: number;
  makes: 'even' | 'odd';
  /** Positions of the bits that it stands for. */
  over: number[];
}

/** Where several have one length, the usual one comes first. */
const layouts = {
  h10301: {
    name: 'HID H10301, 26 bits',
    bits: 26,
    data: field(1, 24),
    facility: field(1, 8),
    number: field(9, 16),
    parity: [even(0, span(1, 12)), odd(25, span(13, 24))],
  },
  indala26: {
    name: 'Indala, 26 bits',
    bits: 26,
    data: field(1, 24),
    facility: field(1, 12),
    number: field(13, 12),
    parity: [even(0, span(1, 12)), odd(25, span(13, 24))],
  },
  uid32: { name: 'card number alone, 32 bits without parity', bits: 32, data: field(0, 32), number: field(0, 32), parity: [] },
  wiegand32: {
    name: 'Wiegand, 32 bits without parity',
    bits: 32,
    data: field(0, 32),
    facility: field(4, 12),
    number: field(16, 16),
    parity: [],
  },
  d10202: {
    name: 'HID D10202, 33 bits',
    bits: 33,
    data: field(1, 31),
    facility: field(1, 7),
    number: field(8, 24),
    parity: [even(0, span(1, 16)), odd(32, span(16, 31))],
  },
  h10306: {
    name: 'HID H10306 and Honeywell/Northern N10002, 34 bits',
    bits: 34,
    data: field(1, 32),
    facility: field(1, 16),
    number: field(17, 16),
    parity: [even(0, span(1, 16)), odd(33, span(17, 32))],
  },
  bqt34: {
    name: 'BQT, 34 bits',
    bits: 34,
    data: field(1, 32),
    facility: field(1, 8),
    number: field(9, 24),
    parity: [even(0, span(1, 16)), odd(33, span(17, 32))],
  },
  uid34: {
    name: 'card number alone, 34 bits',
    bits: 34,
    data: field(1, 32),
    number: field(1, 32),
    parity: [even(0, span(1, 16)), odd(33, span(17, 32))],
  },
  'corporate1000-35': {
    name: 'HID Corporate 1000, 35 bits',
    bits: 35,
    data: field(2, 32),
    facility: field(2, 12),
    number: field(14, 20),
    parity: [even(1, twoOfThree(2, 33)), odd(34, twoOfThree(1, 32)), odd(0, span(1, 34))],
  },
  c15001: {
    name: 'HID C15001 (Keyscan), 36 bits',
    bits: 36,
    data: field(1, 34),
    oem: field(1, 10),
    facility: field(11, 8),
    number: field(19, 16),
    parity: [even(0, span(1, 17)), odd(35, span(18, 34))],
  },
  siemens36: {
    name: 'Siemens, 36 bits',
    bits: 36,
    data: field(1, 34),
    facility: field(1, 18),
    number: field(19, 16),
    parity: [odd(0, [1, ...twoOfThree(3, 34)]), even(35, twoOfThree(1, 34))],
  },
  h10302: {
    name: 'HID H10302, 37 bits',
    bits: 37,
    data: field(1, 35),
    number: field(1, 35),
    parity: [even(0, span(1, 18)), odd(36, span(18, 35))],
  },
  h10304: {
    name: 'HID H10304, 37 bits',
    bits: 37,
    data: field(1, 35),
    facility: field(1, 16),
    number: field(17, 19),
    parity: [even(0, span(1, 18)), odd(36, span(18, 35))],
  },
  h10320: {
    name: 'HID H10320, 37 bits',
    bits: 37,
    data: field(1, 32),
    number: field(1, 32),
    parity: [even(33, every4th(1)), odd(34, every4th(2)), even(35, every4th(3)), even(36, every4th(4))],
    ones: [0],
    decimal: true,
  },
  'corporate1000-48': {
    name: 'HID Corporate 1000, 48 bits',
    bits: 48,
    data: field(2, 45),
    facility: field(2, 22),
    number: field(24, 23),
    parity: [even(1, twoOfThree(3, 46)), odd(47, twoOfThree(2, 45)), odd(0, span(1, 47))],
  },
} as const satisfies Record<string, Layout>;

export type WiegandFormat = keyof typeof layouts;

export const wiegandFormats = Object.keys(layouts) as [WiegandFormat, ...WiegandFormat[]];

/** What a frame says when it is of that format. */
export interface WiegandReading extends WiegandFields {
  format: WiegandFormat;
  /** The frame without parity. */
  data: string;
}

export interface WiegandFields {
  number: number;
  /** Left out: the format has none. */
  facility?: number;
  oem?: number;
}

/**
 * Everything a frame may say: a reading for each format of its length whose parity is right. Several are no fault: H10301 and
 * Indala, or H10302 and H10304, cannot be told apart.
 */
export function readingsOf(bits: string): WiegandReading[] {
  return wiegandFormats.flatMap((format) => readAs(bits, format) ?? []);
}

/** What a frame of that format says; null: it is none. */
export function readAs(bits: string, format: WiegandFormat): WiegandReading | null {
  const layout: Layout = layouts[format];
  if (!isFrame(bits) || bits.length !== layout.bits || isStuck(bits)) return null;
  if (!layout.parity.every((parity) => bits[parity.at] === parityBit(bits, parity))) return null;
  if (layout.ones?.some((at) => bits[at] !== '1')) return null;
  const number = layout.decimal ? readDecimal(cut(bits, layout.number)) : integerOf(cut(bits, layout.number));
  if (number === null) return null;
  return {
    format,
    data: cut(bits, layout.data),
    number,
    ...(layout.facility && { facility: integerOf(cut(bits, layout.facility)) }),
    ...(layout.oem && { oem: integerOf(cut(bits, layout.oem)) }),
  };
}

/** The frame of a card. Null: a field that the format has is missing or too large for it. */
export function frameOf(format: WiegandFormat, fields: WiegandFields): string | null {
  const layout: Layout = layouts[format];
  const bits = emptyFrame(layout);
  for (const name of ['oem', 'facility', 'number'] as const) {
    const place = layout[name];
    const value = fields[name];
    if (place === undefined) continue;
    const written =
      value === undefined ? null : layout.decimal ? writeDecimal(value, place.bits) : bitsOfInteger(value, place.bits);
    if (written === null) return null;
    bits.splice(place.at, place.bits, ...written);
  }
  return withParity(bits, layout);
}

/** The frame whose data is that number. Null: it does not fit. */
export function frameOfData(format: WiegandFormat, data: bigint): string | null {
  const layout: Layout = layouts[format];
  const written = bitsOfInteger(data, layout.data.bits);
  if (written === null) return null;
  const bits = emptyFrame(layout);
  bits.splice(layout.data.at, layout.data.bits, ...written);
  return withParity(bits, layout);
}

/** The format that a frame of that length most likely has; null: none is known. */
export function usualFormat(length: number): WiegandFormat | null {
  return wiegandFormats.find((format) => layouts[format].bits === length) ?? null;
}

/** Settings of every reader that hands on Wiegand frames. */
export const wiegandSettings = {
  format: z
    .enum(['auto', 'raw', ...wiegandFormats])
    .default('auto')
    .describe(
      'How the card is coded. `auto` goes by the number of bits: 26 `h10301`, 32 `uid32`, 33 `d10202`, 34 `h10306`, 35 ' +
        '`corporate1000-35`, 36 `c15001`, 37 `h10302`, 48 `corporate1000-48`; whole bytes from 40 bits on are taken as they are. A frame ' +
        'with wrong parity is no card. Cards of another format of the same length must be named here. `raw` takes any number of ' +
        'bits from 16 on as they are, parity included.',
    ),
  number: z
    .enum(['hex', 'facility_and_card', 'card'])
    .default('hex')
    .describe(
      "How the club's data writes the cards: `hex` (everything but parity, as whole bytes), `facility_and_card` (decimal with a comma: " +
        '`111,27706`) or `card` (the card number in decimal, without the facility code: two cards of different sites may share it).',
    ),
  byteOrder: z
    .enum(['as_sent', 'reversed'])
    .default('as_sent')
    .describe(
      '`reversed` when the reader sends the bytes of the card number in the other order than the data has them; for `hex` only.',
    ),
};

export type WiegandSettings = z.output<z.ZodObject<typeof wiegandSettings>>;

/**
 * The `rfid` value that a frame stands for. Null: a key, noise, wrong parity, or a length that is no card's. A frame that is
 * all zeros or all ones is a short circuit, never a card.
 */
export function cardNumberOf(bits: string, { format, number, byteOrder }: WiegandSettings): string | null {
  if (!isFrame(bits) || isStuck(bits)) return null;
  const wanted = format === 'auto' ? usualFormat(bits.length) : format;
  if (wanted === 'raw' || wanted === null) {
    const isCard = wanted === 'raw' ? bits.length >= fewestCardBits : bits.length >= 40 && bits.length % 8 === 0;
    return isCard && bits.length <= mostCardBits ? hexOf(bits, byteOrder) : null;
  }
  const reading = readAs(bits, wanted);
  if (reading === null) return null;
  if (number === 'hex') return hexOf(reading.data, byteOrder);
  const layout: Layout = layouts[wanted];
  const card = digitsOf(reading.number, layout.number, layout.decimal);
  if (number === 'card' || reading.facility === undefined || layout.facility === undefined) return card;
  return `${digitsOf(reading.facility, layout.facility)},${card}`;
}

/** A 4-, 6- or 8-bit frame is a key of a keypad, never a card: `0` to `9`, `*`, `#`. Null: none of these. */
export function keyOf(bits: string): string | null {
  if (!isFrame(bits)) return null;
  switch (bits.length) {
    case 4:
      return keyOfNibble(bits);
    case 6: {
      const nibble = bits.slice(1, 5);
      const isRight = [even(0, [1, 2]), odd(5, [3, 4])].every((parity) => bits[parity.at] === parityBit(bits, parity));
      return isRight ? keyOfNibble(nibble) : null;
    }
    case 8: {
      const nibble = bits.slice(4);
      const isRight = bits.slice(0, 4) === bitsOfInteger(0b1111 ^ integerOf(nibble), 4);
      return isRight ? keyOfNibble(nibble) : null;
    }
    default:
      return null;
  }
}

/**
 * The digits of a keypad that sends a PIN whole, in one 26-bit frame. `binary`: 16 bits behind a facility code, filled up with
 * zeros to `digits`; `decimal`: six digits of four bits. Null: wrong parity, or no such frame.
 */
export function pinOf(bits: string, coding: 'binary' | 'decimal', digits: number): string | null {
  const reading = readAs(bits, 'h10301');
  if (reading === null) return null;
  if (coding === 'binary') return String(reading.number).padStart(digits, '0');
  const number = readDecimal(reading.data);
  return number === null ? null : String(number).padStart(6, '0');
}

/** The first `count` bits of bytes in which they stand from the left, as OSDP has them. Null: so many are not there. */
export function bitsOf(bytes: Uint8Array, count: number): string | null {
  if (!Number.isInteger(count) || count < 0 || count > bytes.length * 8) return null;
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, count);
}

/** Bytes in which the bits stand from the left, filled up with zeros. */
export function bytesOf(bits: string): Uint8Array {
  const octets = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from(octets, (octet) => Number.parseInt(octet.padEnd(8, '0'), 2));
}

/** A number as so many bits. Null: it is none, or does not fit. */
export function bitsOfInteger(value: number | bigint, count: number): string | null {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return null;
  if (value < 0) return null;
  const bits = value.toString(2);
  return bits.length > count ? null : bits.padStart(count, '0');
}

const fewestCardBits = 16;
const mostCardBits = 128;

function emptyFrame({ bits, ones }: Layout): string[] {
  return Array.from({ length: bits }, (_, at) => (ones?.includes(at) ? '1' : '0'));
}

function withParity(bits: string[], { parity }: Layout): string {
  // In the order of the table: a parity bit may stand for others.
  for (const one of parity) bits[one.at] = parityBit(bits.join(''), one);
  return bits.join('');
}

function isFrame(bits: string): boolean {
  return /^[01]+$/.test(bits);
}

function isStuck(bits: string): boolean {
  return !bits.includes('0') || !bits.includes('1');
}

function keyOfNibble(nibble: string): string | null {
  return '0123456789*#'[integerOf(nibble)] ?? null;
}

function parityBit(bits: string, { makes, over }: Parity): '0' | '1' {
  const isOdd = over.filter((at) => bits[at] === '1').length % 2 === 1;
  return isOdd === (makes === 'even') ? '1' : '0';
}

function hexOf(data: string, order: WiegandSettings['byteOrder']): string {
  const bytes = bytesOf(data.padStart(Math.ceil(data.length / 8) * 8, '0'));
  return toHex(order === 'reversed' ? bytes.toReversed() : bytes);
}

/** As many digits as the largest number of the field has. */
function digitsOf(value: number, { bits }: Field, decimal?: true): string {
  const width = decimal ? bits / 4 : String(2 ** bits - 1).length;
  return String(value).padStart(width, '0');
}

function readDecimal(bits: string): number | null {
  const digits = (bits.match(/.{4}/g) ?? []).map(integerOf);
  return digits.some((digit) => digit > 9) ? null : Number(digits.join(''));
}

function writeDecimal(value: number, count: number): string | null {
  const digits = String(value).padStart(count / 4, '0');
  if (!/^\d+$/.test(digits) || digits.length * 4 > count) return null;
  return [...digits].map((digit) => bitsOfInteger(Number(digit), 4)).join('');
}

/** At most 48 bits: they fit into a number. */
function integerOf(bits: string): number {
  return Number.parseInt(bits, 2);
}

function cut(bits: string, { at, bits: count }: Field): string {
  return bits.slice(at, at + count);
}

function field(at: number, bits: number): Field {
  return { at, bits };
}

function even(at: number, over: number[]): Parity {
  return { at, makes: 'even', over };
}

function odd(at: number, over: number[]): Parity {
  return { at, makes: 'odd', over };
}

function span(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Two positions and not the third, from `from` on. */
function twoOfThree(from: number, to: number): number[] {
  return span(from, to).filter((at) => (at - from) % 3 !== 2);
}

function every4th(from: number): number[] {
  return span(from, from + 31).filter((at) => (at - from) % 4 === 0);
}

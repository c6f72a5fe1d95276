import type { Decoded } from '../../src/ports/device.ts';
import {
  bitsOfInteger,
  cardNumberOf,
  frameOf,
  frameOfData,
  keyOf,
  pinOf,
  usualFormat,
  type WiegandFormat,
  type WiegandSettings,
} from './wiegand.ts';

/** `W26:096,17669`, `W34:5DF50F46`: the number of bits, then what they say. */
const counted = /^W(?:IEGAND)?[ -]?(?<count>\d{1,3})[:= ] *(?<body>[0-9A-Fa-fx,]+)$/i;

/** What a keypad on the same line sends: its PIN whole in 26 bits, or each key in a frame of its own. */
export interface KeypadOptions {
  keypad: 'keys' | 'binary' | 'decimal';
  pinDigits: number;
}

export function isWiegandText(line: string): boolean {
  return counted.test(line);
}

/** What a line of the form `W26:…` says. Nothing: it is none, its parity is wrong, or it is longer than it says. */
export function readWiegandText(
  line: string,
  settings: WiegandSettings & Partial<KeypadOptions>,
): Pick<Decoded, 'reads' | 'keys'> {
  const { count, body } = counted.exec(line)?.groups ?? {};
  if (count === undefined || body === undefined) return { reads: [] };
  return readFrame(frameIn(body, Number(count), settings.format), settings);
}

/** What a frame says: a card, a key, or nothing. */
export function readFrame(
  bits: string | null,
  settings: WiegandSettings & Partial<KeypadOptions>,
): Pick<Decoded, 'reads' | 'keys'> {
  if (bits === null) return { reads: [] };
  const key = keyOf(bits);
  if (key !== null) return { reads: [], keys: key };
  const { keypad = 'keys', pinDigits = 4 } = settings;
  if (keypad !== 'keys' && bits.length === 26) {
    const pin = pinOf(bits, keypad, pinDigits);
    // A PIN that comes whole begins anew, and is done.
    return { reads: [], ...(pin !== null && { keys: `*${pin}#` }) };
  }
  const value = cardNumberOf(bits, settings);
  return { reads: value === null ? [] : [{ kind: 'rfid', value }] };
}

/**
 * The frame that a text of `count` bits means: its bits, `facility,card`, or hex with parity or without, which the number of
 * digits tells. Where it does not (36 and 48 bits), it is with parity.
 */
function frameIn(body: string, count: number, wanted: WiegandSettings['format']): string | null {
  if (body.length === count && /^[01]+$/.test(body)) return body;
  const format = wanted === 'auto' ? usualFormat(count) : wanted;
  const [facility, number, ...more] = body.split(',');
  if (number !== undefined) {
    const isPair = /^\d+,\d+$/.test(body) && more.length === 0;
    return isPair && isNamed(format)
      ? ofLength(count, frameOf(format, { facility: Number(facility), number: Number(number) }))
      : null;
  }
  const digits = /^(?:0x)?([0-9A-F]{1,32})$/i.exec(body)?.[1];
  if (digits === undefined) return null;
  const value = BigInt(`0x${digits}`);
  const lacksParity = isNamed(format) && digits.length < Math.ceil(count / 4);
  return lacksParity ? ofLength(count, frameOfData(format, value)) : bitsOfInteger(value, count);
}

function ofLength(count: number, bits: string | null): string | null {
  return bits?.length === count ? bits : null;
}

function isNamed(format: WiegandFormat | 'raw' | null): format is WiegandFormat {
  return format !== null && format !== 'raw';
}

import { toHex } from '../../src/lib/hex.ts';
import { bitsOf } from './wiegand.ts';

/** What OSDP 2.2 commands and replies carry (device-protocols section 8.2). */

export const command = {
  poll: 0x60,
  identify: 0x61,
  capabilities: 0x62,
  localStatus: 0x64,
  inputStatus: 0x65,
  output: 0x68,
  led: 0x69,
  buzzer: 0x6a,
  keySet: 0x75,
  challenge: 0x76,
  proof: 0x77,
} as const;

export const reply = {
  ack: 0x40,
  nak: 0x41,
  identity: 0x45,
  capabilities: 0x46,
  localStatus: 0x48,
  inputStatus: 0x49,
  outputStatus: 0x4a,
  readerStatus: 0x4b,
  card: 0x50,
  formatted: 0x51,
  keys: 0x53,
  line: 0x54,
  cryptogram: 0x76,
  proven: 0x78,
  busy: 0x79,
} as const;

export const nak = {
  badCheck: 1,
  sequence: 4,
  noSecureChannel: 5,
  secureChannelNeeded: 6,
} as const;

const nakWords = [
  'no reason',
  'the check of the command was wrong',
  'the length of the command was wrong',
  'it does not know the command',
  'the sequence number was wrong',
  'it knows no secure channel, or holds no such key',
  'it wants a secure channel',
  'it knows no such biometric reading',
  'it knows no such biometric form',
  'it could not handle that record',
];

/** What a peripheral said; null where the data do not fit the code. */
export type Reply =
  | { kind: 'ack' | 'busy' }
  | { kind: 'nak'; reason: number; words: string }
  /** `vendor` and `serial` as hex in the order of the wire; `firmware` as `35.6.6`. */
  | { kind: 'identity'; vendor: string; model: number; version: number; serial: string; firmware: string }
  | { kind: 'capabilities'; entries: { code: number; compliance: number; count: number }[] }
  | { kind: 'local'; tamper: boolean; powerLow: boolean }
  | { kind: 'inputs' | 'outputs'; active: boolean[] }
  /** By reader: 0 is well, 1 not connected, 2 tampered with. */
  | { kind: 'readers'; states: number[] }
  /** `bits` of `0` and `1`, in the order of the wire. */
  | { kind: 'card'; reader: number; wiegand: boolean; bits: string }
  /** Formatted text, which OSDP 2.2.2 does without. */
  | { kind: 'formatted'; reader: number; backwards: boolean; text: string }
  /** `0` to `9`, `*` and `#`; keys that are none of them (F1 …) are left out. */
  | { kind: 'keys'; reader: number; keys: string }
  | { kind: 'line'; address: number; baudRate: number }
  | { kind: 'cryptogram'; unit: Uint8Array; random: Uint8Array; cryptogram: Uint8Array }
  | { kind: 'proven'; mac: Uint8Array }
  /** Nothing that this program knows. */
  | { kind: 'other'; code: number };

export function readReply(code: number, data: Uint8Array): Reply | null {
  const [first = 0, second = 0] = data;
  switch (code) {
    case reply.ack:
      return { kind: 'ack' };
    case reply.busy:
      return { kind: 'busy' };
    case reply.nak:
      return data.length < 1 ? null : { kind: 'nak', reason: first, words: nakWords[first] ?? `reason ${first}` };
    case reply.identity:
      return data.length < 12 ? null : identityIn(data);
    case reply.capabilities:
      return { kind: 'capabilities', entries: triplets(data) };
    case reply.localStatus:
      return data.length < 2 ? null : { kind: 'local', tamper: first !== 0, powerLow: second !== 0 };
    case reply.inputStatus:
      return { kind: 'inputs', active: [...data].map((byte) => byte !== 0) };
    case reply.outputStatus:
      return { kind: 'outputs', active: [...data].map((byte) => byte !== 0) };
    case reply.readerStatus:
      return { kind: 'readers', states: [...data] };
    case reply.card:
      return cardIn(data);
    case reply.formatted:
      return formattedIn(data);
    case reply.keys:
      return keysIn(data);
    case reply.line:
      return data.length < 5 ? null : { kind: 'line', address: first, baudRate: view(data).getUint32(1, true) };
    case reply.cryptogram:
      if (data.length < 32) return null;
      return { kind: 'cryptogram', unit: data.slice(0, 8), random: data.slice(8, 16), cryptogram: data.slice(16, 32) };
    case reply.proven:
      return data.length < 16 ? null : { kind: 'proven', mac: data.slice(0, 16) };
    default:
      return { kind: 'other', code };
  }
}

function identityIn(data: Uint8Array): Reply {
  const [model = 0, version = 0] = data.subarray(3);
  return {
    kind: 'identity',
    vendor: toHex(data.subarray(0, 3)),
    model,
    version,
    serial: toHex(data.subarray(5, 9)),
    firmware: data.subarray(9, 12).join('.'),
  };
}

function triplets(data: Uint8Array): { code: number; compliance: number; count: number }[] {
  return Array.from({ length: Math.floor(data.length / 3) }, (_, index) => {
    const [code = 0, compliance = 0, count = 0] = data.subarray(index * 3);
    return { code, compliance, count };
  });
}

function cardIn(data: Uint8Array): Reply | null {
  if (data.length < 4) return null;
  const [reader = 0, format] = data;
  const count = view(data).getUint16(2, true);
  const bits = bitsOf(data.subarray(4), count);
  return bits === null ? null : { kind: 'card', reader, wiegand: format === 1, bits };
}

function formattedIn(data: Uint8Array): Reply | null {
  const [reader = 0, direction, count] = data;
  if (count === undefined || data.length < 3 + count) return null;
  return {
    kind: 'formatted',
    reader,
    backwards: direction === 1,
    text: Buffer.from(data.subarray(3, 3 + count)).toString('latin1'),
  };
}

function keysIn(data: Uint8Array): Reply | null {
  const [reader = 0, count] = data;
  if (count === undefined || data.length < 2 + count) return null;
  return { kind: 'keys', reader, keys: Array.from(data.subarray(2, 2 + count), keyOf).join('') };
}

function keyOf(byte: number): string {
  // QUIRK: some keypads send the signs that are printed on `*` and `#` rather than DEL and CR.
  if (byte === 0x7f || byte === 0x2a) return '*';
  if (byte === 0x0d || byte === 0x23) return '#';
  return byte >= 0x30 && byte <= 0x39 ? String.fromCharCode(byte) : '';
}

/** What is said to a peripheral, or what it said. */
export interface OsdpMessage {
  code: number;
  data: Uint8Array;
}

/** POLL and its like, which say nothing more. ID and CAP want a zero. */
export function request(code: number): OsdpMessage {
  const wantsZero = code === command.identify || code === command.capabilities;
  return { code, data: wantsZero ? Uint8Array.of(0) : new Uint8Array() };
}

/** OUT: closes an output for so long, and then puts it back by itself; the peripheral counts in tenths of a second. */
export function pulseOutput(output: number, pulseMs: number): OsdpMessage {
  const tenths = Math.max(1, Math.round(pulseMs / 100));
  return { code: command.output, data: Uint8Array.of(output, 5, tenths & 0xff, tenths >> 8) };
}

/** OUT: opens an output for good. */
export function releaseOutput(output: number): OsdpMessage {
  return { code: command.output, data: Uint8Array.of(output, 1, 0, 0) };
}

const colours = { off: 0, red: 1, green: 2, amber: 3 } as const;

export interface Light {
  colour: keyof typeof colours;
  /** In tenths of a second; 0 off: it shines without a break. */
  on: number;
  off: number;
  forMs: number;
}

/** LED: lights a lamp for a while; then it shows again what it showed before. */
export function light(reader: number, led: number, { colour, on, off, forMs }: Light): OsdpMessage {
  const tenths = Math.round(forMs / 100);
  const between = off === 0 ? colours[colour] : colours.off;
  return {
    code: command.led,
    data: Uint8Array.of(reader, led, 2, on, off, colours[colour], between, tenths & 0xff, tenths >> 8, 0, 0, 0, 0, 0),
  };
}

/** BUZ: sounds so often, `on` and `off` in tenths of a second. */
export function sound(reader: number, on: number, off: number, count: number): OsdpMessage {
  return { code: command.buzzer, data: Uint8Array.of(reader, 2, on, off, count) };
}

/** KEYSET: the key of the secure channel from now on. */
export function setKey(key: Uint8Array): OsdpMessage {
  return { code: command.keySet, data: Uint8Array.of(1, key.length, ...key) };
}

function view(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.length);
}

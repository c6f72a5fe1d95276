import { z } from 'zod';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { type Decoded, defineStreamReader } from '../../src/ports/device.ts';

const longestText = 64;

const settings = z.strictObject({
  output: z
    .enum(['hex', 'binary'])
    .default('hex')
    .describe(
      'What is set in the reader as its output format: `hex` (hex string; CR, LF or a trailer must be on too, so that an end can be ' +
        'seen) or `binary` (header and trailer must be on too).',
    ),
  byteOrder: z
    .enum(['lsb_first', 'msb_first'])
    .default('lsb_first')
    .describe(
      'What is set in the reader as its data sequence; the factory sets `lsb_first`: the last byte of the number comes first, and is put ' +
        'back.',
    ),
  readerIdBytes: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe('1 when the reader sends its reader id before the number; it is taken off.'),
  lengthBytes: z
    .int()
    .min(0)
    .max(1)
    .default(0)
    .describe('1 when the reader sends the length of its data before the number; it is taken off.'),
  numberBytes: z
    .int()
    .min(4)
    .max(10)
    .default(4)
    .describe('With `output: binary`: how many bytes a card number has. 4 for most Mifare cards.'),
  header: hexByte('02').describe('With `output: binary`: the header that is set in the reader, in hex.'),
  trailer: hexByte('03').describe('With `output: binary`: the trailer that is set in the reader, in hex.'),
});

/**
 * Promag MF7xx (Mifare) on RS-232, 19200 8N1 unless set otherwise. Packets: MF7xx manual rev. C, section 6. An MF7S was seen to send
 * `02`, eight hex digits, CR, LF, `03` (docs.hardwario.com, "Promag MF7S").
 */
export default defineStreamReader({
  id: 'promag',
  name: 'Promag MF7xx (RS-232)',
  serial: { baudRate: 19200 },
  settings,
  frameTimeoutMs: 150,

  decode(pending, options) {
    return options.output === 'binary' ? decodeBinary(pending, options) : decodeHex(pending, options);
  },

  examples: [
    {
      wire: '02 36 34 34 32 44 31 42 43 0D 0A 03',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      source: 'computed from the packet of an MF7S, docs.hardwario.com: last byte first',
    },
    {
      wire: '42 43 44 31 34 32 36 34 0D',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      settings: { byteOrder: 'msb_first' },
      source: 'computed: no header, CR alone',
    },
    {
      wire: '02 30 31 30 34 36 34 34 32 64 31 62 63 0D 0A',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      settings: { readerIdBytes: 1, lengthBytes: 1 },
      source: 'computed: reader id and length before the number, lower-case digits',
    },
    { wire: '36 34 34 32 44 31 42 0D', reads: [], source: 'computed: half a byte is missing' },
    { wire: '34 32 44 31 0D', reads: [], source: 'computed: too short for a card' },
    {
      wire: '02 64 42 D1 BC 03',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      settings: { output: 'binary' },
      source: 'computed: binary between header and trailer',
    },
    {
      wire: '02 03 64 02 D1 03 03',
      reads: [{ kind: 'rfid', value: '03D10264' }],
      settings: { output: 'binary', readerIdBytes: 1 },
      source: 'computed: header and trailer may stand in the number too',
    },
  ],
});

type Options = z.output<typeof settings>;

/** Runs of hex digits; anything else ends one. */
function decodeHex(pending: Uint8Array, options: Options): Decoded {
  const text = Buffer.from(pending).toString('latin1');
  const reads: Decoded['reads'] = [];
  let end = 0;
  for (const match of text.matchAll(/([0-9A-Fa-f]*)[^0-9A-Fa-f]/g)) {
    end = match.index + match[0].length;
    const [, digits = ''] = match;
    const isWhole = digits.length % 2 === 0 && digits.length <= longestText;
    const value = isWhole ? numberIn(fromHex(digits), options) : null;
    if (value !== null) reads.push({ kind: 'rfid', value });
  }
  // One digit over the limit stays behind, so that the end of an endless run is not taken for a number.
  return { reads, rest: pending.subarray(end, end + longestText + 1) };
}

function decodeBinary(pending: Uint8Array, options: Options): Decoded {
  const [header = 0, trailer = 0] = [options.header, options.trailer].map((byte) => fromHex(byte)[0]);
  const length = 2 + options.readerIdBytes + options.lengthBytes + options.numberBytes;
  const reads: Decoded['reads'] = [];
  let at = pending.indexOf(header);
  while (at >= 0 && at + length <= pending.length) {
    const isFrame = pending[at + length - 1] === trailer;
    const value = isFrame ? numberIn(pending.subarray(at + 1, at + length - 1), options) : null;
    if (value !== null) reads.push({ kind: 'rfid', value });
    at = pending.indexOf(header, value === null ? at + 1 : at + length);
  }
  return { reads, rest: at < 0 ? new Uint8Array(0) : pending.subarray(at) };
}

function numberIn(body: Uint8Array, { readerIdBytes, lengthBytes, byteOrder }: Options): string | null {
  const number = body.subarray(readerIdBytes + lengthBytes);
  if (number.length < 4 || number.length > 10) return null;
  if (lengthBytes === 1 && body[readerIdBytes] !== number.length) return null;
  return toHex(byteOrder === 'lsb_first' ? number.toReversed() : number);
}

function hexByte(usual: string) {
  return z
    .string()
    .regex(/^[0-9A-Fa-f]{2}$/, 'must be two hex digits such as `02`, in quotes')
    .default(usual);
}

import { z } from 'zod';
import { type Decoded, defineStreamReader } from '../../src/ports/device.ts';

const longestLine = 256;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

// Everything below space and DEL, but for the separator of GS1 codes (1D).
const controlCharacters = /[\x00-\x1c\x1e\x1f\x7f]/g;
const aimPrefix = /^\](?<symbology>[A-Za-z])\d/;

const printable = z
  .string()
  .regex(/^[^\x00-\x1f\x7f]*$/, 'control characters are dropped before this is looked at: leave them out');

const settings = z.strictObject({
  kind: z
    .enum(['barcode', 'qr', 'rfid', 'membership_code'])
    .default('barcode')
    .describe('What the lines are: `barcode`, `qr`, `rfid` (hex, taken in upper case) or `membership_code`.'),
  prefix: printable
    .default('')
    .describe('Characters that the reader puts before every code. They are taken off; a line without them is no code.'),
  suffix: printable
    .default('')
    .describe(
      'Characters that the reader puts after every code, before the line end. They are taken off; a line without them is no code.',
    ),
  aim: z
    .boolean()
    .default(false)
    .describe(
      'On when the scanner is set to send AIM identifiers (`]Q1` before a QR code, `]C0` before a Code 128). They are taken off, and ' +
        'say whether a code is a `qr` or a `barcode`. Leave it off otherwise: a code may itself begin with `]`.',
    ),
  pattern: z
    .string()
    .refine(hasOneGroup, 'must be a regular expression with one group in round brackets, the code: `Mifare\\[([0-9A-F]+)\\].*`')
    .default('')
    .describe('A regular expression that a whole line must match; its one group is the code. Empty: the whole line is the code.'),
  case: z
    .enum(['as_sent', 'upper', 'lower'])
    .default('as_sent')
    .describe('Whether letters are taken `as_sent`, in `upper` or in `lower` case.'),
});

/**
 * Readers that send a code and a line end (CR, LF or both): USB-COM and RS-232 barcode scanners, text readers. Empty lines and
 * control characters mean nothing; a line of more than 256 bytes is not a code.
 */
export default defineStreamReader({
  id: 'line',
  name: 'Barcode scanner or card reader that sends lines of text',
  serial: { baudRate: 9600 },
  settings,
  frameTimeoutMs: 250,

  decode(pending, options) {
    const reads: Decoded['reads'] = [];
    let lineStart = 0;
    for (const [index, byte] of pending.entries()) {
      if (byte !== lineFeed && byte !== carriageReturn) continue;
      const line = pending.subarray(lineStart, index);
      lineStart = index + 1;
      const read = line.length > longestLine ? null : readLine(decodeText(line).replaceAll(controlCharacters, ''), options);
      if (read !== null) reads.push(read);
    }
    // One byte over the limit stays behind, so that the end of an endless line is not taken for a line of its own.
    return { reads, rest: pending.subarray(lineStart, lineStart + longestLine + 1) };
  },

  examples: [
    {
      wire: '5D 51 31 47 59 4D 3A 41 0D',
      reads: [{ kind: 'qr', value: 'GYM:A' }],
      settings: { aim: true },
      source: 'computed from the AIM identifiers in the Zebra DS457 product reference guide',
    },
    {
      wire: '5D 43 30 30 30 34 32 0D',
      reads: [{ kind: 'barcode', value: '0042' }],
      settings: { aim: true, kind: 'qr' },
      source: 'computed: ]C0 is a Code 128',
    },
    { wire: '5D 51 31 41 0D', reads: [{ kind: 'barcode', value: ']Q1A' }], source: 'computed: a code that begins with ]' },
    { wire: '47 59 4D 3A 41 0D 0A', reads: [{ kind: 'barcode', value: 'GYM:A' }], source: 'computed: CR LF' },
    { wire: '30 30 34 32 0A', reads: [{ kind: 'barcode', value: '0042' }], source: 'computed: leading zeros stay' },
    { wire: '0D 0A', reads: [], source: 'computed: an empty line' },
    {
      wire: '4D 69 66 61 72 65 5B 42 43 44 31 34 32 36 34 5D 20 31 4B 20 28 30 30 30 34 2C 30 38 29 20 30 36 36 2C 35 33 36 39 32 0D 0A',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      settings: { kind: 'rfid', pattern: 'Mifare\\[([0-9A-F]+)\\].*' },
      source: 'IronLogic Z-2 USB, `Mifare[BCD14264] 1K (0004,08) 066,53692`, published with a Wiren Board turnstile script',
    },
    {
      wire: '4E 6F 20 63 61 72 64 0D 0A',
      reads: [],
      settings: { pattern: 'Mifare\\[([0-9A-F]+)\\].*' },
      source: 'IronLogic, `No card`',
    },
    {
      wire: '02 62 63 64 31 34 32 36 34 0D 0A 03',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      settings: { kind: 'rfid' },
      source: 'computed: a line framed by 02 and 03, lower-case digits',
    },
    {
      wire: '52 31 3A 34 32 23 0D 34 33 23 0D',
      reads: [{ kind: 'membership_code', value: '42' }],
      settings: { kind: 'membership_code', prefix: 'R1:', suffix: '#' },
      source: 'computed: the second line lacks the prefix',
    },
    { wire: 'D0 9F 2D 31 0D', reads: [{ kind: 'barcode', value: 'П-1' }], source: 'computed: UTF-8' },
    { wire: 'E9 2D 31 0D', reads: [{ kind: 'barcode', value: 'é-1' }], source: 'computed: not UTF-8, so Latin-1' },
  ],
});

function readLine(line: string, options: z.output<typeof settings>): Decoded['reads'][number] | null {
  const { prefix, suffix, pattern } = options;
  if (!line.startsWith(prefix) || !line.endsWith(suffix)) return null;
  let code = line.slice(prefix.length, line.length - suffix.length);
  let kind = options.kind;
  const aim = options.aim ? aimPrefix.exec(code) : null;
  if (aim !== null) {
    kind = aim.groups?.['symbology'] === 'Q' ? 'qr' : 'barcode';
    code = code.slice(aim[0].length);
  }
  if (pattern !== '') code = wholeLine(pattern).exec(code)?.[1] ?? '';
  if (options.case === 'upper' || kind === 'rfid') code = code.toUpperCase();
  else if (options.case === 'lower') code = code.toLowerCase();
  return code === '' ? null : { kind, value: code };
}

function wholeLine(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function hasOneGroup(pattern: string): boolean {
  if (pattern === '') return true;
  try {
    // An empty alternative matches anything, so that the answer has a place for every group.
    return new RegExp(`${pattern}|`).exec('')?.length === 2;
  } catch {
    return false;
  }
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

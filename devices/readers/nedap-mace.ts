import { z } from 'zod';
import { toHex } from '../../src/lib/hex.ts';
import { type Decoded, defineStreamReader } from '../../src/ports/device.ts';
import { lineExample } from '../codecs/line-example.ts';
import { asciiOf, linesOf } from '../codecs/text-lines.ts';

const longestLine = 300;
const barcode = '03';

const words = z.string().regex(/^[\x20-\x7e]{0,10}$/, 'must be at most 10 ASCII signs, as the MACE config tool takes them');

const settings = z.strictObject({
  prefix: words
    .default('4005')
    .describe('What the reader puts before every number; a line without it is none. Factory setting: `4005`.'),
  suffix: words
    .default('')
    .describe('What the reader puts after every number; a line without it is none. Factory setting: nothing.'),
  idSource: z
    .boolean()
    .default(true)
    .describe('On when "Add ID source" is on in the reader: two digits that say how the number was read. They are taken off.'),
  idType: z
    .boolean()
    .default(true)
    .describe('On when "Add ID type" is on in the reader: two digits that say how the number is coded. They are taken off.'),
  scanned: z
    .enum(['qr', 'barcode'])
    .default('qr')
    .describe('What a code is that its scanner read (ID source 03); without the ID source nothing can be told from a card.'),
  byteOrder: z
    .enum(['as_sent', 'reversed'])
    .default('as_sent')
    .describe("`reversed` when the club's data has the bytes of cards in the other order than the reader sends them."),
});

/**
 * Nedap MACE MM and MM QR over RS-485 or USB: prefix, ID source, ID type, number, suffix, CR LF. MACE installation guide v1.5,
 * section 4.5.1. Leave "convert from hex to decimal" off in the reader.
 */
export default defineStreamReader({
  id: 'nedap-mace',
  name: 'Nedap MACE MM, MM QR (RS-485, USB)',
  serial: { baudRate: 9600 },
  settings,
  frameTimeoutMs: 250,

  decode(pending, options) {
    const { lines, rest } = linesOf(pending, longestLine - 2);
    return { reads: lines.flatMap((line) => readLine(asciiOf(line), options) ?? []), rest };
  },

  examples: [
    lineExample('40050500BCD14264', 'BCD14264', 'computed from the MACE installation guide, 4.5.1: a Mifare card'),
    lineExample('4005004555007EE424', '55007EE424', 'computed from the MACE installation guide, 4.5.1: an EM4200 card'),
    lineExample('40050600042c27124a2d80', '042C27124A2D80', 'computed: a DESFire card, in lower case'),
    lineExample('40050500BCD14264', '6442D1BC', 'computed: bytes turned round', { byteOrder: 'reversed' }),
    { ...lineExample('40050300GYM:A', null, 'computed: a scanned code'), reads: [{ kind: 'qr', value: 'GYM:A' }] },
    {
      ...lineExample('400503000042', null, 'computed: a scanned code, leading zeros and all', { scanned: 'barcode' }),
      reads: [{ kind: 'barcode', value: '0042' }],
    },
    lineExample('BCD14264!', 'BCD14264', 'computed: a reader that adds a suffix and nothing else', {
      prefix: '',
      suffix: '!',
      idSource: false,
      idType: false,
    }),
    lineExample('0500BCD14264', null, 'computed: no prefix'),
    lineExample('40050500BCD1426', null, 'computed: half a byte is missing'),
    lineExample('4005050012', null, 'computed: too short for a card'),
    lineExample('40059900BCD14264', null, 'computed: a source that the guide does not know'),
  ],
});

type Options = z.output<typeof settings>;

/** `00` LF … `08` iCLASS, without `03`. */
const cardSources = new Set(['00', '01', '02', '04', '05', '06', '07', '08']);

function readLine(line: string, options: Options): Decoded['reads'][number] | null {
  const { prefix, suffix } = options;
  if (!line.startsWith(prefix) || !line.endsWith(suffix)) return null;
  const body = line.slice(prefix.length, line.length - suffix.length);
  const source = options.idSource ? body.slice(0, 2) : null;
  const number = body.slice((options.idSource ? 2 : 0) + (options.idType ? 2 : 0));
  if (source === barcode) return number === '' ? null : { kind: options.scanned, value: number };
  if (source !== null && !cardSources.has(source)) return null;
  if (!/^(?:[0-9A-F]{2}){2,16}$/i.test(number)) return null;
  const bytes = new Uint8Array(Buffer.from(number, 'hex'));
  return { kind: 'rfid', value: toHex(options.byteOrder === 'reversed' ? bytes.toReversed() : bytes) };
}

import { z } from 'zod';
import { toHex } from '../../src/lib/hex.ts';
import { defineStreamReader, type StreamExample } from '../../src/ports/device.ts';
import { asciiOf, linesOf } from '../codecs/text-lines.ts';
import { bitsOfInteger, bytesOf } from '../codecs/wiegand.ts';

const longestLine = 80;

/** What the reader puts before its answers to `rfid:` commands; a card may stand on the same line. */
const prompt = /^RF IDeas> */;

const settings = z.strictObject({
  digits: z
    .enum(['hex', 'decimal'])
    .default('hex')
    .describe('How the reader writes card numbers: in `hex` or in `decimal`, as its configuration utility is set.'),
  bytes: z
    .int()
    .min(0)
    .max(16)
    .default(0)
    .describe(
      'As how many bytes a number is taken, in hex with zeros at its front; a larger number is none. 0: the digits as they are sent, ' +
        'for clubs whose data has them so.',
    ),
  separator: z
    .string()
    .regex(/^[^\s0-9A-Fa-f]?$/, 'must be one sign that is no digit, such as `:`')
    .default('')
    .describe(
      'The sign that the reader puts between facility code and card number, if it sends both; the pair is then taken as ' +
        '`facility,card` in decimal, as it is printed.',
    ),
});

/**
 * RF IDeas pcProx and WAVE ID on a serial port or as a USB serial device: a line with the number for each card, 9600 8N1. Commands
 * to it begin with `rfid:` and are never sent; answers to those of others stand in braces and may speak of a card long gone.
 * ASCII Command Protocol manual, 99009150; pcProx Plus manual, page 53.
 */
export default defineStreamReader({
  id: 'pcprox',
  name: 'RF IDeas pcProx, WAVE ID (serial, USB serial)',
  serial: { baudRate: 9600 },
  settings,
  frameTimeoutMs: 250,

  decode(pending, options) {
    const { lines, rest } = linesOf(pending, longestLine);
    const values = lines.flatMap((line) => numberIn(asciiOf(line), options) ?? []);
    return { reads: values.map((value) => ({ kind: 'rfid', value })), rest };
  },

  examples: [
    example('01DD1910B2F04', '01DD1910B2F04', 'computed from the ASCII Command Protocol manual: digits as they are sent'),
    example('1dd1910b2f04', '01DD1910B2F04'.padStart(20, '0'), 'computed: ten bytes', { bytes: 10 }),
    example('27706', '6C3A', 'computed: the card number of a 26-bit card', { digits: 'decimal', bytes: 2 }),
    example('07302202', '07302202', 'computed: decimal digits as they are sent', { digits: 'decimal' }),
    example('111:27706', '111,27706', 'computed: facility code and card number', { digits: 'decimal', separator: ':' }),
    example('65537', null, 'computed: more than two bytes', { digits: 'decimal', bytes: 2 }),
    example('RF IDeas>7EE424', '7EE424', 'computed: a card behind the prompt', { bytes: 3 }),
    example('{0x1000,2,0x0000,80;0x000000801DD1910B2F04}', null, 'pcProx Plus manual, page 53: an answer about an earlier card'),
    example('RF IDeas>{0x1000,2,0x0000,80;0x000000801DD1910B2F04}', null, 'computed: the same behind the prompt'),
    example('7EE42G', null, 'computed: no hex'),
  ],
});

type Options = z.output<typeof settings>;

function numberIn(line: string, { digits, bytes, separator }: Options): string | null {
  const text = line.replace(prompt, '').toUpperCase();
  if (separator !== '') {
    const parts = text.split(separator);
    return parts.length === 2 && parts.every((part) => /^\d{1,10}$/.test(part)) ? parts.join(',') : null;
  }
  if (!(digits === 'hex' ? /^[0-9A-F]{2,32}$/ : /^\d{2,39}$/).test(text)) return null;
  if (bytes === 0) return text;
  const bits = bitsOfInteger(BigInt(digits === 'hex' ? `0x${text}` : text), bytes * 8);
  return bits === null ? null : toHex(bytesOf(bits));
}

function example(line: string, value: string | null, source: string, given?: Partial<Options>): StreamExample {
  return {
    wire: toHex(Buffer.from(`${line}\r`, 'latin1')),
    reads: value === null ? [] : [{ kind: 'rfid', value }],
    ...(given && { settings: given }),
    source,
  };
}

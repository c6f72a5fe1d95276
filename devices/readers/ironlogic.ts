import { z } from 'zod';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { type Decoded, defineStreamReader } from '../../src/ports/device.ts';
import { asciiOf, linesOf } from '../codecs/text-lines.ts';
import { isWiegandText, readWiegandText } from '../codecs/wiegand-text.ts';

const longestLine = 120;

/** `Kind[HEX] suffix (ATQA,SAK) FFF,NNNNN`, behind the number of a reader on an RS-485 network. */
const cardLine =
  /^(?:(?<reader>\d{1,5}) +)?(?<kind>[A-Za-z][^[\]]*)\[(?<hex>(?:[0-9A-F]{2}){1,10})\][^[\]]*?\b(?<high>\d{1,3}),(?<low>\d{1,5}),? *$/i;
/** Another mode of the USB readers: the five bytes and the byte that brings their sum to zero. */
const sumFrame = /:([0-9A-F]{12})/gi;
const unfinishedSumFrame = /:[0-9A-F]{0,11}$/i;

const settings = z.strictObject({
  readerId: z
    .string()
    .regex(/^\d{0,5}$/, 'must be the digits that stand before each line, such as `19997`')
    .default('')
    .describe(
      'For readers on an RS-485 network: the number that this one puts before its lines. Lines of others are passed over. Empty: ' +
        'every line is taken.',
    ),
  sevenByteNumbers: z
    .enum(['auto', 'last_four_first', 'as_sent'])
    .default('auto')
    .describe(
      'In which order the reader writes card numbers of seven bytes. `auto` goes by the printed number at the end of the line, which ' +
        'begins the number; `last_four_first` turns `3AAC2280045646` into 0456463AAC2280; `as_sent` leaves it. Compare one card with a ' +
        'PC/SC reader when cards stay unknown.',
    ),
  fourByteNumbers: z
    .enum(['as_sent', 'reversed'])
    .default('as_sent')
    .describe(
      "`reversed` when the club's data has the four bytes of Mifare cards in the other order than the reader writes them.",
    ),
});

/**
 * IronLogic Z-2 USB, Z-2 RD-ALL, Matrix-III RD-ALL and NET: 9600 8N1, one line per card, `No card` when it is taken away. Lines:
 * captures published with a Wiren Board turnstile script. An EM4100 card has 40 bits: the series in brackets, then the printed
 * number. `W26:` and `W34:` lines come from forwarders seen in the field.
 */
export default defineStreamReader({
  id: 'ironlogic',
  name: 'IronLogic Z-2, Matrix-III (USB, RS-485)',
  serial: { baudRate: 9600 },
  settings,
  frameTimeoutMs: 250,

  decode(pending, options) {
    const { lines, rest } = linesOf(pending, longestLine);
    const reads = lines.flatMap((line) => readLine(asciiOf(line), options));
    // The colon mode may do without line ends: its frames have a length of their own.
    const open = asciiOf(rest);
    const frames = readSumFrames(open);
    if (frames.length === 0) return { reads, rest };
    const unfinished = unfinishedSumFrame.exec(open)?.[0] ?? '';
    return { reads: [...reads, ...frames], rest: Buffer.from(unfinished, 'latin1') };
  },

  examples: [
    published('Em-Marine[5500] 126,58404', '55007EE424'),
    published('Em-Marine[1700] 009,22847', '170009593F'),
    published('Em-Marine[5500] 090,48676,', '55005ABE24'),
    published('Mifare[BCD14264] 1K (0004,08) 066,53692', 'BCD14264'),
    published('Mifare[24548AAC] 1K (0004,08) 138,21540', '24548AAC'),
    published('Mifare[9DCB4340] 1K (0004,08) 067,52125', '9DCB4340'),
    published('Mifare[77242CF0]  (0004,88) 044,09335', '77242CF0'),
    published('Mifare[3AAC2280045646]  (0142,20) 004,22086', '0456463AAC2280'),
    published('Mifare[FA592F830412E6] UL (0144,00) 004,04838', '0412E6FA592F83'),
    published('Mifare[124A2D80042C27] DF (0144,20) 004,11303', '042C27124A2D80'),
    published('Mifare[81895266340051] UL (0144,00) 052,00081', '34005181895266'),
    published('19997 Mifare[62D22F80041B4B]  (0144,08) 004,06987', '041B4B62D22F80'),
    published('No card', null),
    published('No Card', null),
    published(':170009593F48', '170009593F'),
    { ...published('W26:096,17669', '604505'), source: 'seen in the field: a forwarder over TCP' },
    { ...published('W34:5DF50F46', '5DF50F46'), source: 'seen in the field: a forwarder over TCP' },
    {
      ...published('Mifare[0456463AAC2280]  (0142,20) 004,22086', '0456463AAC2280'),
      source: 'computed: a firmware that writes the same card in its own order',
    },
    {
      ...published('Mifare[3AAC2280045646]  (0142,20) 004,22086', '3AAC2280045646'),
      settings: { sevenByteNumbers: 'as_sent' },
      source: 'computed: left as it was sent',
    },
    {
      ...published('Mifare[BCD14264] 1K (0004,08) 066,53692', '6442D1BC'),
      settings: { fourByteNumbers: 'reversed' },
      source: 'computed: bytes turned round',
    },
    {
      ...published('19997 Mifare[62D22F80041B4B]  (0144,08) 004,06987', null),
      settings: { readerId: '19998' },
      source: 'computed: another reader of the network',
    },
    { ...published(':170009593F49', null), source: 'computed: the sum is wrong' },
    { ...published('Em-Marine[5500] 256,58404', null), source: 'computed: a number that no byte holds' },
    { ...published('Temic[1A2B3C4D] 060,11066', '1A2B3C4D'), source: 'computed: another kind of card, by the general form' },
    {
      wire: '3A 31 37 30 30 30 39 35 39 33 46 34 38',
      reads: [{ kind: 'rfid', value: '170009593F' }],
      source: 'the same card in the colon mode, without a line end',
    },
  ],
});

type Options = z.output<typeof settings>;

function published(line: string, value: string | null) {
  return {
    wire: toHex(Buffer.from(`${line}\r\n`, 'latin1')),
    reads: value === null ? [] : [{ kind: 'rfid' as const, value }],
    source: `published with a Wiren Board turnstile script: \`${line}\``,
  };
}

function readLine(line: string, options: Options): Decoded['reads'] {
  const card = cardLine.exec(line)?.groups;
  if (card !== undefined) {
    if (options.readerId !== '' && Number(card['reader']) !== Number(options.readerId)) return [];
    const value = numberOf(card['hex'] ?? '', Number(card['high']), Number(card['low']), options);
    return value === null ? [] : [{ kind: 'rfid', value }];
  }
  if (isWiegandText(line)) return readWiegandText(line, plainWiegand).reads;
  return readSumFrames(line);
}

const plainWiegand = { format: 'auto', number: 'hex', byteOrder: 'as_sent' } as const;

function numberOf(hex: string, high: number, low: number, options: Options): string | null {
  if (high > 0xff || low > 0xffff) return null;
  const inBrackets = fromHex(hex);
  const printed = Uint8Array.of(high, low >> 8, low & 0xff);
  switch (inBrackets.length) {
    case 1:
    case 2:
    case 3:
      // A series alone: without the printed number every card of it would be the same.
      return toHex(Uint8Array.of(...inBrackets, ...printed));
    case 4:
      return toHex(options.fourByteNumbers === 'reversed' ? inBrackets.toReversed() : inBrackets);
    case 7:
      return toHex(ordered(inBrackets, printed, options));
    default:
      return toHex(inBrackets);
  }
}

/** QUIRK: the last four of seven bytes come first, inferred from nine published lines: each has its maker's code then, as such cards do. */
function ordered(sent: Uint8Array, printed: Uint8Array, { sevenByteNumbers }: Options): Uint8Array {
  const isInOrder = sevenByteNumbers === 'auto' && Buffer.compare(sent.subarray(0, 3), printed) === 0;
  return sevenByteNumbers === 'as_sent' || isInOrder ? sent : Uint8Array.of(...sent.subarray(4), ...sent.subarray(0, 4));
}

function readSumFrames(text: string): Decoded['reads'] {
  return [...text.matchAll(sumFrame)].flatMap(([, digits = '']) => {
    const bytes = fromHex(digits);
    const sum = bytes.reduce((total, byte) => total + byte, 0);
    return sum % 256 === 0 ? [{ kind: 'rfid' as const, value: toHex(bytes.subarray(0, 5)) }] : [];
  });
}

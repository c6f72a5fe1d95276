import { z } from 'zod';
import { exclusiveOr } from '../../src/lib/exclusive-or.ts';
import { toHex } from '../../src/lib/hex.ts';
import { type Decoded, defineStreamReader } from '../../src/ports/device.ts';

const start = 0x02;
const end = 0x03;
/** With the four bytes of a Mifare card, and with ten. */
const shortestFrame = 9;
const longestFrame = 15;
const cardTypes = { mifare: 1, em: 2 };

/**
 * USB serial card readers (CH340) sold as "EM/MF", "EM4100 + MF1": 9600 8N1. `02`, length of the whole frame, type (01 Mifare,
 * 02 EM4100), number, exclusive-or of everything from the length to the number, `03`. Layout: neweggbusiness.com, item
 * 9b-0yh-046v-00015, whose text counts the length otherwise than its own example.
 */
export default defineStreamReader({
  id: 'em-mf-usb',
  name: 'USB serial reader for EM4100 and Mifare, binary frames',
  serial: { baudRate: 9600 },
  settings: z.strictObject({
    number: z
      .enum(['full', 'low32', 'low24'])
      .default('full')
      .describe(
        'How much of the number of an EM4100 card is used, in hex: `full` (10 digits), `low32` (last 8) or `low24` (last 6). Shorten ' +
          'it only when the club knows its cards by the short number: two cards can share one.',
      ),
    mifareOrder: z
      .enum(['as_sent', 'reversed'])
      .default('as_sent')
      .describe("`reversed` when the reader sends a Mifare card's bytes in the other order than the club's data has them."),
  }),
  frameTimeoutMs: 200,

  decode(pending, settings) {
    const reads: Decoded['reads'] = [];
    let at = pending.indexOf(start);
    while (at >= 0) {
      const length = pending[at + 1];
      const mayBeFrame = length === undefined || (length >= shortestFrame && length <= longestFrame);
      if (mayBeFrame && at + (length ?? shortestFrame) > pending.length) return { reads, rest: pending.subarray(at) };
      const read = mayBeFrame ? readFrame(pending.subarray(at, at + (length ?? 0)), settings) : null;
      if (read !== null) reads.push(read);
      // A 02 may stand in the middle of a frame too: what was none may hold the beginning of one.
      at = pending.indexOf(start, read === null ? at + 1 : at + (length ?? 0));
    }
    return { reads, rest: new Uint8Array(0) };
  },

  examples: [
    {
      wire: '02 0A 02 06 00 8E 6D 5D B0 03',
      reads: [{ kind: 'rfid', value: '06008E6D5D' }],
      source: 'neweggbusiness.com, item 9b-0yh-046v-00015; printed on the card as 0009334109',
    },
    {
      wire: '02 0A 02 06 00 8E 6D 5D B0 03',
      reads: [{ kind: 'rfid', value: '8E6D5D' }],
      settings: { number: 'low24' },
      source: 'computed: the same card by its short number',
    },
    { wire: '02 0A 02 06 00 8E 6D 5D B1 03', reads: [], source: 'computed: a wrong check byte' },
    { wire: '02 0A 02 06 00 8E 6D 5D B0 04', reads: [], source: 'computed: no 03 at the end' },
    {
      wire: '02 09 01 BC D1 42 64 43 03',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      source: 'computed: a Mifare card with four bytes',
    },
    {
      wire: '02 09 01 BC D1 42 64 43 03',
      reads: [{ kind: 'rfid', value: '6442D1BC' }],
      settings: { mifareOrder: 'reversed' },
      source: 'computed: the same card, its bytes turned round',
    },
    {
      wire: '02 0A 01 00 BC D1 42 64 40 03',
      reads: [{ kind: 'rfid', value: 'BCD14264' }],
      source: 'computed: a Mifare card behind a batch byte, as the table of fields has it',
    },
    {
      wire: '02 0C 01 04 2B 73 32 1A 31 80 C8 03',
      reads: [{ kind: 'rfid', value: '042B73321A3180' }],
      source: 'computed: a Mifare card with seven bytes',
    },
    {
      wire: '02 0A 02 02 03 02 0A 02 03 0A 02 06 00 8E 6D 5D B0 03 02 0A 02 06 00 8E 6D 5D B0 03',
      reads: [{ kind: 'rfid', value: '06008E6D5D' }],
      source: 'computed: a frame cut into, and the next one whole',
    },
    { wire: '02 0A 03 06 00 8E 6D 5D B1 03', reads: [], source: 'computed: a type of card that nobody described' },
  ],
});

interface Options {
  number: 'full' | 'low32' | 'low24';
  mifareOrder: 'as_sent' | 'reversed';
}

const digitsOf = { full: 10, low32: 8, low24: 6 };

function readFrame(frame: Uint8Array, { number, mifareOrder }: Options): Decoded['reads'][number] | null {
  const [type, check] = [frame[2], frame.at(-2)];
  if (frame.at(-1) !== end || check !== exclusiveOr(frame.subarray(1, -2))) return null;
  const sent = frame.subarray(3, -2);
  if (type === cardTypes.em && sent.length === 5) return { kind: 'rfid', value: toHex(sent).slice(-digitsOf[number]) };
  if (type !== cardTypes.mifare || ![4, 5, 7, 10].includes(sent.length)) return null;
  // QUIRK: some put a batch byte before the four of a Mifare card, as before those of an EM4100 one.
  const uid = sent.length === 5 ? sent.subarray(1) : sent;
  return { kind: 'rfid', value: toHex(mifareOrder === 'reversed' ? uid.toReversed() : uid) };
}

import { z } from 'zod';
import { exclusiveOr } from '../../src/lib/exclusive-or.ts';
import { fromHex } from '../../src/lib/hex.ts';
import { defineStreamReader } from '../../src/ports/device.ts';

// 02, the card's five bytes and their checksum as hex text, 03. A 02 can only be the beginning of a frame.
// QUIRK: ID-12 and ID-20 modules put CR LF before the 03; some clones send lower-case digits. Readers of Hanwha's kind put no
// checksum before the 03, and after it one byte: everything from 02 to 03 exclusive-ored.
const frame = /\x02([0-9A-Fa-f]{10})(?:([0-9A-Fa-f]{2})\r?\n?\x03|\x03([\x00-\xff]))/g;
const unfinishedFrame = /\x02(?:[0-9A-Fa-f]{0,12}\r?\n?|[0-9A-Fa-f]{10}\x03)$/;

const digitsOf = { full: 10, low32: 8, low24: 6 };

/**
 * EM4100 cards (125 kHz) on an RDM6300 module or one that speaks like it: 9600 8N1, transmits only.
 * Layout and checksum: Seeed Studio wiki, "125Khz RFID module - UART". Repetition: github.com/arduino12/rdm6300. Check byte
 * behind the frame: Hanwha SSA-R1101V manual, page 14.
 */
export default defineStreamReader({
  id: 'rdm6300',
  name: 'RDM6300 / EM4100 serial reader (125 kHz)',
  serial: { baudRate: 9600 },
  settings: z.strictObject({
    number: z
      .enum(['full', 'low32', 'low24'])
      .default('full')
      .describe(
        'How much of the card number is used, in hex: `full` (10 digits, the whole number), `low32` (last 8) or `low24` (last 6). ' +
          'Shorten it only when the club knows its cards by the short number: two cards can share one, with 5000 random cards even ' +
          'likely so for `low24`.',
      ),
  }),
  // A present card is repeated about every 65 ms.
  repeatsWithinMs: 300,
  frameTimeoutMs: 500,

  decode(pending, settings) {
    const text = Buffer.from(pending).toString('latin1');
    const reads = [];
    let usedUpTo = 0;
    for (const match of text.matchAll(frame)) {
      usedUpTo = match.index + match[0].length;
      const [whole, number = '', checksum] = match;
      const isRight =
        checksum === undefined
          ? exclusiveOr(Buffer.from(whole, 'latin1')) === 0
          : exclusiveOr(fromHex(number)) === Number.parseInt(checksum, 16);
      if (!isRight) continue;
      reads.push({ kind: 'rfid' as const, value: number.slice(-digitsOf[settings.number]).toUpperCase() });
    }
    const rest = unfinishedFrame.exec(text.slice(usedUpTo))?.[0] ?? '';
    return { reads, rest: pending.subarray(pending.length - rest.length) };
  },

  examples: [
    {
      wire: '02 36 32 45 33 30 38 36 43 45 44 30 38 03',
      reads: [{ kind: 'rfid', value: '62E3086CED' }],
      source: 'Seeed Studio wiki, 125Khz RFID module - UART',
    },
    {
      wire: '02 30 31 30 30 30 37 33 34 45 30 44 32 03',
      reads: [{ kind: 'rfid', value: '01000734E0' }],
      source: 'Seeed Studio wiki, 125Khz RFID module - UART',
    },
    {
      wire: '02 35 35 30 30 37 45 45 34 32 34 45 42 03',
      reads: [{ kind: 'rfid', value: '55007EE424' }],
      source: 'computed; the card that an IronLogic Z-2 shows as Em-Marine[5500] 126,58404',
    },
    {
      wire: '02 30 46 30 31 38 34 46 30 37 41 30 30 03',
      reads: [{ kind: 'rfid', value: '0F0184F07A' }],
      source: 'computed: a checksum of 00 is a checksum like any other',
    },
    {
      wire: '02 30 46 30 31 38 34 46 30 37 41 32 46 03',
      reads: [],
      source: 'computed: the same card with the checksum 2F, which is wrong',
    },
    {
      wire: '02 35 35 30 30 37 65 65 34 32 34 65 62 03',
      reads: [{ kind: 'rfid', value: '55007EE424' }],
      source: 'computed: lower-case digits',
    },
    {
      wire: '02 35 35 30 30 37 45 45 34 32 34 45 42 0D 0A 03',
      reads: [{ kind: 'rfid', value: '55007EE424' }],
      source: 'computed: CR LF before the 03',
    },
    {
      wire: '02 35 35 30 30 37 45 45 34 32 34 03 04',
      reads: [{ kind: 'rfid', value: '55007EE424' }],
      source: 'computed from the Hanwha SSA-R1101V manual, page 14: the check byte stands behind the 03',
    },
    {
      wire: '02 35 35 30 30 37 45 45 34 32 34 03 05',
      reads: [],
      source: 'computed: the same with a wrong check byte',
    },
    {
      wire: '02 36 32 45 33 30 02 35 35 30 30 37 45 45 34 32 34 45 42 03',
      reads: [{ kind: 'rfid', value: '55007EE424' }],
      source: 'computed: a frame broken off by the next one',
    },
    {
      wire: '02 35 35 30 30 37 45 45 34 32 34 45 42 03',
      reads: [{ kind: 'rfid', value: '007EE424' }],
      settings: { number: 'low32' },
      source: 'computed: printed on the card as 0008315940 (8H10D)',
    },
    {
      wire: '02 35 35 30 30 37 45 45 34 32 34 45 42 03',
      reads: [{ kind: 'rfid', value: '7EE424' }],
      settings: { number: 'low24' },
      source: 'computed: printed on the card as 126,58404 (3D+5D)',
    },
  ],
});

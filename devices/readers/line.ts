import { z } from 'zod';
import { defineStreamReader } from '../../src/ports/device.ts';
import { codeKind, codeSettings, decodeText, longestCode, readCode } from '../codecs/code-text.ts';
import { linesOf } from '../codecs/text-lines.ts';

const settings = z.strictObject({
  kind: codeKind
    .default('barcode')
    .describe('What the lines are: `barcode`, `qr`, `rfid` (hex, taken in upper case) or `membership_code`.'),
  ...codeSettings,
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
    const { lines, rest } = linesOf(pending, longestCode);
    return { reads: lines.flatMap((line) => readCode(decodeText(line), options) ?? []), rest };
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

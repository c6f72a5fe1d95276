import { z } from 'zod';
import { type Decoded, defineHidReader } from '../../src/ports/device.ts';
import { nothingTyped, type Typing, typeReport } from '../codecs/boot-keyboard.ts';
import { cardDigits, hexOfCardDigits } from '../codecs/card-digits.ts';
import { codeKind, codeSettings, longestCode, readCode } from '../codecs/code-text.ts';
import { keepReports, takeReports } from '../codecs/hid-reports.ts';
import { asTyped, keyboardLayouts } from '../codecs/keyboard-layouts.ts';

/** Fewer characters without an end are a key that somebody hit. */
const shortestWithoutEnd = 4;

const layouts = ['us', 'gb', 'de', 'fr', 'it', 'es', 'pl'] as const satisfies (keyof typeof keyboardLayouts)[];

const settings = z.strictObject({
  kind: codeKind
    .default('barcode')
    .describe('What is typed: `barcode`, `qr`, `rfid` (hex, taken in upper case) or `membership_code`.'),
  digits: z
    .enum(['as_typed', ...cardDigits])
    .default('as_typed')
    .describe(
      'How a card reader types the number of a card, turned into the hex of an `rfid`: `8H10D` (0008315940), `6H8D` (08315940), ' +
        '`2H4H` (126,58404), `4H4H` (00126,58404), `10H13D` (0365080536100), `10H`, `8H` or `6H` (hex), `R` with the bytes the ' +
        'other way round. What is no such number is no card. `as_typed`: what is typed is the code.',
    ),
  layout: z
    .enum(layouts)
    .default('us')
    .describe(
      "The country that the scanner is set to; this computer's own does not matter. Set both to `us` where you can. `pl` is " +
        '"Polish programmers". Scanners in ALT mode need none.',
    ),
  end: z
    .enum(['enter_or_silence', 'enter'])
    .default('enter_or_silence')
    .describe(
      'What ends a code: Enter or Tab alone, or a tenth of a second of silence too. Take `enter` where the scanner sends one: ' +
        'then half of a code is never taken for a code.',
    ),
  ...codeSettings,
});

/**
 * Scanners and card readers that type like a keyboard: boot reports (HID 1.11, appendix B), keys by HID Usage Tables page 07, also
 * in ALT mode, where every character is typed as its number. Other reports mean nothing; a line of more than 256 bytes is no code.
 */
export default defineHidReader({
  id: 'hid-keyboard',
  name: 'Scanner or card reader that types like a keyboard',
  usages: [{ page: 0x01, usage: 0x06 }],
  settings,
  // Scanners type a character every 1 to 10 ms.
  frameTimeoutMs: 100,

  decode(pending, options) {
    const { kept, reports, rest } = takeReports(pending);
    const reads: Decoded['reads'] = [];
    let typing = typingKept(kept);
    for (const report of reports) {
      const step = typeReport(typing, report, keyboardLayouts[options.layout]);
      for (const line of step.lines) reads.push(...readLine(line, options));
      typing = bounded(step.typing);
    }
    return { reads, rest: keepReports(keptOf(typing), rest) };
  },

  atSilence(pending, options) {
    const typing = typingKept(takeReports(pending).kept);
    const isCode = options.end === 'enter_or_silence' && typing.altDigits === '' && typing.text.length >= shortestWithoutEnd;
    return isCode ? readLine(typing, options) : [];
  },

  examples: [
    {
      wire: '00 00 1E 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1F 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 20 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 36 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 21 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 04 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '123,4A' }],
      source: 'computed from HID Usage Tables 1.12, page 07',
    },
    {
      wire: '04 00 62 60 5B 00 00 00 | 04 00 62 5F 5B 00 00 00 | 04 00 62 60 62 00 00 00 | 04 00 62 5C 5D 00 00 00 | 04 00 62 5D 5A 00 00 00 | 04 00 62 5C 5D 00 00 00 | 04 00 62 5C 61 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: 'SIP-4-1' }],
      source: 'captured from a scanner in ALT mode, unix.stackexchange.com 392654',
    },
    {
      wire: '04 00 62 60 5B 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 62 5F 5B 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 62 60 62 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 62 5C 5D 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 62 5D 5A 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 62 5C 5D 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 62 5C 61 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: 'SIP-4-1' }],
      source: 'computed: the same, and the keys are let go after each character',
    },
    {
      wire: '04 00 62 00 00 00 00 00 | 04 00 62 60 00 00 00 00 | 04 00 62 60 5B 00 00 00 | 04 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 04 00 5E 00 00 00 00 00 | 04 00 00 00 00 00 00 00 | 04 00 5D 00 00 00 00 00 | 04 00 00 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 58 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: 'SA' }],
      source: 'computed: ALT mode digit by digit, 083 and 65, and Enter on the keypad',
    },
    {
      wire: '02 00 04 00 00 00 00 00 | 02 00 04 00 00 00 00 00 | 02 00 04 05 00 00 00 00 | 02 00 05 00 00 00 00 00 | 00 00 05 06 00 00 00 00 | 00 00 06 28 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: 'ABc' }],
      source: 'computed: keys that are held while the next one goes down',
    },
    {
      wire: '00 00 1E 00 00 00 00 00 | 00 00 01 01 01 01 01 01 | 00 00 1E 00 00 00 00 00 | 00 00 1E 1F 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 2B 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '12' }],
      source: 'computed: a report that too many keys are down; Tab',
    },
    {
      wire: '00 00 27 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 27 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 27 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 25 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 20 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1E 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 22 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 26 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 21 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 27 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'rfid', value: '007EE424' }],
      settings: { digits: '8H10D' },
      source: 'computed: the card 55007EE424 on a reader that types 8H10D',
    },
    {
      wire: '00 00 1E 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1F 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 23 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 36 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 22 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 25 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 21 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 27 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 21 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'rfid', value: '7EE424' }],
      settings: { digits: '2H4H' },
      source: 'computed: the same card on a reader that types 3 and 5 digits',
    },
    {
      wire: '00 00 21 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1F 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 26 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 21 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 26 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 23 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 24 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1F 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 26 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 23 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [],
      settings: { digits: '8H10D' },
      source: 'computed: more than 32 bits are no such number',
    },
    {
      wire: '00 00 30 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 14 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1E 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 0A 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 1C 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 10 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 33 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 04 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'qr', value: 'GYM:A' }],
      settings: { aim: true },
      source: 'computed: AIM identifiers',
    },
    {
      wire: '00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [],
      source: 'computed: an empty line',
    },
    {
      wire: '00 00 2D 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 02 00 2D 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: "'?" }],
      settings: { layout: 'it' },
      source: 'computed: a scanner set to Italy',
    },
    {
      wire: '02 00 1E 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 14 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 10 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '1a,' }],
      settings: { layout: 'fr' },
      source: 'computed: a scanner set to France',
    },
    {
      wire: '11 00 30 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 1E 00 00 00 00 00 | 00 00 00 00 00 00 00 00 | 00 00 28 00 00 00 00 00 | 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '\x1d1' }],
      source: 'computed: Control and ] are the separator of GS1 codes',
    },
    {
      wire: '01 00 00 1E 00 00 00 00 00 | 01 00 00 00 00 00 00 00 00 | 01 00 00 28 00 00 00 00 00 | 03 E9 00 | 01 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '1' }],
      source: 'computed: reports with ids, and one of a volume key',
    },
  ],
});

function readLine({ text, broken }: Typing, options: z.output<typeof settings>): Decoded['reads'] {
  const read = broken ? null : readCode(asTyped(text), options);
  if (read === null || options.digits === 'as_typed') return read === null ? [] : [read];
  const value = hexOfCardDigits(read.value, options.digits);
  return value === null ? [] : [{ kind: 'rfid', value }];
}

function bounded(typing: Typing): Typing {
  return Buffer.byteLength(typing.text) > longestCode ? { ...typing, text: '', broken: true } : typing;
}

/** Nothing typed and no key held: nothing. Otherwise whether it is broken, the keys, the digits, each behind their number, and the text. */
function keptOf({ text, held, altDigits, broken }: Typing): Uint8Array {
  if (text === '' && held.length === 0 && altDigits === '' && !broken) return new Uint8Array(0);
  const digits = Buffer.from(altDigits);
  return Uint8Array.of(Number(broken), held.length, ...held, digits.length, ...digits, ...Buffer.from(text));
}

function typingKept(kept: Uint8Array): Typing {
  const [broken, keys] = kept;
  if (keys === undefined) return nothingTyped;
  const digitsAt = 2 + keys;
  const textAt = digitsAt + 1 + (kept[digitsAt] ?? 0);
  const text = (from: number, to?: number) => Buffer.from(kept.subarray(from, to)).toString();
  return {
    broken: broken === 1,
    held: [...kept.subarray(2, digitsAt)],
    altDigits: text(digitsAt + 1, textAt),
    text: text(textAt),
  };
}

import { z } from 'zod';
import { type Decoded, defineHidReader } from '../../src/ports/device.ts';
import { codeKind, codeSettings, decodeText, kindOf, longestCode, readCode } from '../codecs/code-text.ts';
import { keepReports, takeReports } from '../codecs/hid-reports.ts';

/** What one report says, or the reports of one code so far. */
interface Part {
  /** The letter of the AIM identifier; null: none was named. */
  symbology: string | null;
  data: Uint8Array;
  /** More of the same code comes with the next report. */
  continued: boolean;
}

const shortestReport = 8;
const aimBytes = 3;
const mostData = 56;
/** The flags stand last; bit 0 says "continued". */
const flagBytes = 1;
/** Two bytes of the vendor's own and the flags. */
const trailerBytes = 3;

const nothing = new Uint8Array(0);

const { aim: _aim, ...textSettings } = codeSettings;

const settings = z.strictObject({
  kind: z
    .enum(['by_symbology', ...codeKind.options])
    .default('by_symbology')
    .describe(
      'What the codes are. `by_symbology`: as the scanner says, a QR code is a `qr` and any other code a `barcode`. Otherwise every ' +
        'code is a `barcode`, a `qr`, an `rfid` (hex, taken in upper case) or a `membership_code`.',
    ),
  ...textSettings,
});

/**
 * Barcode scanners set to "USB HID POS" (HID Point of Sale Usage Tables 1.02, bar code scanner). A report of 64 bytes: report id,
 * length of the data, AIM identifier `]cm`, 56 bytes of data, two of the vendor's own, flags with bit 0 "continued". Some products
 * have no length byte and fill up with 00; other sizes occur. A code of more than 256 bytes is none.
 */
export default defineHidReader({
  id: 'hid-pos',
  name: 'Barcode scanner in USB HID POS mode',
  usages: [{ page: 0x8c, usage: 0x02 }],
  settings,
  // The reports of one code follow one another within milliseconds.
  frameTimeoutMs: 500,

  decode(pending, options) {
    const { kept, reports, rest } = takeReports(pending);
    const reads: Decoded['reads'] = [];
    let code = partKept(kept);
    for (const report of reports) {
      const part = partOf(report);
      if (part === null) continue;
      code = joined(code, part);
      if (code.continued) continue;
      const read = code.data.length > longestCode ? null : readPart(code, options);
      if (read !== null) reads.push(read);
      code = null;
    }
    return { reads, rest: keepReports(code === null ? nothing : keptOf(code), rest) };
  },

  examples: [
    {
      wire: '02 38 5D 51 30 4D 31 47 41 54 48 45 52 47 4F 4F 44 2F 41 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 45 41 42 43 31 32 33 20 4C 48 52 4A 46 4B 42 41 20 32 30 35 32 59 30 30 33 44 73 00 01 | 02 04 5D 51 30 32 33 20 20 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 73 00 00',
      reads: [{ kind: 'qr', value: 'M1GATHERGOOD/A                EABC123 LHRJFKBA 2052Y003D23  ' }],
      source: 'Access-IS manual: a code of 60 characters in two reports, 56 and 4; the name in it computed',
    },
    {
      wire: '02 38 5D 51 30 4D 31 47 41 54 48 45 52 47 4F 4F 44 2F 41 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 45 41 42 43 31 32 33 20 4C 48 52 4A 46 4B 42 41 20 32 30 35 32 59 30 30 33 44 73 00 01 | 02 04 00 00 00 32 33 20 20 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 73 00 00',
      reads: [{ kind: 'qr', value: 'M1GATHERGOOD/A                EABC123 LHRJFKBA 2052Y003D23  ' }],
      source: 'computed: the second report names no symbology again',
    },
    {
      wire: '02 0A 5D 51 33 47 59 4D 3A 41 42 43 31 32 33 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'qr', value: 'GYM:ABC123' }],
      source: 'computed from HID Point of Sale Usage Tables 1.02',
    },
    {
      wire: '02 05 5D 43 30 30 30 34 32 0D 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '0042' }],
      source: 'computed: a Code 128 with a carriage return after it',
    },
    {
      wire: '02 14 5D 43 31 30 31 30 34 30 31 32 33 34 35 36 37 38 39 30 31 1D 32 31 41 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '0104012345678901\x1d21A' }],
      source: 'computed: the separators of a GS1 code stay',
    },
    {
      wire: '02 5D 51 31 47 59 4D 3A 41 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'qr', value: 'GYM:A' }],
      source: 'computed: a product without a length byte, filled up with 00',
    },
    {
      wire: '02 5D 51 31 4D 31 47 41 54 48 45 52 47 4F 4F 44 2F 41 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 45 41 42 43 31 32 33 20 4C 48 52 4A 46 4B 42 41 20 32 30 35 32 59 30 30 33 44 00 00 00 01 | 02 5D 51 31 32 33 20 20 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'qr', value: 'M1GATHERGOOD/A                EABC123 LHRJFKBA 2052Y003D23  ' }],
      source: 'computed: the same in reports of 64 bytes',
    },
    {
      wire: '02 04 00 00 00 30 30 34 32 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'barcode', value: '0042' }],
      source: 'computed: a scanner that names no symbology',
    },
    {
      wire: '02 05 5D 51 31 47 59 4D 3A 41 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'qr', value: 'GYM:A' }],
      source: 'computed: reports of 32 bytes',
    },
    {
      wire: '02 0D 5D 45 30 34 30 30 36 33 38 31 33 33 33 39 33 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [{ kind: 'membership_code', value: '4006381333931' }],
      settings: { kind: 'membership_code' },
      source: 'computed: cards with an EAN code',
    },
    {
      wire: '02 3B 5D 51 31 47 59 4D 3A 41 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00',
      reads: [],
      source: 'computed: a length beyond the end of the report',
    },
  ],
});

/** Null: the report is not one of a code. */
function partOf(report: Uint8Array): Part | null {
  if (report.length < shortestReport) return null;
  const continued = ((report.at(-1) ?? 0) & 1) === 1;
  // Behind the report id and the length, or where one of them or both are left out.
  const aimAt = [2, 1, 0].find((at) => isAim(report, at));
  if (aimAt !== undefined) {
    const symbology = String.fromCharCode(report[aimAt + 1] ?? 0);
    const data = aimAt === 2 ? measured(report) : filledUp(report, aimAt + aimBytes);
    return data && { symbology, data, continued };
  }
  // A scanner that is told to send no identifiers leaves their place empty.
  const data = isEmpty(report, 2) ? measured(report) : isEmpty(report, 1) ? filledUp(report, 1 + aimBytes) : null;
  return data === null || (data.length === 0 && !continued) ? null : { symbology: null, data, continued };
}

/** `]`, a letter, and a digit or letter (ISO/IEC 15424). */
function isAim(report: Uint8Array, at: number): boolean {
  return /^\][A-Za-z][0-9A-Za-z]$/.test(String.fromCharCode(...report.subarray(at, at + aimBytes)));
}

function isEmpty(report: Uint8Array, at: number): boolean {
  return report.subarray(at, at + aimBytes).every((byte) => byte === 0);
}

/** Data whose length stands behind the report id; null: it is longer than the report. */
function measured(report: Uint8Array): Uint8Array | null {
  const from = 2 + aimBytes;
  const to = from + (report[1] ?? 0);
  return to > report.length - flagBytes ? null : report.subarray(from, to);
}

/** Data that is filled up with 00. */
function filledUp(report: Uint8Array, from: number): Uint8Array {
  const to = Math.max(Math.min(from + mostData, report.length - flagBytes), report.length - trailerBytes - 1);
  const data = report.subarray(from, to);
  return data.subarray(0, data.findLastIndex((byte) => byte !== 0) + 1);
}

function joined(before: Part | null, { symbology, data, continued }: Part): Part {
  // One byte over the limit stays behind, so that the end of an endless code is not taken for a code of its own.
  const all = Buffer.concat([before?.data ?? nothing, data]).subarray(0, longestCode + 1);
  return { symbology: before?.symbology ?? symbology, data: all, continued };
}

function readPart({ symbology, data }: Part, options: z.output<typeof settings>): Decoded['reads'][number] | null {
  const kind = options.kind === 'by_symbology' ? kindOf(symbology ?? '') : options.kind;
  return readCode(decodeText(data), { ...options, kind, aim: false });
}

function keptOf({ symbology, data }: Part): Uint8Array {
  return Uint8Array.of(symbology?.charCodeAt(0) ?? 0, ...data);
}

function partKept(kept: Uint8Array): Part | null {
  const [letter] = kept;
  if (letter === undefined) return null;
  return { symbology: letter === 0 ? null : String.fromCharCode(letter), data: kept.subarray(1), continued: true };
}

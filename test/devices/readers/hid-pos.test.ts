import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import reader from '../../../devices/readers/hid-pos.ts';
import { framed } from '../../../src/lib/framed.ts';

type Settings = Parameters<typeof reader.settings.parse>[0];

/** Feeds the reports one by one. */
function hear(reports: Uint8Array[], given: Settings = {}) {
  const settings = reader.settings.parse(given);
  let rest: Uint8Array = new Uint8Array();
  let longestRest = 0;
  const reads = reports.flatMap((report) => {
    const decoded = reader.decode(Buffer.concat([rest, framed(report)]), settings);
    rest = decoded.rest;
    longestRest = Math.max(longestRest, rest.length);
    return decoded.reads;
  });
  return { reads, longestRest };
}

interface Shape {
  size: number;
  hasLength: boolean;
  aim: string;
}

/** The reports in which a scanner sends a code. */
function scan(text: string, { size, hasLength, aim }: Shape, { endless = false } = {}): Uint8Array[] {
  const from = hasLength ? 5 : 4;
  const room = size > 64 ? size - from - 4 : Math.min(56, size - from - 3);
  const parts = text.match(new RegExp(`.{1,${room}}`, 'gs')) ?? [''];
  return parts.map((part, at) => {
    const report = Buffer.alloc(size);
    report[0] = 2;
    if (hasLength) report[1] = part.length;
    report.write(aim, from - 3, 'latin1');
    report.write(part, from, 'latin1');
    report[size - 1] = endless || at < parts.length - 1 ? 1 : 0;
    return report;
  });
}

const usual: Shape = { size: 64, hasLength: true, aim: ']Q1' };
const shape = fc.record({
  size: fc.oneof(fc.integer({ min: 16, max: 64 }), fc.integer({ min: 65, max: 200 })),
  hasLength: fc.boolean(),
  aim: fc.constantFrom(']Q1', ']Q3', ']C0', ']E0', ']d2', ']zA', '\0\0\0'),
});
const code = fc.string({ unit: fc.constantFrom(...'ABCXYZabc0123456789]:/-.,=\x1d'), minLength: 1, maxLength: 256, size: 'max' });

describe('a scanner in HID POS mode', () => {
  it('a code comes as it stands there, in as many reports as it takes, with and without a length byte', () => {
    fc.assert(
      fc.property(code, shape, (text, how) => {
        const kind = how.aim.startsWith(']Q') ? 'qr' : 'barcode';
        expect(hear(scan(text, how)).reads).toEqual([{ kind, value: text }]);
      }),
    );
  });

  it('256 bytes are a code, more are none, and neither is their end; the next code is', () => {
    const long = 'A'.repeat(256);
    expect(hear(scan(long, usual)).reads).toEqual([{ kind: 'qr', value: long }]);
    expect(hear([...scan(`${long}B`, usual), ...scan('0042', usual)]).reads).toEqual([{ kind: 'qr', value: '0042' }]);
    const endless = hear(scan('A'.repeat(5000), usual, { endless: true }));
    expect(endless.reads).toEqual([]);
    expect(endless.longestRest).toBeLessThan(300);
  });

  it('a report of another kind between two halves of a code is passed over', () => {
    const [first, second] = scan('M'.repeat(60), usual);
    if (first === undefined || second === undefined) throw new Error('it takes two reports');
    const other = [Uint8Array.of(3, 0xe9, 0), new Uint8Array(64), new Uint8Array(64).fill(0x55)];
    expect(hear([first, ...other, second]).reads).toEqual([{ kind: 'qr', value: 'M'.repeat(60) }]);
  });

  it('a last report with nothing but the end in it ends the code', () => {
    const whole = scan('M'.repeat(56), usual, { endless: true });
    expect(hear([...whole, ...scan('', usual)]).reads).toEqual([{ kind: 'qr', value: 'M'.repeat(56) }]);
  });

  it('a scanner that numbers no reports is read too', () => {
    const [report] = scan('GYM:A', usual);
    expect(hear([report?.subarray(1) ?? new Uint8Array()]).reads).toEqual([{ kind: 'qr', value: 'GYM:A' }]);
  });

  it('an installer can say what the codes are, and what stands around them', () => {
    const reports = scan('R1:a1b2#', { ...usual, aim: ']C0' });
    expect(hear(reports, { kind: 'rfid', prefix: 'R1:', suffix: '#' }).reads).toEqual([{ kind: 'rfid', value: 'A1B2' }]);
    expect(hear(reports, { prefix: 'R2:' }).reads).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CapturedChunk, captureHeader, captureLine, parseCapture } from '../../../src/app/installer/capture.ts';
import { boundedRecorder, recordLine } from '../../../src/app/installer/record-line.ts';
import { replayCapture } from '../../../src/app/installer/replay-capture.ts';
import { framed } from '../../../src/lib/framed.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';
import { loadProfiles } from '../../../src/load-profiles.ts';
import { earsSpeaking } from '../../../src/wiring/device-target.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { createFakeLine } from '../../kit/fake-line.ts';

const profiles = await loadProfiles();
const header = captureHeader('bytes', '/dev/ttyUSB0 at 9600 baud', new Date('2026-06-15T08:00:00Z')).join('\n');

function problemsOf(...lines: string[]): string[] {
  const parsed = parseCapture([header, ...lines].join('\n'));
  return 'problems' in parsed ? parsed.problems.map(({ line, problem }) => `${line}: ${problem}`) : [];
}

describe('a capture', () => {
  test('is a text file that says what it is and warns of what stands in it', () => {
    expect(header.split('\n')[0]).toBe('# gatehouse capture 1, bytes');
    expect(header).toContain('# of /dev/ttyUSB0 at 9600 baud, begun 2026-06-15T08:00:00.000Z');
    expect(header).toMatch(/numbers of the cards .* give it to nobody/);
    expect(captureLine({ atMs: 123.4, direction: 'in', bytes: fromHex('023632') })).toBe('+0123ms < 02 36 32');
    expect(captureLine({ atMs: 0, direction: 'out', bytes: fromHex('A00101A2') })).toBe('+0000ms > A0 01 01 A2');
  });

  test('that was written is read again as it was', () => {
    const chunks = fc.array(
      fc.record({
        atMs: fc.nat({ max: 10_000_000 }),
        direction: fc.constantFrom('in' as const, 'out' as const),
        bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      }),
    );
    fc.assert(
      fc.property(chunks, (some) => {
        const inTime: CapturedChunk[] = some.toSorted((a, b) => a.atMs - b.atMs);
        const parsed = parseCapture([header, ...inTime.map(captureLine)].join('\n'));
        expect(parsed).toEqual({ capture: { of: 'bytes', chunks: inTime } });
      }),
    );
  });

  test('may be written by hand: remarks, empty lines, digits without spaces, CR LF', () => {
    const parsed = parseCapture(`${header}\r\n\r\n# the entrance\r\n+5ms < 0236 32 # half a card\r\n`);
    expect(parsed).toEqual({ capture: { of: 'bytes', chunks: [{ atMs: 5, direction: 'in', bytes: fromHex('023632') }] } });
  });

  test('every line that cannot be used is named with its number and what to write', () => {
    expect(problemsOf('+0001ms < 02', '0002 02', '+0003ms < 2', '+0004ms = 02', '+0001ms < 02', '+0000ms < 03')).toEqual([
      '6: `0002 02` is no chunk: write it like `+0123ms < 02 36 32`, two hex digits for every byte',
      '7: `+0003ms < 2` is no chunk: write it like `+0123ms < 02 36 32`, two hex digits for every byte',
      '8: `+0004ms = 02` is no chunk: write it like `+0123ms < 02 36 32`, two hex digits for every byte',
      '10: `+0000ms < 03` goes back in time: the chunk before it came at 1 ms',
    ]);
  });

  test.each(['', 'PK\u0003\u0004', '+0001ms < 02', 'x'.repeat(10_000)])('what is none is refused at its first line', (text) => {
    expect(parseCapture(text)).toEqual({
      problems: [{ line: 1, problem: expect.stringContaining('its first line is `# gatehouse capture 1, bytes`') }],
    });
  });

  test('whatever the file holds, it is read or refused in words', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (lines) => {
        const parsed = parseCapture([header, ...lines].join('\n'));
        if ('problems' in parsed) for (const { line } of parsed.problems) expect(line).toBeGreaterThan(4);
      }),
    );
  });
});

describe('a line that is recorded', () => {
  test('carries what it carried before, and tells both directions', async () => {
    const clock = fakeClock();
    const line = createFakeLine();
    const sent: string[] = [];
    line.far.onBytes((bytes) => sent.push(toHex(bytes)));
    const lines: string[] = [];
    const heard: string[] = [];
    const ends: string[] = [];
    const recorded = recordLine(line, 'bytes', (chunk) => lines.push(captureLine(chunk)), clock);
    const open = await recorded.open({ bytes: (bytes) => heard.push(toHex(bytes)), closed: (why) => ends.push(why) });
    line.far.write(fromHex('0236'));
    clock.advance(65);
    await open.write(fromHex('A00101A2'));
    line.far.unplug();
    expect({ name: recorded.name, heard, sent, ends }).toEqual({
      name: 'fake line',
      heard: ['0236'],
      sent: ['A00101A2'],
      ends: ['`fake line` was unplugged'],
    });
    expect(lines).toEqual(['+0000ms < 02 36', '+0065ms > A0 01 01 A2']);
  });

  test('of a HID device is told report by report', async () => {
    const line = createFakeLine();
    const lines: string[] = [];
    await recordLine(line, 'reports', (chunk) => lines.push(captureLine(chunk)), fakeClock()).open({ bytes() {}, closed() {} });
    line.far.write(Buffer.concat([framed(fromHex('0200')), framed(fromHex('0300'))]));
    expect(lines).toEqual(['+0000ms < 02 00', '+0000ms < 03 00']);
  });

  test('is not recorded beyond the bound, and says so once', () => {
    const lines: string[] = [];
    let full = 0;
    const record = boundedRecorder(
      40,
      (line) => lines.push(line),
      () => full++,
    );
    for (let times = 0; times < 9; times++) record({ atMs: 0, direction: 'in', bytes: fromHex('023632') });
    expect({ lines, full }).toEqual({ lines: ['+0000ms < 02 36 32', '+0000ms < 02 36 32'], full: 1 });
  });
});

describe('a replay', () => {
  const card = '02 35 35 30 30 37 45 45 34 32 34 45 42 03';
  const replay = (...lines: string[]) => {
    const parsed = parseCapture([header, ...lines].join('\n'));
    if ('problems' in parsed) throw new Error('no capture');
    return replayCapture(parsed.capture, earsSpeaking('stream', profiles, 0))
      .flatMap(({ atMs, readings }) => readings.map(({ device, read }) => `${atMs} ${device} ${read?.value}`))
      .filter((line) => line.includes('rdm6300'));
  };

  test('reads what was sent in pieces, and passes over what was sent to the device', () => {
    expect(replay(`+0000ms < ${card.slice(0, 14)}`, `+0001ms > ${card}`, `+0003ms < ${card.slice(15)}`)).toEqual([
      '3 rdm6300 55007EE424',
    ]);
  });

  test('keeps the silences: a frame that stayed unfinished too long is none', () => {
    expect(replay(`+0000ms < ${card.slice(0, 14)}`, `+0900ms < ${card.slice(15)}`)).toEqual([]);
  });

  test('reads the reports of a HID device with the products that are HID devices', () => {
    const ears = earsSpeaking('hid', profiles, 0);
    const keys = ['0000040000000000', '0000280000000000'].map((hex, index) => ({
      atMs: index,
      direction: 'in' as const,
      bytes: fromHex(hex),
    }));
    for (const { readings } of replayCapture({ of: 'reports', chunks: keys }, ears)) {
      expect(readings.every(({ device }) => profiles.readers.get(device)?.speaks === 'hid')).toBe(true);
    }
  });
});

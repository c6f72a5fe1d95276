import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  availabilityAt,
  closingsOf,
  intervalsOpenAt,
  openingsOf,
  type Window,
} from '../../../src/domain/schedule/availability.ts';
import { dayMs, minuteMs } from '../../../src/domain/schedule/instant.ts';
import { localTime } from '../../../src/domain/schedule/local-time.ts';

const zone = 'Europe/Warsaw';
const open = (windows: Window[], instant: string) => availabilityAt(windows, localTime(Date.parse(instant), zone)) === 'open';

describe('availability windows (rule 14, the checked examples of section 6)', () => {
  const mornings: Window[] = [{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: 7 * 60, to: 12 * 60 }] }];

  it('a morning pass opens at 07:00:00 and closes at 12:00:00', () => {
    const answers = ['06:59:59', '07:00:00', '11:59:59', '12:00:00'].map((time) => open(mornings, `2026-06-15T${time}+02:00`));
    expect(answers).toEqual([false, true, true, false]);
  });

  it('a night window that crosses midnight belongs to the weekday it starts on', () => {
    const night: Window[] = [{ weekDays: [6], intervals: [{ from: 22 * 60, to: 2 * 60 }] }];
    const answers = ['2026-06-20T23:00', '2026-06-21T01:59:59', '2026-06-21T02:00', '2026-06-20T01:00'].map((local) =>
      open(night, `${local}+02:00`),
    );
    expect(answers).toEqual([true, true, false, false]);
  });

  it('an hour that the clock skips never opens', () => {
    const skipped: Window[] = [{ weekDays: [7], intervals: [{ from: 2 * 60, to: 3 * 60 }] }];
    expect([open(skipped, '2026-03-29T00:59:59Z'), open(skipped, '2026-03-29T01:00:00Z')]).toEqual([false, false]);
  });

  it('an hour that the clock repeats opens twice', () => {
    const repeated: Window[] = [{ weekDays: [7], intervals: [{ from: 2 * 60, to: 3 * 60 }] }];
    expect(['2026-10-25T00:30Z', '2026-10-25T01:30Z', '2026-10-25T02:00Z'].map((at) => open(repeated, at))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('says whether the day or the hour is wrong', () => {
    expect(availabilityAt(mornings, localTime(Date.parse('2026-06-15T15:00+02:00'), zone))).toBe('outside_hours');
    expect(availabilityAt(mornings, localTime(Date.parse('2026-06-14T08:00+02:00'), zone))).toBe('outside_days');
  });

  it('no window is any time', () => {
    expect(open([], '2026-06-14T03:00+02:00')).toBe(true);
  });
});

describe('intervals of today and of the night before (section 3)', () => {
  const minute = (minutes: number) => minutes * minuteMs;
  const morning = { from: 7 * 60, to: 12 * 60 };
  const night = { from: 22 * 60, to: 2 * 60 };

  it('one of today is open from its beginning until just before its end', () => {
    const answers = [minute(420) - 1, minute(420), minute(720) - 1, minute(720)].map((ms) => intervalsOpenAt([morning], [], ms));
    expect(answers).toEqual([false, true, true, false]);
  });

  it('one of yesterday is open only past midnight, until just before its end', () => {
    const answers = [0, minute(120) - 1, minute(120), minute(1320)].map((ms) => intervalsOpenAt([], [night], ms));
    expect(answers).toEqual([true, true, false, false]);
    expect(intervalsOpenAt([], [morning], minute(480))).toBe(false);
  });

  it('one of today that runs past midnight is not yet open in the small hours', () => {
    const answers = [0, minute(1320) - 1, minute(1320), minute(1440) - 1].map((ms) => intervalsOpenAt([night], [], ms));
    expect(answers).toEqual([false, false, true, true]);
  });

  it('one of several is enough, in any order; none is never', () => {
    for (const today of [
      [morning, night],
      [night, morning],
    ])
      expect([minute(480), minute(900), minute(1380)].map((ms) => intervalsOpenAt(today, [], ms))).toEqual([true, false, true]);
    for (const yesterday of [
      [morning, night],
      [night, morning],
    ])
      expect(intervalsOpenAt([], yesterday, minute(60))).toBe(true);
    expect(intervalsOpenAt([], [], 0)).toBe(false);
  });

  it('one that ends as it begins is an error in the data and never opens', () => {
    const nothing = { from: 600, to: 600 };
    const times = [0, minute(600) - 1, minute(600), minute(600) + 1, minute(1440) - 1];
    expect(times.map((ms) => intervalsOpenAt([nothing], [nothing], ms))).toEqual(times.map(() => false));
  });

  it('a whole day ends at 24:00', () => {
    const day = { from: 0, to: 1440 };
    expect([0, minute(1440) - 1].map((ms) => intervalsOpenAt([day], [], ms))).toEqual([true, true]);
    expect(intervalsOpenAt([], [day], 0)).toBe(false);
  });
});

const minutes = fc.integer({ min: 0, max: 1440 });
const interval = fc.record({ from: fc.integer({ min: 0, max: 1439 }), to: minutes }).filter(({ from, to }) => from !== to);
const windows = fc.array(
  fc.record({
    weekDays: fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1, maxLength: 3 }),
    intervals: fc.array(interval, { minLength: 1, maxLength: 2 }),
  }),
  { minLength: 1, maxLength: 2 },
) as fc.Arbitrary<Window[]>;
// Both nights on which Warsaw moves its clocks, and an ordinary week.
const starts = fc.constantFrom('2026-03-27T10:17Z', '2026-10-23T10:17Z', '2026-06-15T10:17Z').map((text) => Date.parse(text));

const at = (text: string) => Date.parse(text);
const inOrder = (instants: readonly number[]) =>
  [...new Set(instants)].sort((a, b) => a - b).map((instant) => new Date(instant).toISOString());
const onDays = (start: number, end: number, ...weekDays: Window['weekDays']): Window[] => [
  { weekDays, intervals: [{ from: start, to: end }] },
];

describe('the instants at which a window opens', () => {
  const openings = (all: Window[], after: string, until: string) => inOrder(openingsOf(all, zone, at(after), at(until)));

  it('are none where it is always open, also when the clocks change', () => {
    expect(openings([], '2026-03-01T00:00Z', '2026-04-01T00:00Z')).toEqual([]);
  });

  it('are its beginnings on its own weekdays, after the one instant and up to the other', () => {
    const mornings = onDays(420, 720, 1, 2);
    expect(openings(mornings, '2026-06-15T07:00+02:00', '2026-06-23T07:00+02:00')).toEqual([
      '2026-06-16T05:00:00.000Z',
      '2026-06-22T05:00:00.000Z',
      '2026-06-23T05:00:00.000Z',
    ]);
    expect(openings(mornings, '2026-06-15T06:59:59.999+02:00', '2026-06-16T06:59:59.999+02:00')).toEqual([
      '2026-06-15T05:00:00.000Z',
    ]);
  });

  it('are the end of an hour that is skipped, and both beginnings in an hour that repeats', () => {
    const fromHalfPastTwo = onDays(150, 600, 7);
    expect(openings(fromHalfPastTwo, '2026-03-29T00:30+01:00', '2026-03-29T12:00+02:00')).toEqual(['2026-03-29T01:00:00.000Z']);
    expect(openings(fromHalfPastTwo, '2026-10-25T00:30+02:00', '2026-10-25T12:00+01:00')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('a window never begins to be open at any other instant', () => {
    fc.assert(
      fc.property(windows, starts, (all, start) => {
        const until = start + 4 * dayMs;
        const openings = new Set(openingsOf(all, zone, start, until));
        let before = availabilityAt(all, localTime(start, zone));
        for (let at = start - (start % minuteMs) + minuteMs; at <= until; at += minuteMs) {
          const now = availabilityAt(all, localTime(at, zone));
          if (now === 'open' && before !== 'open' && !openings.has(at)) return false;
          before = now;
        }
        return true;
      }),
      { numRuns: 60 },
    );
  });
});

describe('the instants at which a window closes', () => {
  const closings = (all: Window[], after: string, until: string) => inOrder(closingsOf(all, zone, at(after), at(until)));

  it('are none where it is always open', () => {
    expect(closings([], '2026-03-01T00:00Z', '2026-04-01T00:00Z')).toEqual([]);
  });

  it('are its ends, after the one instant and up to the other', () => {
    const mornings = onDays(420, 720, 1, 2, 3, 4, 5, 6, 7);
    expect(closings(mornings, '2026-06-15T12:00+02:00', '2026-06-17T12:00+02:00')).toEqual([
      '2026-06-16T10:00:00.000Z',
      '2026-06-17T10:00:00.000Z',
    ]);
    expect(closings(mornings, '2026-06-15T11:59:59.999+02:00', '2026-06-16T11:59:59.999+02:00')).toEqual([
      '2026-06-15T10:00:00.000Z',
    ]);
  });

  it('lie on the day after the one that a night began on', () => {
    expect(closings(onDays(1320, 120, 6), '2026-06-20T22:00+02:00', '2026-06-21T03:00+02:00')).toContain(
      '2026-06-21T00:00:00.000Z',
    );
  });

  it('are those of every interval of every window', () => {
    const windows: Window[] = [
      {
        weekDays: [1],
        intervals: [
          { from: 420, to: 540 },
          { from: 600, to: 720 },
        ],
      },
      { weekDays: [2], intervals: [{ from: 900, to: 1440 }] },
    ];
    expect(closings(windows, '2026-06-15T00:00+02:00', '2026-06-17T00:00+02:00')).toEqual(
      expect.arrayContaining(['2026-06-15T07:00:00.000Z', '2026-06-15T10:00:00.000Z', '2026-06-16T22:00:00.000Z']),
    );
  });

  it('are the end of an hour that is skipped, and both ends in an hour that repeats', () => {
    const untilHalfPastTwo = onDays(0, 150, 7);
    expect(closings(untilHalfPastTwo, '2026-03-29T00:30+01:00', '2026-03-29T12:00+02:00')).toEqual(['2026-03-29T01:00:00.000Z']);
    expect(closings(untilHalfPastTwo, '2026-10-25T00:30+02:00', '2026-10-25T12:00+01:00')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('include the instant at which the clock goes back out of a window', () => {
    const closed = closings(onDays(135, 195, 7), '2026-10-25T02:00+02:00', '2026-10-25T02:05+01:00');
    expect(closed).toEqual(['2026-10-25T01:00:00.000Z']);
  });

  it('a window never ceases to be open at any other instant', () => {
    fc.assert(
      fc.property(windows, starts, (all, start) => {
        const until = start + 4 * dayMs;
        const told = new Set(closingsOf(all, zone, start, until));
        let before = availabilityAt(all, localTime(start, zone));
        for (let at = start - (start % minuteMs) + minuteMs; at <= until; at += minuteMs) {
          const now = availabilityAt(all, localTime(at, zone));
          if (now !== 'open' && before === 'open' && !told.has(at)) return false;
          before = now;
        }
        return true;
      }),
      { numRuns: 40 },
    );
  });
});

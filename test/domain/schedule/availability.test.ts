import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availabilityAt, openingsOf, type Window } from '../../../src/domain/schedule/availability.ts';
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

describe('the instants at which a window opens', () => {
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

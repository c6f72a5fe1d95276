import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  availabilityAt,
  closingsOf,
  type DateException,
  type Interval,
  openingsOf,
  type Window,
} from '../../../src/domain/schedule/availability.ts';
import { hourMs, type LocalDate, minuteMs } from '../../../src/domain/schedule/instant.ts';
import {
  clubDate,
  datesBetween,
  instantOf,
  instantsOf,
  type LocalTime,
  localTime,
  offsetChanges,
  startOfClubDate,
  weekDayOn,
} from '../../../src/domain/schedule/local-time.ts';
import { hoursOpeningsOf, isOpenAt } from '../../../src/domain/schedule/opening-hours.ts';
import { ageOn, daysBetween, lastValidDay, plusDays, plusPeriod, weekOf } from '../../../src/domain/schedule/validity.ts';
import {
  ageAt,
  beginningOfClubDate,
  clockChanges,
  clubDateAt,
  clubIsOpen,
  countDays,
  lastDayOf,
  momentsOf,
  mondayOf,
  onePeriodLater,
  stepDays,
  wallClock,
  watchClock,
  weekDayOf,
  windowsAt,
} from '../../kit/naive-time.ts';
import {
  aDate,
  aDayStart,
  aLastDay,
  aMoment,
  aPeriod,
  aTimeOfDate,
  changesOf,
  someIntervals,
  someWindows,
  zones,
} from '../../kit/odd-moments.ts';

/** A property of slow parts: the first counterexample is told as it is, without a search for a smaller one. */
const runs = (numRuns: number) => ({ numRuns, endOnFailure: true });

const aDayAround = fc.tuple(aMoment, fc.integer({ min: -1, max: 1 })).map(([{ timeZone, at }, days]) => ({
  timeZone,
  date: stepDays(wallClock(at, timeZone).date, days),
}));

/** Up to two days around a moment. */
const aStretch = fc
  .record({
    moment: aMoment,
    hoursBefore: fc.integer({ min: 0, max: 36 }),
    minutes: fc.integer({ min: 0, max: 2 * 24 * 60 }),
    rest: fc.constantFrom(0, 0, 1, minuteMs - 1),
  })
  .map(({ moment: { timeZone, at }, hoursBefore, minutes, rest }) => {
    const from = at - hoursBefore * hourMs;
    return { timeZone, from, until: from + minutes * minuteMs + rest };
  });

/** Whether the clock shows a bound of an interval, on whatever day. */
function isBound(bound: 'from' | 'to', windows: readonly Window[], { timeOfDayMs }: LocalTime): boolean {
  const bounds = windows.flatMap(({ intervals }) => intervals.map((interval) => interval[bound] % 1440));
  return bounds.includes(timeOfDayMs / minuteMs);
}

const aHoliday = fc.array(fc.record({ days: fc.integer({ min: -1, max: 2 }), intervals: someIntervals }), { maxLength: 2 });

function exceptionsAround(at: number, timeZone: string, holidays: { days: number; intervals: Interval[] }[]): DateException[] {
  const { date } = wallClock(at, timeZone);
  return holidays.map(({ days, intervals }) => ({ date: stepDays(date, days), intervals }));
}

describe('the clock on the wall, looked at and reckoned', () => {
  it('shows the same date, weekday and time', () => {
    fc.assert(
      fc.property(aMoment, ({ timeZone, at }) => {
        expect(localTime(at, timeZone)).toEqual(wallClock(at, timeZone));
      }),
      { numRuns: 3000 },
    );
  });

  it.each(Object.entries(zones))('changes at the same instants of twenty years in %s (%s)', (timeZone) => {
    expect(offsetChanges(Date.parse('2010-01-01'), Date.parse('2031-01-01'), timeZone)).toEqual(changesOf[timeZone]);
  });

  it('changes at the same instants of a few days', () => {
    fc.assert(
      fc.property(aStretch, ({ timeZone, from, until }) => {
        expect(offsetChanges(from, until, timeZone)).toEqual(clockChanges(from, until, timeZone));
      }),
      runs(150),
    );
  });

  it('changes after the first instant and up to the last', () => {
    const [change = 0] = changesOf['Europe/Warsaw'] ?? [];
    for (const from of [change - 1, change, change + 1]) {
      for (const until of [change - 1, change, change + 1]) {
        const changes = from < change && until >= change ? [change] : [];
        expect(offsetChanges(from, until, 'Europe/Warsaw')).toEqual(changes);
        expect(clockChanges(from, until, 'Europe/Warsaw')).toEqual(changes);
      }
    }
  });

  it('shows a time of a date at the same instants: once, twice, or never', () => {
    const seen = new Set<number>();
    fc.assert(
      fc.property(aTimeOfDate, ({ timeZone, date, minutes }) => {
        const { shown, after } = momentsOf(date, minutes, timeZone);
        seen.add(shown.length);
        expect(instantsOf(date, minutes, timeZone)).toEqual(shown);
        expect(instantOf(date, minutes, timeZone)).toEqual({ at: shown[0] ?? after, skipped: shown.length === 0 });
      }),
      runs(100),
    );
    expect(seen).toEqual(new Set([0, 1, 2]));
  });

  it('shows the same dates between two instants, and one that was skipped stands among them', () => {
    fc.assert(
      fc.property(aStretch, ({ timeZone, from, until }) => {
        const shown = [
          wallClock(from, timeZone).date,
          ...Array.from(watchClock(from, until, timeZone, 0), ({ wall }) => wall.date),
        ];
        const [first = '', last = first] = [shown.sort().at(0), shown.sort().at(-1)];
        const dates = Array.from({ length: countDays(first, last) + 1 }, (_, days) => stepDays(first, days));
        expect(datesBetween(from, until, timeZone)).toEqual(dates);
      }),
      runs(60),
    );
  });
});

describe('club dates, watched and reckoned', () => {
  it('are the same at every instant, wherever the day starts', () => {
    fc.assert(
      fc.property(aMoment, aDayStart, ({ timeZone, at }, dayStartsAt) => {
        expect(clubDate(at, timeZone, dayStartsAt)).toBe(clubDateAt(at, timeZone, dayStartsAt));
      }),
      runs(1000),
    );
  });

  it('begin at the same instant, also in hours that are skipped or come twice', () => {
    fc.assert(
      fc.property(aDayAround, aDayStart, ({ timeZone, date }, dayStartsAt) => {
        expect(startOfClubDate(date, timeZone, dayStartsAt)).toBe(beginningOfClubDate(date, timeZone, dayStartsAt));
      }),
      runs(150),
    );
  });
});

describe('windows, counted by the minute and compared', () => {
  it('are open at the same instants, and closed for the same reason', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(someWindows, aMoment, (windows, { timeZone, at }) => {
        const expected = windowsAt(windows, wallClock(at, timeZone));
        seen.add(expected);
        expect(availabilityAt(windows, localTime(at, timeZone))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
    expect(seen).toEqual(new Set(['open', 'outside_days', 'outside_hours']));
  });

  it('open and close at listed instants only, and each one listed is a beginning, an end or a change of the clock', () => {
    fc.assert(
      fc.property(someWindows, aStretch, (windows, { timeZone, from, until }) => {
        const opens = new Set(openingsOf(windows, timeZone, from, until));
        const closes = new Set(closingsOf(windows, timeZone, from, until));
        const mayOpen = new Set(clockChanges(from, until, timeZone));
        const mayClose = new Set(mayOpen);
        let before = windowsAt(windows, wallClock(from, timeZone)) === 'open';
        for (const { at, wall } of watchClock(from + 1, until, timeZone, 0)) {
          const now = windowsAt(windows, wall) === 'open';
          if (now && !before) expect(opens).toContain(at);
          if (before && !now) expect(closes).toContain(at);
          if (isBound('from', windows, wall)) mayOpen.add(at);
          if (isBound('to', windows, wall)) mayClose.add(at);
          before = now;
        }
        expect([...opens].filter((at) => !mayOpen.has(at))).toEqual([]);
        expect([...closes].filter((at) => !mayClose.has(at))).toEqual([]);
      }),
      runs(100),
    );
  });

  it('make the same opening hours, with the exceptions of a date', () => {
    const seen = new Set<boolean>();
    fc.assert(
      fc.property(someWindows, aHoliday, aMoment, (openingHours, holiday, { timeZone, at }) => {
        const exceptions = exceptionsAround(at, timeZone, holiday);
        const expected = clubIsOpen(openingHours, exceptions, wallClock(at, timeZone));
        seen.add(expected);
        expect(isOpenAt({ openingHours, exceptions }, localTime(at, timeZone))).toBe(expected);
      }),
      runs(1000),
    );
    expect(seen.size).toBe(2);
  });

  it('open a club at listed instants only', () => {
    fc.assert(
      fc.property(someWindows, aHoliday, aStretch, (openingHours, holiday, { timeZone, from, until }) => {
        const exceptions = exceptionsAround(from, timeZone, holiday);
        const listed = new Set(hoursOpeningsOf({ openingHours, exceptions }, timeZone, from, until));
        let before = clubIsOpen(openingHours, exceptions, wallClock(from, timeZone));
        for (const { at, wall } of watchClock(from + 1, until, timeZone, 0)) {
          const now = clubIsOpen(openingHours, exceptions, wall);
          if (now && !before) expect(listed).toContain(at);
          before = now;
        }
        for (const at of listed) expect(at > from && at <= until).toBe(true);
      }),
      runs(50),
    );
  });
});

describe('the calendar, counted by the day and reckoned', () => {
  it('gives the same weekday, Monday and distance', () => {
    fc.assert(
      fc.property(aDate, fc.integer({ min: -800, max: 800 }), (date, days) => {
        const other = stepDays(date, days);
        expect(plusDays(date, days)).toBe(other);
        expect(daysBetween(date, other)).toBe(countDays(date, other));
        expect(weekDayOn(date)).toBe(weekDayOf(date));
        expect(weekOf(date)).toBe(mondayOf(date));
      }),
      runs(150),
    );
  });

  it('gives the same end of a period and the same last day', () => {
    fc.assert(
      fc.property(aDate, aPeriod, aLastDay, (date, period, lastDay) => {
        expect(plusPeriod(date, period)).toBe(onePeriodLater(date, period));
        expect(lastValidDay(date, period, lastDay)).toBe(lastDayOf(date, period, lastDay));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the same age', () => {
    fc.assert(
      fc.property(aDate, aDate, (one, other) => {
        const [born, today] = [one, other].sort();
        if (born === undefined || today === undefined) return;
        const birthYear = Number(born.slice(0, 4));
        expect(ageOn(today, birthYear, born.slice(5))).toBe(ageAt(today, birthYear, born.slice(5)));
      }),
      { numRuns: 1000 },
    );
  });
});

const implementations = {
  reckoned: {
    windows: (windows: readonly Window[], timeZone: string, at: string) =>
      availabilityAt(windows, localTime(Date.parse(at), timeZone)),
    dateAt: (at: string, timeZone: string, dayStartsAt: number) => clubDate(Date.parse(at), timeZone, dayStartsAt),
    beginning: startOfClubDate,
    moments: instantsOf,
    lastDay: lastValidDay,
  },
  'looked up': {
    windows: (windows: readonly Window[], timeZone: string, at: string) =>
      windowsAt(windows, wallClock(Date.parse(at), timeZone)),
    dateAt: (at: string, timeZone: string, dayStartsAt: number) => clubDateAt(Date.parse(at), timeZone, dayStartsAt),
    beginning: beginningOfClubDate,
    moments: (date: LocalDate, minutes: number, timeZone: string) => momentsOf(date, minutes, timeZone).shown,
    lastDay: lastDayOf,
  },
};

describe.each(Object.entries(implementations))('the checked examples of section 6, %s', (_, { windows, dateAt, lastDay }) => {
  const mornings: Window[] = [{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: 420, to: 720 }] }];
  const saturdayNight: Window[] = [{ weekDays: [6], intervals: [{ from: 1320, to: 120 }] }];
  const sundayAtTwo: Window[] = [{ weekDays: [7], intervals: [{ from: 120, to: 180 }] }];

  it.each([
    ['Monday 06:59:59 of Mon–Fri 07–12', mornings, '2026-06-15T06:59:59+02:00', 'outside_hours'],
    ['Monday 07:00:00', mornings, '2026-06-15T07:00:00+02:00', 'open'],
    ['Monday 11:59:59', mornings, '2026-06-15T11:59:59+02:00', 'open'],
    ['Monday 12:00:00', mornings, '2026-06-15T12:00:00+02:00', 'outside_hours'],
    ['Saturday 23:00 of Sat 22–02', saturdayNight, '2026-06-20T23:00:00+02:00', 'open'],
    ['Sunday 01:59:59', saturdayNight, '2026-06-21T01:59:59+02:00', 'open'],
    ['Sunday 02:00', saturdayNight, '2026-06-21T02:00:00+02:00', 'outside_days'],
    ['Saturday 01:00', saturdayNight, '2026-06-20T01:00:00+02:00', 'outside_hours'],
    ['the second before a skipped hour that is the window', sundayAtTwo, '2026-03-29T00:59:59Z', 'outside_hours'],
    ['the end of the skipped hour', sundayAtTwo, '2026-03-29T01:00:00Z', 'outside_hours'],
    ['a repeated hour, the first time', sundayAtTwo, '2026-10-25T00:30:00Z', 'open'],
    ['a repeated hour, the second time', sundayAtTwo, '2026-10-25T01:30:00Z', 'open'],
    ['the end of the repeated hour', sundayAtTwo, '2026-10-25T02:00:00Z', 'outside_hours'],
  ] as const)('%s', (_case, given, at, expected) => {
    expect(windows(given, 'Europe/Warsaw', at)).toBe(expected);
  });

  it('the same instant is 1 July in Warsaw and 30 June in London', () => {
    const dates = ['Europe/Warsaw', 'Europe/London'].map((timeZone) => dateAt('2026-06-30T22:30Z', timeZone, 0));
    expect(dates).toEqual(['2026-07-01', '2026-06-30']);
  });

  it.each([
    ['2026-01-01', 30, 'day', '2026-01-30', '2026-01-31'],
    ['2026-01-01', 1, 'day', '2026-01-01', '2026-01-02'],
    ['2026-01-31', 1, 'month', '2026-02-28', '2026-02-28'],
    ['2026-01-30', 1, 'month', '2026-02-28', '2026-02-28'],
    ['2026-01-28', 1, 'month', '2026-02-27', '2026-02-28'],
    ['2026-06-13', 3, 'month', '2026-09-12', '2026-09-13'],
    ['2028-02-29', 1, 'year', '2029-02-28', '2029-02-28'],
  ] as const)(
    'from %s, %i %s: through %s when day 1 counts, through %s as start plus period',
    (from, length, unit, dayOne, plus) => {
      expect(lastDay(from, { length, unit }, 'activation_day_is_day_1')).toBe(dayOne);
      expect(lastDay(from, { length, unit }, 'start_plus_period')).toBe(plus);
    },
  );
});

describe.each(Object.entries(implementations))('odd clocks, worked out by hand and %s', (_, { dateAt, beginning, moments }) => {
  it.each([
    ['a skipped midnight is the instant it is skipped', 'America/Sao_Paulo', '2018-11-04', 0, '2018-11-04T03:00Z'],
    ['midnight comes twice, and the first begins the day', 'Atlantic/Azores', '2026-10-25', 0, '2026-10-25T00:00Z'],
    ['a start in a skipped hour is the instant it is skipped', 'Europe/Warsaw', '2026-03-29', 150, '2026-03-29T01:00Z'],
    ['a start in a repeated hour is the first', 'Europe/Warsaw', '2026-10-25', 150, '2026-10-25T00:30Z'],
    ['half an hour is skipped, too', 'Australia/Lord_Howe', '2026-10-04', 135, '2026-10-03T15:30Z'],
  ])('%s (%s)', (_case, timeZone, date, dayStartsAt, expected) => {
    expect(beginning(date, timeZone, dayStartsAt)).toBe(Date.parse(expected));
    expect(dateAt(expected, timeZone, dayStartsAt)).toBe(date);
  });

  it('a date that the clock jumps over is over at once, or lasts until the next day starts at 04:00', () => {
    const jump = Date.parse('2011-12-30T10:00Z');
    const hoursAfter = (date: string, dayStartsAt: number) => (beginning(date, 'Pacific/Apia', dayStartsAt) - jump) / hourMs;
    expect([hoursAfter('2011-12-30', 0), hoursAfter('2011-12-31', 0)]).toEqual([0, 0]);
    expect([hoursAfter('2011-12-30', 240), hoursAfter('2011-12-31', 240)]).toEqual([0, 4]);
    expect([0, 240].map((dayStartsAt) => dateAt('2011-12-30T10:00Z', 'Pacific/Apia', dayStartsAt))).toEqual([
      '2011-12-31',
      '2011-12-30',
    ]);
  });

  it('a clock that goes back into the day before does not bring that day back', () => {
    const dates = ['02:29:59Z', '02:30:00Z', '02:31:00Z'].map((time) => dateAt(`2010-11-07T${time}`, 'America/St_Johns', 0));
    expect(dates).toEqual(['2010-11-06', '2010-11-07', '2010-11-07']);
    expect(moments('2010-11-07', 0, 'America/St_Johns').map((at) => new Date(at).toISOString())).toEqual([
      '2010-11-07T02:30:00.000Z',
      '2010-11-07T03:30:00.000Z',
    ]);
  });
});

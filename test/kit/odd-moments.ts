import fc from 'fast-check';
import type { Interval, Window } from '../../src/domain/schedule/availability.ts';
import { type Instant, type LocalDate, minuteMs, type WeekDay } from '../../src/domain/schedule/instant.ts';
import type { LastDay, Period } from '../../src/domain/schedule/validity.ts';
import { clockChanges, dayBefore, nextDay, wallClock } from './naive-time.ts';

/** Where the clocks did something odd between 2010 and 2030. */
export const zones = {
  'Europe/Warsaw': 'a common zone',
  'Europe/London': 'UTC in winter',
  'America/New_York': 'behind UTC',
  'Australia/Lord_Howe': 'moves by half an hour',
  'America/Sao_Paulo': 'moved at midnight: 00:00 was skipped, 23:00 came twice',
  'Africa/Casablanca': 'four moves a year, around Ramadan',
  'Asia/Tehran': 'moved at midnight, half an hour off UTC',
  'Pacific/Apia': '30 December 2011 never was',
  'Asia/Kathmandu': 'never moves, 45 minutes off UTC',
  'America/St_Johns': 'moved at 00:01 until 2011: back into the day before',
  'Africa/Cairo': 'moves at midnight, and did so four times in 2010 and 2014',
  'Antarctica/Troll': 'moves by two hours',
  'Atlantic/Azores': 'moves at 01:00: midnight comes twice',
};

const from = Date.parse('2010-01-01');
const until = Date.parse('2031-01-01');

/** Every change of a zone's clocks in those years. */
export const changesOf: Readonly<Record<string, readonly Instant[]>> = Object.fromEntries(
  Object.keys(zones).map((timeZone) => [timeZone, clockChanges(from, until, timeZone)]),
);

export interface Moment {
  timeZone: string;
  at: Instant;
}

/** A time of a date, as a clock may show it once, twice or never; 1440 ends the date. */
export interface TimeOfDate {
  timeZone: string;
  date: LocalDate;
  minutes: number;
}

const minutesWithin = (hours: number) => fc.integer({ min: -hours * 60, max: hours * 60 }).map((minutes) => minutes * minuteMs);

/** Often none; else what is left of a minute, and one less than a whole one. */
const rest = fc.oneof(fc.constantFrom(0, 0, -1, 1), fc.integer({ min: 0, max: 59_999 }));

function sum(...terms: fc.Arbitrary<number>[]): fc.Arbitrary<number> {
  return fc.tuple(...terms).map((values) => values.reduce((total, value) => total + value, 0));
}

/** The oddest were the first ones, 2010 and 2011. */
function aChangeOf(changes: readonly Instant[]): fc.Arbitrary<Instant> {
  return fc.oneof(fc.constantFrom(...changes.slice(0, 4)), fc.constantFrom(...changes));
}

/** Often the beginning or end of a month, a leap day or the days beside it. */
export const aDate: fc.Arbitrary<LocalDate> = fc
  .record({
    year: fc.integer({ min: 2011, max: 2030 }),
    month: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(2, 3)),
    day: fc.oneof(fc.constantFrom(-1, 0, 1, 28, 29), fc.integer({ min: 1, max: 31 })),
  })
  .map(({ year, month, day }) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10));

/** Mostly near a change of the clocks, or a midnight. */
export const aMoment: fc.Arbitrary<Moment> = fc.constantFrom(...Object.keys(zones)).chain((timeZone) => {
  const anyTime = fc.integer({ min: from, max: until });
  const changes = changesOf[timeZone] ?? [];
  const aChange = changes.length === 0 ? anyTime : aChangeOf(changes);
  const at = fc.oneof(
    { weight: 3, arbitrary: sum(aChange, fc.oneof(minutesWithin(3), minutesWithin(30)), rest) },
    { weight: 2, arbitrary: sum(aDate.map(Date.parse), minutesWithin(14), rest) },
    { weight: 1, arbitrary: anyTime },
  );
  return fc.record({ timeZone: fc.constant(timeZone), at });
});

/** Mostly within the hours around a change of the clocks. */
export const aTimeOfDate: fc.Arbitrary<TimeOfDate> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Object.entries(changesOf)).chain(aTimeNearChange) },
  {
    weight: 1,
    arbitrary: fc.record({
      timeZone: fc.constantFrom(...Object.keys(zones)),
      date: aDate,
      minutes: fc.oneof(fc.constantFrom(0, 1440), fc.integer({ min: 0, max: 1440 })),
    }),
  },
);

function aTimeNearChange([timeZone, changes]: [string, readonly Instant[]]): fc.Arbitrary<TimeOfDate> {
  const change = changes.length === 0 ? fc.constant(from) : aChangeOf(changes);
  return fc.tuple(change, fc.integer({ min: -75, max: 75 })).map(([at, offset]) => {
    const { date, timeOfDayMs } = wallClock(at - minuteMs, timeZone);
    const minutes = timeOfDayMs / minuteMs + offset;
    if (minutes < 0) return { timeZone, date: dayBefore(date), minutes: minutes + 1440 };
    return minutes > 1440 ? { timeZone, date: nextDay(date), minutes: minutes - 1440 } : { timeZone, date, minutes };
  });
}

/** Minutes after midnight, 00:00 to 06:00, often around the hours that clocks skip and repeat. */
export const aDayStart = fc.oneof(
  fc.constant(0),
  fc.constantFrom(1, 30, 60, 90, 120, 150, 179, 180, 240),
  fc.integer({ min: 0, max: 360 }),
);

const aMinute = fc.oneof(fc.constantFrom(0, 1, 30, 60, 120, 150, 180, 1380, 1410, 1439), fc.integer({ min: 0, max: 1439 }));

const anInterval: fc.Arbitrary<Interval> = fc
  .record({ from: aMinute, to: fc.oneof(aMinute, fc.constant(1440)) })
  .filter((interval) => interval.from !== interval.to);

const aWindow: fc.Arbitrary<Window> = fc.record({
  weekDays: fc.subarray<WeekDay>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  intervals: fc.array(anInterval, { minLength: 1, maxLength: 2 }),
});

/** None at all: any time. */
export const someWindows = fc.array(aWindow, { maxLength: 2 });

export const someIntervals = fc.array(anInterval, { maxLength: 2 });

export const aPeriod: fc.Arbitrary<Period> = fc.record({
  length: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 60 })),
  unit: fc.constantFrom('day', 'week', 'month', 'year'),
});

export const aLastDay = fc.constantFrom<LastDay>('activation_day_is_day_1', 'start_plus_period');

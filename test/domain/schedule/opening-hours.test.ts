import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval, Window } from '../../../src/domain/schedule/availability.ts';
import { dayMs, minuteMs, type WeekDay } from '../../../src/domain/schedule/instant.ts';
import { localTime } from '../../../src/domain/schedule/local-time.ts';
import { hoursOn, hoursOpeningsOf, isOpenAt, type OpeningHours } from '../../../src/domain/schedule/opening-hours.ts';
import { at } from '../../kit/facts.ts';

const zone = 'Europe/Warsaw';
const everyDay: WeekDay[] = [1, 2, 3, 4, 5, 6, 7];
const daily = (...intervals: Interval[]): Window[] => [{ weekDays: everyDay, intervals }];
const hour = (from: number, to: number): Interval => ({ from: from * 60, to: to * 60 });

const open = (hours: OpeningHours, text: string) => isOpenAt(hours, localTime(at(text), zone));
const around = (hours: OpeningHours, text: string) =>
  [at(text) - 1, at(text)].map((instant) => isOpenAt(hours, localTime(instant, zone)));

describe('the hours of a date (rule 32)', () => {
  const weekdays = { weekDays: [1, 2, 3, 4, 5] as WeekDay[], intervals: [hour(6, 23)] };
  const fridays = { weekDays: [5] as WeekDay[], intervals: [hour(23, 24)] };

  it('are those of every row that names its weekday', () => {
    const hours = { openingHours: [weekdays, fridays], exceptions: [] };
    expect(hoursOn(hours, '2026-06-18')).toEqual([hour(6, 23)]);
    expect(hoursOn(hours, '2026-06-19')).toEqual([hour(6, 23), hour(23, 24)]);
    expect(hoursOn(hours, '2026-06-20')).toEqual([]);
  });

  it('are those of its exception, whatever its weekday has, and of no other date’s', () => {
    const exceptions = [
      { date: '2026-06-19', intervals: [] },
      { date: '2026-06-20', intervals: [hour(10, 14)] },
    ];
    for (const ordered of [exceptions, [...exceptions].reverse()]) {
      const hours = { openingHours: [weekdays], exceptions: ordered };
      expect(hoursOn(hours, '2026-06-18')).toEqual([hour(6, 23)]);
      expect(hoursOn(hours, '2026-06-19')).toEqual([]);
      expect(hoursOn(hours, '2026-06-20')).toEqual([hour(10, 14)]);
    }
  });

  it('are not set where there are none, but on the dates of exceptions', () => {
    const hours = { openingHours: [], exceptions: [{ date: '2026-06-20', intervals: [] }] };
    expect(hoursOn(hours, '2026-06-19')).toBeNull();
    expect(hoursOn(hours, '2026-06-20')).toEqual([]);
  });
});

describe('whether the club is open (rule 32)', () => {
  it('always, where nothing is set', () => {
    expect(open({ openingHours: [], exceptions: [] }, '2026-06-15T03:00+02:00')).toBe(true);
  });

  it('on Saturday from ten to two, also where other dates have exceptions', () => {
    const night = [{ weekDays: [6] as WeekDay[], intervals: [hour(22, 2)] }];
    for (const exceptions of [[], [{ date: '2026-12-25', intervals: [] }]]) {
      const hours = { openingHours: night, exceptions };
      expect(around(hours, '2026-06-20T22:00+02:00')).toEqual([false, true]);
      expect(around(hours, '2026-06-21T02:00+02:00')).toEqual([true, false]);
      expect(open(hours, '2026-06-20T01:00+02:00')).toBe(false);
    }
  });

  it('on the date of an exception by its own hours alone', () => {
    const hours = { openingHours: daily(hour(6, 23)), exceptions: [{ date: '2026-12-24', intervals: [hour(10, 14)] }] };
    expect(around(hours, '2026-12-24T10:00+01:00')).toEqual([false, true]);
    expect(around(hours, '2026-12-24T14:00+01:00')).toEqual([true, false]);
    expect(open(hours, '2026-12-24T07:00+01:00')).toBe(false);
    expect(around(hours, '2026-12-25T06:00+01:00')).toEqual([false, true]);
  });

  it('into the night after an exception by the hours that began on it (section 3)', () => {
    const hours = { openingHours: daily(hour(6, 23)), exceptions: [{ date: '2026-12-31', intervals: [hour(20, 3)] }] };
    expect(around(hours, '2027-01-01T03:00+01:00')).toEqual([true, false]);
    expect(open(hours, '2026-12-31T01:00+01:00')).toBe(false);
    expect(open(hours, '2026-12-31T12:00+01:00')).toBe(false);
  });

  it('where it is always open, on all but the dates of exceptions, to the millisecond', () => {
    const hours = { openingHours: [], exceptions: [{ date: '2026-12-25', intervals: [hour(10, 12)] }] };
    expect(around(hours, '2026-12-25T00:00+01:00')).toEqual([true, false]);
    expect(around(hours, '2026-12-25T10:00+01:00')).toEqual([false, true]);
    expect(around(hours, '2026-12-25T12:00+01:00')).toEqual([true, false]);
    expect(around(hours, '2026-12-26T00:00+01:00')).toEqual([false, true]);
  });

  it('by an exception’s night also into a date on which it is closed: it belongs to the date it began on (section 3)', () => {
    const exceptions = [
      { date: '2026-12-31', intervals: [hour(20, 3)] },
      { date: '2027-01-01', intervals: [] },
    ];
    expect(around({ openingHours: [], exceptions }, '2027-01-01T03:00+01:00')).toEqual([true, false]);
  });
});

describe('when the club may open', () => {
  const openings = (hours: OpeningHours, from: string, until: string) =>
    [...new Set(hoursOpeningsOf(hours, zone, at(from), at(until)))]
      .sort((a, b) => a - b)
      .map((instant) => new Date(instant).toISOString());

  it('is never where nothing is set', () => {
    expect(openings({ openingHours: [], exceptions: [] }, '2026-06-15T00:00Z', '2026-06-29T00:00Z')).toEqual([]);
  });

  it('is the beginning of each interval, after the one instant and up to the other', () => {
    const hours = { openingHours: daily(hour(6, 23)), exceptions: [] };
    expect(openings(hours, '2026-06-15T06:00+02:00', '2026-06-17T06:00+02:00')).toEqual([
      '2026-06-16T04:00:00.000Z',
      '2026-06-17T04:00:00.000Z',
    ]);
    expect(openings(hours, '2026-06-15T05:59:59.999+02:00', '2026-06-16T05:59:59.999+02:00')).toEqual([
      '2026-06-15T04:00:00.000Z',
    ]);
  });

  it('with exceptions keeps to the same bounds', () => {
    const hours = { openingHours: [], exceptions: [{ date: '2026-06-16', intervals: [hour(10, 12)] }] };
    const midnights = (from: string, until: string) => openings(hours, from, until);
    expect(midnights('2026-06-16T00:00+02:00', '2026-06-17T00:00+02:00')).toEqual([
      '2026-06-16T08:00:00.000Z',
      '2026-06-16T22:00:00.000Z',
    ]);
    expect(midnights('2026-06-15T23:59:59.999+02:00', '2026-06-16T23:59:59.999+02:00')).toEqual([
      '2026-06-15T22:00:00.000Z',
      '2026-06-16T08:00:00.000Z',
    ]);
  });

  it('with exceptions names nothing of a date that is yet to come', () => {
    const hours = { openingHours: [], exceptions: [{ date: '2026-06-16', intervals: [hour(10, 12), hour(14, 16)] }] };
    expect(openings(hours, '2026-06-16T09:00+02:00', '2026-06-16T13:59:59.999+02:00')).toEqual(['2026-06-16T08:00:00.000Z']);
  });

  it('is the end of an hour that is skipped, and both beginnings of one that repeats', () => {
    const hours = (date: string): OpeningHours => ({
      openingHours: [],
      exceptions: [{ date, intervals: [{ from: 150, to: 600 }] }],
    });
    expect(openings(hours('2026-03-29'), '2026-03-29T00:30+01:00', '2026-03-29T12:00+02:00')).toEqual([
      '2026-03-29T01:00:00.000Z',
    ]);
    expect(openings(hours('2026-10-25'), '2026-10-25T00:30+02:00', '2026-10-25T12:00+01:00')).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ]);
  });

  it('is also when the clock goes back into an interval that was over', () => {
    const hours = { openingHours: [], exceptions: [{ date: '2026-10-25', intervals: [{ from: 90, to: 135 }] }] };
    const back = at('2026-10-25T02:00+01:00');
    expect(around(hours, '2026-10-25T02:00+01:00')).toEqual([false, true]);
    expect(hoursOpeningsOf(hours, zone, back - 1, back)).toContain(back);
  });

  const minutes = fc.integer({ min: 0, max: 1440 });
  const intervals = fc.array(
    fc.record({ from: fc.integer({ min: 0, max: 1439 }), to: minutes }).filter(({ from, to }) => from !== to),
    { maxLength: 2 },
  );
  const starts = ['2026-03-27T10:17Z', '2026-10-23T10:17Z', '2026-06-15T10:17Z'].map(at);
  const anyHours = fc.constantFrom(...starts).chain((start) =>
    fc.record({
      start: fc.constant(start),
      openingHours: fc.array(fc.record({ weekDays: fc.subarray<WeekDay>(everyDay, { minLength: 1 }), intervals }), {
        maxLength: 2,
      }),
      exceptions: fc.uniqueArray(
        fc.record({
          date: fc.integer({ min: 0, max: 4 }).map((days) => localTime(start + days * dayMs, zone).date),
          intervals,
        }),
        { maxLength: 3, selector: ({ date }) => date },
      ),
    }),
  );

  it('is never at any other instant', () => {
    let opened = 0;
    fc.assert(
      fc.property(anyHours, ({ start, ...hours }) => {
        const until = start + 4 * dayMs;
        const told = new Set(hoursOpeningsOf(hours, zone, start, until));
        let before = isOpenAt(hours, localTime(start, zone));
        for (let instant = start - (start % minuteMs) + minuteMs; instant <= until; instant += minuteMs) {
          const now = isOpenAt(hours, localTime(instant, zone));
          if (now && !before) {
            opened += 1;
            expect(told).toContain(instant);
          }
          before = now;
        }
      }),
      { numRuns: 40 },
    );
    expect(opened).toBeGreaterThan(20);
  });
});

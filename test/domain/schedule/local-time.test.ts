import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { clubDate, instantsOf, localTime, offsetChanges, startOfClubDate } from '../../../src/domain/schedule/local-time.ts';

const zones = ['Europe/Warsaw', 'Europe/Kyiv', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

describe('the wall clock', () => {
  it('shows what the calendar library shows, in every zone and order of asking', () => {
    const instant = fc.integer({ min: Date.parse('2015-01-01'), max: Date.parse('2040-01-01') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, (zone, at) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const { date, weekDay, timeOfDayMs } = localTime(at, zone);
        expect(date).toBe(zoned.toPlainDate().toString());
        expect(weekDay).toBe(zoned.dayOfWeek);
        expect(timeOfDayMs).toBe(((zoned.hour * 60 + zoned.minute) * 60 + zoned.second) * 1000 + zoned.millisecond);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a zone that does not exist', () => {
    expect(() => localTime(0, 'Europe/Atlantis')).toThrow(RangeError);
  });
});

describe('club dates', () => {
  it('a day that starts at 04:00 still counts the night before', () => {
    const date = (text: string) => clubDate(Date.parse(text), 'Europe/Warsaw', 240);
    expect([date('2026-06-15T03:59:59+02:00'), date('2026-06-15T04:00:00+02:00')]).toEqual(['2026-06-14', '2026-06-15']);
  });

  it('a day that starts in a skipped hour starts when the hour is skipped', () => {
    expect(startOfClubDate('2026-03-29', 'Europe/Warsaw', 150)).toBe(Date.parse('2026-03-29T01:00:00Z'));
  });

  it('a day that starts in a repeated hour starts at the first', () => {
    expect(startOfClubDate('2026-10-25', 'Europe/Warsaw', 150)).toBe(Date.parse('2026-10-25T00:30:00Z'));
  });

  it('the same instant is another date in another branch', () => {
    const instant = Date.parse('2026-06-30T22:30:00Z');
    expect([clubDate(instant, 'Europe/Warsaw', 0), clubDate(instant, 'Europe/London', 0)]).toEqual(['2026-07-01', '2026-06-30']);
  });
});

describe('moments of a date', () => {
  it('a time in the repeated hour happens twice, one in the skipped hour never', () => {
    expect(instantsOf('2026-10-25', 150, 'Europe/Warsaw').length).toBe(2);
    expect(instantsOf('2026-03-29', 150, 'Europe/Warsaw').length).toBe(0);
    expect(instantsOf('2026-06-15', 150, 'Europe/Warsaw')).toEqual([Date.parse('2026-06-15T00:30:00Z')]);
  });

  it('both clock changes of a year are found', () => {
    const changes = offsetChanges(Date.parse('2026-01-01T00:00Z'), Date.parse('2027-01-01T00:00Z'), 'Europe/Warsaw');
    expect(changes.map((at) => new Date(at).toISOString())).toEqual(['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  ageOn,
  daysBetween,
  lastValidDay,
  type Period,
  plusDays,
  plusPeriod,
  weekOf,
} from '../../../src/domain/schedule/validity.ts';

const days = (length: number): Period => ({ length, unit: 'day' });
const months = (length: number): Period => ({ length, unit: 'month' });

describe('the last day of a membership (the checked examples of section 6)', () => {
  it.each([
    ['30 days from 1 January, day 1 counts', '2026-01-01', days(30), 'activation_day_is_day_1', '2026-01-30'],
    ['30 days from 1 January, start plus period', '2026-01-01', days(30), 'start_plus_period', '2026-01-31'],
    ['1 day from 1 January, day 1 counts', '2026-01-01', days(1), 'activation_day_is_day_1', '2026-01-01'],
    ['1 month from 31 January, day 1 counts', '2026-01-31', months(1), 'activation_day_is_day_1', '2026-02-28'],
    ['1 month from 31 January, start plus period', '2026-01-31', months(1), 'start_plus_period', '2026-02-28'],
    ['1 month from 30 January, day 1 counts', '2026-01-30', months(1), 'activation_day_is_day_1', '2026-02-28'],
    ['1 month from 28 January, day 1 counts', '2026-01-28', months(1), 'activation_day_is_day_1', '2026-02-27'],
    ['3 months from 13 June, start plus period', '2026-06-13', months(3), 'start_plus_period', '2026-09-13'],
    [
      '1 year from 29 February 2028, day 1 counts',
      '2028-02-29',
      { length: 1, unit: 'year' },
      'activation_day_is_day_1',
      '2029-02-28',
    ],
    ['2 weeks from 1 June, day 1 counts', '2026-06-01', { length: 2, unit: 'week' }, 'activation_day_is_day_1', '2026-06-14'],
  ] as const)('%s', (_, startsOn, period, lastDay, expected) => {
    expect(lastValidDay(startsOn, period, lastDay)).toBe(expected);
  });
});

describe('a period of thousands of years', () => {
  const years = (length: number): Period => ({ length, unit: 'year' });

  it('ends with the year 9999, after which dates no longer compare as text', () => {
    for (const lastDay of ['activation_day_is_day_1', 'start_plus_period'] as const)
      expect(lastValidDay('2026-06-15', years(9999), lastDay)).toBe('9999-12-31');
    expect(lastValidDay('2026-12-31', years(9999), 'activation_day_is_day_1')).toBe('9999-12-31');
    expect(lastValidDay('2026-06-15', days(3_000_000), 'activation_day_is_day_1')).toBe('9999-12-31');
    expect(plusPeriod('2026-06-15', years(9999))).toBe('9999-12-31');
  });

  it('that ends before that ends on its own day', () => {
    expect(lastValidDay('2026-06-15', years(7973), 'activation_day_is_day_1')).toBe('9999-06-14');
    expect(plusPeriod('2026-06-15', years(7973))).toBe('9999-06-15');
    expect(plusPeriod('9999-12-30', days(1))).toBe('9999-12-31');
  });
});

describe('dates', () => {
  it('a week begins on Monday', () => {
    expect(['2026-06-15', '2026-06-21', '2026-06-22'].map(weekOf)).toEqual(['2026-06-15', '2026-06-15', '2026-06-22']);
  });

  it('days are counted over the ends of months and years', () => {
    expect(plusDays('2025-12-31', 1)).toBe('2026-01-01');
    expect(daysBetween('2026-06-30', '2026-06-15')).toBe(-15);
  });
});

describe('an age (rule 34)', () => {
  it('changes on the birthday itself', () => {
    expect(['2026-06-14', '2026-06-15', '2026-06-16'].map((date) => ageOn(date, 2010, '06-15'))).toEqual([15, 16, 16]);
  });

  it('is the same on both sides of the new year', () => {
    expect(['2025-12-31', '2026-01-01'].map((date) => ageOn(date, 2010, '06-15'))).toEqual([15, 15]);
    expect(['2026-12-31', '2027-01-01'].map((date) => ageOn(date, 2010, '01-01'))).toEqual([16, 17]);
    expect(['2026-12-30', '2026-12-31'].map((date) => ageOn(date, 2010, '12-31'))).toEqual([15, 16]);
  });

  it('of somebody born on 29 February changes on 1 March where that day is missing', () => {
    expect(['2026-02-28', '2026-03-01'].map((date) => ageOn(date, 2008, '02-29'))).toEqual([17, 18]);
    expect(['2028-02-28', '2028-02-29'].map((date) => ageOn(date, 2008, '02-29'))).toEqual([19, 20]);
  });

  it('is nought in the first year', () => {
    expect(ageOn('2026-06-15', 2026, '06-15')).toBe(0);
  });
});

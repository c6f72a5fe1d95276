import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from './instant.ts';
import { dateOfDay, dayNumberOf, weekDayOn } from './local-time.ts';

export interface Period {
  length: number;
  unit: 'day' | 'week' | 'month' | 'year';
}

export type LastDay = 'activation_day_is_day_1' | 'start_plus_period';

/** The date one period after `date`; months and years keep the day of month and clamp to the month's last day (section 3). */
export function plusPeriod(date: LocalDate, period: Period): LocalDate {
  return endOf(Temporal.PlainDate.from(date), period).toString();
}

/**
 * The last valid day of a membership that starts on `startsOn` (section 3 and the examples of section 6).
 * `start_plus_period`: start + period. `activation_day_is_day_1`: the day before the same day in the end period, or, when
 * that day does not exist there, the month's last day.
 */
export function lastValidDay(startsOn: LocalDate, period: Period, lastDay: LastDay): LocalDate {
  const start = Temporal.PlainDate.from(startsOn);
  const end = endOf(start, period);
  if (lastDay === 'start_plus_period') return end.toString();
  if (end.equals(lastDate)) return end.toString();
  const clamped = (period.unit === 'month' || period.unit === 'year') && end.day !== start.day;
  return (clamped ? end : end.subtract({ days: 1 })).toString();
}

/** `date` plus whole days, which may be negative. */
export function plusDays(date: LocalDate, days: number): LocalDate {
  return dateOfDay(dayNumberOf(date) + days);
}

/** Whole days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumberOf(to) - dayNumberOf(from);
}

/** Whole years from a birthday (`MM-DD`) to a date. Who was born on 29 February is a year older on 1 March where there is none. */
export function ageOn(date: LocalDate, birthYear: number, birthday: string): number {
  const years = Number(date.slice(0, 4)) - birthYear;
  return date.slice(5) < birthday ? years - 1 : years;
}

/** The Monday of the week in which `date` lies. */
export function weekOf(date: LocalDate): LocalDate {
  return plusDays(date, 1 - weekDayOn(date));
}

/** Dates are compared as text: none lies after the year 9999. */
const lastDate = Temporal.PlainDate.from('9999-12-31');

function endOf(start: Temporal.PlainDate, period: Period): Temporal.PlainDate {
  const end = plus(start, period);
  return Temporal.PlainDate.compare(end, lastDate) > 0 ? lastDate : end;
}

function plus(start: Temporal.PlainDate, { length, unit }: Period): Temporal.PlainDate {
  switch (unit) {
    case 'day':
      return start.add({ days: length });
    case 'week':
      return start.add({ weeks: length });
    case 'month':
      return start.add({ months: length });
    case 'year':
      return start.add({ years: length });
  }
}

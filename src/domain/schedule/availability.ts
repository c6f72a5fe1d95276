import { type Instant, type LocalDate, minuteMs, type WeekDay } from './instant.ts';
import { datesBetween, instantsOf, type LocalTime, offsetChanges, weekDayOn } from './local-time.ts';

/** Half-open `[from, to)` in minutes after local midnight; `to` is up to 1440. `from > to` crosses midnight (section 3). */
export interface Interval {
  from: number;
  to: number;
}

/** On these weekdays, during these intervals. An interval that crosses midnight belongs to the weekday it starts on. */
export interface Window {
  weekDays: WeekDay[];
  intervals: Interval[];
}

/** A date whose intervals replace those of its weekday; no intervals: closed that date. */
export interface DateException {
  date: LocalDate;
  intervals: Interval[];
}

/** Whether the wall clock stands inside one of the windows; if not, whether the weekday or the hour is wrong (rule 14). No windows: any time. */
export function availabilityAt(windows: readonly Window[], local: LocalTime): 'open' | 'outside_days' | 'outside_hours' {
  if (windows.length === 0) return 'open';
  const yesterday = dayBefore(local.weekDay);
  let fitsDay = false;
  for (const { weekDays, intervals } of windows) {
    if (weekDays.includes(local.weekDay)) {
      fitsDay = true;
      if (intervals.some((interval) => opensOnItsDay(interval, local.timeOfDayMs))) return 'open';
    }
    if (weekDays.includes(yesterday) && intervals.some((interval) => runsPastMidnight(interval, local.timeOfDayMs)))
      return 'open';
  }
  return fitsDay ? 'outside_hours' : 'outside_days';
}

export function dayBefore(weekDay: WeekDay): WeekDay {
  return (((weekDay + 5) % 7) + 1) as WeekDay;
}

/** Whether a time of day lies in one of today's intervals, or in one of yesterday's that runs past midnight. */
export function intervalsOpenAt(today: readonly Interval[], yesterday: readonly Interval[], timeOfDayMs: number): boolean {
  return (
    today.some((interval) => opensOnItsDay(interval, timeOfDayMs)) ||
    yesterday.some((interval) => runsPastMidnight(interval, timeOfDayMs))
  );
}

/**
 * Every instant in `(after, until]` at which one of the windows may open: each interval's beginning, twice where an hour repeats,
 * and the offset changes themselves, at which one begins whose beginning is skipped.
 */
export function openingsOf(windows: readonly Window[], timeZone: string, after: Instant, until: Instant): Instant[] {
  if (windows.length === 0) return [];
  const openings = offsetChanges(after, until, timeZone);
  for (const date of datesBetween(after, until, timeZone)) {
    const weekDay = weekDayOn(date);
    for (const { weekDays, intervals } of windows) {
      if (!weekDays.includes(weekDay)) continue;
      for (const { from } of intervals) openings.push(...instantsOf(date, from, timeZone));
    }
  }
  return openings.filter((at) => at > after && at <= until);
}

function opensOnItsDay({ from, to }: Interval, timeOfDayMs: number): boolean {
  const afterFrom = timeOfDayMs >= from * minuteMs;
  return from > to ? afterFrom : afterFrom && timeOfDayMs < to * minuteMs;
}

function runsPastMidnight({ from, to }: Interval, timeOfDayMs: number): boolean {
  return from > to && timeOfDayMs < to * minuteMs;
}

/** Every instant in `(after, until]` at which one of the windows may close. */
export function closingsOf(windows: readonly Window[], timeZone: string, after: Instant, until: Instant): Instant[] {
  if (windows.length === 0) return [];
  const closings = offsetChanges(after, until, timeZone);
  const ends = new Set(windows.flatMap(({ intervals }) => intervals.map(({ to }) => to)));
  for (const date of datesBetween(after, until, timeZone)) {
    for (const to of ends) closings.push(...instantsOf(date, to, timeZone));
  }
  return closings.filter((at) => at > after && at <= until);
}

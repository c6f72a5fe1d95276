import { availabilityAt, type DateException, type Interval, intervalsOpenAt, openingsOf, type Window } from './availability.ts';
import type { Instant, LocalDate } from './instant.ts';
import { datesBetween, instantsOf, type LocalTime, offsetChanges, weekDayOn } from './local-time.ts';
import { plusDays } from './validity.ts';

/** Rule 32. No opening hours: always open, but on the dates of exceptions. */
export interface OpeningHours {
  openingHours: Window[];
  exceptions: DateException[];
}

/** The intervals that begin on a date; null: all day, no hours are set. */
export function hoursOn({ openingHours, exceptions }: OpeningHours, date: LocalDate): Interval[] | null {
  const exception = exceptions.find((one) => one.date === date);
  if (exception) return exception.intervals;
  if (openingHours.length === 0) return null;
  const weekDay = weekDayOn(date);
  return openingHours.filter(({ weekDays }) => weekDays.includes(weekDay)).flatMap(({ intervals }) => intervals);
}

/** An exception replaces every interval that begins on its date; what runs past midnight belongs to the date it began on (section 3). */
export function isOpenAt(hours: OpeningHours, local: LocalTime): boolean {
  if (hours.exceptions.length === 0) return availabilityAt(hours.openingHours, local) === 'open';
  const today = hoursOn(hours, local.date);
  if (today === null) return true;
  const yesterday = hoursOn(hours, plusDays(local.date, -1)) ?? [];
  return intervalsOpenAt(today, yesterday, local.timeOfDayMs);
}

/** Every instant in `(after, until]` at which the hours may open. */
export function hoursOpeningsOf(hours: OpeningHours, timeZone: string, after: Instant, until: Instant): Instant[] {
  const openings = openingsOf(hours.openingHours, timeZone, after, until);
  if (hours.exceptions.length === 0) return openings;
  openings.push(...offsetChanges(after, until, timeZone));
  for (const date of datesBetween(after, until, timeZone)) {
    const froms = hoursOn(hours, date)?.map(({ from }) => from) ?? [];
    for (const from of [0, ...froms]) openings.push(...instantsOf(date, from, timeZone));
  }
  return openings.filter((at) => at > after && at <= until);
}

import { Temporal } from 'temporal-polyfill';
import { dayMs, type Instant, type LocalDate, minuteMs, type WeekDay } from './instant.ts';

/** What the wall clock of a zone shows at an instant. */
export interface LocalTime {
  date: LocalDate;
  weekDay: WeekDay;
  /** Milliseconds after local midnight as the wall clock shows them: 02:30 is 9 000 000, also where an hour was skipped. */
  timeOfDayMs: number;
}

/** The wall clock of `timeZone` (an IANA name) at `at`. Throws RangeError for an unknown zone. */
export function localTime(at: Instant, timeZone: string): LocalTime {
  const wall = at + offsetMs(at, timeZone);
  const dayNumber = Math.floor(wall / dayMs);
  return { date: dateOfDay(dayNumber), weekDay: weekDayOf(dayNumber), timeOfDayMs: wall - dayNumber * dayMs };
}

/**
 * The club date at `at`: the local date, moved by `dayStartsAtMinutes` (section 3). It has begun once and for all: a clock that
 * goes back over its beginning does not bring the day before back.
 */
export function clubDate(at: Instant, timeZone: string, dayStartsAtMinutes: number): LocalDate {
  const calendarDate = localTime(at, timeZone).date;
  if (dayStartsAtMinutes !== 0 && at < startOfClubDate(calendarDate, timeZone, dayStartsAtMinutes))
    return previousDate(calendarDate);
  // Only after a clock went back can the next date have begun already.
  if (at - spanAt(at, timeZone).from > longestRepeatMs) return calendarDate;
  const next = dateOfDay(dayNumberOf(calendarDate) + 1);
  return at < startOfClubDate(next, timeZone, dayStartsAtMinutes) ? calendarDate : next;
}

/** No zone has ever gone back by more: Manila and Guam crossed the date line by a whole day. */
const longestRepeatMs = dayMs;

/** The first instant of a club date. In a skipped hour, the instant the hour is skipped; in a repeated hour, the first (section 3). */
export function startOfClubDate(date: LocalDate, timeZone: string, dayStartsAtMinutes: number): Instant {
  return instantOf(date, dayStartsAtMinutes, timeZone).at;
}

/**
 * The instant at which the wall clock of `timeZone` first shows `date` and `minutes` after midnight (0 … 1440).
 * `skipped` is true where the clock never shows it; `at` is then the instant of the jump.
 */
export function instantOf(date: LocalDate, minutes: number, timeZone: string): { at: Instant; skipped: boolean } {
  const wall = dayNumberOf(date) * dayMs + minutes * minuteMs;
  // A day on either side of the guess brackets every offset a zone has ever had.
  const before = offsetMs(wall - dayMs, timeZone);
  const after = offsetMs(wall + dayMs, timeZone);
  const instants = [wall - before, wall - after].filter((at) => at + offsetMs(at, timeZone) === wall);
  if (instants.length > 0) return { at: Math.min(...instants), skipped: false };
  const span = spanAt(wall - Math.max(before, after), timeZone);
  return { at: span.until, skipped: true };
}

/** Every instant at which the wall clock shows `date` and `minutes`: none in a skipped hour, two in a repeated one. */
export function instantsOf(date: LocalDate, minutes: number, timeZone: string): Instant[] {
  const wall = dayNumberOf(date) * dayMs + minutes * minuteMs;
  const candidates = new Set([wall - offsetMs(wall - dayMs, timeZone), wall - offsetMs(wall + dayMs, timeZone)]);
  return [...candidates].filter((at) => at + offsetMs(at, timeZone) === wall).sort((a, b) => a - b);
}

/** The instants in `(after, until]` at which the zone changes its offset. */
export function offsetChanges(after: Instant, until: Instant, timeZone: string): Instant[] {
  const changes: Instant[] = [];
  for (let span = spanAt(after, timeZone); span.until <= until; span = spanAt(span.until, timeZone)) changes.push(span.until);
  return changes;
}

/** Every date from that of `from` to that of `until`, in order; one that the zone skipped is among them. */
export function datesBetween(from: Instant, until: Instant, timeZone: string): LocalDate[] {
  const first = dayNumberOf(localTime(from, timeZone).date);
  const last = dayNumberOf(localTime(until, timeZone).date);
  return Array.from({ length: last - first + 1 }, (_, index) => dateOfDay(first + index));
}

export function weekDayOn(date: LocalDate): WeekDay {
  return weekDayOf(dayNumberOf(date));
}

interface OffsetSpan {
  from: Instant;
  until: Instant;
  offsetMs: number;
}

/** By zone, the spans that were asked about: offsets change twice a year, and a tap asks about this year and a little of the last. */
const knownSpans = new Map<string, OffsetSpan[]>();

const mostSpansKept = 8;

function offsetMs(at: Instant, timeZone: string): number {
  return spanAt(at, timeZone).offsetMs;
}

function spanAt(at: Instant, timeZone: string): OffsetSpan {
  const known = knownSpans.get(timeZone);
  if (known !== undefined) for (const span of known) if (span.from <= at && at < span.until) return span;
  const span = findSpan(at, timeZone);
  if (known === undefined) knownSpans.set(timeZone, [span]);
  else if (known.unshift(span) > mostSpansKept) known.pop();
  return span;
}

function findSpan(at: Instant, timeZone: string): OffsetSpan {
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(at)).toZonedDateTimeISO(timeZone);
  const next = zoned.getTimeZoneTransition('next');
  // `previous` is strictly before; an instant that is itself a transition begins its own span.
  const previous = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: previous?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: zoned.offsetNanoseconds / 1_000_000,
  };
}

/** A tap asks about a few days again and again: their texts and numbers are kept. */
const dateTexts = new Map<number, LocalDate>();
const dayNumbers = new Map<LocalDate, number>();
const mostDaysKept = 1000;

export function dateOfDay(dayNumber: number): LocalDate {
  const known = dateTexts.get(dayNumber);
  if (known !== undefined) return known;
  const date = new Date(dayNumber * dayMs).toISOString().slice(0, 10);
  if (dateTexts.size >= mostDaysKept) dateTexts.clear();
  dateTexts.set(dayNumber, date);
  return date;
}

export function dayNumberOf(date: LocalDate): number {
  const known = dayNumbers.get(date);
  if (known !== undefined) return known;
  const dayNumber = Date.parse(date) / dayMs;
  if (dayNumbers.size >= mostDaysKept) dayNumbers.clear();
  dayNumbers.set(date, dayNumber);
  return dayNumber;
}

function weekDayOf(dayNumber: number): WeekDay {
  // 1970-01-01 was a Thursday.
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as WeekDay;
}

function previousDate(date: LocalDate): LocalDate {
  return dateOfDay(dayNumberOf(date) - 1);
}

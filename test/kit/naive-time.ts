import type { DateException, Interval, Window } from '../../src/domain/schedule/availability.ts';
import type { Instant, LocalDate, WeekDay } from '../../src/domain/schedule/instant.ts';
import type { LocalTime } from '../../src/domain/schedule/local-time.ts';
import type { LastDay, Period } from '../../src/domain/schedule/validity.ts';

/**
 * Section 3 of the membership rules a second time, to check the first against: slow and obvious. Whatever a clock shows is
 * looked up, minute by minute; whatever a calendar says is counted, day by day.
 */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What the clock on the wall shows at `at`. */
export function wallClock(at: Instant, timeZone: string): LocalTime {
  const shown: Record<string, string> = {};
  for (const { type, value } of clockFace(timeZone).formatToParts(at)) shown[type] = value;
  const minutes = Number(shown['hour']) * 60 + Number(shown['minute']);
  return {
    date: `${shown['year']}-${shown['month']}-${shown['day']}`,
    weekDay: (['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(String(shown['weekday'])) + 1) as WeekDay,
    timeOfDayMs: (minutes * 60 + Number(shown['second'])) * 1000 + Number(shown['fractionalSecond']),
  };
}

const clockFaces = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs ten times what asking it does. Only the formatter is kept, never an answer. */
function clockFace(timeZone: string): Intl.DateTimeFormat {
  const face =
    clockFaces.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
    });
  clockFaces.set(timeZone, face);
  return face;
}

/** One look at the clock: what it shows, and the club date that has begun by then. */
export interface Look {
  at: Instant;
  wall: LocalTime;
  today: LocalDate;
}

/** No clock of a club's country has gone back by more than this since 2010 (Antarctica/Troll: two hours). */
const longestRepeatMs = 3 * hourMs;

/**
 * A look at every whole minute of `[from, until]`. A club date has begun once the clock has shown its `dayStartsAtMinutes`
 * or jumped over it; a clock that goes back afterwards does not take that back.
 */
export function* watchClock(
  from: Instant,
  until: Instant,
  timeZone: string,
  dayStartsAtMinutes: number,
): Generator<Look, undefined> {
  let today = '';
  for (let at = wholeMinute(from - longestRepeatMs); at <= until; at += minuteMs) {
    const wall = wallClock(at, timeZone);
    const begun = wall.timeOfDayMs < dayStartsAtMinutes * minuteMs ? dayBefore(wall.date) : wall.date;
    if (begun > today) today = begun;
    if (at >= from) yield { at, wall, today };
  }
}

function wholeMinute(at: Instant): Instant {
  return at - (at % minuteMs);
}

/** The club date of an instant; offsets and beginnings are whole minutes, so that the minute in which it lies tells. */
export function clubDateAt(at: Instant, timeZone: string, dayStartsAtMinutes: number): LocalDate {
  const [look] = watchClock(wholeMinute(at), at, timeZone, dayStartsAtMinutes);
  if (look === undefined) throw new Error(`no whole minute before ${at}`);
  return look.today;
}

/** The first minute at which `date` or a later date has begun. */
export function beginningOfClubDate(date: LocalDate, timeZone: string, dayStartsAtMinutes: number): Instant {
  for (const { at, today } of watchClock(...around(date), timeZone, dayStartsAtMinutes)) if (today >= date) return at;
  throw new Error(`\`${date}\` never begins in \`${timeZone}\``);
}

/** Longer than any zone's `date`: clocks stand between 12 hours behind UTC and 14 ahead. */
function around(date: LocalDate): [Instant, Instant] {
  return [Date.parse(`${date}T00:00Z`) - 15 * hourMs, Date.parse(`${date}T00:00Z`) + 37 * hourMs];
}

/** Every minute at which the clock shows `date` and `minutes`, and the first at which it shows a later time. */
export function momentsOf(date: LocalDate, minutes: number, timeZone: string): { shown: Instant[]; after: Instant } {
  const wanted = minutes === 1440 ? timeText(nextDay(date), 0) : timeText(date, minutes);
  const shown: Instant[] = [];
  let after: Instant | null = null;
  for (const { at, wall } of watchClock(...around(date), timeZone, 0)) {
    const now = timeText(wall.date, wall.timeOfDayMs / minuteMs);
    if (now === wanted) shown.push(at);
    if (now > wanted) after ??= at;
  }
  if (after === null) throw new Error(`\`${wanted}\` never passes in \`${timeZone}\``);
  return { shown, after };
}

function timeText(date: LocalDate, minutes: number): string {
  return `${date} ${String(minutes).padStart(4, '0')}`;
}

/**
 * Every minute in `(after, until]` at which the clock does not show the one that follows the minute before. Days on which it
 * gains or loses are looked at by the hour, those hours by the minute.
 */
export function clockChanges(after: Instant, until: Instant, timeZone: string): Instant[] {
  const unsteady = (from: Instant, to: Instant, [stepMs = 0, ...finer]: number[]): Instant[] => {
    const found: Instant[] = [];
    for (let at = from; at < to; at += stepMs) {
      if (followsOn(at, at + stepMs, timeZone)) continue;
      found.push(...(finer.length === 0 ? [at + stepMs] : unsteady(at, at + stepMs, finer)));
    }
    return found;
  };
  return unsteady(wholeMinute(after), until, [24 * hourMs, hourMs, minuteMs]).filter((at) => at <= until);
}

/** Whether the clock went on from one instant to the other (at most a day) by just the time between them. */
function followsOn(from: Instant, to: Instant, timeZone: string): boolean {
  const before = wallClock(from, timeZone);
  const now = wallClock(to, timeZone);
  const expectedMs = before.timeOfDayMs + (to - from);
  if (expectedMs < 24 * hourMs) return now.date === before.date && now.timeOfDayMs === expectedMs;
  return now.date === nextDay(before.date) && now.timeOfDayMs === expectedMs - 24 * hourMs;
}

/** Whether one of the windows holds what the clock shows; if not, whether one of them has today's weekday at all (rule 14). */
export function windowsAt(windows: readonly Window[], wall: LocalTime): 'open' | 'outside_days' | 'outside_hours' {
  const { weekDay } = wall;
  const beginningOn = (day: WeekDay) => windows.filter((one) => one.weekDays.includes(day)).flatMap((one) => one.intervals);
  const yesterday = (weekDay === 1 ? 7 : weekDay - 1) as WeekDay;
  if (windows.length === 0 || hold(beginningOn(weekDay), beginningOn(yesterday), wall)) return 'open';
  return windows.some((one) => one.weekDays.includes(weekDay)) ? 'outside_hours' : 'outside_days';
}

/** Rule 32: opening hours; an exception replaces whatever begins on its date. */
export function clubIsOpen(openingHours: readonly Window[], exceptions: readonly DateException[], wall: LocalTime): boolean {
  const exceptionOn = (date: LocalDate) => exceptions.find((one) => one.date === date)?.intervals;
  if (openingHours.length === 0 && exceptionOn(wall.date) === undefined) return true;
  const beginningOn = (date: LocalDate) =>
    exceptionOn(date) ?? openingHours.filter((one) => one.weekDays.includes(weekDayOf(date))).flatMap((one) => one.intervals);
  return hold(beginningOn(wall.date), beginningOn(dayBefore(wall.date)), wall);
}

/** Goes through every minute of the intervals that began today or yesterday; 25:00 is one in the morning of the next day. */
function hold(begunToday: Interval[], begunYesterday: Interval[], { timeOfDayMs }: LocalTime): boolean {
  const shown = (timeOfDayMs - (timeOfDayMs % minuteMs)) / minuteMs;
  const passes = ({ from, to }: Interval, wanted: number) => {
    for (let minute = from; minute < (from < to ? to : 1440 + to); minute += 1) if (minute === wanted) return true;
    return false;
  };
  return begunToday.some((one) => passes(one, shown)) || begunYesterday.some((one) => passes(one, 1440 + shown));
}

export function nextDay(date: LocalDate): LocalDate {
  const { year, month, day } = partsOf(date);
  if (day < daysInMonth(year, month)) return dateOf(year, month, day + 1);
  return month < 12 ? dateOf(year, month + 1, 1) : dateOf(year + 1, 1, 1);
}

export function dayBefore(date: LocalDate): LocalDate {
  const { year, month, day } = partsOf(date);
  if (day > 1) return dateOf(year, month, day - 1);
  return month > 1 ? dateOf(year, month - 1, daysInMonth(year, month - 1)) : dateOf(year - 1, 12, 31);
}

function partsOf(date: LocalDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) };
}

function dateOf(year: number, month: number, day: number): LocalDate {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from one date to another, negative when `to` is earlier. */
export function countDays(from: LocalDate, to: LocalDate): number {
  let days = 0;
  for (let date = from; date < to; date = nextDay(date)) days += 1;
  for (let date = from; date > to; date = dayBefore(date)) days -= 1;
  return days;
}

/** `date` and whole days, which may be negative. */
export function stepDays(date: LocalDate, days: number): LocalDate {
  let reached = date;
  for (let step = 0; step < days; step += 1) reached = nextDay(reached);
  for (let step = 0; step > days; step -= 1) reached = dayBefore(reached);
  return reached;
}

/** What a calendar clock in Greenwich shows at noon of that date. */
export function weekDayOf(date: LocalDate): WeekDay {
  return wallClock(Date.parse(`${date}T12:00Z`), 'UTC').weekDay;
}

/** The Monday on or before `date`: weeks start on Monday (rule 18). */
export function mondayOf(date: LocalDate): LocalDate {
  let monday = date;
  while (weekDayOf(monday) !== 1) monday = dayBefore(monday);
  return monday;
}

/** The date one period later: months keep the day of month and clamp to the month's last day. */
export function onePeriodLater(date: LocalDate, period: Period): LocalDate {
  if (period.unit === 'day') return stepDays(date, period.length);
  if (period.unit === 'week') return stepDays(date, 7 * period.length);
  const { year, month, day } = endMonth(date, period);
  return dateOf(year, month, Math.min(day, daysInMonth(year, month)));
}

function endMonth(date: LocalDate, { length, unit }: Period): { year: number; month: number; day: number } {
  const parts = partsOf(date);
  for (let left = unit === 'year' ? 12 * length : length; left > 0; left -= 1) {
    parts.month += 1;
    if (parts.month === 13) {
      parts.month = 1;
      parts.year += 1;
    }
  }
  return parts;
}

/** The last day of a membership that starts on `startsOn`. */
export function lastDayOf(startsOn: LocalDate, period: Period, lastDay: LastDay): LocalDate {
  if (lastDay === 'start_plus_period') return onePeriodLater(startsOn, period);
  if (period.unit === 'day' || period.unit === 'week') return dayBefore(onePeriodLater(startsOn, period));
  const { year, month, day } = endMonth(startsOn, period);
  const sameDayExists = day <= daysInMonth(year, month);
  return sameDayExists ? dayBefore(dateOf(year, month, day)) : dateOf(year, month, daysInMonth(year, month));
}

/** Birthdays (`MM-DD`) passed by `today` (rule 34); of 29 February, on 1 March where there is none. */
export function ageAt(today: LocalDate, birthYear: number, birthday: string): number {
  let age = 0;
  while (`${birthYear + age + 1}-${birthday}` <= today) age += 1;
  return age;
}

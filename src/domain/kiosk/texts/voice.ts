import { type Instant, type LocalDate, minuteMs } from '../../schedule/instant.ts';
import { localTime } from '../../schedule/local-time.ts';
import { daysBetween, plusDays } from '../../schedule/validity.ts';
import type { Day, Say, Words } from './words.ts';

/** Where and when the words are read: "today" and "tomorrow" are those of the branch's zone. */
export interface Here {
  now: Instant;
  /** IANA name. */
  timeZone: string;
}

/** How a language speaks here and now of dates, times, weekdays, money and documents. */
export function voiceOf(words: Words, here: Here): Omit<Say, 'name' | 'staff' | 'rule'> {
  const today = localTime(here.now, here.timeZone).date;
  const date = (day: LocalDate) => dateText(words.locale, day, today);
  return {
    date,
    dayBefore: (day) => date(plusDays(day, -1)),
    on: (day) => words.when(dayOf(words, day, today), null),
    at: (instant) => momentText(words, instant, here.timeZone, today),
    time: (instant) => timeText(instant, here.timeZone),
    endTime: (instant) => timeText(instant, here.timeZone).replace('00:00', '24:00'),
    duration: (minutes) => durationText(words, minutes),
    days: (days) => daysText(words, days),
    money: (amount, currency) => moneyText(words.locale, amount, currency),
    document: (kinds) =>
      kinds
        .split(', ')
        .map((kind) => documentText(words, kind))
        .join(', '),
  };
}

/** At midnight the day alone: nobody is asked to come at 00:00. */
function momentText(words: Words, instant: Instant, timeZone: string, today: LocalDate): string {
  const { date, timeOfDayMs } = localTime(instant, timeZone);
  return words.when(dayOf(words, date, today), timeOfDayMs === 0 ? null : timeText(instant, timeZone));
}

function timeText(instant: Instant, timeZone: string): string {
  const minutes = Math.floor(localTime(instant, timeZone).timeOfDayMs / minuteMs);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

const relations: Record<number, Day['relation']> = { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' };

function dayOf({ locale }: Words, date: LocalDate, today: LocalDate): Day {
  const ahead = daysBetween(today, date);
  return {
    relation: relations[ahead] ?? 'other',
    weekDay: ahead > 1 && ahead <= 7 ? new Date(date).getUTCDay() || 7 : null,
    date: dateText(locale, date, today),
  };
}

/** Day, month and, unless it is today's, year; without the abbreviated word for "year" that some locales add. */
function dateText(locale: string, date: LocalDate, today: LocalDate): string {
  const thisYear = date.slice(0, 4) === today.slice(0, 4);
  const parts = formatter(locale, thisYear ? 'date' : 'dateOfYear').formatToParts(Date.parse(date));
  return parts
    .filter(({ type }) => type === 'day' || type === 'month' || type === 'year')
    .map(({ value }) => value)
    .join(' ');
}

function daysText({ locale, onDays }: Words, days: string): string {
  const weekDays = [...new Set(days.split(',').map(Number))].sort((a, b) => a - b);
  const names = runsOf(weekDays).map((run) => {
    const texts = run.map((weekDay) => weekDayName(locale, weekDay));
    return run.length > 2 ? `${texts[0]}–${texts.at(-1)}` : texts.join(', ');
  });
  if (weekDays.join() === '1,2,3,4,5') return onDays.weekdays(names.join(', '));
  return weekDays.join() === '6,7' ? onDays.weekend(names.join(', ')) : onDays.other(names.join(', '));
}

/** Weekdays that follow one another, together. */
function runsOf(weekDays: number[]): number[][] {
  const runs: number[][] = [];
  for (const weekDay of weekDays) {
    const last = runs.at(-1);
    if (last?.at(-1) === weekDay - 1) last.push(weekDay);
    else runs.push([weekDay]);
  }
  return runs;
}

function weekDayName(locale: string, weekDay: number): string {
  // 1 January 2024 was a Monday. Polish "pt." would end a sentence twice.
  return formatter(locale, 'weekDay')
    .format(Date.UTC(2024, 0, weekDay))
    .replace(/\.$/, '');
}

function durationText({ duration }: Words, minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [hours > 0 ? duration.hours(hours) : '', rest > 0 ? duration.minutes(rest) : ''];
  return parts.filter((part) => part !== '').join(' ') || duration.moment;
}

function documentText({ documents }: Words, kind: string): string {
  return kind === 'medical' || kind === 'waiver' ? documents[kind] : kind;
}

function moneyText(locale: string, amount: string, currency: string | null): string {
  const style = currency === null ? { minimumFractionDigits: 0 } : { style: 'currency' as const, currency };
  return new Intl.NumberFormat(locale, style).format(Number(amount));
}

const formats = {
  date: { day: 'numeric', month: 'long', timeZone: 'UTC' },
  dateOfYear: { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  weekDay: { weekday: 'short', timeZone: 'UTC' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** A formatter takes far longer to make than to use. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, format: keyof typeof formats): Intl.DateTimeFormat {
  const key = `${locale} ${format}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, formats[format]);
  formatters.set(key, known);
  return known;
}

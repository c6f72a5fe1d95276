import type { Language } from '../../src/domain/member/member.ts';
import type { Instant } from '../../src/domain/schedule/instant.ts';

/** Where and for whom a time is told. */
export interface Place {
  language: Language;
  /** IANA name; undefined: that of the machine that shows the page. */
  timeZone: string | undefined;
}

/** "19:20". */
export function clockText(at: Instant, place: Place): string {
  return format(at, place, { hour: '2-digit', minute: '2-digit' });
}

/** "19:20:05". */
export function clockTextWithSeconds(at: Instant, place: Place): string {
  return format(at, place, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** "Monday, 15 June". */
export function dateText(at: Instant, place: Place): string {
  return format(at, place, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** The time alone today, with the date on any other day. */
export function momentText(at: Instant, now: Instant, place: Place): string {
  if (isSameDay(at, now, place)) return clockText(at, place);
  return format(at, place, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** To the second today; on any other day, the date and the minute. */
export function momentTextWithSeconds(at: Instant, now: Instant, place: Place): string {
  return isSameDay(at, now, place) ? clockTextWithSeconds(at, place) : momentText(at, now, place);
}

/** "5 minutes ago", in the largest unit that is full. */
export function agoText(at: Instant, now: Instant, language: Language): string {
  const ageMs = Math.max(0, now - at);
  const [unit, unitMs] = ageUnits.find(([, ms]) => ageMs >= ms) ?? (['second', 1_000] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(ageMs / unitMs), unit);
}

const ageUnits = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function isSameDay(one: Instant, other: Instant, place: Place): boolean {
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'numeric', day: 'numeric' };
  return format(one, place, day) === format(other, place, day);
}

function format(at: Instant, { language, timeZone }: Place, parts: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(localeOf(language), { ...parts, timeZone, hourCycle: 'h23' }).format(at);
}

/** "26 November", not "November 26": the clubs are in Europe. */
function localeOf(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}

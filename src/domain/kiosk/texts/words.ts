import type { WarningCode } from '../../access/code.ts';
import type { ParamsOf, ParamValues, TextCode } from '../../access/params.ts';
import type { GateMode } from '../../gate/mode.ts';
import type { Instant, LocalDate } from '../../schedule/instant.ts';

/** What answers a tap or marks a passage; warnings stand beside it. */
export type AnswerCode = Exclude<TextCode, WarningCode>;

/** Warnings that are for the desk alone: the member can do nothing about them (rules 25, 28, 29). */
export const staffWarnings = ['WARN_STALE', 'WARN_ALREADY_INSIDE', 'WARN_OVERSTAY'] as const satisfies WarningCode[];
export type StaffWarning = (typeof staffWarnings)[number];
export type MemberWarning = Exclude<WarningCode, StaffWarning>;

/** One sentence or phrase, built from the parameters of its code. */
export type Line<C extends TextCode> = string | ((params: ParamsOf<C>, say: Say) => string);

/**
 * All words of one language. Every member must be there: a code without a text, or a text that asks for a parameter its
 * code does not have, does not compile. Members are addressed without gender, without blame and without codes.
 */
export interface Words {
  /** BCP 47, for `Intl`. */
  locale: string;
  /** What the member reads (`headline`: a few words; `reason`: one or two sentences that say what to do) and what the desk reads (`staff`: exact). */
  codes: { [C in AnswerCode]: { headline: Line<C>; reason: Line<C>; staff: Line<C> } };
  warnings: { [C in MemberWarning]: Line<C> };
  staffWarnings: { [C in WarningCode]: Line<C> };
  modes: Record<GateMode, string>;
  /** Nobody is at the gate: what to do, by what the gate does. */
  idle: { enter: string; leave: string; closed: string; free: string; emergency: string };
  /** While the gateway starts or does not answer. */
  oneMoment: string;
  /** The name may be empty. */
  welcome: (name: string) => string;
  goodbye: (name: string) => string;
  askAtDesk: string;
  walkThrough: string;
  /** null = unlimited. */
  visitsLeft: (left: number | null) => string;
  validUntil: (date: string) => string;
  /** The end of a membership in a line: "until 30 June". */
  until: (date: string) => string;
  /** `moment` is a phrase of `when`. */
  nextTime: (moment: string) => string;
  /** "tomorrow at 07:00", "on Monday, 23 November": an adverbial phrase; `time` null: the day alone. */
  when: (day: Day, time: string | null) => string;
  /** Weekdays as an adverbial phrase. `names` are short names, runs of three and more drawn together: "Mon–Thu, Sat". */
  onDays: { weekdays: (names: string) => string; weekend: (names: string) => string; other: (names: string) => string };
  /** Kinds of documents that have a word; others are shown as the central system writes them. */
  documents: { medical: string; waiver: string };
  credentialStatus: Record<ParamValues['status'], string>;
  /** "1 hour", "25 minutes", and what is shorter: how long something lasted, as an adverbial phrase. */
  duration: { hours: (count: number) => string; minutes: (count: number) => string; moment: string };
}

/** A date as seen from today. `weekDay` (ISO) is given for the next seven days, `date` always: "23 November". */
export interface Day {
  relation: 'today' | 'tomorrow' | 'yesterday' | 'other';
  weekDay: number | null;
  date: string;
}

/** The voice of a language at a moment: what a sentence needs to speak of dates, times, weekdays, money and documents. */
export interface Say {
  /** First name, or empty. */
  name: string;
  /** "23 November", with the year when it is not this one. */
  date(date: LocalDate): string;
  /** The day before, as `date`: the last day of what ends before this one. */
  dayBefore(date: LocalDate): string;
  /** "tomorrow", "on Monday, 23 November". */
  on(date: LocalDate): string;
  /** "today at 08:01", "on 3 June at 19:30". */
  at(instant: Instant): string;
  /** "08:01". */
  time(instant: Instant): string;
  /** As `time`, of what ends then: midnight is "24:00". */
  endTime(instant: Instant): string;
  /** "1 hour 25 minutes". */
  duration(minutes: number): string;
  /** "on weekdays (Mon–Fri)". */
  days(days: string): string;
  /** "120.00 PLN" in the manner of the language; without a currency the number alone. */
  money(amount: string, currency: string | null): string;
  /** One kind, or several joined by `, `. */
  document(kinds: string): string;
  /** What the desk reads for another code. */
  staff(code: AnswerCode): string;
  /** The name of a rule in `domain/access/rules`. */
  rule(rule: string): string;
}

import type { WarningCode } from '../../access/code.ts';
import type { Params } from '../../access/params.ts';
import { readParams, readValues, type TextCode } from '../../access/params.ts';
import { type RuleName, ruleNames, type SawOf, sawKinds } from '../../access/saw.ts';
import type { GateMode } from '../../gate/mode.ts';
import type { Language } from '../../member/member.ts';
import { type Instant, type LocalDate, minuteMs } from '../../schedule/instant.ts';
import { en } from './en.ts';
import { enRules } from './en-rules.ts';
import { pl } from './pl.ts';
import { plRules } from './pl-rules.ts';
import { ru } from './ru.ts';
import { ruRules } from './ru-rules.ts';
import type { RuleWords } from './rule-words.ts';
import { uk } from './uk.ts';
import { ukRules } from './uk-rules.ts';
import { type Here, voiceOf } from './voice.ts';
import { type AnswerCode, type Line, type MemberWarning, type Say, staffWarnings, type Words } from './words.ts';

const words: Record<Language, Words> = { ru, uk, pl, en };
const ruleWords: Record<Language, RuleWords> = { ru: ruRules, uk: ukRules, pl: plRules, en: enRules };

/** What a member reads. `name` is how the welcome calls them, empty for nobody. The reason is empty on a plain welcome only. */
export function memberText<C extends AnswerCode>(
  language: Language,
  code: C,
  params: Params,
  here: Here,
  name = '',
): { headline: string; reason: string } {
  const { headline, reason } = words[language].codes[code];
  const say = sayIn(language, here, name);
  return { headline: spoken(code, headline, params, say), reason: spoken(code, reason, params, say) };
}

/** What the desk reads of an answer, exact, in one or two sentences. */
export function staffText<C extends AnswerCode>(language: Language, code: C, params: Params, here: Here): string {
  return spoken(code, words[language].codes[code].staff, params, sayIn(language, here));
}

/** What a member reads of a warning; empty for those that are for the desk alone. */
export function warningText(language: Language, code: WarningCode, params: Params, here: Here): string {
  return isForMember(code) ? memberWarningText(language, code, params, here) : '';
}

/** What the desk reads of a warning. */
export function staffWarningText<C extends WarningCode>(language: Language, code: C, params: Params, here: Here): string {
  return spoken(code, words[language].staffWarnings[code], params, sayIn(language, here));
}

/** "5 visits left"; null = unlimited. A balance below zero counts as none (rule 19). */
export function visitsLeftText(language: Language, left: number | null): string {
  return words[language].visitsLeft(left === null ? null : Math.max(left, 0));
}

/** `lastDay` is the last valid day. */
export function validUntilText(language: Language, lastDay: LocalDate, here: Here): string {
  return words[language].validUntil(sayIn(language, here).date(lastDay));
}

/** "You can come in tomorrow at 07:00." Rounded up to the whole minute, so that it is never a moment too early. */
export function nextTimeText(language: Language, nextAllowedAt: Instant, here: Here): string {
  return words[language].nextTime(sayIn(language, here).at(Math.ceil(nextAllowedAt / minuteMs) * minuteMs));
}

/** A membership in one line for the desk: "Morning 8 · 5 visits left · until 30 June". `left` absent: visits do not matter. */
export function membershipLine(
  language: Language,
  membership: { title: string; left?: number | null; endsOn: LocalDate | null },
  here: Here,
): string {
  const { title, left, endsOn } = membership;
  const visits = left === undefined ? '' : visitsLeftText(language, left);
  const end = endsOn === null ? '' : words[language].until(sayIn(language, here).date(endsOn));
  return [title, visits, end].filter((part) => part !== '').join(' · ');
}

/** The name of a gate's mode. */
export function modeText(language: Language, mode: GateMode): string {
  return words[language].modes[mode];
}

/** What a manager calls a rule of `domain/access/rules`; a rule of another version keeps its own name. */
export function ruleName(language: Language, rule: string): string {
  return isRuleName(rule) ? ruleWords[language].rules[rule].name : rule;
}

/** What a rule says of a tap that it lets pass, from the values it saw. */
export function passedText(language: Language, rule: string, saw: Params, here: Here): string {
  return isRuleName(rule) ? passedBy(language, rule, saw, here) : ruleWords[language].passed;
}

/** What is said of a rule that was not asked: it does not apply, or needs the clock while that is not trusted. */
export function skippedText(language: Language, saw: Params): string {
  const { skipped, leftOut } = ruleWords[language];
  return saw.clock === 'untrusted' ? leftOut : skipped;
}

/** "Chosen: it ends first." `chosenBy` as in a decision that took a membership. */
export function chosenByText(language: Language, chosenBy: string | null): string {
  const { chosenBy: texts } = ruleWords[language];
  return chosenBy !== null && Object.hasOwn(texts, chosenBy) ? texts[chosenBy as keyof typeof texts] : texts.only;
}

/** The phrases that need nothing but a language. */
export function phrases(language: Language): Pick<Words, 'idle' | 'oneMoment' | 'goodbye' | 'askAtDesk' | 'walkThrough'> {
  return words[language];
}

function memberWarningText<C extends MemberWarning>(language: Language, code: C, params: Params, here: Here): string {
  return spoken(code, words[language].warnings[code], params, sayIn(language, here));
}

function isForMember(code: WarningCode): code is MemberWarning {
  return !staffWarnings.some((staffWarning) => staffWarning === code);
}

function passedBy<R extends RuleName>(language: Language, rule: R, saw: Params, here: Here): string {
  const { passed } = ruleWords[language].rules[rule];
  return typeof passed === 'string' ? passed : passed(readValues(sawKinds[rule], saw) as SawOf<R>, sayIn(language, here));
}

function isRuleName(rule: string): rule is RuleName {
  return ruleNames.some((name) => name === rule);
}

function spoken<C extends TextCode>(code: C, line: Line<C>, params: Params, say: Say): string {
  return typeof line === 'string' ? line : line(readParams(code, params), say);
}

function sayIn(language: Language, here: Here, name = ''): Say {
  return {
    ...voiceOf(words[language], here),
    name,
    staff: (code) => staffText(language, code, {}, here),
    rule: (rule) => ruleName(language, rule),
  };
}

import type { Decision } from '../access/decision.ts';
import type { GateMode } from '../gate/mode.ts';
import type { Language } from '../member/member.ts';
import { type Instant, type LocalDate, secondMs } from '../schedule/instant.ts';
import type { Screen } from './screen.ts';
import { memberText, nextTimeText, phrases, validUntilText, visitsLeftText, warningText } from './texts/say.ts';

/** How one gate's screen is set up. */
export interface KioskSettings {
  direction: 'in' | 'out' | 'both';
  /** IANA name: the branch's. */
  timeZone: string;
  /** The club's languages; the first speaks to people whose own is not among them. */
  languages: readonly [Language, ...Language[]];
  /** How long an answer stands, at least. */
  resultSeconds: number;
  /** How much of a member's name everybody in the hall may read. */
  names: 'full' | 'first' | 'none';
}

/** What the screen is told. `visit` is the gateway's visit number, which ties a passage to the tap it belongs to. */
export type KioskEvent =
  | Answered
  | { kind: 'passed'; visit: number }
  | { kind: 'not_passed'; visit: number }
  | { kind: 'gate_failed'; visit: number }
  | { kind: 'mode'; mode: GateMode }
  /** Time has passed; due at `nextTickAtMs`. */
  | { kind: 'tick' };

export interface Answered {
  kind: 'answered';
  answer: Answer;
  person: Person | null;
  membership: ShownMembership | null;
  /** null where nothing was reserved. */
  visit: number | null;
  opens: Opens | null;
  /** Wall clock of the tap: what "today" and "tomorrow" are counted from. */
  at: Instant;
}

/** What the screen needs of a decision; an override is shown by `STAFF_OVERRIDE`. */
export type Answer = Pick<Decision, 'outcome' | 'code' | 'params' | 'left' | 'warnings' | 'nextAllowedAt'>;

export interface Person {
  name: string;
  language: Language | null;
  /** A URL path that the app serves while this screen stands, or null. */
  photo: string | null;
}

/** The membership that the answer is about. `left` of the answer counts its visits. */
export interface ShownMembership {
  title: string;
  /** The last valid day; on a first visit the one that the visit gives. */
  endsOn: LocalDate | null;
}

/** The gate was told to open and waits until then, on the monotonic clock. `reported`: it will say whether somebody went through. */
export interface Opens {
  untilMs: number;
  reported: boolean;
}

export interface KioskState {
  settings: KioskSettings;
  mode: GateMode;
  shown: Shown | null;
  /** When `tick` is due, on the monotonic clock; null while nothing is to change by itself. */
  nextTickAtMs: number | null;
}

/** The answer that stands. Nothing of it is kept once its time is over. */
interface Shown {
  visit: number | null;
  /** Wall clock of the tap. */
  at: Instant;
  /** As it was answered; what became of the passage is laid over it. */
  answered: ResultScreen;
  screen: ResultScreen;
}

type ResultScreen = Extract<Screen, { kind: 'result' }>;

/** How long a screen outlasts the gate's waiting, so that "not passed" still finds it. */
const graceMs = secondMs;

export function startKiosk(settings: KioskSettings, mode: GateMode): KioskState {
  return { settings, mode, shown: null, nextTickAtMs: null };
}

/**
 * The screen of one gate after an event. An answer stands `resultSeconds` and as long as its gate waits, a newer one
 * replaces it, and then nobody's data is left. What becomes of an older tap's passage changes nothing.
 * `nowMs` is monotonic: a clock that is set back does not keep anybody on the screen.
 */
export function step(state: KioskState, event: KioskEvent, nowMs: number): { state: KioskState; screen: Screen } {
  const next = advance(expire(state, nowMs), event, nowMs);
  return { state: next, screen: screenOf(next) };
}

/** The screen that stands in a state. */
export function screenOf({ settings, mode, shown }: KioskState): Screen {
  if (shown !== null) return shown.screen;
  const lines = settings.languages.map((language) => ({ language, text: idleText(language, settings.direction, mode) }));
  return { kind: 'idle', lines, gateClosed: mode === 'closed' };
}

function advance(state: KioskState, event: KioskEvent, nowMs: number): KioskState {
  switch (event.kind) {
    case 'answered':
      return answered(state, event, nowMs);
    case 'passed':
      return wentThrough(state, event.visit);
    case 'not_passed':
      return givenBack(state, event.visit, 'NOT_PASSED', nowMs);
    case 'gate_failed':
      return givenBack(state, event.visit, 'GATE_FAILED', nowMs);
    case 'mode':
      // In an emergency the way out matters more than anybody's answer.
      return event.mode === 'emergency' ? startKiosk(state.settings, event.mode) : { ...state, mode: event.mode };
    case 'tick':
      return state;
  }
}

function answered(state: KioskState, event: Answered, nowMs: number): KioskState {
  // The double read repeats an answer that was shown already.
  if (event.answer.code === 'DUPLICATE_READ') return state;
  const screen = resultScreen(state.settings, event);
  const gateUntil = event.opens === null ? nowMs : event.opens.untilMs + graceMs;
  return {
    ...state,
    shown: { visit: event.visit, at: event.at, answered: screen, screen },
    nextTickAtMs: Math.max(nowMs + state.settings.resultSeconds * secondMs, gateUntil),
  };
}

function resultScreen(settings: KioskSettings, event: Answered): ResultScreen {
  const { answer, person, membership, opens } = event;
  const { outcome, code, params, left, warnings } = answer;
  const granted = outcome === 'granted';
  const language = languageFor(person, settings);
  const here = { now: event.at, timeZone: settings.timeZone };
  const words = phrases(language);
  const text = memberText(language, code, params, here, calledName(person, settings));
  return {
    kind: 'result',
    tone: toneOf[outcome],
    code,
    language,
    headline: headlineOf(event, settings, language) ?? text.headline,
    reason: text.reason,
    nextTime: answer.nextAllowedAt === null ? '' : nextTimeText(language, answer.nextAllowedAt, here),
    name: shownName(person, settings),
    photo: person?.photo ?? null,
    membership: membership?.title ?? '',
    visitsLeft: granted && membership !== null ? visitsLeftText(language, left) : '',
    validUntil: granted && membership?.endsOn ? validUntilText(language, membership.endsOn, here) : '',
    warnings: warnings.map((warning) => warningText(language, warning, params, here)).filter((warning) => warning !== ''),
    gate: granted ? words.walkThrough : '',
    passage: opens?.reported ? 'waiting' : null,
  };
}

const toneOf = { granted: 'welcome', denied: 'stop', ask_staff: 'ask' } as const;

/** Where the answer's own headline does not do: at an exit, and when the desk is to decide. */
function headlineOf(event: Answered, settings: KioskSettings, language: Language): string | null {
  const words = phrases(language);
  if (event.answer.outcome === 'ask_staff') return words.askAtDesk;
  const leaves = settings.direction === 'out' && event.answer.code === 'OK';
  return leaves ? words.goodbye(calledName(event.person, settings)) : null;
}

/** Also when the arm turned just after the gate gave up: the first answer stands again (rule 27). */
function wentThrough(state: KioskState, visit: number): KioskState {
  const { shown } = state;
  if (shown?.visit !== visit) return state;
  return { ...state, shown: { ...shown, screen: { ...shown.answered, passage: 'passed', gate: '' } } };
}

/**
 * What the welcome said of visits and warnings is no longer so. The news comes when the first answer's time is almost over,
 * so it stands as long as an answer of its own.
 */
function givenBack(state: KioskState, visit: number, code: 'NOT_PASSED' | 'GATE_FAILED', nowMs: number): KioskState {
  const { shown, settings } = state;
  if (shown?.visit !== visit) return state;
  const { answered, at } = shown;
  const text = memberText(answered.language, code, {}, { now: at, timeZone: settings.timeZone });
  const tone = code === 'GATE_FAILED' ? 'ask' : 'stop';
  const screen: ResultScreen = { ...answered, ...text, tone, visitsLeft: '', warnings: [], gate: '', passage: 'not_passed' };
  return { ...state, shown: { ...shown, screen }, nextTickAtMs: nowMs + settings.resultSeconds * secondMs };
}

function expire(state: KioskState, nowMs: number): KioskState {
  const over = state.nextTickAtMs !== null && nowMs >= state.nextTickAtMs;
  return over ? { ...state, shown: null, nextTickAtMs: null } : state;
}

function idleText(language: Language, direction: KioskSettings['direction'], mode: GateMode): string {
  const { idle } = phrases(language);
  if (mode !== 'controlled') return idle[mode];
  return direction === 'out' ? idle.leave : idle.enter;
}

function languageFor(person: Person | null, { languages }: KioskSettings): Language {
  return languages.find((language) => language === person?.language) ?? languages[0];
}

function shownName(person: Person | null, settings: KioskSettings): string {
  return settings.names === 'full' ? (person?.name ?? '') : calledName(person, settings);
}

/** How the welcome calls somebody: the first word of the name. */
function calledName(person: Person | null, { names }: KioskSettings): string {
  return names === 'none' ? '' : (person?.name.trim().split(/\s+/)[0] ?? '');
}

import { hexDigitsOf, type PrintedSpelling, printedSpelling } from '../../domain/member/printed-number.ts';
import type { Reading } from './ear.ts';

/** A product and a way to set it under which every card that was held to the reader has the number that is printed on it. */
export interface CardSetting {
  device: string;
  changed: Record<string, unknown>;
  /** What it gives for the first card. */
  value: string;
  spelling: PrintedSpelling;
}

export interface Learning {
  /** Printed numbers of the cards still to be held there; the first one is wanted now, twice. */
  wanted: readonly string[];
  /** What explained the card when it was held there once; null: it was not yet. */
  once: readonly CardSetting[] | null;
  /** What explains all cards before it; null: it is the first. */
  soFar: readonly CardSetting[] | null;
  /** Readings of the last tap that nothing explained. */
  unexplained: readonly Reading[];
  lastMs: number;
}

export type LearnEvent =
  /** Under no setting is this the card with that number. */
  | { kind: 'unexplained'; printed: string; readings: Reading[] }
  /** It fits: take the card away and hold it there again. */
  | { kind: 'again'; printed: string; fits: number }
  /** Another number at the second time. */
  | { kind: 'changed' }
  | { kind: 'next'; printed: string }
  /** Empty: each card is explained by itself, and nothing explains all. */
  | { kind: 'done'; settings: readonly CardSetting[] };

/** Readers repeat a card that lies on them; silence longer than this means that it was taken away. */
const newTapMs = 700;

/** What a reader of any line makes of words, such as `No card`, is none. */
const cardNumber = /^[0-9A-F]{2,}$|^\d+,\d+$/i;

export function beginLearning(numbers: readonly string[]): Learning {
  return { wanted: numbers, once: null, soFar: null, unexplained: [], lastMs: Number.NEGATIVE_INFINITY };
}

/** What follows from one arrival. `readings` of every ear; those that are no cards are passed over. */
export function learn(
  state: Learning,
  readings: readonly Reading[],
  atMs: number,
): { state: Learning; event: LearnEvent | null } {
  const cards = readings.filter(({ read }) => read?.kind === 'rfid' && cardNumber.test(read.value));
  if (cards.length === 0) return { state, event: null };
  const isSameTap = atMs - state.lastMs < newTapMs;
  const heard = { ...state, lastMs: atMs };
  const [printed = '', ...later] = state.wanted;
  if (isSameTap) return { state: heard, event: null };

  const fitting = settingsExplaining(cards, printed);
  if (state.once === null && fitting.length > 0)
    return { state: { ...heard, once: fitting, unexplained: [] }, event: { kind: 'again', printed, fits: fitting.length } };
  if (state.once === null) {
    const event: LearnEvent = isOtherNumber(state.unexplained, cards)
      ? { kind: 'changed' }
      : { kind: 'unexplained', printed, readings: cards };
    return { state: { ...heard, unexplained: cards }, event };
  }

  const both = state.once.filter((one) => fitting.some((other) => isSame(one, other) && one.value === other.value));
  if (both.length === 0) return { state: { ...heard, once: null, unexplained: cards }, event: { kind: 'changed' } };
  const soFar =
    state.soFar === null
      ? both
      : state.soFar.filter((one) => both.some((other) => isSame(one, other) && isTurned(one) === isTurned(other)));
  const event: LearnEvent =
    later[0] === undefined || soFar.length === 0 ? { kind: 'done', settings: soFar } : { kind: 'next', printed: later[0] };
  return { state: { ...heard, wanted: later, once: null, unexplained: [], soFar }, event };
}

function settingsExplaining(cards: readonly Reading[], printed: string): CardSetting[] {
  return cards.flatMap(({ device, changed, read }) => {
    const value = read?.value ?? '';
    const spelling = printedSpelling(value, printed);
    return spelling === null ? [] : [{ device, changed, value, spelling }];
  });
}

/** Every way of setting that read both times read another number: no card that stays the same does that. */
function isOtherNumber(before: readonly Reading[], now: readonly Reading[]): boolean {
  const pairs = now.flatMap((one) => before.filter((other) => isSame(one, other)).map((other) => [one, other] as const));
  return pairs.length > 0 && pairs.every(([one, other]) => one.read?.value !== other.read?.value);
}

/** One reader does not turn the bytes of one card round and not those of the next. */
function isTurned({ spelling }: CardSetting): boolean {
  return spelling === 'R';
}

function isSame(one: Pick<Reading, 'device' | 'changed'>, other: Pick<Reading, 'device' | 'changed'>): boolean {
  return one.device === other.device && JSON.stringify(one.changed) === JSON.stringify(other.changed);
}

/** The best way to set a product. */
export interface LearntDevice extends CardSetting {
  /** The club's data has the card by exactly this value. */
  isKnown: boolean;
  /** Settings that the cards leave open: another choice explains them as well. By name, with those choices. */
  open: Record<string, unknown[]>;
}

/**
 * For each product the best of what explains the cards: what the club's data has the card by; or else what gives most of the number
 * (a short one may belong to two cards; zeros at its front are no part of it), spelled straight rather than with its bytes turned
 * round, with the fewest changes, and at last in four bytes, as most readers write it. The best product first.
 */
export function bestSettings(settings: readonly CardSetting[], isKnown: (value: string) => boolean): LearntDevice[] {
  const ranked = settings.toSorted((a, b) => rankOf(b, isKnown) - rankOf(a, isKnown));
  const devices = [...new Set(ranked.map(({ device }) => device))];
  return devices.flatMap((device) => {
    const own = ranked.filter((setting) => setting.device === device);
    const [best] = own;
    return best === undefined ? [] : [{ ...best, isKnown: isKnown(best.value), open: openIn(best, own) }];
  });
}

/**
 * The product to take without asking: the club's data has the card by what it gives, or it gives the number straight where the next
 * one turns it round, or with fewer changes. Null: nothing tells the first two apart.
 */
export function clearlyBest(learnt: readonly LearntDevice[]): LearntDevice | null {
  const [first, second] = learnt;
  if (first === undefined || second === undefined) return first ?? null;
  const [a, b] = [first, second].map(({ isKnown, spelling, changed }) => [
    isKnown ? 0 : 1,
    spelling === 'R' || spelling === 'rare' ? 1 : 0,
    Object.keys(changed).length,
  ]);
  const at = a?.findIndex((value, index) => value !== b?.[index]) ?? -1;
  return at >= 0 && (a?.[at] ?? 0) < (b?.[at] ?? 0) ? first : null;
}

function rankOf({ value, spelling, changed }: CardSetting, isKnown: (value: string) => boolean): number {
  const isHex = /^[0-9A-F]+$/.test(value);
  return (
    (isKnown(value) ? 1_000_000 : 0) +
    (spelling === 'R' || spelling === 'rare' ? 0 : 100_000) +
    (spelling === 'as_is' || !isHex ? 0 : significant(value).length * 1_000) -
    Object.keys(changed).length * 10 +
    (value.length === usualDigits ? 1 : 0)
  );
}

const usualDigits = 8;

function significant(value: string): string {
  return value.replace(/^0+/, '');
}

/** How many hex digits of the number are there at all, as far as what explains the card shows. */
export function wholeDigits(settings: readonly CardSetting[]): number {
  // What a setting fills up with zeros is not known to be there; what comes without any change is.
  const lengths = settings.map(({ value, changed }) =>
    Object.keys(changed).length === 0 ? hexDigitsOf(value) : Math.min(hexDigitsOf(value), significant(value).length),
  );
  return Math.max(0, ...lengths);
}

/** Choices that differ from the best in one setting only, and give the same number. */
function openIn(best: CardSetting, own: readonly CardSetting[]): Record<string, unknown[]> {
  const open: Record<string, unknown[]> = {};
  for (const { changed, value } of own) {
    const keys = new Set([...Object.keys(best.changed), ...Object.keys(changed)]);
    const [key, ...more] = [...keys].filter((one) => best.changed[one] !== changed[one]);
    if (key === undefined || more.length > 0 || significant(value) !== significant(best.value)) continue;
    open[key] = [...(open[key] ?? []), changed[key] ?? 'its default'];
  }
  return open;
}

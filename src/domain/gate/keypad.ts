import { secondMs } from '../schedule/instant.ts';

/**
 * Digits typed at a gate, until they are a PIN. Pure: `nowMs` is monotonic. Nothing but the digits of an unfinished PIN is
 * kept, and never longer than the next key.
 */
export interface KeypadState {
  typed: string;
  /** When the first and the last of them were pressed. */
  firstMs: number;
  lastMs: number;
  /** Wrong PINs in a row. */
  wrong: number;
  /** Until then no key counts. */
  lockedUntilMs: number;
}

export interface KeypadSettings {
  /** A PIN of so many digits needs no `#`; null: `#` ends it. */
  length: number | null;
}

/** `right`: somebody has this PIN, let in or not. `wrong`: nobody has it. `unjudged`: nobody looked. */
export type PinVerdict = 'right' | 'wrong' | 'unjudged';

export const betweenKeysMs = 5 * secondMs;
export const wholePinMs = 20 * secondMs;
export const mostWrongPins = 5;
export const lockMs = 60 * secondMs;

/** Longer ones are cut to one digit more, so that they equal no PIN of this length. */
const longestPin = 16;

export const idleKeypad: KeypadState = {
  typed: '',
  firstMs: 0,
  lastMs: 0,
  wrong: 0,
  lockedUntilMs: Number.NEGATIVE_INFINITY,
};

/** A key: a digit, `*` (begin again) or `#` (done); any other is none. `pin`: what was typed, when this key completes it. */
export function press(
  state: KeypadState,
  key: string,
  nowMs: number,
  { length }: KeypadSettings,
): { state: KeypadState; pin: string | null } {
  if (nowMs < state.lockedUntilMs) return { state: { ...state, typed: '' }, pin: null };
  const isLate = nowMs - state.lastMs > betweenKeysMs || nowMs - state.firstMs > wholePinMs;
  const typed = isLate ? '' : state.typed;
  if (key === '*') return { state: { ...state, typed: '' }, pin: null };
  if (key === '#') return { state: { ...state, typed: '' }, pin: typed === '' ? null : typed };
  if (!/^[0-9]$/.test(key)) return { state: { ...state, typed }, pin: null };
  const longer = typed.length > longestPin ? typed : typed + key;
  if (longer.length === length) return { state: { ...state, typed: '' }, pin: longer };
  return { state: { ...state, typed: longer, firstMs: typed === '' ? nowMs : state.firstMs, lastMs: nowMs }, pin: null };
}

/** After a PIN was tried: too many wrong ones in a row lock the keypad for a while. */
export function judged(state: KeypadState, verdict: PinVerdict, nowMs: number): { state: KeypadState; locked: boolean } {
  if (verdict === 'unjudged') return { state, locked: false };
  const wrong = verdict === 'right' ? 0 : state.wrong + 1;
  const locked = wrong >= mostWrongPins;
  return { state: locked ? { ...state, wrong: 0, lockedUntilMs: nowMs + lockMs } : { ...state, wrong }, locked };
}

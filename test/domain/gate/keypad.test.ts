import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betweenKeysMs,
  idleKeypad,
  judged,
  type KeypadSettings,
  lockMs,
  press,
  wholePinMs,
} from '../../../src/domain/gate/keypad.ts';

const untilHash: KeypadSettings = { length: null };

/** What comes of keys pressed one after the other, each so long after the one before; nobody judges the PINs. */
function type(keys: string, gapMs = 100, settings = untilHash): string[] {
  let state = idleKeypad;
  let nowMs = 1_000_000;
  return [...keys].flatMap((key) => {
    const pressed = press(state, key, nowMs, settings);
    state = pressed.state;
    nowMs += gapMs;
    return pressed.pin ?? [];
  });
}

describe('a PIN', () => {
  test('ends with #', () => {
    expect(type('4711#0042#')).toEqual(['4711', '0042']);
  });

  test('ends with its last digit where its length is set, and # may follow', () => {
    expect(type('4711#0042', 100, { length: 4 })).toEqual(['4711', '0042']);
    expect(type('47#', 100, { length: 4 })).toEqual(['47']);
  });

  test('begins again with *', () => {
    expect(type('99*4711#')).toEqual(['4711']);
    expect(type('4711*#')).toEqual([]);
  });

  test('is nothing without a digit', () => {
    expect(type('##*#')).toEqual([]);
  });

  test('holds no other key', () => {
    expect(type('47A1 1#')).toEqual(['4711']);
  });

  test('is forgotten after five seconds without a key, to the millisecond', () => {
    expect(type('12#', betweenKeysMs)).toEqual(['12']);
    expect(type('12#', betweenKeysMs + 1)).toEqual([]);
    expect(type('1234', betweenKeysMs + 1, { length: 4 })).toEqual([]);
  });

  test('takes twenty seconds at most, from its first key', () => {
    expect(type('12345#', wholePinMs / 5)).toEqual(['12345']);
    expect(type('123456#', wholePinMs / 5)).toEqual([]);
    // The key that came too late is the first of the next one.
    expect(type('1234567#', wholePinMs / 5)).toEqual(['7']);
  });

  test('that never ends is not kept, and is no shorter PIN', () => {
    const [pin = ''] = type(`${'1'.repeat(500)}#`, 1);
    expect(pin).toBe('1'.repeat(17));
  });

  test('is what was typed since the last *, #, whatever was pressed before', () => {
    const keys = fc.array(fc.constantFrom(...'0123456789*#x')).map((list) => list.join(''));
    const digits = fc.array(fc.constantFrom(...'0123456789'), { minLength: 1, maxLength: 16 }).map((list) => list.join(''));
    fc.assert(
      fc.property(keys, digits, (before, pin) => {
        expect(type(`${before}*${pin}#`, 1).at(-1)).toBe(pin);
      }),
    );
  });
});

describe('wrong PINs', () => {
  const after = (verdicts: ('right' | 'wrong' | 'unjudged')[], nowMs = 0) =>
    verdicts.reduce((last, verdict) => judged(last.state, verdict, nowMs), { state: idleKeypad, locked: false });

  test('five in a row lock the keypad for a minute, to the millisecond', () => {
    expect(after(['wrong', 'wrong', 'wrong', 'wrong']).locked).toBe(false);
    const { state, locked } = after(['wrong', 'wrong', 'wrong', 'wrong', 'wrong'], 1_000);
    expect(locked).toBe(true);
    expect(press({ ...state, typed: '' }, '1', 1_000 + lockMs - 1, { length: 1 }).pin).toBeNull();
    expect(press(state, '1', 1_000 + lockMs, { length: 1 }).pin).toBe('1');
  });

  test('the keys pressed while it is locked are not the beginning of a PIN', () => {
    const { state } = after(['wrong', 'wrong', 'wrong', 'wrong', 'wrong']);
    const pressed = press(state, '4', lockMs - 1, untilHash);
    expect(press(pressed.state, '#', lockMs, untilHash).pin).toBeNull();
  });

  test('after the minute it takes five more to lock it again', () => {
    const { state } = after(['wrong', 'wrong', 'wrong', 'wrong', 'wrong']);
    expect(judged(state, 'wrong', lockMs + 1).locked).toBe(false);
  });

  /** After which of them the keypad was locked, counted from 1. */
  const locksIn = (verdicts: ('right' | 'wrong' | 'unjudged')[]) => {
    let state = idleKeypad;
    return verdicts.flatMap((verdict, index) => {
      const next = judged(state, verdict, 0);
      state = next.state;
      return next.locked ? [index + 1] : [];
    });
  };

  test('a right one in between starts the count anew', () => {
    const four = ['wrong', 'wrong', 'wrong', 'wrong'] as const;
    expect(locksIn([...four, 'right', ...four])).toEqual([]);
    expect(locksIn([...four, 'right', ...four, 'wrong'])).toEqual([10]);
  });

  test('one that nobody judged neither counts nor starts the count anew', () => {
    expect(locksIn(['wrong', 'wrong', 'wrong', 'wrong', 'unjudged', 'unjudged', 'wrong'])).toEqual([7]);
  });
});

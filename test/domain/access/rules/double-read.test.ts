import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Decision } from '../../../../src/domain/access/decision.ts';
import { answer } from '../../../kit/answer.ts';
import { atGate, ewasCard, tapVerdict } from '../../../kit/at-gate.ts';
import { aMembership, aTap, at, counted, rulesFor } from '../../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');
const annas = 'rfid:042B73321A3180';
const first = () => decide(aTap([aMembership({ visits: counted(1) })], { now }), rulesFor());

/** Anna's card again, `ms` after it was answered. Her last visit is gone by then. */
const again = (ms: number, decision: Decision = first(), seconds = 5) =>
  decide(
    aTap([aMembership({ visits: counted(0) })], { now: now + ms, ...atGate({ lastRead: { at: now, decision } }) }),
    rulesFor({ doubleReadSeconds: seconds }),
  );

describe('a double read (rule 25)', () => {
  it('is the same card up to 5.000 seconds after its last answer, and no longer', () => {
    expect([0, 1, 4999, 5000, 5001].map((ms) => again(ms).code)).toEqual([
      'DUPLICATE_READ',
      'DUPLICATE_READ',
      'DUPLICATE_READ',
      'DUPLICATE_READ',
      'NO_VISITS_LEFT',
    ]);
  });

  it('is as long as the gate is set to', () => {
    expect([12_000, 12_001].map((ms) => again(ms, first(), 12).code)).toEqual(['DUPLICATE_READ', 'NO_VISITS_LEFT']);
    expect([500, 501].map((ms) => again(ms, first(), 0.5).code)).toEqual(['DUPLICATE_READ', 'NO_VISITS_LEFT']);
  });

  it('is not one when the clock was set back since: nobody can tell how long ago it was', () => {
    expect(again(-1).code).toBe('NO_VISITS_LEFT');
  });

  it('repeats the outcome and takes nothing again', () => {
    expect(again(3000)).toMatchObject({
      outcome: 'granted',
      code: 'DUPLICATE_READ',
      membershipId: 'p1',
      left: 0,
      charges: [],
      warnings: ['WARN_LAST_VISIT'],
      nextAllowedAt: null,
    });
  });

  it('repeats a refusal and a question too, whatever the answer was', () => {
    const starting = aMembership({ startsOn: '2026-06-22' });
    const refused = decide(aTap([starting], { now }), rulesFor());
    expect(refused.nextAllowedAt).not.toBeNull();
    expect(again(3000, refused)).toMatchObject({
      outcome: 'denied',
      code: 'DUPLICATE_READ',
      params: { startsOn: '2026-06-22' },
      nextAllowedAt: null,
    });
    const frozen = aMembership({ freezes: [{ id: 'f1', from: '2026-06-10', until: null }] });
    const asked = decide(aTap([frozen], { now }), rulesFor({ frozen: 'ask_staff' }));
    expect(again(3000, asked)).toMatchObject({ outcome: 'ask_staff', code: 'DUPLICATE_READ' });
  });

  it('repeats `please wait` like any other answer, also when the gate is free by then', () => {
    const busy = decide(aTap([aMembership()], { now, ...atGate({ waitingFor: { read: 'rfid:00' } }) }), rulesFor());
    expect(again(3000, busy)).toMatchObject({ outcome: 'denied', code: 'DUPLICATE_READ' });
  });

  it('stays one for as long as the gate is open for it', () => {
    const lastRead = { at: now, decision: first() };
    const tap = (read: string | null) =>
      answer(aTap([aMembership()], { now: now + 20_000, ...atGate({ lastRead, waitingFor: { read } }) }));
    expect(tap(annas)).toBe('granted DUPLICATE_READ');
    expect(tap('rfid:00')).toBe('denied GATE_BUSY');
    expect(tap(null)).toBe('denied GATE_BUSY');
  });

  it('a code that rotates is the same credential with other digits', () => {
    const lastRead = { at: now, decision: first() };
    const code = (value: string) => ({ read: { kind: 'totp', value } as const, now: now + 30_000 });
    const waiting = atGate({ lastRead, waitingFor: { read: 'totp:c1' } });
    expect(answer(aTap([aMembership()], { ...code('c1.287082'), ...waiting }))).toBe('granted DUPLICATE_READ');
    expect(answer(aTap([aMembership()], { ...code('c2.287082'), ...waiting }))).toBe('denied GATE_BUSY');
  });

  it('is kept in a free gate and in an emergency', () => {
    for (const mode of ['free', 'emergency'] as const) {
      const passed = decide(aTap([aMembership()], { now, ...atGate({ mode }) }), rulesFor());
      const tap = (ms: number) =>
        answer(aTap([aMembership()], { now: now + ms, ...atGate({ mode, lastRead: { at: now, decision: passed } }) }));
      expect([tap(5000), tap(5001)]).toEqual(['granted DUPLICATE_READ', 'granted FREE_PASSAGE']);
    }
  });

  it('comes before everything that could refuse, but for a closed gate', () => {
    const lastRead = { at: now, decision: first() };
    expect(answer(aTap([], { now, credentials: [], branch: null, ...atGate({ lastRead }) }))).toBe('granted DUPLICATE_READ');
    expect(answer(aTap([], { now, ...atGate({ lastRead }) }, ewasCard()))).toBe('granted DUPLICATE_READ');
  });

  it('tells the explanation which it was', () => {
    const said = { rule: 'double-read', number: 25, result: 'passed', saw: {} };
    expect(tapVerdict(again(0), 'double-read')).toEqual({ ...said, code: 'DUPLICATE_READ' });
    expect(tapVerdict(again(5001), 'double-read')).toEqual({ ...said, code: null });
    expect(tapVerdict(first(), 'double-read')).toEqual({ ...said, code: null });
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { atGate, ewasCard, tapVerdict } from '../../../kit/at-gate.ts';
import { aMembership, aTap, at, counted, rulesFor } from '../../../kit/facts.ts';

const closed = atGate({ mode: 'closed' });

describe('a closed gate (rule 31)', () => {
  it('lets no member in, says nothing of them, and knows no time at which it will', () => {
    expect(decide(aTap([aMembership({ visits: counted(3) })], closed), rulesFor())).toMatchObject({
      outcome: 'denied',
      code: 'GATE_CLOSED',
      params: {},
      charge: 0,
      charges: [],
      refusals: {},
      nextAllowedAt: null,
    });
  });

  it('says why in the explanation, and asks nothing more', () => {
    expect(decide(aTap([aMembership()], closed), rulesFor()).explanation).toEqual({
      tap: [{ rule: 'closed-gate', number: 31, result: 'refused', code: 'GATE_CLOSED', saw: {} }],
      memberships: [],
      choice: [],
    });
  });

  it('is closed for strangers too', () => {
    expect(answer(aTap([], { ...closed, credentials: [] }))).toBe('denied GATE_CLOSED');
  });

  it('says so again to whoever tries twice: the mode is asked before the double read (section 5)', () => {
    const now = at('2026-06-15T08:00:00+02:00');
    const lastRead = { at: now - 1000, decision: decide(aTap([aMembership()]), rulesFor()) };
    expect(answer(aTap([aMembership()], { now, ...atGate({ mode: 'closed', lastRead }) }))).toBe('denied GATE_CLOSED');
  });

  it('opens for staff, but not with a staff card that is lost', () => {
    expect(answer(aTap([], closed, ewasCard()))).toBe('granted STAFF_OVERRIDE');
    expect(answer(aTap([], closed, ewasCard({ status: 'lost' })))).toBe('denied GATE_CLOSED');
  });

  it.each(['controlled', 'free', 'emergency'] as const)('a gate that is %s is not closed', (mode) => {
    const decision = decide(aTap([aMembership()], atGate({ mode })), rulesFor());
    expect(decision.outcome).toBe('granted');
    expect(tapVerdict(decision, 'closed-gate')).toEqual({
      rule: 'closed-gate',
      number: 31,
      result: 'passed',
      code: null,
      saw: { mode },
    });
  });
});

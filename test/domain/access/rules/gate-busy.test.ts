import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { atGate, tapVerdict } from '../../../kit/at-gate.ts';
import { aMembership, aTap, counted, rulesFor } from '../../../kit/facts.ts';

const waitingForSomebodyElse = atGate({ waitingFor: { read: 'rfid:00' } });

describe('a gate that waits for one person (rule 27)', () => {
  it('asks another one to try again, takes nothing, and names no time', () => {
    const decision = decide(aTap([aMembership({ visits: counted(3) })], waitingForSomebodyElse), rulesFor());
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'GATE_BUSY',
      params: {},
      charges: [],
      refusals: {},
      nextAllowedAt: null,
    });
    expect(tapVerdict(decision, 'gate-busy')).toEqual({
      rule: 'gate-busy',
      number: 27,
      result: 'refused',
      code: 'GATE_BUSY',
      saw: {},
    });
  });

  it('also when it was opened for somebody without a card', () => {
    expect(answer(aTap([aMembership()], atGate({ waitingFor: { read: null } })))).toBe('denied GATE_BUSY');
  });

  it('before it is known whose card it is (section 5)', () => {
    expect(answer(aTap([], { ...waitingForSomebodyElse, credentials: [] }))).toBe('denied GATE_BUSY');
  });

  it('a gate that waits for nobody asks on', () => {
    const decision = decide(aTap([aMembership()]), rulesFor());
    expect(tapVerdict(decision, 'gate-busy')).toEqual({ rule: 'gate-busy', number: 27, result: 'passed', code: null, saw: {} });
  });
});

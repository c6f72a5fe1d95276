import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { aBearerCode, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, rulesFor, warsaw } from '../../../kit/facts.ts';

const said = { rule: 'member', number: 6 };
const closedAllDay = { branch: { ...warsaw, exceptions: [{ date: '2026-06-15', intervals: [] }] } };

describe('the member (rule 6)', () => {
  it('who is blocked is refused before any membership is looked at, and staff see why', () => {
    const member = aMember({ blocked: true, blockReason: 'see the manager' });
    const decision = decide(aTap([aMembership(), aMembership({ id: 'p2', state: 'cancelled' })], {}, { member }), rulesFor());
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'MEMBER_BLOCKED',
      params: { blockReason: 'see the manager' },
      memberId: 'm1',
      charges: [],
      refusals: {},
      nextAllowedAt: null,
    });
    expect(tapVerdict(decision, 'member')).toEqual({
      ...said,
      result: 'refused',
      code: 'MEMBER_BLOCKED',
      saw: { blockReason: 'see the manager' },
    });
    expect(decision.explanation.memberships).toEqual([]);
  });

  it('who is blocked without a reason is blocked all the same', () => {
    expect(decide(aTap([aMembership()], {}, { member: aMember({ blocked: true }) }), rulesFor())).toMatchObject({
      code: 'MEMBER_BLOCKED',
      params: { blockReason: null },
    });
  });

  it('who has no membership at all is told so', () => {
    const decision = decide(aTap([]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'NO_MEMBERSHIP', params: {}, refusals: {}, nextAllowedAt: null });
    expect(tapVerdict(decision, 'member')).toEqual({ ...said, result: 'refused', code: 'NO_MEMBERSHIP', saw: {} });
  });

  it('a value that this version does not know never opens, and is told before anything else of the row (section 2)', () => {
    const member = aMember({ unusable: '`blocked` is `perhaps`', blocked: true });
    const decision = decide(aTap([aMembership()], {}, { member }), rulesFor());
    const params = { problem: '`blocked` is `perhaps`' };
    expect(decision).toMatchObject({ outcome: 'denied', code: 'UNKNOWN_STATE', params, refusals: {}, nextAllowedAt: null });
    expect(tapVerdict(decision, 'member')).toEqual({ ...said, result: 'refused', code: 'UNKNOWN_STATE', saw: params });
  });

  it('is asked before the opening hours (section 5)', () => {
    expect(answer(aTap([], closedAllDay))).toBe('denied NO_MEMBERSHIP');
    expect(answer(aTap([aMembership()], closedAllDay))).toBe('denied CLUB_CLOSED');
  });

  it('the explanation counts the memberships that are looked at', () => {
    const decision = decide(aTap([aMembership(), aMembership({ id: 'p2' })]), rulesFor());
    expect(tapVerdict(decision, 'member')).toEqual({ ...said, result: 'passed', code: null, saw: { memberships: 2 } });
  });

  it('a bearer code has no member to judge (rule 4)', () => {
    const decision = decide(aTap([aMembership()], {}, aBearerCode()), rulesFor());
    expect(decision.code).toBe('OK');
    expect(tapVerdict(decision, 'member')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
  });
});

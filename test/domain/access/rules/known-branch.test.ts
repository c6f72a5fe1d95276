import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { tapVerdict } from '../../../kit/at-gate.ts';
import { aMembership, aTap, rulesFor } from '../../../kit/facts.ts';

describe('a gate whose branch the data does not hold (sections 2 and 3)', () => {
  it('does not open, and names the branch that is missing', () => {
    const decision = decide(aTap([aMembership()], { branch: null }), rulesFor({ branch: 'harbour' }));
    const params = { problem: "branch `harbour` is not in the club's data" };
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'UNKNOWN_STATE',
      params,
      memberId: 'm1',
      charges: [],
      refusals: {},
      nextAllowedAt: null,
    });
    expect(tapVerdict(decision, 'known-branch')).toEqual({
      rule: 'known-branch',
      number: 11,
      result: 'refused',
      code: 'UNKNOWN_STATE',
      saw: params,
    });
  });

  it('a card that nobody knows is told so first', () => {
    expect(answer(aTap([], { branch: null, credentials: [] }))).toBe('denied UNKNOWN_CREDENTIAL');
  });

  it('a branch that is known is named in the explanation', () => {
    expect(tapVerdict(decide(aTap([aMembership()]), rulesFor()), 'known-branch')).toEqual({
      rule: 'known-branch',
      number: 11,
      result: 'passed',
      code: null,
      saw: { branch: 'Center' },
    });
  });
});

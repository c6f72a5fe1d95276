import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { tapVerdict } from '../../../kit/at-gate.ts';
import { aCredential, aMembership, aTap, rulesFor } from '../../../kit/facts.ts';

describe('whether the card stands for somebody (rules 1 to 3)', () => {
  it('names the card that was good', () => {
    const decision = decide(aTap([aMembership()], {}, { credential: aCredential({ id: 'c7' }) }), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', credentialId: 'c7' });
    expect(tapVerdict(decision, 'credential')).toEqual({
      rule: 'credential',
      number: 1,
      result: 'passed',
      code: null,
      saw: { credential: 'c7' },
    });
  });

  it('says what is wrong with one that was not, before anything else of the member is looked at', () => {
    const decision = decide(aTap([aMembership()], {}, { credential: aCredential({ status: 'lost' }) }), rulesFor());
    const params = { status: 'lost', validFrom: null, validUntil: null };
    expect(decision).toMatchObject({ outcome: 'denied', code: 'CREDENTIAL_INACTIVE', params, refusals: {}, charges: [] });
    expect(tapVerdict(decision, 'credential')).toEqual({
      rule: 'credential',
      number: 1,
      result: 'refused',
      code: 'CREDENTIAL_INACTIVE',
      saw: params,
    });
    expect(decision.explanation.tap.at(-1)?.rule).toBe('credential');
  });
});

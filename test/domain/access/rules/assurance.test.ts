import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { type Assurance, assurances } from '../../../../src/domain/gate/gate-settings.ts';
import { type CredentialKind, credentialKinds, type Read } from '../../../../src/domain/member/credential.ts';
import { answer } from '../../../kit/answer.ts';
import { ewasCard, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, rulesFor } from '../../../kit/facts.ts';

const tap = (read: Read, needed: Assurance) => decide(aTap([aMembership()], { read }), rulesFor({ minAssurance: needed }));

/** The weakest and strongest demand that such a read meets, and what it meets none of. */
const opens = (read: Read) => assurances.filter((needed) => tap(read, needed).outcome === 'granted');

describe('how well a credential is proven (rule 5)', () => {
  const numbers: CredentialKind[] = ['rfid', 'barcode', 'qr', 'pin', 'membership_code'];

  it.each(numbers)('%s is a number that can be copied: it opens only where no more is asked', (kind) => {
    expect(opens({ kind, value: '1' })).toEqual(['uid']);
  });

  it.each(['totp', 'signed'] as const)('%s is a token: it opens where a token is asked', (kind) => {
    expect(opens({ kind, value: 'c1.287082' })).toEqual(['uid', 'token']);
  });

  it('no kind is forgotten', () => {
    expect([...numbers, 'totp', 'signed'].sort()).toEqual([...credentialKinds].sort());
  });

  it('a card that answered a challenge opens everywhere', () => {
    expect(opens({ kind: 'rfid', value: '1', proven: true })).toEqual(['uid', 'token', 'cryptographic']);
  });

  it('who is refused is told what the gate asks for, and at no time will it do', () => {
    const decision = tap({ kind: 'rfid', value: '1' }, 'cryptographic');
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'CREDENTIAL_TOO_WEAK',
      params: { needed: 'cryptographic' },
      refusals: {},
      charges: [],
      nextAllowedAt: null,
    });
    expect(tapVerdict(decision, 'assurance')).toEqual({
      rule: 'assurance',
      number: 5,
      result: 'refused',
      code: 'CREDENTIAL_TOO_WEAK',
      saw: { needed: 'cryptographic' },
    });
  });

  it('the explanation says what was asked and what there was', () => {
    expect(tapVerdict(tap({ kind: 'totp', value: 'c1.287082' }, 'uid'), 'assurance')).toEqual({
      rule: 'assurance',
      number: 5,
      result: 'passed',
      code: null,
      saw: { has: 'token', needed: 'uid' },
    });
  });

  it('is asked before the member is (sections 4.1 and 5), and never of staff', () => {
    const strict = rulesFor({ minAssurance: 'token' });
    expect(answer(aTap([], {}, { member: aMember({ blocked: true }) }), strict)).toBe('denied CREDENTIAL_TOO_WEAK');
    expect(answer(aTap([], {}, ewasCard()), strict)).toBe('granted STAFF_OVERRIDE');
  });
});

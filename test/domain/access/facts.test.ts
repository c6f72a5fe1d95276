import { describe, expect, it } from 'vitest';
import { memberIdOf, memberKey, personOf } from '../../../src/domain/access/facts.ts';
import { aBearerCode, ewasCard } from '../../kit/at-gate.ts';
import { aCredential, aHolder, aMember } from '../../kit/facts.ts';

describe('who is counted in zones and for re-entry', () => {
  it('is the member, whichever card they came with', () => {
    expect(personOf(aHolder())).toBe('member:m1');
    expect(personOf(aHolder({ credential: aCredential({ id: 'c2' }), member: aMember({ id: 'm2' }) }))).toBe('member:m2');
    expect(memberKey('m2')).toBe('member:m2');
  });

  it('is the membership of a bearer code (rule 4), never mistaken for a member of the same id', () => {
    expect(personOf(aHolder(aBearerCode('p1')))).toBe('membership:p1');
    expect(personOf(aHolder(aBearerCode('m1')))).not.toBe(memberKey('m1'));
  });

  it('is nobody where staff came (rule 31), or a stranger', () => {
    expect(personOf(aHolder(ewasCard()))).toBeNull();
    expect(personOf(aHolder({ ...ewasCard({ membershipId: 'p1' }) }))).toBeNull();
    expect(personOf(aHolder({ credential: aCredential({ memberId: null }), member: null }))).toBeNull();
    expect(personOf(aHolder({ member: null }))).toBeNull();
  });

  it('can be told again from the word: a member, or the membership of a bearer code', () => {
    expect(memberIdOf(memberKey('m1'))).toBe('m1');
    expect(memberIdOf(memberKey('member:m1'))).toBe('member:m1');
    expect(memberIdOf('membership:p1')).toBeNull();
    expect(memberIdOf('membership:member:')).toBeNull();
  });
});

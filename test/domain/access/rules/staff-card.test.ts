import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { atGate, ewasCard, tapVerdict } from '../../../kit/at-gate.ts';
import { aCredential, aMember, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

describe('a staff card (rule 31)', () => {
  it('opens, costs nothing, is counted in no zone, and says whose it is', () => {
    expect(decide(aTap([], {}, ewasCard()), rulesFor())).toMatchObject({
      outcome: 'granted',
      code: 'STAFF_OVERRIDE',
      params: { staff: 'Ewa', reason: null },
      credentialId: 'c9',
      staffId: 'st1',
      memberId: null,
      person: null,
      membershipId: null,
      charge: 0,
      charges: [],
    });
  });

  it.each(['controlled', 'free', 'closed', 'emergency'] as const)('opens a gate that is %s', (mode) => {
    expect(answer(aTap([], atGate({ mode }), ewasCard()))).toBe('granted STAFF_OVERRIDE');
  });

  it('opens on the way out too', () => {
    expect(answer(aTap([], atGate({ direction: 'out' }), ewasCard()))).toBe('granted STAFF_OVERRIDE');
  });

  it('opens every gate: whatever it asks of members, and where the data does not hold the branch', () => {
    const strict = rulesFor(
      {
        minAssurance: 'cryptographic',
        documents: [{ kind: 'medical', policy: 'deny', warnWithinDays: 14 }],
        admission: [{ tags: ['women'], notTags: null, minAge: null, maxAge: null, windows: [] }],
      },
      { zone: { id: 'club', limit: 0, exemptTags: [], resetAt: 240 }, clock: { whenUntrusted: 'deny' } },
    );
    const branch = { ...warsaw, exceptions: [{ date: '2026-06-15', intervals: [] }] };
    expect(answer(aTap([], { branch, clockTrusted: false }, ewasCard()), strict)).toBe('granted STAFF_OVERRIDE');
    expect(answer(aTap([], { branch: null }, ewasCard()), strict)).toBe('granted STAFF_OVERRIDE');
  });

  it('must itself be good: not lost, and within its time', () => {
    expect(answer(aTap([], {}, ewasCard({ status: 'lost' })))).toBe('denied CREDENTIAL_INACTIVE');
    const over = ewasCard({ validUntil: at('2026-06-15T08:00:00+02:00') });
    expect(answer(aTap([], {}, over))).toBe('denied CREDENTIAL_INACTIVE');
  });

  it('of a coach who is a member as well is "not counted in zones" either', () => {
    const coach = { credential: aCredential(), member: aMember(), staff: { id: 'st1', name: 'Anna K.' } };
    expect(decide(aTap([aMembership()], {}, coach), rulesFor())).toMatchObject({ code: 'STAFF_OVERRIDE', person: null });
  });

  it('says so in the explanation, and of a member that it is none', () => {
    const said = { rule: 'staff-card', number: 31, result: 'passed' };
    expect(tapVerdict(decide(aTap([], {}, ewasCard()), rulesFor()), 'staff-card')).toEqual({
      ...said,
      code: 'STAFF_OVERRIDE',
      saw: { staff: 'Ewa', reason: null },
    });
    for (const facts of [aTap([aMembership()]), aTap([], { credentials: [] })])
      expect(tapVerdict(decide(facts, rulesFor()), 'staff-card')).toEqual({ ...said, code: null, saw: {} });
  });
});

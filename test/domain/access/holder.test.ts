import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { HeldCredential } from '../../../src/domain/access/facts.ts';
import type { Credential } from '../../../src/domain/member/credential.ts';
import { answer } from '../../kit/answer.ts';
import { aBearerCode, ewasCard } from '../../kit/at-gate.ts';
import { aCredential, aHolder, aMember, aMembership, aTap, at, held, rulesFor } from '../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');

/** A row of the card's value that stands for a member with a good membership. */
const row = (memberId: string, credential: Partial<Credential> = {}): HeldCredential =>
  aHolder({
    credential: aCredential({ id: `card of ${memberId}`, memberId, ...credential }),
    member: aMember({ id: memberId }),
    memberships: [held(aMembership({ memberIds: [memberId] }))],
  });
const bearer = (membershipId: string) =>
  aHolder({ ...aBearerCode(membershipId), memberships: [held(aMembership({ id: membershipId }))] });

const tap = (credentials: HeldCredential[], facts: Parameters<typeof aTap>[1] = {}) =>
  decide(aTap([], { credentials, now, ...facts }), rulesFor());
const inAnyOrder = (...credentials: HeldCredential[]) => [credentials, [...credentials].reverse()].map((rows) => tap(rows));
const told = ({ outcome, code }: ReturnType<typeof tap>) => `${outcome} ${code}`;

describe('whose card it is (rules 1 and 2)', () => {
  it('nobody’s, when it is not found', () => {
    expect(tap([])).toMatchObject({
      outcome: 'denied',
      code: 'UNKNOWN_CREDENTIAL',
      params: {},
      credentialId: null,
      memberId: null,
      person: null,
      nextAllowedAt: null,
    });
  });

  it('nobody’s, when the member or the membership that it names is missing', () => {
    expect(tap([{ ...row('m1'), member: null }])).toMatchObject({ outcome: 'denied', code: 'UNKNOWN_CREDENTIAL', params: {} });
    expect(told(tap([{ ...bearer('p1'), memberships: [] }]))).toBe('denied UNKNOWN_CREDENTIAL');
    expect(told(tap([aHolder({ ...ewasCard(), staff: null })]))).toBe('denied UNKNOWN_CREDENTIAL');
  });

  it('nobody’s also when it was lost or is over: who is missing is told first (rule 2)', () => {
    for (const credential of [{ status: 'lost' }, { validUntil: now }] as const) {
      expect(told(tap([{ ...row('m1', credential), member: null }]))).toBe('denied UNKNOWN_CREDENTIAL');
      const code = aHolder({ ...aBearerCode('p1'), memberships: [] });
      expect(told(tap([{ ...code, credential: { ...code.credential, ...credential } }]))).toBe('denied UNKNOWN_CREDENTIAL');
    }
    const lost = inAnyOrder({ ...row('m1', { status: 'lost' }), member: null }, row('m2', { status: 'lost' }));
    expect(lost.map(told)).toEqual(['denied CREDENTIAL_INACTIVE', 'denied CREDENTIAL_INACTIVE']);
  });

  it('the member’s, a membership’s, or a colleague’s', () => {
    expect(tap([row('m1')])).toMatchObject({ code: 'OK', memberId: 'm1', staffId: null });
    expect(tap([bearer('p1')])).toMatchObject({ code: 'OK', memberId: null, membershipId: 'p1' });
    expect(tap([aHolder(ewasCard())])).toMatchObject({ code: 'STAFF_OVERRIDE', memberId: null, staffId: 'st1' });
  });
});

describe('a value that several hold (rule 1)', () => {
  it('opens for none of two members, and says how many there are', () => {
    for (const decision of inAnyOrder(row('m1'), row('m2')))
      expect(decision).toMatchObject({
        outcome: 'denied',
        code: 'AMBIGUOUS_CREDENTIAL',
        params: { members: 2 },
        memberId: null,
        charges: [],
        nextAllowedAt: null,
      });
    expect(tap([row('m1'), row('m2'), row('m3')]).params).toEqual({ members: 3, knownCard: null });
  });

  it('given twice to one member is hers', () => {
    const twice = inAnyOrder(row('m1', { id: 'c1' }), row('m1', { id: 'c2' }));
    expect(twice.map(told)).toEqual(['granted OK', 'granted OK']);
  });

  it.each(['suspended', 'lost', 'replaced', 'returned'] as const)('handed on, %s before, is the new member’s alone', (status) => {
    for (const decision of inAnyOrder(row('m0', { status }), row('m1')))
      expect(decision).toMatchObject({ outcome: 'granted', memberId: 'm1' });
  });

  it('is ambiguous among bearer codes and colleagues too', () => {
    expect(inAnyOrder(bearer('p1'), bearer('p2')).map(told)).toEqual(Array(2).fill('denied AMBIGUOUS_CREDENTIAL'));
    expect(inAnyOrder(bearer('m1'), row('m1')).map(told)).toEqual(Array(2).fill('denied AMBIGUOUS_CREDENTIAL'));
    expect(inAnyOrder(aHolder(ewasCard()), row('m1')).map(told)).toEqual(Array(2).fill('denied AMBIGUOUS_CREDENTIAL'));
    const adam = aHolder({ ...ewasCard({ id: 'c8' }), staff: { id: 'st2', name: 'Adam' } });
    expect(inAnyOrder(aHolder(ewasCard()), adam).map(told)).toEqual(Array(2).fill('denied AMBIGUOUS_CREDENTIAL'));
  });

  it('of one colleague on two rows is that colleague’s', () => {
    const twice = inAnyOrder(aHolder(ewasCard()), aHolder(ewasCard({ id: 'c8' })));
    expect(twice.map(told)).toEqual(['granted STAFF_OVERRIDE', 'granted STAFF_OVERRIDE']);
  });

  it('active for both stays ambiguous outside the time of one: active is the status (rule 2)', () => {
    const over = row('m2', { validUntil: now });
    expect(inAnyOrder(row('m1'), over).map(told)).toEqual(Array(2).fill('denied AMBIGUOUS_CREDENTIAL'));
  });

  it('is ambiguous only among "active rows of two different members": a row of nobody is none of them', () => {
    const nobodys = aHolder({ ...ewasCard(), staff: null });
    expect(inAnyOrder(nobodys, row('m1')).map(told)).toEqual(['granted OK', 'granted OK']);
  });

  it('is unknown where "its member is missing" on each of its rows', () => {
    const nobodys = aHolder({ ...ewasCard(), staff: null });
    const another = aHolder({ ...ewasCard({ id: 'c8' }), staff: null });
    expect(inAnyOrder(nobodys, another).map(told)).toEqual(Array(2).fill('denied UNKNOWN_CREDENTIAL'));
  });
});

describe('a card that is not good now (rule 2)', () => {
  it.each(['suspended', 'lost', 'replaced', 'returned'] as const)('%s never opens, and says what became of it', (status) => {
    expect(tap([row('m1', { status })])).toMatchObject({
      outcome: 'denied',
      code: 'CREDENTIAL_INACTIVE',
      params: { status, validFrom: null, validUntil: null },
      credentialId: 'card of m1',
      memberId: null,
      nextAllowedAt: null,
    });
  });

  it('is told by its status, not by a time that it also has', () => {
    const lost = row('m1', { status: 'lost', validFrom: now + 1, validUntil: now + 2 });
    expect(tap([lost]).params).toEqual({ status: 'lost', validFrom: null, validUntil: null });
    const over = row('m1', { status: 'lost', validUntil: now - 1 });
    expect(tap([over])).toMatchObject({ params: { status: 'lost', validFrom: null, validUntil: null }, nextAllowedAt: null });
  });

  it('begins with its first instant, and says when', () => {
    expect(told(tap([row('m1', { validFrom: now })]))).toBe('granted OK');
    expect(tap([row('m1', { validFrom: now + 1, validUntil: now + 9 })])).toMatchObject({
      outcome: 'denied',
      code: 'CREDENTIAL_INACTIVE',
      params: { status: null, validFrom: now + 1, validUntil: null },
      nextAllowedAt: now + 1,
    });
  });

  it('is over at its end, and says so', () => {
    expect(told(tap([row('m1', { validUntil: now + 1 })]))).toBe('granted OK');
    for (const validUntil of [now, now - 1])
      expect(tap([row('m1', { validFrom: now - 9, validUntil })])).toMatchObject({
        outcome: 'denied',
        code: 'CREDENTIAL_INACTIVE',
        params: { status: null, validFrom: null, validUntil },
        nextAllowedAt: null,
      });
  });

  it('whose time ended as it began has ended', () => {
    expect(tap([row('m1', { validFrom: now, validUntil: now })]).params).toEqual({
      status: null,
      validFrom: null,
      validUntil: now,
    });
  });

  it('given a second time is good while one of the two is', () => {
    const over = row('m1', { id: 'c1', validUntil: now });
    const fresh = row('m1', { id: 'c2', validFrom: now });
    for (const decision of inAnyOrder(over, fresh)) expect(decision).toMatchObject({ code: 'OK', credentialId: 'c2' });
  });

  it('active and over counts before one that was lost, in any order', () => {
    const over = row('m1', { id: 'c1', validUntil: now });
    const lost = row('m1', { id: 'c2', status: 'lost' });
    for (const decision of inAnyOrder(over, lost))
      expect(decision).toMatchObject({ code: 'CREDENTIAL_INACTIVE', params: { status: null, validUntil: now } });
  });

  it('lost by one and returned by another is told in the same words, whatever the order of the rows', () => {
    // Those of the card that the answer names.
    for (const decision of inAnyOrder(row('m1', { status: 'lost' }), row('m2', { status: 'returned' })))
      expect(decision).toMatchObject({ credentialId: 'card of m1', code: 'CREDENTIAL_INACTIVE', params: { status: 'lost' } });
  });

  it('is not judged by its time while the clock is not trusted, but by its status (rule 30)', () => {
    const facts = { clockTrusted: false };
    expect(tap([row('m1', { validUntil: now - 1 })], facts).code).toBe('CLOCK_UNTRUSTED');
    expect(tap([row('m1', { validFrom: now + 1 })], facts).code).toBe('CLOCK_UNTRUSTED');
    expect(tap([row('m1', { status: 'lost' })], facts).code).toBe('CREDENTIAL_INACTIVE');
  });
});

describe('a row with a value that this version does not know (section 2)', () => {
  const unusable = row('m1', { unusable: '`status` is `loaned`' });

  it('never opens, and says which value it is', () => {
    expect(tap([unusable])).toMatchObject({
      outcome: 'denied',
      code: 'UNKNOWN_STATE',
      params: { problem: '`status` is `loaned`' },
      memberId: null,
      nextAllowedAt: null,
    });
  });

  it('neither opens beside a lost one, nor makes an active one ambiguous, in any order', () => {
    for (const decision of inAnyOrder(unusable, row('m1', { status: 'lost' })))
      expect(decision).toMatchObject({ code: 'UNKNOWN_STATE', params: { problem: '`status` is `loaned`' } });
    for (const decision of inAnyOrder(unusable, row('m2'))) expect(decision).toMatchObject({ code: 'OK', memberId: 'm2' });
  });

  it('is told in the same words beside another, whatever the order of the rows', () => {
    const [there, back] = inAnyOrder(unusable, row('m2', { unusable: '`kind` is `tattoo`' }));
    expect(back?.params).toEqual(there?.params);
  });

  it('does not hide that an active one is over', () => {
    for (const decision of inAnyOrder(unusable, row('m2', { validUntil: now })))
      expect(decision).toMatchObject({ code: 'CREDENTIAL_INACTIVE', params: { validUntil: now } });
  });
});

describe('a one-time code (rule 3)', () => {
  const code = (kind: 'totp' | 'signed', token: Partial<HeldCredential['token'] & object>) =>
    answer(
      aTap(
        [aMembership()],
        {},
        {
          credential: aCredential({ kind }),
          token: { genuine: true, fresh: true, used: false, token: '1', ...token },
        },
      ),
    );

  it.each(['totp', 'signed'] as const)('of kind %s opens once, while it is fresh', (kind) => {
    expect(code(kind, {})).toBe('granted OK');
    expect(code(kind, { fresh: false })).toBe('denied CREDENTIAL_REPLAYED');
    expect(code(kind, { used: true })).toBe('denied CREDENTIAL_REPLAYED');
  });

  it('of digits that fit no step may be an old one; a signature that does not fit is no token at all', () => {
    expect(code('totp', { genuine: false })).toBe('denied CREDENTIAL_REPLAYED');
    expect(code('signed', { genuine: false })).toBe('denied UNKNOWN_CREDENTIAL');
  });

  it('is not looked at for somebody who is unknown, or a credential that is lost', () => {
    const token = { genuine: true, fresh: false, used: false, token: '1' };
    const holder = { credential: aCredential({ kind: 'totp' }), token };
    expect(answer(aTap([], {}, { ...holder, member: null }))).toBe('denied UNKNOWN_CREDENTIAL');
    const lost = { ...holder, credential: aCredential({ kind: 'totp', status: 'lost' }) };
    expect(answer(aTap([], {}, lost))).toBe('denied CREDENTIAL_INACTIVE');
  });

  it('that was refused says nothing more, and no later time helps it', () => {
    const token = { genuine: true, fresh: true, used: true, token: '1' };
    const decision = decide(aTap([aMembership()], {}, { credential: aCredential({ kind: 'totp' }), token }), rulesFor());
    expect(decision).toMatchObject({ params: {}, nextAllowedAt: null, charges: [], refusals: {} });
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { HeldCredential } from '../../../src/domain/access/facts.ts';
import type { Scope } from '../../../src/domain/member/membership.ts';
import { hourMs, minuteMs } from '../../../src/domain/schedule/instant.ts';
import { aBearerCode, atGate, ewasCard } from '../../kit/at-gate.ts';
import {
  aBooking,
  aCharge,
  aCredential,
  aHolder,
  aMember,
  aMembership,
  aTap,
  at,
  counted,
  gym,
  held,
  pool,
  rulesFor,
} from '../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');
const contactAt = now - 60_000;
const data = { cursor: '42', takenAt: now - 90_000, contactAt, alone: false };

const nothingTaken = {
  membershipId: null,
  chosenBy: null,
  entitlement: null,
  charges: [],
  charge: 0,
  left: null,
  endsOn: null,
  serviceId: null,
  activation: null,
  bookingId: null,
  closes: null,
  endsFreeze: null,
};

describe('a refusal', () => {
  it('takes nothing, and carries who came, what was wrong and how old the data is', () => {
    const { explanation, ...decision } = decide(aTap([aMembership({ state: 'cancelled' })], { now, data }), rulesFor());
    expect(decision).toEqual({
      ...nothingTaken,
      outcome: 'denied',
      code: 'CANCELLED',
      params: {},
      credentialId: 'c1',
      memberId: 'm1',
      staffId: null,
      person: 'member:m1',
      token: null,
      warnings: [],
      refusals: { p1: 'CANCELLED' },
      nextAllowedAt: null,
      data: { cursor: '42', takenAt: now - 90_000, ageMs: 60_000 },
    });
    expect(explanation.memberships[0]?.verdicts[0]).toMatchObject({ rule: 'state', result: 'refused' });
  });

  it('of a question to staff opens nothing and takes nothing', () => {
    const frozen = aMembership({ visits: counted(3), freezes: [{ id: 'f1', from: '2026-06-10', until: '2026-06-17' }] });
    const decision = decide(aTap([frozen], { now, data }), rulesFor({ frozen: 'ask_staff' }));
    expect(decision).toMatchObject({
      ...nothingTaken,
      outcome: 'ask_staff',
      code: 'FROZEN',
      params: { frozenFrom: '2026-06-10', frozenUntil: '2026-06-17' },
      refusals: { p1: 'FROZEN' },
      nextAllowedAt: null,
    });
  });

  it('of a card that is not good names the card and nobody', () => {
    const lost = decide(aTap([aMembership()], {}, { credential: aCredential({ id: 'c7', status: 'lost' }) }), rulesFor());
    expect(lost).toMatchObject({ credentialId: 'c7', memberId: null, staffId: null, person: null, token: null });
    expect(decide(aTap([], { credentials: [] }), rulesFor())).toMatchObject({ credentialId: null, memberId: null });
  });

  it('carries the warning of old data with its own words', () => {
    const facts = aTap([aMembership({ startsOn: '2026-06-22' })], { now, data: { ...data, contactAt: now - 25 * hourMs } });
    expect(decide(facts, rulesFor())).toMatchObject({
      code: 'NOT_STARTED',
      params: { startsOn: '2026-06-22', contactAt: now - 25 * hourMs },
      warnings: ['WARN_STALE'],
    });
  });
});

describe('a grant', () => {
  it('says what the visit costs, of which membership, and what is left', () => {
    const membership = aMembership({
      visits: counted(8),
      terms: { entitlements: [{ scope: { serviceId: 'gym' }, visits: null }] },
    });
    const { explanation: _, ...decision } = decide(
      aTap([membership], { now, data, services: [gym] }),
      rulesFor({ services: ['gym'] }),
    );
    expect(decision).toEqual({
      ...nothingTaken,
      outcome: 'granted',
      code: 'OK',
      params: { activatedOn: null, activatedUntil: null, stayMinutes: null },
      credentialId: 'c1',
      memberId: 'm1',
      staffId: null,
      person: 'member:m1',
      token: null,
      membershipId: 'p1',
      entitlement: 'service:gym',
      charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }],
      charge: 1,
      left: 7,
      endsOn: '2026-06-30',
      serviceId: 'gym',
      warnings: [],
      refusals: {},
      nextAllowedAt: null,
      data: { cursor: '42', takenAt: now - 90_000, ageMs: 60_000 },
    });
  });

  it.each<[string, Scope]>([
    ['any', { any: true }],
    ['service:gym', { serviceId: 'gym' }],
    ['category:fitness', { categoryId: 'fitness' }],
  ])('names the entitlement it was spent on: %s', (entitlement, scope) => {
    const membership = aMembership({ terms: { entitlements: [{ scope, visits: null }] } });
    const facts = aTap([membership], { services: [gym] });
    expect(decide(facts, rulesFor({ services: ['gym'] }))).toMatchObject({ entitlement, serviceId: 'gym' });
  });

  it('names the one that was spent, also where the terms name others before it', () => {
    const bundle = aMembership({
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { serviceId: 'gym' }, visits: 8 },
          { scope: { serviceId: 'pool' }, visits: 4 },
        ],
      },
      visits: { left: null, perEntitlement: [8, 4], includes: {} },
    });
    expect(decide(aTap([bundle], { services: [pool] }), rulesFor({ services: ['pool'] }))).toMatchObject({
      entitlement: 'service:pool',
      charges: [{ membershipId: 'p1', charge: 1, entitlement: 1 }],
      left: 3,
    });
  });

  it('charges 1 of an unlimited membership, and nothing is left to count', () => {
    expect(decide(aTap([aMembership()]), rulesFor())).toMatchObject({ charge: 1, left: null, serviceId: null });
  });

  it('costs the seats of the session that it is for', () => {
    const bookings = [aBooking({ id: 'b7', seats: 2 }, { startsAt: now })];
    const decision = decide(aTap([aMembership({ visits: counted(8) })], { now }, { bookings }), rulesFor());
    expect(decision).toMatchObject({
      charge: 2,
      left: 6,
      bookingId: 'b7',
      charges: [{ membershipId: 'p1', charge: 2, entitlement: 0 }],
    });
  });

  it('says why this membership, and what spoke against the others', () => {
    const memberships = [
      aMembership({ id: 'late', endsOn: null }),
      aMembership({ id: 'soon', endsOn: '2026-06-20' }),
      aMembership({ id: 'off', state: 'cancelled' }),
    ];
    for (const ordered of [memberships, [...memberships].reverse()])
      expect(decide(aTap(ordered), rulesFor())).toMatchObject({
        membershipId: 'soon',
        chosenBy: 'ends',
        endsOn: '2026-06-20',
        refusals: { off: 'CANCELLED' },
      });
  });

  it('that activates says from when until when', () => {
    const row = { state: 'issued', startsOn: null, endsOn: null } as const;
    const month = aMembership({ ...row, terms: { activation: 'first_visit' } });
    expect(decide(aTap([month]), rulesFor())).toMatchObject({
      activation: { startsOn: '2026-06-15', endsOn: '2026-07-14' },
      endsOn: '2026-07-14',
      params: { activatedOn: '2026-06-15', activatedUntil: '2026-07-14', stayMinutes: null },
    });
    const endless = aMembership({ ...row, terms: { activation: 'first_visit', validity: null } });
    expect(decide(aTap([endless]), rulesFor())).toMatchObject({
      endsOn: null,
      params: { activatedOn: '2026-06-15', activatedUntil: null },
    });
  });

  it('ends the freeze that covers the day, where the gate says so', () => {
    const freezes = [
      { id: 'past', from: '2026-06-01', until: '2026-06-05' },
      { id: 'f1', from: '2026-06-10', until: null },
    ];
    expect(decide(aTap([aMembership({ freezes })]), rulesFor({ frozen: 'unfreeze' })).endsFreeze).toBe('f1');
    const over = aMembership({ freezes: freezes.slice(0, 1) });
    expect(decide(aTap([over]), rulesFor({ frozen: 'unfreeze' })).endsFreeze).toBeNull();
  });

  it('of a bearer code is the membership’s (rule 4)', () => {
    expect(decide(aTap([aMembership()], {}, aBearerCode()), rulesFor())).toMatchObject({
      memberId: null,
      person: 'membership:p1',
      membershipId: 'p1',
    });
  });

  it('carries every warning with its own words', () => {
    const member = aMember({ debt: { amount: '12.50', currency: 'PLN', since: '2026-06-01', terminatesOn: null } });
    const membership = aMembership({ endsOn: '2026-06-16', visits: counted(1) });
    const decision = decide(aTap([membership], { now, data: { ...data, contactAt: now - 25 * hourMs } }, { member }), rulesFor());
    expect([...decision.warnings].sort()).toEqual(['WARN_DEBT', 'WARN_EXPIRES_SOON', 'WARN_LAST_VISIT', 'WARN_STALE']);
    expect(decision.params).toEqual({
      activatedOn: null,
      activatedUntil: null,
      stayMinutes: null,
      amount: '12.50',
      currency: 'PLN',
      debtSince: '2026-06-01',
      terminatesOn: null,
      left: 0,
      endsOn: '2026-06-16',
      contactAt: now - 25 * hourMs,
    });
  });
});

describe('a free re-entry (rule 24)', () => {
  const split = aMembership({
    terms: {
      pool: 'split',
      entitlements: [
        { scope: { serviceId: 'gym' }, visits: 8 },
        { scope: { categoryId: 'fitness' }, visits: 4 },
      ],
    },
    visits: { left: null, perEntitlement: [8, 4], includes: {} },
  });
  const again = (entitlement: number | null) =>
    decide(
      aTap([held(split, [aCharge({ serviceId: 'gym', entitlement })])], { now, services: [gym] }),
      rulesFor({ services: ['gym'] }),
    );

  it('names the entitlement that paid, and when', () => {
    expect(again(1)).toMatchObject({
      code: 'OK_REENTRY',
      params: { paidAt: at('2026-06-15T07:00:00+02:00') },
      entitlement: 'category:fitness',
      charge: 0,
      charges: [{ membershipId: 'p1', charge: 0, entitlement: 1 }],
      left: 3,
      serviceId: 'gym',
      activation: null,
    });
    expect(again(0)).toMatchObject({ entitlement: 'service:gym', left: 7 });
  });

  it('names that of the entry where another box did not say which one paid, and none that the terms no longer have', () => {
    expect(again(null)).toMatchObject({
      code: 'OK_REENTRY',
      entitlement: 'service:gym',
      charges: [{ charge: 0, entitlement: 0 }],
    });
    expect(again(7)).toMatchObject({ code: 'OK_REENTRY', entitlement: null });
  });
});

describe('a club card that counts visits (rule 17)', () => {
  const pass = aMembership({ id: 'pass', visits: counted(5), terms: { requiresClubCard: true } });
  const card = aMembership({ id: 'card', visits: counted(3), terms: { usage: 'club_card' } });

  it('gives one with each charged entry', () => {
    expect(decide(aTap([pass, card]), rulesFor()).charges).toEqual([
      { membershipId: 'pass', charge: 1, entitlement: 0 },
      { membershipId: 'card', charge: 1, entitlement: null },
    ]);
  });

  it('gives one, however many seats the entry takes', () => {
    const bookings = [aBooking({ seats: 2 }, { startsAt: now })];
    expect(decide(aTap([pass, card], { now }, { bookings }), rulesFor()).charges).toEqual([
      { membershipId: 'pass', charge: 2, entitlement: 0 },
      { membershipId: 'card', charge: 1, entitlement: null },
    ]);
  });

  it('gives none with an entry that is free', () => {
    const paid = held(pass, [aCharge()]);
    expect(decide(aTap([paid, card]), rulesFor()).charges).toEqual([{ membershipId: 'pass', charge: 0, entitlement: 0 }]);
    expect(decide(aTap([pass, card]), rulesFor({ charge: 'never' })).charges).toEqual([
      { membershipId: 'pass', charge: 0, entitlement: 0 },
    ]);
  });

  it('that counts none gives none', () => {
    const unlimited = aMembership({ id: 'card', terms: { usage: 'club_card' } });
    expect(decide(aTap([pass, unlimited]), rulesFor()).charges).toEqual([{ membershipId: 'pass', charge: 1, entitlement: 0 }]);
  });
});

describe('an answer that asks no membership', () => {
  it('of a free gate names the mode, of a staff card its holder', () => {
    const free = decide(aTap([aMembership()], { now, data, ...atGate({ mode: 'free' }) }), rulesFor());
    expect(free).toMatchObject({ ...nothingTaken, code: 'FREE_PASSAGE', memberId: 'm1', refusals: {}, nextAllowedAt: null });
    expect(free.params).toEqual({ mode: 'free' });
    const staff = decide(aTap([], { now, data }, ewasCard()), rulesFor());
    expect(staff).toMatchObject({ ...nothingTaken, code: 'STAFF_OVERRIDE', staffId: 'st1', credentialId: 'c9' });
    expect(staff.params).toEqual({ staff: 'Ewa', reason: null });
  });

  it('at a free gate closes the visit of whoever leaves, and marks one that was too long (rule 28)', () => {
    const inside = { visit: 7, since: now - 90 * minuteMs, maxStayMinutes: 60 };
    const pass = (direction: 'in' | 'out') =>
      decide(aTap([aMembership()], { now, ...atGate({ mode: 'free', direction }) }, { inside }), rulesFor());
    expect(pass('out')).toMatchObject({
      ...nothingTaken,
      code: 'FREE_PASSAGE',
      params: { mode: 'free' },
      closes: { visit: 7, stayMinutes: 90 },
      warnings: ['WARN_OVERSTAY'],
    });
    expect(pass('in')).toMatchObject({ ...nothingTaken, code: 'FREE_PASSAGE', closes: null, warnings: [] });
  });

  it('of staff who leave closes nothing: they were never counted (rule 31)', () => {
    const inside = { visit: 7, since: now - hourMs, maxStayMinutes: 30 };
    const staff = decide(aTap([], { now, ...atGate({ direction: 'out' }) }, { ...ewasCard(), inside }), rulesFor());
    expect(staff).toMatchObject({ ...nothingTaken, code: 'STAFF_OVERRIDE', person: null, closes: null, warnings: [] });
  });
});

describe('an exit (rule 28)', () => {
  const leave = (stayMs: number, holder: Partial<HeldCredential> = {}) => {
    const inside = { visit: 7, since: now, maxStayMinutes: null };
    return decide(
      aTap([aMembership()], { now: now + stayMs, ...atGate({ direction: 'out' }) }, { inside, ...holder }),
      rulesFor(),
    );
  };

  it('closes the visit with its length in whole minutes', () => {
    expect([0, minuteMs - 1, minuteMs, 90 * minuteMs + 59_999].map((ms) => leave(ms).closes)).toEqual(
      [0, 0, 1, 90].map((stayMinutes) => ({ visit: 7, stayMinutes })),
    );
    expect(leave(90 * minuteMs)).toMatchObject({ ...nothingTaken, closes: { visit: 7, stayMinutes: 90 } });
    expect(leave(90 * minuteMs).params).toEqual({ activatedOn: null, activatedUntil: null, stayMinutes: 90 });
  });

  it('is never shorter than nothing: a clock that was set back takes no time away', () => {
    expect(leave(-5 * minuteMs).closes).toEqual({ visit: 7, stayMinutes: 0 });
  });

  it('closes nothing where nobody came in, and where nobody is known', () => {
    expect(leave(hourMs, { inside: null })).toMatchObject({ code: 'OK', closes: null, params: {}, warnings: [] });
    const stranger = decide(aTap([], { credentials: [], ...atGate({ direction: 'out' }) }), rulesFor());
    expect(stranger).toMatchObject({ ...nothingTaken, outcome: 'granted', code: 'OK', person: null, memberId: null });
    expect(stranger.params).toEqual({});
  });

  it('an entry of somebody who is inside closes nothing', () => {
    const inside = { visit: 7, since: now - hourMs, maxStayMinutes: 30 };
    expect(decide(aTap([aMembership()], { now }, { inside }), rulesFor())).toMatchObject({
      code: 'OK',
      closes: null,
      warnings: [],
    });
  });
});

describe('a one-time code that is used up by the tap (rule 3)', () => {
  const token = { genuine: true, fresh: true, used: false, token: '58' };
  const holder = { credential: aCredential({ kind: 'totp' }), token };
  const tap = (facts: Parameters<typeof aTap>[1] = {}, memberships = [aMembership()]) =>
    decide(aTap(memberships, { now, ...facts }, holder), rulesFor());

  it('is used whatever the answer is', () => {
    expect(tap()).toMatchObject({ code: 'OK', token: '58' });
    expect(tap({}, [])).toMatchObject({ code: 'NO_MEMBERSHIP', token: '58' });
    expect(tap(atGate({ mode: 'free' }))).toMatchObject({ code: 'FREE_PASSAGE', token: '58' });
    expect(tap(atGate({ direction: 'out' }))).toMatchObject({ code: 'OK', token: '58' });
  });

  it('is still good where it was not looked at: the gate was busy or closed', () => {
    expect(tap(atGate({ waitingFor: { read: 'rfid:00' } }))).toMatchObject({ code: 'GATE_BUSY', memberId: 'm1', token: null });
    expect(tap(atGate({ mode: 'closed' }))).toMatchObject({ code: 'GATE_CLOSED', memberId: 'm1', token: null });
  });

  it('other credentials have none', () => {
    expect(decide(aTap([aMembership()]), rulesFor()).token).toBeNull();
  });
});

describe('who came', () => {
  it('with a value that none of its rows makes good is named by the first of their ids, in any order', () => {
    const rows = ['c3', 'c1', 'c2'].map((id) => aHolder({ credential: aCredential({ id, memberId: `member of ${id}` }) }));
    for (const credentials of [rows, [...rows].reverse(), rows.slice(1), rows.slice(0, 2)])
      expect(decide(aTap([], { credentials }), rulesFor())).toMatchObject({ code: 'AMBIGUOUS_CREDENTIAL', credentialId: 'c1' });
  });

  it('is the one whose card was good, not the one whose card was handed on', () => {
    const before = aHolder({
      credential: aCredential({ id: 'c0', memberId: 'm0', status: 'replaced' }),
      member: aMember({ id: 'm0' }),
    });
    const [annas] = aTap([aMembership()]).credentials as [HeldCredential];
    for (const credentials of [
      [before, annas],
      [annas, before],
    ])
      expect(decide(aTap([], { credentials }), rulesFor())).toMatchObject({
        credentialId: 'c1',
        memberId: 'm1',
        person: 'member:m1',
      });
  });

  it('at a gate of another service pays for that service', () => {
    const facts = aTap([held(aMembership({ visits: counted(3) }), [aCharge({ serviceId: 'gym' })])], { services: [pool] });
    expect(decide(facts, rulesFor({ services: ['pool'] }))).toMatchObject({ code: 'OK', serviceId: 'pool', left: 1 });
  });
});

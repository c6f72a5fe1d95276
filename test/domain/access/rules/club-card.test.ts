import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Facts } from '../../../../src/domain/access/facts.ts';
import type { GateSettings, Rules } from '../../../../src/domain/gate/gate-settings.ts';
import type { Terms } from '../../../../src/domain/member/membership.ts';
import { answer, verdict } from '../../../kit/answer.ts';
import { aBooking, aCharge, aCredential, aMember, aMembership, aTap, at, counted, held, rulesFor } from '../../../kit/facts.ts';

type Row = Omit<NonNullable<Parameters<typeof aMembership>[0]>, 'terms'>;
const pass = aMembership({ id: 'pass', terms: { requiresClubCard: true } });
const card = (row: Row = {}, terms: Partial<Terms> = {}) =>
  aMembership({ id: 'card', title: 'Club card', ...row, terms: { ...terms, usage: 'club_card' } });

/** The pass with these cards beside it. */
const withCards = (
  cards: Parameters<typeof aTap>[0],
  gate: Partial<GateSettings> = {},
  facts: Partial<Facts> = {},
  rules: Partial<Rules> = {},
) => decide(aTap([pass, ...cards], facts), rulesFor(gate, rules));

const onMondays = { availability: [{ weekDays: [1 as const], intervals: [{ from: 420, to: 720 }] }] };
const onSundays = { availability: [{ weekDays: [7 as const], intervals: [{ from: 420, to: 720 }] }] };
const frozen = { freezes: [{ id: 'f', from: '2026-06-10', until: '2026-06-20' }] };

describe('a membership that needs a club card (rule 17)', () => {
  it('opens with a good one, and the explanation names it', () => {
    const decision = withCards([card()]);
    expect(decision).toMatchObject({ outcome: 'granted', membershipId: 'pass', refusals: { card: 'WRONG_SERVICE' } });
    expect(verdict(decision, 'club-card', 'pass')).toEqual({
      rule: 'club-card',
      number: 17,
      result: 'passed',
      code: null,
      saw: { card: 'Club card' },
    });
  });

  it('is refused where the member has none', () => {
    const decision = withCards([]);
    expect(decision).toMatchObject({ outcome: 'denied', code: 'CLUB_CARD_MISSING', refusals: { pass: 'CLUB_CARD_MISSING' } });
    expect(decision.params).toEqual({ cardCode: null });
    expect(verdict(decision, 'club-card', 'pass')).toMatchObject({ result: 'refused', saw: { cardCode: null } });
  });

  it('is not helped by another membership that is no card', () => {
    const expensive = aMembership({ id: 'more', terms: { requiresClubCard: true } });
    expect(withCards([expensive]).code).toBe('CLUB_CARD_MISSING');
  });

  it('is refused at its step: what comes before is told first, what comes after last', () => {
    const closed = aMembership({ id: 'pass', terms: { requiresClubCard: true, ...onSundays } });
    expect(answer(aTap([closed]))).toBe('denied OUTSIDE_DAYS');
    const spent = aMembership({ id: 'pass', visits: counted(0), terms: { requiresClubCard: true } });
    expect(answer(aTap([spent]))).toBe('denied CLUB_CARD_MISSING');
    expect(answer(aTap([spent, card()]))).toBe('denied NO_VISITS_LEFT');
  });
});

describe('who needs a club card (rule 17)', () => {
  const plain = aMembership({ id: 'plain' });
  const all = rulesFor({}, { clubCard: { appliesTo: 'all' } });

  it('only memberships that say so, unless every one does', () => {
    const decision = decide(aTap([plain]), rulesFor());
    expect(decision.outcome).toBe('granted');
    expect(verdict(decision, 'club-card', 'plain')).toMatchObject({ result: 'skipped', code: null, saw: {} });
    expect(answer(aTap([plain]), all)).toBe('denied CLUB_CARD_MISSING');
    expect(answer(aTap([plain, card()]), all)).toBe('granted OK');
  });

  it('no club card itself, also where every membership does', () => {
    for (const rules of [rulesFor(), all]) {
      const decision = decide(aTap([card({}, { requiresClubCard: true })]), rules);
      expect(verdict(decision, 'club-card', 'card').result).toBe('skipped');
      expect(decision.refusals).toEqual({ card: 'WRONG_SERVICE' });
    }
  });

  it('no bearer code: there is no member who could hold one (rule 4)', () => {
    const bearer = { credential: aCredential({ memberId: null, membershipId: 'pass' }), member: null };
    for (const rules of [rulesFor(), all]) {
      const decision = decide(aTap([pass], {}, bearer), rules);
      expect(decision).toMatchObject({ outcome: 'granted', charges: [{ membershipId: 'pass', charge: 1, entitlement: 0 }] });
      expect(verdict(decision, 'club-card', 'pass').result).toBe('skipped');
    }
  });
});

describe('a card that is not good (rule 17)', () => {
  it.each([
    ['is cancelled', card({ state: 'cancelled' }), 'CANCELLED'],
    ['has the state expired', card({ state: 'expired' }), 'EXPIRED'],
    ['is used up', card({ state: 'used_up' }), 'USED_UP'],
    ['waits for its payment', card({ state: 'pending_payment' }), 'PENDING_PAYMENT'],
    ['has a value that nobody knows', card({ unusable: '`state` is `paused`' }), 'UNKNOWN_STATE'],
    [
      'was paid by a payment that failed',
      card({ payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-06-01' } }),
      'PAYMENT_FAILED',
    ],
    ['is good at another branch', card({}, { branchIds: ['north'] }), 'WRONG_BRANCH'],
    ['was sold for another branch', card({ limitedTo: { branchIds: ['north'], serviceIds: null } }), 'WRONG_BRANCH'],
    ['is not good on this day', card({}, onSundays), 'OUTSIDE_DAYS'],
    [
      'is not good at this hour',
      card({}, { availability: [{ weekDays: [1], intervals: [{ from: 0, to: 60 }] }] }),
      'OUTSIDE_HOURS',
    ],
    ['has no visit left', card({ visits: counted(0) }), 'NO_VISITS_LEFT'],
    ['was overspent', card({ visits: counted(-1) }), 'NO_VISITS_LEFT'],
  ])('because it %s is missing, and the reason is told', (_, bad, cardCode) => {
    const decision = withCards([bad]);
    expect(decision).toMatchObject({ outcome: 'denied', code: 'CLUB_CARD_MISSING' });
    expect(decision.params).toEqual({ cardCode });
  });

  it('because it is over is expired, and names its last day', () => {
    const decision = withCards([card({ endsOn: '2026-06-14' })]);
    expect(decision).toMatchObject({ outcome: 'denied', code: 'CLUB_CARD_EXPIRED', refusals: { pass: 'CLUB_CARD_EXPIRED' } });
    expect(decision.params).toEqual({ endedOn: '2026-06-14' });
    expect(withCards([card({ endsOn: '2026-06-15' })]).outcome).toBe('granted');
  });

  it('because it has not begun falls under its term too, without a last day, and the day it begins is found', () => {
    const decision = withCards([card({ startsOn: '2026-06-17' })]);
    expect(decision).toMatchObject({ code: 'CLUB_CARD_EXPIRED', nextAllowedAt: at('2026-06-17T00:00+02:00') });
    expect(decision.params).toEqual({ endedOn: null });
  });

  it('because it is frozen says until when', () => {
    const decision = withCards([card(frozen)]);
    expect(decision).toMatchObject({ outcome: 'denied', code: 'CLUB_CARD_FROZEN', nextAllowedAt: at('2026-06-20T00:00+02:00') });
    expect(decision.params).toEqual({ frozenFrom: '2026-06-10', frozenUntil: '2026-06-20' });
    const open = withCards([card({ freezes: [{ id: 'f', from: '2026-06-10', until: null }] })]);
    expect(open.params).toEqual({ frozenFrom: '2026-06-10', frozenUntil: null });
  });

  it('because its member owes money is missing where the gate denies debts', () => {
    const member = aMember({ debt: { amount: '10', currency: 'PLN', since: null, terminatesOn: null } });
    const cardFirst = aTap([card(), aMembership({ id: 'pass', terms: { requiresClubCard: true } })], {}, { member });
    expect(verdict(decide(cardFirst, rulesFor()), 'club-card', 'pass').result).toBe('passed');
    const denying = rulesFor({ debt: { policy: 'deny', denyFromAmount: null, denyAfterDays: null } });
    expect(verdict(decide(cardFirst, denying), 'club-card', 'pass')).toMatchObject({
      code: 'CLUB_CARD_MISSING',
      saw: { cardCode: 'DEBT' },
    });
  });

  it('is tested against the start of the chosen session, as every window is', () => {
    const bookings = [aBooking({}, { startsAt: at('2026-06-15T07:05+02:00') })];
    const facts = aTap([pass, card({}, onMondays)], { now: at('2026-06-15T06:50+02:00') }, { bookings });
    expect(answer(facts)).toBe('granted OK');
  });

  it('for its service, its kind of session or its limits does not exist: rules 12, 13, 15 and 18 are not asked of a card', () => {
    const unasked = card({ limitedTo: { branchIds: null, serviceIds: [] } }, { entitlements: [], maxPerDay: 0 });
    expect(withCards([unasked]).outcome).toBe('granted');
  });
});

describe('several cards (rule 17)', () => {
  const bad = [
    card({ id: 'a-state', state: 'cancelled' }),
    card({ id: 'b-term', endsOn: '2026-06-01' }),
    card({ id: 'c-branch' }, { branchIds: ['north'] }),
    card({ id: 'd-frozen', ...frozen }),
    card({ id: 'e-window' }, onSundays),
    card({ id: 'f-spent', visits: counted(0) }),
  ];

  it.each([bad, bad.toReversed()])('one good one is enough', (...cards) => {
    const good = card({ id: 'good', title: 'Gold' });
    for (const all of [
      [...cards, good],
      [good, ...cards],
    ]) {
      const decision = withCards(all);
      expect(decision.outcome).toBe('granted');
      expect(verdict(decision, 'club-card', 'pass').saw).toEqual({ card: 'Gold' });
    }
  });

  it('none good: the answer is that of the card that got furthest', () => {
    const codes = bad.map((_, index) => {
      const decision = withCards(bad.slice(0, index + 1));
      expect(withCards(bad.slice(0, index + 1).reverse()).params).toEqual(decision.params);
      return [decision.code, decision.params['cardCode']];
    });
    expect(codes).toEqual([
      ['CLUB_CARD_MISSING', 'CANCELLED'],
      ['CLUB_CARD_EXPIRED', undefined],
      ['CLUB_CARD_MISSING', 'WRONG_BRANCH'],
      ['CLUB_CARD_FROZEN', undefined],
      ['CLUB_CARD_MISSING', 'OUTSIDE_DAYS'],
      ['CLUB_CARD_MISSING', 'NO_VISITS_LEFT'],
    ]);
  });

  it('that got equally far: the first by the order in which memberships are chosen', () => {
    const two = [card({ id: 'b', endsOn: '2026-06-14' }), card({ id: 'a', endsOn: '2026-06-13' })];
    for (const cards of [two, two.toReversed()]) expect(withCards(cards).params).toEqual({ endedOn: '2026-06-13' });
  });

  it('that are good: the first by that order is named, and charged', () => {
    const two = [card({ id: 'many', title: 'Many', visits: counted(9) }), card({ id: 'few', title: 'Few', visits: counted(2) })];
    for (const cards of [two, two.toReversed()]) {
      const decision = withCards(cards);
      expect(verdict(decision, 'club-card', 'pass').saw).toEqual({ card: 'Few' });
      expect(decision.charges[1]?.membershipId).toBe('few');
    }
  });
});

describe('what a card is charged (rule 17)', () => {
  it('the good one, though one that is not comes before it', () => {
    const decision = withCards([card({ id: 'a-spent', visits: counted(0) }), card({ id: 'b-good', visits: counted(3) })]);
    expect(decision.charges.map(({ membershipId }) => membershipId)).toEqual(['pass', 'b-good']);
  });

  it('none where its visits are not one number: it needs none left', () => {
    const split = card({ visits: { left: null, perEntitlement: [0], includes: {} } }, { pool: 'split' });
    expect(withCards([split])).toMatchObject({ outcome: 'granted', charges: [{ membershipId: 'pass' }] });
    expect(withCards([split]).charges).toHaveLength(1);
  });

  const charged = [
    { membershipId: 'pass', charge: 1, entitlement: 0 },
    { membershipId: 'card', charge: 1, entitlement: null },
  ];

  it('one that counts visits gives one with each charged entry', () => {
    expect(withCards([card({ visits: counted(1) })])).toMatchObject({ outcome: 'granted', charge: 1, charges: charged });
  });

  it('one that does not gives none', () => {
    expect(withCards([card()]).charges).toEqual([charged[0]]);
  });

  it('one visit, however many seats are booked', () => {
    const bookings = [aBooking({ seats: 3 }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const decision = decide(aTap([pass, card({ visits: counted(1) })], {}, { bookings }), rulesFor());
    expect(decision.charges).toEqual([{ ...charged[0], charge: 3 }, charged[1]]);
  });

  it('none where the entry costs nothing, and then it needs none left', () => {
    const spent = card({ visits: counted(0) });
    expect(withCards([spent], { charge: 'never' })).toMatchObject({
      outcome: 'granted',
      charges: [{ ...charged[0], charge: 0 }],
    });
    const paid = held(pass, [aCharge()]);
    for (const one of [spent, card({ state: 'used_up', visits: counted(0) })]) {
      expect(decide(aTap([paid, one]), rulesFor())).toMatchObject({
        code: 'OK_REENTRY',
        charges: [{ ...charged[0], charge: 0 }],
      });
    }
  });

  it('none for a membership that needs no card', () => {
    const plain = aMembership({ id: 'plain' });
    expect(decide(aTap([plain, card({ visits: counted(3) })]), rulesFor()).charges).toEqual([
      { membershipId: 'plain', charge: 1, entitlement: 0 },
    ]);
  });

  it('what this box and its peers took from it since counts', () => {
    const spent = held(card({ visits: counted(1) }), [aCharge({ prerequisite: true, entitlement: null })]);
    expect(withCards([spent])).toMatchObject({ code: 'CLUB_CARD_MISSING', params: { cardCode: 'NO_VISITS_LEFT' } });
  });

  it('a card used up by the entry is used up for the next one: its own charge frees nothing', () => {
    const paidByCard = held(card({ state: 'used_up' }), [aCharge({ prerequisite: true, entitlement: null })]);
    expect(withCards([paidByCard])).toMatchObject({ code: 'CLUB_CARD_MISSING', params: { cardCode: 'USED_UP' } });
  });

  it('is not spoken of at a re-entry, but the card must still be good', () => {
    const paid = held(pass, [aCharge()]);
    expect(answer(aTap([paid, card({ endsOn: '2026-06-14' })]))).toBe('denied CLUB_CARD_EXPIRED');
    expect(answer(aTap([paid, card({ state: 'cancelled' })]))).toBe('denied CLUB_CARD_MISSING');
    expect(answer(aTap([paid]))).toBe('denied CLUB_CARD_MISSING');
  });
});

describe('a frozen card, by the policy of the gate (rules 16 and 17)', () => {
  it('staff are asked with what the refusal would carry', () => {
    const decision = withCards([card(frozen)], { frozen: 'ask_staff' });
    expect(decision).toMatchObject({ outcome: 'ask_staff', code: 'CLUB_CARD_FROZEN', charges: [] });
    expect(decision.params).toEqual({ frozenFrom: '2026-06-10', frozenUntil: '2026-06-20' });
    expect(verdict(decision, 'club-card', 'pass')).toMatchObject({ result: 'asks', code: 'CLUB_CARD_FROZEN' });
  });

  it('staff are not asked where the card is refused for something that comes later', () => {
    expect(withCards([card(frozen, onSundays)], { frozen: 'ask_staff' })).toMatchObject({
      outcome: 'denied',
      code: 'CLUB_CARD_MISSING',
      params: { cardCode: 'OUTSIDE_DAYS' },
    });
    expect(withCards([card({ ...frozen, visits: counted(0) })], { frozen: 'ask_staff' })).toMatchObject({
      outcome: 'denied',
      code: 'CLUB_CARD_MISSING',
      params: { cardCode: 'NO_VISITS_LEFT' },
    });
  });

  it('staff are not asked where another card is good', () => {
    expect(withCards([card(frozen), card({ id: 'z-good' })], { frozen: 'ask_staff' }).outcome).toBe('granted');
  });

  it('is good where a visit ends a freeze ("itself good at this instant by rules 7–11, 14 and 16")', () => {
    expect(withCards([card(frozen)], { frozen: 'unfreeze' }).outcome).toBe('granted');
  });

  it('where visits end freezes, the other settings of the gate hold for the card', () => {
    const failed = card({ payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-06-12' } });
    expect(withCards([failed], { frozen: 'unfreeze', paymentGraceDays: 3 }).outcome).toBe('granted');
    expect(withCards([failed], { frozen: 'unfreeze', paymentGraceDays: 2 })).toMatchObject({
      code: 'CLUB_CARD_MISSING',
      params: { cardCode: 'PAYMENT_FAILED' },
    });
  });

  it('where visits end freezes, a pass that is itself frozen is let in with a good card', () => {
    const frozenPass = aMembership({ id: 'pass', ...frozen, terms: { requiresClubCard: true } });
    expect(decide(aTap([frozenPass, card()]), rulesFor({ frozen: 'unfreeze' }))).toMatchObject({
      outcome: 'granted',
      endsFreeze: 'f',
    });
  });
});

describe('the card while the clock is not trusted (rule 30)', () => {
  const untrusted = (one: ReturnType<typeof card>) => verdict(withCards([one], {}, { clockTrusted: false }), 'club-card', 'pass');

  it('its term, freezes and hours are left out', () => {
    for (const one of [card({ endsOn: '2026-06-01' }), card({ startsOn: '2026-07-01' }), card(frozen), card({}, onSundays)]) {
      expect(untrusted(one).result).toBe('passed');
    }
  });

  it('its state, branch, payment and visits stand', () => {
    expect(untrusted(card({ state: 'cancelled' })).saw).toEqual({ cardCode: 'CANCELLED' });
    expect(untrusted(card({}, { branchIds: [] })).saw).toEqual({ cardCode: 'WRONG_BRANCH' });
    expect(untrusted(card({ visits: counted(0) })).saw).toEqual({ cardCode: 'NO_VISITS_LEFT' });
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import { membershipRules } from '../../../src/domain/access/order.ts';
import {
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

const answer = (...args: Parameters<typeof decide>) => {
  const { outcome, code } = decide(...args);
  return `${outcome} ${code}`;
};

describe('who holds the card (rules 1, 2 and 6)', () => {
  it('a card nobody knows is refused as unknown', () => {
    expect(answer(aTap([], { credentials: [] }), rulesFor())).toBe('denied UNKNOWN_CREDENTIAL');
  });

  it('a card whose member is not in the data is refused as unknown', () => {
    const orphan = aHolder({ member: null });
    expect(answer(aTap([], { credentials: [orphan] }), rulesFor())).toBe('denied UNKNOWN_CREDENTIAL');
  });

  it('a lost card is refused, and says that it is lost', () => {
    const lost = { ...aTap([aMembership()]).credentials[0]!, credential: aCredential({ status: 'lost' }) };
    const decision = decide(aTap([], { credentials: [lost] }), rulesFor());
    expect(decision).toMatchObject({ code: 'CREDENTIAL_INACTIVE', params: { status: 'lost' } });
  });

  it('a card handed on from another member is not ambiguous', () => {
    const [annas] = aTap([aMembership()]).credentials;
    const credential = aCredential({ id: 'c0', memberId: 'm0', status: 'replaced' });
    const before = aHolder({ credential, member: aMember({ id: 'm0' }) });
    expect(answer(aTap([], { credentials: [before, annas!] }), rulesFor())).toBe('granted OK');
  });

  it('two active cards of two members open for neither', () => {
    const [annas] = aTap([aMembership()]).credentials;
    const other = { ...annas!, credential: aCredential({ id: 'c2', memberId: 'm2' }), member: aMember({ id: 'm2' }) };
    expect(answer(aTap([], { credentials: [annas!, other] }), rulesFor())).toBe('denied AMBIGUOUS_CREDENTIAL');
  });

  it('a card is valid from its first instant to just before its last', () => {
    const [annas] = aTap([aMembership()]).credentials;
    const day = { validFrom: at('2026-06-15T08:00:00+02:00'), validUntil: at('2026-06-15T20:00:00+02:00') };
    const dated = { ...annas!, credential: aCredential(day) };
    const answers = ['07:59:59', '08:00:00', '19:59:59', '20:00:00'].map(
      (time) => decide(aTap([], { credentials: [dated], now: at(`2026-06-15T${time}+02:00`) }), rulesFor()).code,
    );
    expect(answers).toEqual(['CREDENTIAL_INACTIVE', 'OK', 'OK', 'CREDENTIAL_INACTIVE']);
  });

  it('a card that becomes valid later says when', () => {
    const [annas] = aTap([aMembership()]).credentials;
    const validFrom = at('2026-06-16T10:30:00+02:00');
    const dated = { ...annas!, credential: aCredential({ validFrom }) };
    expect(decide(aTap([], { credentials: [dated] }), rulesFor()).nextAllowedAt).toBe(validFrom);
  });

  it('a blocked member is refused before any membership is looked at', () => {
    const [annas] = aTap([aMembership({ state: 'cancelled' })]).credentials;
    const blocked = { ...annas!, member: aMember({ blocked: true, blockReason: 'see the manager' }) };
    const decision = decide(aTap([], { credentials: [blocked] }), rulesFor());
    expect(decision).toMatchObject({ code: 'MEMBER_BLOCKED', refusals: {}, nextAllowedAt: null });
  });

  it('a member without a membership is told so', () => {
    expect(answer(aTap([]), rulesFor())).toBe('denied NO_MEMBERSHIP');
  });

  it('a row with a value that this version does not know never opens', () => {
    const [annas] = aTap([aMembership()]).credentials;
    const unknownCard = { ...annas!, credential: aCredential({ unusable: '`status` is `loaned`' }) };
    const unknownMember = { ...annas!, member: aMember({ unusable: '`blocked` is `perhaps`' }) };
    expect(answer(aTap([], { credentials: [unknownCard] }), rulesFor())).toBe('denied UNKNOWN_STATE');
    expect(answer(aTap([], { credentials: [unknownMember] }), rulesFor())).toBe('denied UNKNOWN_STATE');
    expect(answer(aTap([aMembership({ unusable: '`state` is `paused`' })]), rulesFor())).toBe('denied UNKNOWN_STATE');
  });

  it('where the data does not hold the branch, nothing opens', () => {
    expect(answer(aTap([aMembership()], { branch: null }), rulesFor())).toBe('denied UNKNOWN_STATE');
  });
});

describe('state and term (rules 7 to 9)', () => {
  it.each([
    ['pending_payment', 'PENDING_PAYMENT'],
    ['cancelled', 'CANCELLED'],
    ['expired', 'EXPIRED'],
    ['used_up', 'USED_UP'],
  ] as const)('a membership in state %s is refused with %s', (state, code) => {
    expect(answer(aTap([aMembership({ state })]), rulesFor())).toBe(`denied ${code}`);
  });

  it('the last day is good to its end', () => {
    const codes = ['2026-06-30T23:59:59+02:00', '2026-07-01T00:00:00+02:00'].map(
      (now) => decide(aTap([aMembership()], { now: at(now) }), rulesFor()).code,
    );
    expect(codes).toEqual(['OK', 'EXPIRED']);
  });

  it('an end to the instant wins over the last day, and is exclusive', () => {
    const membership = aMembership({ endsOn: '2026-06-10', endsAt: at('2026-06-15T12:00:00+02:00') });
    const codes = ['11:59:59', '12:00:00'].map(
      (time) => decide(aTap([membership], { now: at(`2026-06-15T${time}+02:00`) }), rulesFor()).code,
    );
    expect(codes).toEqual(['OK', 'EXPIRED']);
  });

  it('a membership without an end does not expire', () => {
    expect(answer(aTap([aMembership({ endsOn: null })], { now: at('2036-06-15T08:00:00+02:00') }), rulesFor())).toBe(
      'granted OK',
    );
  });

  it('a membership that starts on Monday says so, and that it will work from then', () => {
    const decision = decide(aTap([aMembership({ startsOn: '2026-06-22' })]), rulesFor());
    expect(decision).toMatchObject({
      code: 'NOT_STARTED',
      params: { startsOn: '2026-06-22' },
      nextAllowedAt: at('2026-06-22T00:00:00+02:00'),
    });
  });

  const firstVisit = { state: 'issued', startsOn: null, endsOn: null, terms: { activation: 'first_visit' } } as const;

  it('a first visit gives the membership its start and end', () => {
    const decision = decide(aTap([aMembership(firstVisit)]), rulesFor());
    expect(decision).toMatchObject({ code: 'OK', activation: { startsOn: '2026-06-15', endsOn: '2026-07-14' } });
  });

  it('the provisional activation of an earlier visit counts until the central system confirms', () => {
    const activation = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
    const decision = decide(
      aTap([held(aMembership(firstVisit), [aCharge({ activation, at: at('2026-05-01T08:00+02:00') })])]),
      rulesFor(),
    );
    expect(decision).toMatchObject({ code: 'EXPIRED', params: { endedOn: '2026-05-31' } });
  });

  it('central dates win over the provisional activation', () => {
    const confirmed = aMembership({ ...firstVisit, state: 'active', startsOn: '2026-06-02', endsOn: '2026-07-01' });
    const charge = aCharge({ activation: { startsOn: '2026-05-01', endsOn: '2026-05-31' }, at: at('2026-05-01T08:00+02:00') });
    expect(answer(aTap([held(confirmed, [charge])]), rulesFor())).toBe('granted OK');
  });

  it('a membership nobody used activates by itself when its time has come', () => {
    const unused = aMembership({
      ...firstVisit,
      soldOn: '2026-04-01',
      terms: { activation: 'first_visit', autoActivateAfter: { length: 30, unit: 'day' } },
    });
    const decision = decide(aTap([unused], { now: at('2026-06-15T08:00+02:00') }), rulesFor());
    expect(decision).toMatchObject({ code: 'EXPIRED', params: { endedOn: '2026-05-31' }, activation: null });
  });

  it('an issued membership sold for a fixed date counts by its dates, and without dates has not started', () => {
    const dated = aMembership({ state: 'issued', terms: { activation: 'fixed_date' } });
    const undated = aMembership({ state: 'issued', startsOn: null, endsOn: null });
    expect(answer(aTap([dated]), rulesFor())).toBe('granted OK');
    expect(answer(aTap([undated]), rulesFor())).toBe('denied NOT_STARTED');
  });
});

describe('where and what (rules 11 to 13)', () => {
  it('a membership of another branch is refused', () => {
    expect(answer(aTap([aMembership({ terms: { branchIds: ['north'] } })]), rulesFor())).toBe('denied WRONG_BRANCH');
    expect(answer(aTap([aMembership({ terms: { branchIds: [] } })]), rulesFor())).toBe('denied WRONG_BRANCH');
    const both = aMembership({
      terms: { branchIds: ['center', 'north'] },
      limitedTo: { branchIds: ['north'], serviceIds: null },
    });
    expect(decide(aTap([both]), rulesFor())).toMatchObject({ code: 'WRONG_BRANCH', params: { branches: 'North' } });
  });

  it('a gym membership does not open the pool', () => {
    const gymOnly = aMembership({ terms: { entitlements: [{ scope: { serviceId: 'gym' }, visits: null }] } });
    expect(answer(aTap([gymOnly], { services: [pool] }), rulesFor({ services: ['pool'] }))).toBe('denied WRONG_SERVICE');
  });

  it('the pool gate spends the pool visits of a bundle, and nothing else', () => {
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
    const decision = decide(aTap([bundle], { services: [pool] }), rulesFor({ services: ['pool'] }));
    expect(decision).toMatchObject({
      code: 'OK',
      entitlement: 'service:pool',
      left: 3,
      charges: [{ membershipId: 'p1', charge: 1, entitlement: 1 }],
    });
  });

  it('at a general entry the first entitlement with visits left pays', () => {
    const bundle = aMembership({
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { serviceId: 'gym' }, visits: 8 },
          { scope: { serviceId: 'pool' }, visits: 4 },
        ],
      },
      visits: { left: null, perEntitlement: [0, 4], includes: {} },
    });
    expect(decide(aTap([bundle]), rulesFor())).toMatchObject({ entitlement: 'service:pool', left: 3 });
  });

  it('a category covers its services', () => {
    const fitness = aMembership({ terms: { entitlements: [{ scope: { categoryId: 'fitness' }, visits: null }] } });
    expect(decide(aTap([fitness], { services: [gym] }), rulesFor({ services: ['gym'] }))).toMatchObject({
      code: 'OK',
      entitlement: 'category:fitness',
    });
  });

  it('services chosen at sale narrow the terms', () => {
    const narrowed = aMembership({ limitedTo: { branchIds: null, serviceIds: ['gym'] } });
    expect(answer(aTap([narrowed], { services: [pool] }), rulesFor({ services: ['pool'] }))).toBe('denied WRONG_SERVICE');
    expect(answer(aTap([narrowed], { services: [gym] }), rulesFor({ services: ['gym'] }))).toBe('granted OK');
  });

  it('an individual membership is not for the general entry, a regular one not for individual services', () => {
    expect(answer(aTap([aMembership({ terms: { usage: 'individual' } })]), rulesFor())).toBe('denied INDIVIDUAL_ONLY');
    const coaching = { id: 'coaching', title: 'Coaching', categoryId: null, individual: true };
    expect(answer(aTap([aMembership()], { services: [coaching] }), rulesFor({ services: ['coaching'] }))).toBe(
      'denied WRONG_SERVICE',
    );
    expect(
      answer(
        aTap([aMembership({ terms: { usage: 'individual' } })], { services: [coaching] }),
        rulesFor({ services: ['coaching'] }),
      ),
    ).toBe('granted OK');
  });
});

describe('when (rules 14 and 16)', () => {
  const morning = { availability: [{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: 420, to: 720 }] }] } as const;

  it('a morning pass in the afternoon says its hours and that tomorrow at seven it will work', () => {
    const decision = decide(
      aTap([aMembership({ terms: structuredClone(morning) as never })], { now: at('2026-06-15T15:00+02:00') }),
      rulesFor(),
    );
    expect(decision).toMatchObject({
      code: 'OUTSIDE_HOURS',
      params: { hours: '07:00–12:00' },
      nextAllowedAt: at('2026-06-16T07:00+02:00'),
    });
  });

  it('a morning pass on Saturday says its days and that Monday at seven it will work', () => {
    const decision = decide(
      aTap([aMembership({ terms: structuredClone(morning) as never })], { now: at('2026-06-20T08:00+02:00') }),
      rulesFor(),
    );
    expect(decision).toMatchObject({
      code: 'OUTSIDE_DAYS',
      params: { days: '1,2,3,4,5' },
      nextAllowedAt: at('2026-06-22T07:00+02:00'),
    });
  });

  const frozen = aMembership({ freezes: [{ id: 'f1', from: '2026-06-10', until: '2026-06-17' }] });

  it('a freeze covers its first day and not the day it ends on', () => {
    const codes = ['2026-06-09T23:59', '2026-06-10T00:00', '2026-06-16T23:59', '2026-06-17T00:00'].map(
      (now) => decide(aTap([frozen], { now: at(`${now}+02:00`) }), rulesFor()).code,
    );
    expect(codes).toEqual(['OK', 'FROZEN', 'FROZEN', 'OK']);
  });

  it('a frozen member is told when the freeze ends', () => {
    expect(decide(aTap([frozen]), rulesFor())).toMatchObject({
      params: { frozenUntil: '2026-06-17' },
      nextAllowedAt: at('2026-06-17T00:00+02:00'),
    });
  });

  it('by policy staff are asked, or the visit ends the freeze', () => {
    expect(answer(aTap([frozen]), rulesFor({ frozen: 'ask_staff' }))).toBe('ask_staff FROZEN');
    expect(decide(aTap([frozen]), rulesFor({ frozen: 'unfreeze' }))).toMatchObject({ code: 'OK', endsFreeze: 'f1' });
  });

  it('a later refusal comes before asking staff', () => {
    const used = { ...frozen, visits: counted(0) };
    expect(answer(aTap([used]), rulesFor({ frozen: 'ask_staff' }))).toBe('denied NO_VISITS_LEFT');
  });

  it('a freeze that a visit ended is over from that day', () => {
    const ended = held(frozen, [aCharge({ endsFreeze: 'f1', at: at('2026-06-14T08:00+02:00') })]);
    expect(answer(aTap([ended]), rulesFor())).toBe('granted OK');
  });

  it('under an open freeze the end is not tested', () => {
    const open = aMembership({ endsOn: '2026-06-10', freezes: [{ id: 'f1', from: '2026-06-09', until: null }] });
    expect(answer(aTap([open]), rulesFor())).toBe('denied FROZEN');
  });
});

describe('the club card (rule 17)', () => {
  const pass = aMembership({ id: 'pass', terms: { requiresClubCard: true } });
  const card = (row = {}) => aMembership({ id: 'card', ...row, terms: { usage: 'club_card' } });

  it('without one the pass is refused, with a good one it opens', () => {
    expect(answer(aTap([pass]), rulesFor())).toBe('denied CLUB_CARD_MISSING');
    expect(decide(aTap([pass, card()]), rulesFor())).toMatchObject({ code: 'OK', membershipId: 'pass' });
  });

  it('an expired or frozen card says which it is', () => {
    expect(answer(aTap([pass, card({ endsOn: '2026-06-10' })]), rulesFor())).toBe('denied CLUB_CARD_EXPIRED');
    const frozen = card({ freezes: [{ id: 'f', from: '2026-06-01', until: '2026-06-20' }] });
    expect(answer(aTap([pass, frozen]), rulesFor())).toBe('denied CLUB_CARD_FROZEN');
  });

  it('the card itself pays for no entry', () => {
    expect(answer(aTap([card()]), rulesFor())).toBe('denied WRONG_SERVICE');
  });

  it('a card that counts visits gives one with each charged entry, and must have one', () => {
    const decision = decide(aTap([pass, card({ visits: counted(3) })]), rulesFor());
    expect(decision.charges).toEqual([
      { membershipId: 'pass', charge: 1, entitlement: 0 },
      { membershipId: 'card', charge: 1, entitlement: null },
    ]);
    expect(answer(aTap([pass, card({ visits: counted(0) })]), rulesFor())).toBe('denied CLUB_CARD_MISSING');
  });

  it('where every membership needs a card, one without the flag does too', () => {
    expect(answer(aTap([aMembership()]), rulesFor({}, { clubCard: { appliesTo: 'all' } }))).toBe('denied CLUB_CARD_MISSING');
  });
});

describe('visits and limits (rules 18 and 19)', () => {
  it('the last visit opens and warns, the next tap is refused', () => {
    const one = aMembership({ visits: counted(1) });
    expect(decide(aTap([one]), rulesFor())).toMatchObject({ code: 'OK', left: 0, warnings: ['WARN_LAST_VISIT'] });
    const spent = held(one, [aCharge({ at: at('2026-06-14T08:00+02:00') })]);
    expect(answer(aTap([spent]), rulesFor())).toBe('denied NO_VISITS_LEFT');
  });

  it('a visit that the central figure includes is not taken twice', () => {
    const included = held(aMembership({ visits: counted(4, { 'box-1': 1 }) }), [aCharge({ at: at('2026-06-14T08:00+02:00') })]);
    expect(decide(aTap([included]), rulesFor())).toMatchObject({ left: 3 });
  });

  it('twice a week means twice, from Monday', () => {
    const limited = aMembership({ terms: { maxPerWeek: 2 } });
    const visits = ['2026-06-14', '2026-06-15', '2026-06-16'].map((day, index) =>
      aCharge({ visit: index + 1, at: at(`${day}T08:00+02:00`) }),
    );
    const wednesday = { now: at('2026-06-17T08:00+02:00') };
    expect(decide(aTap([held(limited, visits)], wednesday), rulesFor())).toMatchObject({
      code: 'LIMIT_REACHED',
      params: { per: 'week', max: 2 },
      nextAllowedAt: at('2026-06-22T00:00+02:00'),
    });
    expect(answer(aTap([held(limited, visits.slice(0, 2))], wednesday), rulesFor())).toBe('granted OK');
  });

  it('a visit at another branch counts towards the limit once, however often it is told', () => {
    const recent = [
      { gateway: 'box-9', visit: 40, memberId: 'm1', at: at('2026-06-15T07:00+02:00'), serviceId: null, charge: 1 },
    ];
    const limited = aMembership({
      recent: [...recent, ...recent.map((visit) => ({ ...visit, gateway: 'box-1', visit: 1 }))],
      terms: { maxPerDay: 2 },
    });
    expect(answer(aTap([held(limited, [aCharge()])]), rulesFor({ charge: 'per_entry' }))).toBe('denied LIMIT_REACHED');
  });
});

describe('coming in again (rule 24)', () => {
  const eight = (charge: Parameters<typeof aCharge>[0] = {}) => held(aMembership({ visits: counted(8) }), [aCharge(charge)]);

  it('the second entry of the day is free, also with no visits left', () => {
    expect(decide(aTap([eight()]), rulesFor())).toMatchObject({ code: 'OK_REENTRY', charge: 0, left: 7, warnings: [] });
    const last = held(aMembership({ state: 'used_up', visits: counted(0, { 'box-1': 1 }) }), [aCharge()]);
    expect(answer(aTap([last]), rulesFor())).toBe('granted OK_REENTRY');
  });

  it('the next day costs again, and so does another service', () => {
    expect(answer(aTap([eight({ at: at('2026-06-14T23:00+02:00') })]), rulesFor())).toBe('granted OK');
    expect(answer(aTap([eight({ serviceId: 'gym' })], { services: [pool] }), rulesFor({ services: ['pool'] }))).toBe(
      'granted OK',
    );
  });

  it('per session is free within its minutes, per entry never', () => {
    const now = (time: string) => ({ now: at(`2026-06-15T${time}+02:00`) });
    expect(answer(aTap([eight()], now('07:59:59')), rulesFor({ charge: 'per_session', sessionMinutes: 60 }))).toBe(
      'granted OK_REENTRY',
    );
    expect(answer(aTap([eight()], now('08:00:00')), rulesFor({ charge: 'per_session', sessionMinutes: 60 }))).toBe('granted OK');
    expect(answer(aTap([eight()]), rulesFor({ charge: 'per_entry' }))).toBe('granted OK');
  });

  it('a gate that never charges asks neither balance nor limits', () => {
    expect(decide(aTap([aMembership({ visits: counted(0) })]), rulesFor({ charge: 'never' }))).toMatchObject({
      code: 'OK',
      charge: 0,
      left: 0,
    });
  });

  it('the membership that paid is taken, though another would come first', () => {
    const first = aMembership({ id: 'a-first', endsOn: '2026-06-16' });
    const paid = held(aMembership({ id: 'paid', visits: counted(8) }), [aCharge()]);
    expect(decide(aTap([first, paid]), rulesFor())).toMatchObject({
      code: 'OK_REENTRY',
      membershipId: 'paid',
      chosenBy: 'reentry',
    });
  });

  it('a free re-entry still keeps to the hours', () => {
    const morning = aMembership({ terms: { availability: [{ weekDays: [1], intervals: [{ from: 420, to: 720 }] }] } });
    expect(answer(aTap([held(morning, [aCharge()])], { now: at('2026-06-15T12:00+02:00') }), rulesFor())).toBe(
      'denied OUTSIDE_HOURS',
    );
  });
});

describe('choosing among several (rules 22 and 23)', () => {
  const chosen = (...memberships: Parameters<typeof aTap>[0]) => {
    const { membershipId, chosenBy } = decide(aTap(memberships), rulesFor());
    return `${membershipId} by ${chosenBy}`;
  };

  it('a time pass goes before a visit pass, so that no visit is burnt', () => {
    expect(
      chosen(aMembership({ id: 'counted', visits: counted(3), endsOn: '2026-06-16' }), aMembership({ id: 'unlimited' })),
    ).toBe('unlimited by unlimited');
  });

  it('what ends first is used first, then what has fewest visits', () => {
    expect(chosen(aMembership({ id: 'late', endsOn: null }), aMembership({ id: 'soon', endsOn: '2026-06-20' }))).toBe(
      'soon by ends',
    );
    expect(chosen(aMembership({ id: 'many', visits: counted(9) }), aMembership({ id: 'few', visits: counted(2) }))).toBe(
      'few by left',
    );
  });

  it('an active one goes before one that the visit would activate', () => {
    const asleep = aMembership({
      id: 'asleep',
      state: 'issued',
      startsOn: null,
      endsOn: null,
      terms: { activation: 'first_visit' },
    });
    expect(chosen(asleep, aMembership({ id: 'awake', visits: counted(1) }))).toBe('awake by activated');
  });

  it('the refusal shown is that of the membership that got furthest, and every refusal is kept', () => {
    const decision = decide(
      aTap([aMembership({ id: 'old', state: 'expired' }), aMembership({ id: 'used', visits: counted(0) })]),
      rulesFor(),
    );
    expect(decision).toMatchObject({ code: 'NO_VISITS_LEFT', refusals: { old: 'EXPIRED', used: 'NO_VISITS_LEFT' } });
  });

  it('the explanation tells every rule that was asked, with what it saw', () => {
    const { explanation } = decide(aTap([aMembership({ endsOn: '2026-06-10' })]), rulesFor());
    expect(explanation.tap.map(({ rule }) => rule)).toContain('credential');
    const verdicts = explanation.memberships[0]?.verdicts ?? [];
    expect(verdicts.map(({ rule }) => rule)).toEqual(membershipRules.map(({ name }) => name));
    expect(verdicts.find(({ result }) => result === 'refused')).toEqual({
      rule: 'term',
      number: 8,
      result: 'refused',
      code: 'EXPIRED',
      saw: { endedOn: '2026-06-10' },
    });
  });
});

describe('what reviews of clubs brought up', () => {
  const split = aMembership({
    terms: {
      pool: 'split',
      entitlements: [
        { scope: { serviceId: 'gym' }, visits: 1 },
        { scope: { serviceId: 'pool' }, visits: 5 },
      ],
    },
    visits: { left: null, perEntitlement: [1, 5], includes: {} },
  });

  it('the second entry of the day is free at a gate of two services, though the first pool is used up (rules 12 and 24)', () => {
    const facts = aTap([held(split, [aCharge({ serviceId: 'gym' })])], { services: [gym, pool] });
    expect(decide(facts, rulesFor({ services: ['gym', 'pool'] }))).toMatchObject({
      code: 'OK_REENTRY',
      entitlement: 'service:gym',
      charge: 0,
    });
  });

  it('a counted club card does not stand in the way of a free re-entry, nor of a gate that never charges (rules 17 and 24)', () => {
    const pass = aMembership({ id: 'pass', terms: { requiresClubCard: true } });
    const card = aMembership({ id: 'card', state: 'used_up', visits: counted(0), terms: { usage: 'club_card' } });
    expect(answer(aTap([held(pass, [aCharge()]), card]), rulesFor())).toBe('granted OK_REENTRY');
    expect(answer(aTap([pass, { ...card, state: 'active' }]), rulesFor({ charge: 'never' }))).toBe('granted OK');
    expect(answer(aTap([pass, { ...card, state: 'active' }]), rulesFor())).toBe('denied CLUB_CARD_MISSING');
  });

  it('a frozen card that is also outside its hours is refused, not asked about (section 5)', () => {
    const pass = aMembership({ id: 'pass', terms: { requiresClubCard: true } });
    const card = aMembership({
      id: 'card',
      freezes: [{ id: 'f', from: '2026-06-01', until: null }],
      terms: { usage: 'club_card', availability: [{ weekDays: [7], intervals: [{ from: 0, to: 60 }] }] },
    });
    expect(answer(aTap([pass, card]), rulesFor({ frozen: 'ask_staff' }))).toBe('denied CLUB_CARD_MISSING');
  });

  it('a first visit does not move an end that the membership already has (rule 9)', () => {
    const sold = aMembership({
      state: 'issued',
      startsOn: null,
      endsOn: '2026-06-30',
      terms: { activation: 'first_visit', validity: null },
    });
    expect(decide(aTap([sold]), rulesFor())).toMatchObject({ activation: { startsOn: '2026-06-15', endsOn: '2026-06-30' } });
  });

  it('a refusal on the night before the clocks change finds the next day (section 3)', () => {
    const starting = aMembership({ startsOn: '2026-03-29', endsOn: null });
    const now = at('2026-03-28T23:30+01:00');
    expect(decide(aTap([starting], { now }), rulesFor()).nextAllowedAt).toBe(at('2026-03-29T00:00+01:00'));
    const sundays = aMembership({
      startsOn: null,
      endsOn: null,
      terms: { availability: [{ weekDays: [7], intervals: [{ from: 600, to: 720 }] }] },
    });
    expect(decide(aTap([sundays], { now }), rulesFor()).nextAllowedAt).toBe(at('2026-03-29T10:00+02:00'));
  });

  it('of two that end today the one that ends at noon is used first (rule 22)', () => {
    const day = aMembership({ id: 'day', endsOn: '2026-06-15', visits: counted(3) });
    const noon = aMembership({ id: 'noon', endsOn: null, endsAt: at('2026-06-15T12:00+02:00'), visits: counted(8) });
    expect(decide(aTap([day, noon]), rulesFor())).toMatchObject({ membershipId: 'noon', chosenBy: 'ends' });
  });

  it('a staff card opens a free gate as a staff card (rule 31)', () => {
    const staff = aHolder({ credential: aCredential({ memberId: null }), member: null, staff: { id: 'st1', name: 'Ewa' } });
    const facts = aTap([], { credentials: [staff], gate: { direction: 'in', mode: 'free', waitingFor: null, lastRead: null } });
    expect(answer(facts, rulesFor())).toBe('granted STAFF_OVERRIDE');
  });

  it('a membership of thousands of years does not expire', () => {
    const long = aMembership({
      state: 'issued',
      startsOn: null,
      endsOn: null,
      terms: { activation: 'first_visit', validity: { length: 9999, unit: 'year' } },
    });
    expect(decide(aTap([long]), rulesFor())).toMatchObject({ activation: { endsOn: '9999-12-31' } });
  });
});

describe('gate modes, double reads and a busy gate (rules 25, 27, 28 and 31)', () => {
  const gate = (facts: Partial<Parameters<typeof decide>[0]['gate']>) => ({
    gate: { direction: 'in' as const, mode: 'controlled' as const, waitingFor: null, lastRead: null, ...facts },
  });
  const staffCard = aHolder({ credential: aCredential({ memberId: null }), member: null, staff: { id: 'st1', name: 'Ewa' } });

  it('a closed gate is closed for members and opens for staff', () => {
    expect(answer(aTap([aMembership()], gate({ mode: 'closed' })), rulesFor())).toBe('denied GATE_CLOSED');
    expect(answer(aTap([], { ...gate({ mode: 'closed' }), credentials: [staffCard] }), rulesFor())).toBe(
      'granted STAFF_OVERRIDE',
    );
  });

  it('a free gate lets everybody pass, and takes nothing', () => {
    for (const mode of ['free', 'emergency'] as const) {
      expect(answer(aTap([], { ...gate({ mode }), credentials: [] }), rulesFor())).toBe('granted FREE_PASSAGE');
      expect(decide(aTap([aMembership({ visits: counted(2) })], gate({ mode })), rulesFor())).toMatchObject({
        code: 'FREE_PASSAGE',
        charges: [],
        memberId: 'm1',
      });
    }
  });

  it('the same card within five seconds repeats the answer, at 5.001 seconds it asks again', () => {
    const first = decide(aTap([aMembership({ visits: counted(1) })]), rulesFor());
    const lastRead = { at: at('2026-06-15T08:00:00+02:00'), decision: first };
    const again = (ms: number) => decide(aTap([], { ...gate({ lastRead }), credentials: [], now: lastRead.at + ms }), rulesFor());
    expect(again(5000)).toMatchObject({ outcome: 'granted', code: 'DUPLICATE_READ', charges: [] });
    expect(again(5001)).toMatchObject({ outcome: 'denied', code: 'UNKNOWN_CREDENTIAL' });
  });

  it('while the gate is open for somebody, their own card is a double read and another waits', () => {
    const first = decide(aTap([aMembership()]), rulesFor());
    const waiting = gate({
      waitingFor: { read: 'rfid:042B73321A3180' },
      lastRead: { at: at('2026-06-15T07:59:50+02:00'), decision: first },
    });
    expect(answer(aTap([aMembership()], waiting), rulesFor())).toBe('granted DUPLICATE_READ');
    expect(answer(aTap([aMembership()], gate({ waitingFor: { read: 'rfid:00' } })), rulesFor())).toBe('denied GATE_BUSY');
  });

  it('an exit is never refused because of the member', () => {
    const out = gate({ direction: 'out' });
    expect(answer(aTap([aMembership({ state: 'cancelled' })], out), rulesFor())).toBe('granted OK');
    expect(decide(aTap([], { ...out, credentials: [], branch: null }), rulesFor())).toMatchObject({
      code: 'OK',
      charge: 0,
      charges: [],
    });
  });
});

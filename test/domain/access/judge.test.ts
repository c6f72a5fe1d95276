import { afterEach, describe, expect, it, vi } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Facts } from '../../../src/domain/access/facts.ts';
import { choiceRules, membershipRules, personRules, tapRules } from '../../../src/domain/access/order.ts';
import type { RuleAnswer } from '../../../src/domain/access/tap.ts';
import type { GateSettings } from '../../../src/domain/gate/gate-settings.ts';
import { answer, verdict } from '../../kit/answer.ts';
import {
  aBooking,
  aCharge,
  aHolder,
  aMember,
  aMembership,
  aTap,
  at,
  coaching,
  counted,
  gym,
  held,
  rulesFor,
} from '../../kit/facts.ts';

afterEach(() => vi.restoreAllMocks());

const closed = { availability: [{ weekDays: [7 as const], intervals: [{ from: 0, to: 60 }] }] };
const frozen = { freezes: [{ id: 'f', from: '2026-06-01', until: null }] };

describe('the refusal that is shown (rule 23)', () => {
  /** One refused at each step of section 5, in order. */
  const byStep: [step: string, code: string, membership: ReturnType<typeof aMembership>][] = [
    ['state', 'CANCELLED', aMembership({ id: 'z1', state: 'cancelled' })],
    ['term', 'EXPIRED', aMembership({ id: 'y2', endsOn: '2026-06-01' })],
    [
      'payment',
      'PAYMENT_FAILED',
      aMembership({ id: 'x3', payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-06-01' } }),
    ],
    ['branch', 'WRONG_BRANCH', aMembership({ id: 'w4', terms: { branchIds: ['north'] } })],
    [
      'service',
      'WRONG_SERVICE',
      aMembership({ id: 'v5', terms: { entitlements: [{ scope: { serviceId: 'pool' }, visits: null }] } }),
    ],
    ['individual', 'INDIVIDUAL_ONLY', aMembership({ id: 'u6', terms: { usage: 'individual' } })],
    ['freeze', 'FROZEN', aMembership({ id: 's8', ...frozen })],
    ['window', 'OUTSIDE_DAYS', aMembership({ id: 'r9', terms: closed })],
    ['club card', 'CLUB_CARD_MISSING', aMembership({ id: 'q10', terms: { requiresClubCard: true } })],
    ['visits', 'NO_VISITS_LEFT', aMembership({ id: 'p11', visits: counted(0) })],
  ];
  const facts = (memberships: ReturnType<typeof aMembership>[]) => aTap(memberships, { services: [gym] });
  const rules = rulesFor({ services: ['gym'] });

  it('is that of the membership that got furthest in the order of section 5', () => {
    const furthest = byStep.map((_, index) => {
      const memberships = byStep.slice(0, index + 1).map(([, , membership]) => membership);
      const code = decide(facts(memberships), rules).code;
      expect(decide(facts(memberships.toReversed()), rules).code).toBe(code);
      return code;
    });
    expect(furthest).toEqual(byStep.map(([, code]) => code));
  });

  it('where the session is what is missing stands between the kind and the freeze', () => {
    const required = rulesFor({ services: ['gym'], booking: 'required' });
    const [individual, freeze] = [byStep[5], byStep[6]].map((one) => one?.[2] as ReturnType<typeof aMembership>);
    expect(decide(facts([individual as never, aMembership({ id: 't7' })]), required).code).toBe('BOOKING_REQUIRED');
    expect(decide(facts([freeze as never]), required).code).toBe('BOOKING_REQUIRED');
  });

  it('a limit is told after the visits left: both are of the last step, and the order among memberships decides', () => {
    const limited = held(aMembership({ id: 'b', terms: { maxPerDay: 1 } }), [aCharge()]);
    const perEntry = { ...rules, gate: { ...rules.gate, services: [], charge: 'per_entry' as const } };
    expect(decide(aTap([aMembership({ id: 'c', visits: counted(0) }), limited]), perEntry).code).toBe('LIMIT_REACHED');
    const both = held(aMembership({ visits: counted(1), terms: { maxPerDay: 1 } }), [aCharge()]);
    expect(decide(aTap([both]), perEntry).code).toBe('NO_VISITS_LEFT');
  });

  it('every membership keeps its own in the explanation', () => {
    const decision = decide(facts(byStep.map(([, , membership]) => membership)), rules);
    expect(decision.refusals).toEqual(Object.fromEntries(byStep.map(([, code, { id }]) => [id, code])));
    for (const [, code, { id }] of byStep) {
      const verdicts = decision.explanation.memberships.find((one) => one.id === id)?.verdicts ?? [];
      expect(verdicts.map(({ rule, number }) => [rule, number])).toEqual(
        membershipRules.map(({ name, number }) => [name, number]),
      );
      expect(verdicts.find(({ result }) => result === 'refused')?.code).toBe(code);
    }
  });

  it('of those that got equally far, the first by the order of rule 22', () => {
    const two = [aMembership({ id: 'a', endsOn: '2026-06-12' }), aMembership({ id: 'b', endsOn: '2026-06-11' })];
    for (const memberships of [two, two.toReversed()]) {
      expect(decide(aTap(memberships), rulesFor()).params).toEqual({ endedOn: '2026-06-11' });
    }
  });

  it('of one membership is its first', () => {
    const all = aMembership({ ...frozen, endsOn: '2026-06-01', visits: counted(0), terms: { ...closed, branchIds: [] } });
    expect(decide(aTap([{ ...all, freezes: [] }]), rulesFor())).toMatchObject({ code: 'EXPIRED', refusals: { p1: 'EXPIRED' } });
  });

  it('is kept beside a grant too', () => {
    const decision = decide(aTap([aMembership({ id: 'a', state: 'cancelled' }), aMembership({ id: 'b' })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', membershipId: 'b', refusals: { a: 'CANCELLED' } });
    expect(decision.explanation.memberships.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

describe('asking staff (section 5)', () => {
  const asking: Partial<GateSettings> = { frozen: 'ask_staff' };
  const freezing = (row: Parameters<typeof aMembership>[0] = {}) => aMembership({ ...frozen, ...row });

  it('opens nothing, reserves nothing, and is not the last word where another membership is good', () => {
    expect(decide(aTap([freezing()]), rulesFor(asking))).toMatchObject({
      outcome: 'ask_staff',
      code: 'FROZEN',
      refusals: { p1: 'FROZEN' },
      membershipId: null,
      charges: [],
      charge: 0,
      left: null,
      activation: null,
      nextAllowedAt: null,
    });
    expect(answer(aTap([freezing(), aMembership({ id: 'good' })]), rulesFor(asking))).toBe('granted OK');
  });

  it('comes after a refusal of the same membership, whichever rule refuses', () => {
    expect(answer(aTap([freezing({ state: 'cancelled' })]), rulesFor(asking))).toBe('denied CANCELLED');
    expect(answer(aTap([freezing({ terms: closed })]), rulesFor(asking))).toBe('denied OUTSIDE_DAYS');
    expect(answer(aTap([freezing({ terms: { requiresClubCard: true } })]), rulesFor(asking))).toBe('denied CLUB_CARD_MISSING');
  });

  it('of one membership that asks twice carries the first code', () => {
    const pass = aMembership({ id: 'pass', ...frozen, terms: { requiresClubCard: true } });
    const card = aMembership({
      id: 'card',
      freezes: [{ id: 'g', from: '2026-06-02', until: null }],
      terms: { usage: 'club_card' },
    });
    const decision = decide(aTap([pass, card]), rulesFor(asking));
    expect(decision).toMatchObject({ outcome: 'ask_staff', code: 'FROZEN', params: { frozenFrom: '2026-06-01' } });
    expect(verdict(decision, 'club-card', 'pass')).toMatchObject({ result: 'asks', code: 'CLUB_CARD_FROZEN' });
  });

  it('is asked where another membership is refused', () => {
    for (const memberships of [
      [freezing(), aMembership({ id: 'a', state: 'cancelled' })],
      [aMembership({ id: 'a', state: 'cancelled' }), freezing()],
    ]) {
      expect(decide(aTap(memberships), rulesFor(asking))).toMatchObject({
        outcome: 'ask_staff',
        code: 'FROZEN',
        refusals: { p1: 'FROZEN', a: 'CANCELLED' },
      });
    }
  });

  it('of several that ask carries the code of the one that got furthest ("the code the `deny` policy would carry", rule 23)', () => {
    const memberships = [
      freezing({ id: 'a' }),
      aMembership({ id: 'b', terms: { requiresClubCard: true } }),
      aMembership({ id: 'card', ...frozen, terms: { usage: 'club_card' } }),
    ];
    expect(answer(aTap(memberships), rulesFor())).toBe('denied CLUB_CARD_FROZEN');
    expect(answer(aTap(memberships), rulesFor(asking))).toBe('ask_staff CLUB_CARD_FROZEN');
  });

  it('is refused where the zone, the data or the clock refuse', () => {
    const zone = { id: 'club', limit: 0, exemptTags: [], resetAt: 240 };
    expect(decide(aTap([freezing()]), rulesFor(asking, { zone }))).toMatchObject({ outcome: 'denied', code: 'ZONE_FULL' });
    const freshness = { warnAfterHours: 24, limitAfterHours: 720, counted: 'deny', unlimited: 'deny' } as const;
    const old = { data: { cursor: null, takenAt: null, contactAt: at('2026-01-01T00:00Z'), alone: false } };
    expect(answer(aTap([freezing()], old), rulesFor(asking, { freshness }))).toBe('denied STALE_DATA');
  });

  it('is one question where the data would ask too: the membership’s', () => {
    const freshness = { warnAfterHours: 24, limitAfterHours: 720, counted: 'ask_staff', unlimited: 'ask_staff' } as const;
    const old = { data: { cursor: null, takenAt: null, contactAt: at('2026-01-01T00:00Z'), alone: false } };
    expect(answer(aTap([freezing()], old), rulesFor(asking, { freshness }))).toBe('ask_staff FROZEN');
    expect(answer(aTap([aMembership()], old), rulesFor(asking, { freshness }))).toBe('ask_staff STALE_DATA');
  });

  it('of the data and the clock at once is the data’s, and a later refusal wins', () => {
    const freshness = { warnAfterHours: 24, limitAfterHours: 720, counted: 'ask_staff', unlimited: 'ask_staff' } as const;
    const facts = aTap([aMembership()], {
      clockTrusted: false,
      data: { cursor: null, takenAt: null, contactAt: at('2026-01-01T00:00Z'), alone: false },
    });
    const decision = decide(facts, rulesFor({}, { freshness }));
    expect(decision).toMatchObject({ outcome: 'ask_staff', code: 'STALE_DATA', refusals: {} });
    expect(decision.explanation.choice.map(({ rule, result }) => `${rule} ${result}`)).toEqual([
      'occupancy skipped',
      'freshness asks',
      'alone-bound skipped',
      'clock asks',
    ]);
    expect(answer(facts, rulesFor({}, { freshness, clock: { whenUntrusted: 'deny' } }))).toBe('denied CLOCK_UNTRUSTED');
  });
});

describe('the explanation', () => {
  it('names every rule that was asked, in the order of section 5', () => {
    const { explanation } = decide(aTap([aMembership({ id: 'a' }), aMembership({ id: 'b' })]), rulesFor());
    expect(explanation.tap.map(({ rule, number }) => [rule, number])).toEqual(
      [...tapRules, ...personRules].map(({ name, number }) => [name, number]),
    );
    expect(explanation.memberships.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(explanation.choice.map(({ rule, number }) => [rule, number])).toEqual(
      choiceRules.map(({ name, number }) => [name, number]),
    );
  });

  it('ends with the rule that answered', () => {
    const last = (facts: Facts, rules = rulesFor()) => decide(facts, rules).explanation.tap.at(-1);
    expect(last(aTap([], { credentials: [] }))).toMatchObject({
      rule: 'credential',
      result: 'refused',
      code: 'UNKNOWN_CREDENTIAL',
    });
    expect(last(aTap([]))).toMatchObject({ rule: 'member', result: 'refused', code: 'NO_MEMBERSHIP' });
    const out = aTap([], { gate: { direction: 'out', mode: 'controlled', waitingFor: null, lastRead: null } });
    expect(last(out)).toEqual({ rule: 'exit', number: 28, result: 'passed', code: 'OK', saw: {} });
    expect(decide(aTap([]), rulesFor()).explanation).toMatchObject({ memberships: [], choice: [] });
  });

  it('of a double read says that it is one', () => {
    const first = decide(aTap([aMembership()]), rulesFor());
    const lastRead = { at: at('2026-06-15T08:00+02:00'), decision: first };
    const again = decide(aTap([], { gate: { direction: 'in', mode: 'controlled', waitingFor: null, lastRead } }), rulesFor());
    expect(again.explanation.tap.at(-1)).toEqual({
      rule: 'double-read',
      number: 25,
      result: 'passed',
      code: 'DUPLICATE_READ',
      saw: {},
    });
    expect(again.explanation).toMatchObject({ memberships: [], choice: [] });
    expect(again).toMatchObject({
      outcome: 'granted',
      code: 'DUPLICATE_READ',
      membershipId: 'p1',
      charges: [],
      nextAllowedAt: null,
    });
  });
});

describe('warnings', () => {
  it('are those of the person, the membership that pays and the tap, each once', () => {
    const member = aMember({
      debt: { amount: '10', currency: 'PLN', since: null, terminatesOn: null },
      documents: [{ kind: 'medical', validUntil: '2026-06-20' }],
    });
    const inside = { visit: 1, since: at('2026-06-15T07:00+02:00'), maxStayMinutes: null };
    const failed = aMembership({
      id: 'z',
      visits: counted(9),
      payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-06-14' },
    });
    const facts = aTap([aMembership({ visits: counted(1) }), failed], {}, { member, inside });
    const rules = rulesFor({
      documents: [{ kind: 'medical', policy: 'warn', warnWithinDays: 14 }],
      antiPassback: { mode: 'soft', forgiveMinutes: null, exemptTags: [] },
    });
    const decision = decide(facts, rules);
    expect(decision).toMatchObject({ outcome: 'granted', membershipId: 'p1' });
    expect([...decision.warnings].sort()).toEqual([
      'WARN_ALREADY_INSIDE',
      'WARN_DEBT',
      'WARN_DOCUMENT_EXPIRES',
      'WARN_LAST_VISIT',
    ]);
    expect(decision.params).toMatchObject({ document: 'medical', insideSince: inside.since, amount: '10', left: 0 });
  });

  it('that a membership has do not stand beside its refusal', () => {
    const member = aMember({ debt: { amount: '10', currency: 'PLN', since: null, terminatesOn: null } });
    expect(decide(aTap([aMembership({ visits: counted(0) })], {}, { member }), rulesFor())).toMatchObject({
      code: 'NO_VISITS_LEFT',
      warnings: [],
    });
  });
});

describe('the rules that need the clock (rule 30)', () => {
  it('are left out while it is not trusted, and no others are', () => {
    const decision = decide(aTap([aMembership()], { clockTrusted: false }), rulesFor());
    const leftOut = [...decision.explanation.tap, ...(decision.explanation.memberships[0]?.verdicts ?? [])]
      .filter(({ saw }) => saw['clock'] === 'untrusted')
      .map(({ rule, result }) => `${rule} ${result}`);
    expect(leftOut).toEqual([
      'opening-hours skipped',
      'term skipped',
      'individual skipped',
      'session skipped',
      'freeze skipped',
      'window skipped',
      'limits skipped',
    ]);
  });
});

describe('a tap that got as far as the memberships', () => {
  it('knows the session somebody has come for by the bookings of whoever holds the card', () => {
    const bookings = [aBooking({}, { serviceId: 'coaching', individual: true, startsAt: at('2026-06-15T08:10+02:00') })];
    const individual = aMembership({ terms: { usage: 'individual' } });
    const facts = aTap([individual], { services: [coaching] }, { bookings });
    expect(decide(facts, rulesFor({ services: ['coaching'] }))).toMatchObject({ outcome: 'granted', bookingId: 'b1' });
    const nobodys = aTap([individual], { services: [coaching], credentials: [aHolder({ memberships: [held(individual)] })] });
    expect(decide(nobodys, rulesFor({ services: ['coaching'] }))).toMatchObject({ outcome: 'granted', bookingId: null });
  });
});

describe('facts that cannot be read', () => {
  const damaged = { ...aTap([aMembership()]), credentials: [{ credential: null }] } as unknown as Facts;

  it('keep the gate shut: no rule is to blame, and it is nobody’s card', () => {
    const decision = decide(damaged, rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'RULE_FAILED', credentialId: null, nextAllowedAt: null });
    expect(decision.params).toEqual({ rule: null });
    expect(decision.explanation).toEqual({ tap: [], memberships: [], choice: [] });
  });

  it('let an exit pass', () => {
    const decision = decide({ ...damaged, gate: { ...damaged.gate, direction: 'out' } }, rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK', credentialId: null, charges: [] });
  });
});

describe('a rule that fails', () => {
  const broken = () => {
    throw new Error('a rule that is broken');
  };

  it.each([...tapRules, ...personRules, ...choiceRules].map((rule) => [rule.name, rule] as const))(
    '%s: the gate stays shut, and staff are told which rule it was',
    (name, rule) => {
      vi.spyOn(rule, 'check').mockImplementation(broken);
      const decision = decide(aTap([aMembership()]), rulesFor());
      expect(decision).toMatchObject({ outcome: 'denied', code: 'RULE_FAILED', charges: [], nextAllowedAt: null });
      expect(decision.params).toEqual({ rule: name });
      const told = [...decision.explanation.tap, ...decision.explanation.choice].at(-1);
      expect(told).toEqual({ rule: name, number: rule.number, result: 'refused', code: 'RULE_FAILED', saw: { rule: name } });
    },
  );

  it.each(membershipRules.map((rule) => [rule.name, rule] as const))('%s: no membership opens', (name, rule) => {
    vi.spyOn(rule, 'check').mockImplementation(broken);
    const decision = decide(aTap([aMembership({ id: 'a' }), aMembership({ id: 'b' })]), rulesFor());
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'RULE_FAILED',
      params: { rule: name },
      refusals: { a: 'RULE_FAILED', b: 'RULE_FAILED' },
    });
    expect(verdict(decision, name, 'b')).toMatchObject({ result: 'refused', code: 'RULE_FAILED' });
  });

  it.each([
    ['a card that nobody holds', 'credential', aTap([aMembership()], { credentials: [] })],
    ['a branch that nobody knows', 'known-branch', aTap([aMembership()], { branch: null })],
  ])('and lets %s pass does not open the gate', (_, name, facts) => {
    const rule = tapRules.find((one) => one.name === name);
    vi.spyOn(rule as NonNullable<typeof rule>, 'check').mockReturnValue({ result: 'passed', saw: {} });
    const decision = decide(facts, rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'RULE_FAILED', params: {}, charges: [] });
    expect(decision.explanation.tap).toHaveLength(tapRules.length);
  });

  it('and lets somebody without a membership pass does not open the gate', () => {
    const rule = personRules.find(({ name }) => name === 'member');
    vi.spyOn(rule as NonNullable<typeof rule>, 'check').mockReturnValue({ result: 'passed', saw: {} });
    const decision = decide(aTap([]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'RULE_FAILED', refusals: {} });
    expect(decision.explanation.tap).toHaveLength(tapRules.length + personRules.length);
  });

  it('of one membership does not shut out another', () => {
    const term = membershipRules.find(({ name }) => name === 'term');
    const asked = term?.check.bind(term);
    vi.spyOn(term as NonNullable<typeof term>, 'check').mockImplementation((standing, tap): RuleAnswer => {
      if (standing.membership.id === 'a') throw new Error('a row that is broken');
      return asked?.(standing, tap) as RuleAnswer;
    });
    const decision = decide(aTap([aMembership({ id: 'a' }), aMembership({ id: 'b' })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', membershipId: 'b', refusals: { a: 'RULE_FAILED' } });
  });

  it.each(
    tapRules.filter(({ name }) => !['credential', 'known-branch'].includes(name)).map((rule) => [rule.name, rule] as const),
  )('%s: an exit lets pass', (name, rule) => {
    vi.spyOn(rule, 'check').mockImplementation(broken);
    const out = aTap([aMembership()], { gate: { direction: 'out', mode: 'controlled', waitingFor: null, lastRead: null } });
    const decision = decide(out, rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK', charge: 0, charges: [] });
    expect(decision.explanation.tap.at(-1)).toMatchObject({ rule: name, result: 'passed', code: 'OK' });
  });
});

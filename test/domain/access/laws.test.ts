import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Charge, Facts, HeldMembership } from '../../../src/domain/access/facts.ts';
import { membershipRules } from '../../../src/domain/access/order.ts';
import type { GateSettings } from '../../../src/domain/gate/gate-settings.ts';
import { membershipStates } from '../../../src/domain/member/membership.ts';
import { dayMs } from '../../../src/domain/schedule/instant.ts';
import { aCharge, aMembership, aTap, at, coaching, counted, gym, held, pool, rulesFor } from '../../kit/facts.ts';

const date = fc
  .integer({ min: -20, max: 20 })
  .map((days) => new Date(at('2026-06-15T00:00Z') + days * dayMs).toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const mostly = <const T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const scope = fc.constantFrom({ any: true as const }, { serviceId: 'gym' }, { serviceId: 'pool' }, { categoryId: 'fitness' });

const charge: fc.Arbitrary<Charge> = fc
  .record({
    visit: fc.integer({ min: 1, max: 9 }),
    days: fc.integer({ min: -20, max: 0 }),
    charge: fc.constantFrom(0, 1),
    serviceId: maybe(fc.constantFrom('gym', 'pool')),
  })
  .map(({ days, ...row }) => aCharge({ ...row, at: at('2026-06-15T07:00+02:00') + days * dayMs }));

const membership: fc.Arbitrary<HeldMembership> = fc
  .record({
    state: mostly('active', ...membershipStates),
    startsOn: maybe(date),
    endsOn: maybe(date),
    soldOn: maybe(date),
    left: maybe(fc.integer({ min: 0, max: 4 })),
    freeze: maybe(fc.record({ from: date, until: maybe(date) })),
    usage: mostly('regular', 'club_card', 'individual'),
    requiresClubCard: mostly(false, true),
    activation: mostly('sale', 'first_visit', 'fixed_date'),
    entitlements: fc.array(fc.record({ scope, visits: fc.constant(null) }), { minLength: 1, maxLength: 2 }),
    weekDays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
    maxPerWeek: maybe(fc.integer({ min: 1, max: 3 })),
    branchIds: mostly(null, ['north'], ['center'], []),
    unusable: fc.constantFrom(null, null, null, '`state` is `paused`'),
    charges: fc.array(charge, { maxLength: 3 }),
  })
  .map(({ left, freeze, usage, requiresClubCard, activation, entitlements, weekDays, maxPerWeek, branchIds, charges, ...row }) =>
    held(
      aMembership({
        ...row,
        visits: left === null ? { left: null, perEntitlement: null, includes: {} } : counted(left),
        freezes: freeze ? [{ id: 'f', ...freeze }] : [],
        terms: {
          usage,
          requiresClubCard,
          activation,
          entitlements,
          maxPerWeek,
          branchIds,
          availability: weekDays.length > 0 ? [{ weekDays: weekDays as never, intervals: [{ from: 420, to: 1320 }] }] : [],
        } as never,
      }),
      charges,
    ),
  );

const memberships = fc
  .array(membership, { maxLength: 4 })
  .map((all) => all.map((one, index) => ({ ...one, membership: { ...one.membership, id: `p${index}` } })));
const gateSettings: fc.Arbitrary<Partial<GateSettings>> = fc.record({
  services: mostly<string[]>([], ['gym'], ['pool', 'gym'], ['coaching']),
  charge: fc.constantFrom('per_day', 'per_entry', 'per_session', 'never'),
  frozen: fc.constantFrom('deny', 'ask_staff', 'unfreeze'),
});
const services = { gym, pool, coaching };
const minute = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => at('2026-06-08T00:00+02:00') + minutes * 60_000);

const tap = (all: HeldMembership[], gate: Partial<GateSettings>, now: number): Facts =>
  aTap(all, { now, services: (gate.services ?? []).map((id) => services[id as keyof typeof services]) });

describe('the laws of a decision', () => {
  it('nothing that does not grant opens: a grant always names the membership that passed every rule', () => {
    fc.assert(
      fc.property(memberships, gateSettings, minute, (all, gate, now) => {
        const decision = decide(tap(all, gate, now), rulesFor(gate));
        if (decision.outcome !== 'granted') {
          expect(decision.charges).toEqual([]);
          return;
        }
        const verdicts = decision.explanation.memberships.find(({ id }) => id === decision.membershipId)?.verdicts ?? [];
        expect(verdicts.length).toBe(membershipRules.length);
        expect(verdicts.filter(({ result }) => result === 'refused' || result === 'asks')).toEqual([]);
      }),
    );
  });

  it('the order in which memberships and charges arrived never matters', () => {
    fc.assert(
      fc.property(memberships, gateSettings, minute, (all, gate, now) => {
        const told = ({ explanation: _, ...decision }: ReturnType<typeof decide>) => decision;
        const there = decide(tap(all, gate, now), rulesFor(gate));
        const back = decide(tap([...all].reverse(), gate, now), rulesFor(gate));
        expect(told(back)).toEqual(told(there));
      }),
    );
  });

  it('one more membership never takes away what another grants', () => {
    fc.assert(
      fc.property(memberships, membership, gateSettings, minute, (all, more, gate, now) => {
        const before = decide(tap(all, gate, now), rulesFor(gate));
        const after = decide(
          tap([...all, { ...more, membership: { ...more.membership, id: 'more' } }], gate, now),
          rulesFor(gate),
        );
        if (before.outcome === 'granted') expect(after.outcome).toBe('granted');
      }),
    );
  });

  it('an unusable or cancelled membership never pays', () => {
    fc.assert(
      fc.property(memberships, gateSettings, minute, (all, gate, now) => {
        const { membershipId, outcome } = decide(tap(all, gate, now), rulesFor(gate));
        const payer = all.find((one) => one.membership.id === membershipId)?.membership;
        if (outcome === 'granted') expect([payer?.unusable, payer?.state === 'cancelled']).toEqual([null, false]);
      }),
    );
  });

  it('left never exceeds the central figure, and no visit is taken where none is left', () => {
    fc.assert(
      fc.property(memberships, gateSettings, minute, (all, gate, now) => {
        const decision = decide(tap(all, gate, now), rulesFor(gate));
        const payer = all.find((one) => one.membership.id === decision.membershipId)?.membership;
        if (!payer || payer.visits.left === null) return;
        expect(decision.left).toBeGreaterThanOrEqual(0);
        expect(decision.left).toBeLessThanOrEqual(payer.visits.left - decision.charge);
      }),
    );
  });

  it('at the next allowed instant the same tap is granted, and a millisecond before it is not', () => {
    let seen = 0;
    fc.assert(
      fc.property(memberships, gateSettings, minute, (all, gate, now) => {
        const { nextAllowedAt } = decide(tap(all, gate, now), rulesFor(gate));
        if (nextAllowedAt === null) return;
        seen += 1;
        expect(nextAllowedAt).toBeGreaterThan(now);
        expect(decide(tap(all, gate, nextAllowedAt), rulesFor(gate)).outcome).toBe('granted');
        expect(decide(tap(all, gate, nextAllowedAt - 1), rulesFor(gate)).outcome).not.toBe('granted');
      }),
      { numRuns: 1000 },
    );
    expect(seen).toBeGreaterThan(20);
  });

  it('a refusal without a next time is still a refusal on every hour of the coming two weeks', () => {
    fc.assert(
      fc.property(memberships, gateSettings, minute, (all, gate, now) => {
        const decision = decide(tap(all, gate, now), rulesFor(gate));
        if (decision.outcome !== 'denied' || decision.nextAllowedAt !== null) return;
        for (let later = now; later <= now + 14 * dayMs; later += dayMs / 24) {
          expect(decide(tap(all, gate, later), rulesFor(gate)).outcome).not.toBe('granted');
        }
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['a zone that does not exist', { branch: { ...aTap([]).branch, timeZone: 'Europe/Atlantis' } }],
    ['a credential row that is none', { credentials: [{ credential: null }] }],
    [
      'a membership row that is none',
      { credentials: [{ ...aTap([]).credentials[0], memberships: [{ membership: null, charges: [] }] }] },
    ],
    ['no services', { services: null }],
  ])('%s refuses an entry, and still lets an exit pass', (_, broken) => {
    const facts = { ...aTap([aMembership()]), ...broken } as unknown as Facts;
    const gate = { services: ['gym'] };
    expect(decide(facts, rulesFor(gate))).toMatchObject({ outcome: 'denied', code: 'RULE_FAILED' });
    expect(decide({ ...facts, gate: { ...facts.gate, direction: 'out' } }, rulesFor(gate))).toMatchObject({
      outcome: 'granted',
      code: 'OK',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Facts } from '../../../../src/domain/access/facts.ts';
import { verdict } from '../../../kit/answer.ts';
import { aBooking, aMembership, aTap, at, coaching, gym, rulesFor } from '../../../kit/facts.ts';

const individual = aMembership({ terms: { usage: 'individual' } });
const regular = aMembership();

/** A tap at 08:00 at a gate to `service` (null: a general entry), with an hour at 08:10 booked or not. */
const tap = (
  membership: typeof regular,
  service: typeof gym | null,
  session: { individual: boolean; title?: string } | null = null,
  facts: Partial<Facts> = {},
) => {
  const services = service === null ? [] : [service];
  const startsAt = at('2026-06-15T08:10+02:00');
  const bookings = session === null ? [] : [aBooking({}, { serviceId: service?.id ?? 'yoga', startsAt, ...session })];
  const rules = rulesFor({ services: services.map(({ id }) => id) }, { clock: { whenUntrusted: 'allow' } });
  return decide(aTap([membership], { services, ...facts }, { bookings }), rules);
};

const passed = { rule: 'individual', number: 13, result: 'passed', code: null, saw: {} };

describe('an individual membership (rule 13)', () => {
  it('enters for an individual service or session', () => {
    for (const decision of [
      tap(individual, coaching),
      tap(individual, coaching, { individual: false }),
      tap(individual, gym, { individual: true }),
      tap(individual, null, { individual: true }),
    ]) {
      expect(decision.outcome).toBe('granted');
      expect(verdict(decision, 'individual')).toEqual(passed);
    }
  });

  it('is refused for anything else', () => {
    for (const decision of [tap(individual, gym), tap(individual, gym, { individual: false })]) {
      expect(decision).toMatchObject({ outcome: 'denied', code: 'INDIVIDUAL_ONLY', refusals: { p1: 'INDIVIDUAL_ONLY' } });
      expect(decision.params).toEqual({});
    }
  });

  it('needs a chosen individual session at a general entry', () => {
    expect(tap(individual, null).code).toBe('INDIVIDUAL_ONLY');
    expect(tap(individual, null, { individual: false }).code).toBe('INDIVIDUAL_ONLY');
  });

  it('waits there until its session lets in', () => {
    const bookings = [aBooking({}, { individual: true, startsAt: at('2026-06-15T10:00+02:00') })];
    expect(decide(aTap([individual], {}, { bookings }), rulesFor())).toMatchObject({
      code: 'INDIVIDUAL_ONLY',
      nextAllowedAt: at('2026-06-15T09:30+02:00'),
    });
  });
});

describe('a regular membership (rule 13)', () => {
  it('enters for what is not individual', () => {
    for (const decision of [
      tap(regular, gym),
      tap(regular, null),
      tap(regular, gym, { individual: false }),
      tap(regular, null, { individual: false }),
    ]) {
      expect(decision.outcome).toBe('granted');
      expect(verdict(decision, 'individual')).toEqual(passed);
    }
  });

  it('is refused at an individual service, by its name', () => {
    const decision = tap(regular, coaching);
    expect(decision).toMatchObject({ outcome: 'denied', code: 'WRONG_SERVICE', params: { service: 'Coaching' } });
    expect(verdict(decision, 'individual')).toMatchObject({
      result: 'refused',
      code: 'WRONG_SERVICE',
      saw: { service: 'Coaching' },
    });
  });

  it('is refused for an individual session, by its title', () => {
    expect(tap(regular, gym, { individual: true }).params).toEqual({ service: 'Yoga' });
    expect(tap(regular, gym, { individual: true, title: '' }).params).toEqual({ service: 'Gym' });
    expect(tap(regular, null, { individual: true }).params).toEqual({ service: 'Yoga' });
    expect(tap(regular, null, { individual: true, title: '' })).toMatchObject({
      code: 'WRONG_SERVICE',
      params: { service: null },
    });
  });
});

describe('a membership that covers nothing of the gate (rule 12)', () => {
  it('is refused for that, and this rule has nothing against it', () => {
    const poolOnly = aMembership({ terms: { entitlements: [{ scope: { serviceId: 'pool' }, visits: null }] } });
    const decision = tap(poolOnly, gym);
    expect(decision.code).toBe('WRONG_SERVICE');
    expect(verdict(decision, 'individual')).toEqual(passed);
  });
});

describe('while the clock is not trusted (rules 13 and 30)', () => {
  const untrusted = { clockTrusted: false };

  it('nobody can tell for which session somebody has come: at a general entry nothing is asked', () => {
    for (const membership of [individual, regular]) {
      const decision = tap(membership, null, { individual: membership === regular }, untrusted);
      expect(decision.outcome).toBe('granted');
      expect(verdict(decision, 'individual')).toMatchObject({ result: 'skipped', code: null, saw: { clock: 'untrusted' } });
    }
  });

  it('the service of the gate stands', () => {
    expect(tap(individual, coaching, null, untrusted).outcome).toBe('granted');
    expect(tap(regular, coaching, null, untrusted).code).toBe('WRONG_SERVICE');
    expect(tap(individual, gym, null, untrusted).code).toBe('INDIVIDUAL_ONLY');
  });
});

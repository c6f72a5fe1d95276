import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { verdict } from '../../../kit/answer.ts';
import { aMembership, aTap, gym, pool, rulesFor } from '../../../kit/facts.ts';

const covering = (...scopes: ({ any: true } | { serviceId: string } | { categoryId: string })[]) =>
  aMembership({ terms: { entitlements: scopes.map((scope) => ({ scope, visits: null })) } });
const at = (services: (typeof gym)[]) => ({ services });
const gate = (services: (typeof gym)[]) => rulesFor({ services: services.map(({ id }) => id) });

describe('what a gate leads to (rule 12)', () => {
  it.each([
    ['the service itself', { serviceId: 'gym' }, 'service:gym'],
    ['its category', { categoryId: 'fitness' }, 'category:fitness'],
    ['anything', { any: true as const }, 'any'],
  ])('an entitlement to %s opens, and the explanation names both', (_, scope, entitlement) => {
    const decision = decide(aTap([covering(scope)], at([gym])), gate([gym]));
    expect(decision).toMatchObject({ outcome: 'granted', entitlement, serviceId: 'gym' });
    expect(verdict(decision, 'service')).toEqual({
      rule: 'service',
      number: 12,
      result: 'passed',
      code: null,
      saw: { service: 'Gym', entitlement },
    });
  });

  it.each([
    ['another service', [{ serviceId: 'pool' }]],
    ['another category', [{ categoryId: 'water' }]],
    ['nothing', []],
  ])('an entitlement to %s does not, and the refusal names the service of the gate', (_, scopes) => {
    const decision = decide(aTap([covering(...scopes)], at([gym])), gate([gym]));
    expect(decision).toMatchObject({ outcome: 'denied', code: 'WRONG_SERVICE', refusals: { p1: 'WRONG_SERVICE' } });
    expect(decision.params).toEqual({ service: 'Gym' });
    expect(verdict(decision, 'service')).toMatchObject({ result: 'refused', code: 'WRONG_SERVICE', saw: { service: 'Gym' } });
  });

  it('a service without a category is not of the category nobody named', () => {
    const loose = { ...gym, categoryId: null as never };
    expect(decide(aTap([covering({ categoryId: 'fitness' })], at([loose])), gate([loose])).code).toBe('WRONG_SERVICE');
  });

  it('one of several services is enough, and all of them are named where none is', () => {
    expect(decide(aTap([covering({ serviceId: 'pool' })], at([gym, pool])), gate([gym, pool]))).toMatchObject({
      outcome: 'granted',
      serviceId: 'pool',
    });
    expect(decide(aTap([covering({ serviceId: 'sauna' })], at([gym, pool])), gate([gym, pool])).params).toEqual({
      service: 'Gym, Pool',
    });
  });

  it('at a general entry every entitlement fits, and none at all does not', () => {
    const decision = decide(aTap([covering({ serviceId: 'sauna' })]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'granted', entitlement: 'service:sauna', serviceId: null });
    expect(verdict(decision, 'service').saw).toEqual({ service: null, entitlement: 'service:sauna' });
    const refused = decide(aTap([covering()]), rulesFor());
    expect(refused).toMatchObject({ outcome: 'denied', code: 'WRONG_SERVICE' });
    expect(refused.params).toEqual({ service: null });
  });

  it('a gate whose service is not in the data covers nothing', () => {
    expect(decide(aTap([covering({ any: true })]), rulesFor({ services: ['gone'] })).code).toBe('WRONG_SERVICE');
  });
});

describe('a club card pays for no entry (rule 17)', () => {
  const card = aMembership({ terms: { usage: 'club_card' } });

  it('and is refused at the service step', () => {
    const decision = decide(aTap([card]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'WRONG_SERVICE', params: { service: null } });
    const atGate = decide(aTap([card], at([gym])), gate([gym]));
    expect(atGate).toMatchObject({ outcome: 'denied', code: 'WRONG_SERVICE', params: { service: 'Gym' } });
  });

  it('after what comes before that step', () => {
    expect(decide(aTap([{ ...card, state: 'cancelled' }]), rulesFor()).code).toBe('CANCELLED');
  });
});

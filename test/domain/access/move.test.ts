import { describe, expect, it } from 'vitest';
import { type MoveFacts, planMove } from '../../../src/domain/access/move.ts';
import type { Visit } from '../../../src/domain/journal/visit.ts';
import { aCharge, aGate, aMembership, at, coaching, counted, gym, held, pool, warsaw } from '../../kit/facts.ts';

/** Anna's visit of 15 June at 08:00, paid by `p1`. */
const aVisit = (visit: Partial<Visit> = {}): Visit => ({
  number: 7,
  entry: 12,
  at: at('2026-06-15T08:00+02:00'),
  gate: 'main-in',
  zone: 'club',
  branchId: 'center',
  direction: 'in',
  memberId: 'm1',
  credentialId: 'c1',
  person: 'member:m1',
  serviceId: null,
  bookingId: null,
  charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }],
  activation: null,
  endsFreeze: null,
  state: 'committed',
  ...visit,
});

const other = (row: Parameters<typeof aMembership>[0] = {}) => aMembership({ id: 'p2', ...row });

const plan = (facts: Partial<MoveFacts> = {}) =>
  planMove({ visit: aVisit(), to: held(other()), branch: warsaw, gate: aGate(), service: null, ...facts });

describe('moving a charge to another membership (rule 22)', () => {
  it('the other membership pays what the visit cost', () => {
    expect(plan()).toEqual({ charges: [{ membershipId: 'p2', charge: 1, entitlement: 0 }], activation: null });
    const three = aVisit({ charges: [{ membershipId: 'p1', charge: 3, entitlement: 0 }] });
    expect(plan({ visit: three })).toMatchObject({ charges: [{ membershipId: 'p2', charge: 3, entitlement: 0 }] });
  });

  it('a club card that was charged beside it stays charged', () => {
    const card = { membershipId: 'card', charge: 1, entitlement: null };
    const visit = aVisit({ charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }, card] });
    expect(plan({ visit })).toMatchObject({ charges: [{ membershipId: 'p2', charge: 1, entitlement: 0 }, card] });
  });

  it('the visit activates a membership that waits for its first, on the club day of the tap', () => {
    const to = held(other({ state: 'issued', startsOn: null, endsOn: null, terms: { activation: 'first_visit' } }));
    expect(plan({ to })).toMatchObject({ activation: { startsOn: '2026-06-15', endsOn: '2026-07-14' } });
    const branch = { ...warsaw, dayStartsAt: 9 * 60 };
    expect(plan({ to, branch })).toMatchObject({ activation: { startsOn: '2026-06-14', endsOn: '2026-07-13' } });
  });

  it('spends the entitlement to the service that was entered', () => {
    const bundle = held(
      other({
        visits: { left: null, perEntitlement: [8, 4], includes: {} },
        terms: {
          pool: 'split',
          entitlements: [
            { scope: { serviceId: 'gym' }, visits: 8 },
            { scope: { serviceId: 'pool' }, visits: 4 },
          ],
        },
      }),
    );
    expect(plan({ to: bundle, service: pool })).toMatchObject({ charges: [{ membershipId: 'p2', entitlement: 1 }] });
    expect(plan({ to: bundle, service: gym })).toMatchObject({ charges: [{ membershipId: 'p2', entitlement: 0 }] });
    expect(plan({ to: bundle, gate: aGate({ services: ['pool'] }) })).toMatchObject({ charges: [{ entitlement: 0 }] });
  });

  it('the last visit is enough, and one that was paid today is not free', () => {
    expect(plan({ to: held(other({ visits: counted(1) })) })).toMatchObject({ charges: [{ charge: 1 }] });
    const paid = held(other({ visits: counted(1) }), [aCharge()]);
    expect(plan({ to: paid })).toEqual({ problem: 'membership `p2` has no visits left' });
    expect(plan({ to: held(other({ visits: counted(0) })), gate: aGate({ charge: 'never' }) })).toHaveProperty('problem');
  });
});

describe('a charge that cannot be moved (rule 22)', () => {
  const problem = (facts: Partial<MoveFacts>) => {
    const answer = plan(facts);
    return 'problem' in answer ? answer.problem : 'moved';
  };

  it('while the person still stands at the gate', () => {
    expect(problem({ visit: aVisit({ state: 'reserved' }) })).toBe(
      'visit 7 still waits at its gate: try again when the person has gone through',
    );
  });

  it('of a visit that was given back', () => {
    expect(problem({ visit: aVisit({ state: 'released' }) })).toBe('visit 7 was given back: there is nothing to move');
  });

  it('of a visit that cost nothing', () => {
    const free = 'visit 7 took no visit from any membership: there is nothing to move';
    expect(problem({ visit: aVisit({ charges: [] }) })).toBe(free);
    expect(problem({ visit: aVisit({ charges: [{ membershipId: 'p1', charge: 0, entitlement: 0 }] }) })).toBe(free);
  });

  it('to the membership that paid', () => {
    expect(problem({ to: held(other({ id: 'p1' })) })).toBe('visit 7 is paid by membership `p1` already');
  });

  it('to a membership of somebody else, and of a bearer’s visit to any', () => {
    const notTheirs = 'membership `p2` is not one of the member who made visit 7';
    expect(problem({ to: held(other({ memberIds: ['m2'] })) })).toBe(notTheirs);
    expect(problem({ to: held(other({ memberIds: ['m2', 'm1'] })) })).toBe('moved');
    expect(problem({ visit: aVisit({ memberId: null }) })).toBe(notTheirs);
  });

  it('to one with a value that nobody knows', () => {
    expect(problem({ to: held(other({ unusable: '`state` is `paused`' })) })).toBe(
      'membership `p2` cannot be used: `state` is `paused`',
    );
  });

  it('to a club card', () => {
    expect(problem({ to: held(other({ terms: { usage: 'club_card' } })) })).toBe(
      'membership `p2` is a club card, which pays for no entry',
    );
  });

  it('to one that does not cover what was entered', () => {
    const gymOnly = held(other({ terms: { entitlements: [{ scope: { serviceId: 'gym' }, visits: null }] } }));
    const uncovered = 'membership `p2` does not cover what was entered with visit 7';
    expect(problem({ to: gymOnly, service: pool })).toBe(uncovered);
    expect(problem({ to: gymOnly, service: gym })).toBe('moved');
    expect(problem({ to: gymOnly })).toBe('moved');
    expect(problem({ to: held(other({ limitedTo: { branchIds: null, serviceIds: [] } })) })).toBe(uncovered);
    expect(problem({ to: held(other()), service: coaching })).toBe('moved');
  });

  it('to one that has not the visits left', () => {
    const none = 'membership `p2` has no visits left';
    expect(problem({ to: held(other({ visits: counted(0) })) })).toBe(none);
    const three = aVisit({ charges: [{ membershipId: 'p1', charge: 3, entitlement: 0 }] });
    expect(problem({ visit: three, to: held(other({ visits: counted(2) })) })).toBe(none);
    expect(problem({ visit: three, to: held(other({ visits: counted(3) })) })).toBe('moved');
  });
});

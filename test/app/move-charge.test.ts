import { describe, expect, it } from 'vitest';
import { leftOf } from '../../src/domain/access/balance.ts';
import type { GateSettings } from '../../src/domain/gate/gate-settings.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { type BoxOnFakes, boxOnFakes } from '../kit/box-on-fakes.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import { annasCard, smallClub } from '../kit/running-gateway.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;
const hourMs = 3_600_000;

const any = { scope: { any: true } };
const pass = (id: string, row: object = {}) => {
  return { id, memberIds: ['anna'], state: 'active', startsOn: '2026-06-01', endsOn: '2026-07-31', visits: { left: 5 }, ...row };
};

/** Anna has a pass that ends first, and so pays, and others. */
const club = () => ({
  ...smallClub(),
  services: [{ id: 'gym', title: 'Gym', categoryId: 'fitness' }],
  memberships: [
    pass('june', { endsOn: '2026-06-30', terms: { entitlements: [any] } }),
    pass('july', { terms: { entitlements: [any] } }),
    pass('empty', { visits: { left: 0 }, terms: { entitlements: [any] } }),
    pass('pool', { terms: { entitlements: [{ scope: { serviceId: 'pool' } }] } }),
    pass('card', { terms: { usage: 'club_card', entitlements: [any] } }),
    pass('odd', { state: 'asleep', terms: { entitlements: [any] } }),
    pass('piotrs', { memberIds: ['piotr'], terms: { entitlements: [any] } }),
    pass('month', {
      state: 'issued',
      startsOn: null,
      endsOn: null,
      soldOn: '2026-06-01',
      visits: { left: null },
      terms: { activation: 'first_visit', validity: { length: 1, unit: 'month' }, entitlements: [any] },
    }),
  ],
});

function entered(gate: Partial<GateSettings> = {}, journal: Journal = fakeJournal()): BoxOnFakes {
  const opened = boxOnFakes([{ id: 'main-in', services: ['gym'], ...gate }], { snapshot: club(), journal });
  expect(opened.box.tap('main-in', anna, null)).toMatchObject({ code: 'OK', membershipId: 'june' });
  return opened;
}

const request = { visit: 1, to: 'july', staff: 'Ewa', reason: 'Anna asked for it' };

function left({ journal, clubData }: BoxOnFakes, id: string): number | null {
  const membership = clubData.membership(id);
  return membership && leftOf({ membership, charges: journal.charges([id]).get(id) ?? [] }, null);
}

describe('staff let another membership pay for a visit', () => {
  it('the first one gets its visit back and the other gives one', () => {
    const opened = entered();
    expect([left(opened, 'june'), left(opened, 'july')]).toEqual([4, 5]);
    expect(opened.box.frontDesk.moveCharge(request)).toEqual({ done: true, entry: 2 });
    expect([left(opened, 'june'), left(opened, 'july')]).toEqual([5, 4]);
  });

  it('the journal says who did it and why, and the visit keeps the instant of its tap under a number of its own', () => {
    const { box, clock, journal } = entered();
    const tappedAt = clock.now();
    clock.advance(hourMs);
    box.frontDesk.moveCharge({ ...request, reason: '  Anna asked for it ' });
    expect(journal.newest()).toMatchObject({
      at: tappedAt + hourMs,
      visitNumber: 2,
      event: { kind: 'move', staff: 'Ewa', reason: 'Anna asked for it', replaces: 1, tappedAt },
    });
    expect([journal.visit(1)?.state, journal.visit(2)]).toMatchObject([
      'released',
      { at: tappedAt, state: 'committed', memberId: 'anna' },
    ]);
    expect(journal.verify()).toMatchObject({ faults: [] });
  });

  it('nobody is counted inside twice, or not at all, because of it', () => {
    const { box } = entered();
    box.frontDesk.moveCharge(request);
    expect(box.frontDesk.status().zones).toEqual([{ id: 'club', inside: 1, limit: null }]);
  });

  it('coming back the same day is free on the membership that pays now', () => {
    const { box, clock } = entered();
    box.frontDesk.moveCharge(request);
    clock.advance(hourMs);
    expect(box.tap('main-in', anna, null)).toMatchObject({ code: 'OK_REENTRY', membershipId: 'july' });
  });

  it('a membership that waits for its first visit is activated on the day of that visit', () => {
    const { box, clock, journal } = entered();
    clock.advance(30 * hourMs);
    expect(box.frontDesk.moveCharge({ ...request, to: 'month' })).toMatchObject({ done: true });
    expect(journal.visit(2)?.activation).toEqual({ startsOn: '2026-06-15', endsOn: '2026-07-14' });
  });

  it('it may be moved on, and back', () => {
    const opened = entered();
    opened.box.frontDesk.moveCharge(request);
    expect(opened.box.frontDesk.moveCharge({ ...request, visit: 2, to: 'month' })).toMatchObject({ done: true });
    expect(opened.box.frontDesk.moveCharge({ ...request, visit: 3, to: 'june' })).toMatchObject({ done: true });
    expect([left(opened, 'june'), left(opened, 'july')]).toEqual([4, 5]);
  });

  it('an override that took a visit may be moved too', () => {
    const { box } = boxOnFakes([{ id: 'main-in' }], { snapshot: club() });
    const letIn = { gate: 'main-in', staff: 'Ewa', reason: 'no card', memberId: 'anna', answers: null, charge: true };
    expect(box.frontDesk.letIn(letIn)).toMatchObject({ done: true });
    expect(box.frontDesk.moveCharge(request)).toMatchObject({ done: true });
  });
});

describe('a charge is not moved', () => {
  it.each<[string, Partial<typeof request>, string]>([
    ['without a reason', { reason: '  ' }, 'say in a few words why'],
    ['when there is no such visit', { visit: 7 }, 'there is no visit 7'],
    ['when there is no such membership', { to: 'nothing' }, 'there is no membership `nothing`'],
    ['to the one that pays already', { to: 'june' }, 'paid by membership `june` already'],
    ['to a membership of another member', { to: 'piotrs' }, 'not one of the member'],
    ['to one without visits left', { to: 'empty' }, 'no visits left'],
    ['to one that does not cover what was entered', { to: 'pool' }, 'does not cover what was entered'],
    ['to a club card', { to: 'card' }, 'club card'],
    ['to one whose state nobody knows', { to: 'odd' }, 'cannot be used'],
  ])('%s', (_when, wrong, problem) => {
    const { box, journal } = entered();
    expect(box.frontDesk.moveCharge({ ...request, ...wrong })).toEqual({
      done: false,
      problem: expect.stringContaining(problem),
    });
    expect(journal.newest()?.number).toBe(1);
  });

  it('after the time that the settings give staff', () => {
    const { box, clock } = entered();
    clock.advance(48 * hourMs);
    expect(box.frontDesk.recent(5, 'en')[0]?.movableUntil).toBe(clock.now());
    clock.advance(1);
    expect(box.frontDesk.moveCharge(request)).toEqual({ done: false, problem: expect.stringContaining('older than 48 hours') });
  });

  it('while the person is still expected at the gate', () => {
    const { box } = entered({ passage: 'reported' });
    expect(box.frontDesk.moveCharge(request)).toEqual({
      done: false,
      problem: expect.stringContaining('still waits at its gate'),
    });
    expect(box.frontDesk.recent(5, 'en')[0]?.movableUntil).toBeNull();
    box.gates.get('main-in')?.passage('in');
    expect(box.frontDesk.moveCharge(request)).toMatchObject({ done: true });
  });

  it('of a visit that was given back', () => {
    const { box, clock } = entered({ passage: 'reported' });
    clock.advance(10_000);
    expect(box.frontDesk.moveCharge(request)).toEqual({ done: false, problem: expect.stringContaining('was given back') });
  });

  it('of a visit that was free', () => {
    const { box, clock } = entered();
    clock.advance(hourMs);
    expect(box.tap('main-in', anna, null).code).toBe('OK_REENTRY');
    expect(box.frontDesk.moveCharge({ ...request, visit: 2 })).toEqual({
      done: false,
      problem: expect.stringContaining('took no visit'),
    });
    expect(box.frontDesk.recent(1, 'en')[0]?.movableUntil).toBeNull();
  });

  it('when the disk refuses', () => {
    const journal = fakeJournal();
    const { box } = entered({}, journal);
    journal.append = () => {
      throw new Failure('refused', 'the disk is full', { retry: true });
    };
    expect(box.frontDesk.moveCharge(request)).toEqual({ done: false, problem: expect.stringContaining('nothing was moved') });
  });
});

describe('the memberships that could pay instead', () => {
  it('are those of the member but the one that pays, each with whether it may', () => {
    const { box } = entered();
    const payers = box.frontDesk.payersFor(1, 'en');
    expect(payers.map(({ id, mayPay }) => `${id} ${mayPay}`)).toEqual([
      'card false',
      'empty false',
      'july true',
      'month true',
      'odd false',
      'pool false',
    ]);
    expect(payers.find(({ id }) => id === 'july')?.text).toContain('5 visits left · until 31 July');
  });

  it('are none once it is too late, and none for a visit that nobody made', () => {
    const { box, clock } = entered();
    expect(box.frontDesk.payersFor(2, 'en')).toEqual([]);
    clock.advance(49 * hourMs);
    expect(box.frontDesk.payersFor(1, 'en').filter(({ mayPay }) => mayPay)).toEqual([]);
  });
});

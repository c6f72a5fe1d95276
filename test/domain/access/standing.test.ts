import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/domain/access/decide.ts';
import type { Charge, Facts } from '../../../src/domain/access/facts.ts';
import { freezeOn, standingOf } from '../../../src/domain/access/standing.ts';
import type { GateSettings } from '../../../src/domain/gate/gate-settings.ts';
import type { Activation, Freeze, Terms } from '../../../src/domain/member/membership.ts';
import { clubDate } from '../../../src/domain/schedule/local-time.ts';
import { aBooking, aCharge, aGate, aMembership, aTap, at, counted, held, rulesFor, warsaw } from '../../kit/facts.ts';

type Row = Omit<NonNullable<Parameters<typeof aMembership>[0]>, 'terms'>;

/** Sold on 1 June to begin with its first visit. */
const unused = (terms: Partial<Terms> = {}, row: Row = {}) =>
  aMembership({ state: 'issued', startsOn: null, endsOn: null, ...row, terms: { activation: 'first_visit', ...terms } });

/** The membership as it stands for Anna on 15 June at 08:00. */
const standing = (
  membership: ReturnType<typeof aMembership>,
  charges: Charge[] = [],
  {
    now = at('2026-06-15T08:00+02:00'),
    clockTrusted = true,
    branch = warsaw,
  }: Partial<Pick<Facts, 'now' | 'clockTrusted'>> & { branch?: typeof warsaw } = {},
) =>
  standingOf(held(membership, charges), {
    now,
    today: clubDate(now, branch.timeZone, branch.dayStartsAt),
    branch,
    gate: aGate(),
    services: [],
    memberId: 'm1',
    chosen: null,
    clockTrusted,
  });

const decideAt = (
  now: string,
  membership: Parameters<typeof aTap>[0][number],
  facts: Partial<Facts> = {},
  gate: Partial<GateSettings> = {},
) => decide(aTap([membership], { now: at(now), ...facts }), rulesFor(gate));

const july: Activation = { startsOn: '2026-06-10', endsOn: '2026-07-09' };
const activating = (row: Partial<Charge> = {}) => aCharge({ activation: july, at: at('2026-06-10T08:00+02:00'), ...row });

describe('a first visit (rule 9)', () => {
  it('sets start and end on the club day of its tap', () => {
    const on = (now: string, branch = warsaw) => decideAt(now, unused(), { branch }).activation;
    expect(on('2026-06-15T08:00+02:00')).toEqual({ startsOn: '2026-06-15', endsOn: '2026-07-14' });
    const nightClub = { ...warsaw, dayStartsAt: 240 };
    expect(on('2026-06-15T03:59:59.999+02:00', nightClub)).toEqual({ startsOn: '2026-06-14', endsOn: '2026-07-13' });
    expect(on('2026-06-15T04:00+02:00', nightClub)).toEqual({ startsOn: '2026-06-15', endsOn: '2026-07-14' });
  });

  it('tells the member both dates, and the last day is that of the grant', () => {
    const decision = decideAt('2026-06-15T08:00+02:00', unused());
    expect(decision).toMatchObject({ code: 'OK', endsOn: '2026-07-14' });
    expect(decision.params).toEqual({ activatedOn: '2026-06-15', activatedUntil: '2026-07-14', stayMinutes: null });
  });

  it.each([
    [{ length: 30, unit: 'day' }, 'activation_day_is_day_1', '2026-07-14'],
    [{ length: 30, unit: 'day' }, 'start_plus_period', '2026-07-15'],
    [{ length: 2, unit: 'week' }, 'activation_day_is_day_1', '2026-06-28'],
    [{ length: 1, unit: 'year' }, 'start_plus_period', '2027-06-15'],
    [null, 'activation_day_is_day_1', null],
  ] as const)('of a membership of %j, %s, is good until %s', (validity, lastDay, endsOn) => {
    const decision = decideAt('2026-06-15T08:00+02:00', unused({ validity, lastDay }));
    expect(decision).toMatchObject({ activation: { startsOn: '2026-06-15', endsOn }, endsOn });
  });

  it('does not move an end that the membership was sold with to a later day', () => {
    const ends = (endsOn: string, terms: Partial<Terms> = {}) =>
      decideAt('2026-06-15T08:00+02:00', unused(terms, { endsOn })).activation?.endsOn;
    expect(ends('2026-06-30')).toBe('2026-06-30');
    expect(ends('2026-07-14')).toBe('2026-07-14');
    expect(ends('2026-07-31')).toBe('2026-07-14');
    expect(ends('2026-06-30', { validity: null })).toBe('2026-06-30');
  });

  it('that is refused activates nothing', () => {
    expect(decideAt('2026-06-15T08:00+02:00', unused({}, { visits: counted(0) }))).toMatchObject({
      code: 'NO_VISITS_LEFT',
      activation: null,
    });
  });

  it('is none where the membership is active, or begins with its sale or a date', () => {
    expect(standing(unused({}, { state: 'active' }))).toMatchObject({ activated: 'confirmed', activation: null });
    for (const activation of ['sale', 'fixed_date'] as const) {
      const sold = aMembership({ state: 'issued', terms: { activation } });
      expect(standing(sold)).toMatchObject({
        activated: 'confirmed',
        startsOn: '2026-06-01',
        endsOn: '2026-06-30',
        activation: null,
      });
    }
  });

  it('is needed until then', () => {
    expect(standing(unused())).toMatchObject({
      activated: 'no',
      startsOn: null,
      endsOn: null,
      lastDay: '2026-07-14',
      activation: { startsOn: '2026-06-15', endsOn: '2026-07-14' },
    });
  });

  it('activates nothing while the clock is not trusted (rule 30)', () => {
    expect(standing(unused(), [], { clockTrusted: false })).toMatchObject({ activated: 'no', lastDay: null, activation: null });
    const rules = rulesFor({}, { clock: { whenUntrusted: 'allow' } });
    expect(decide(aTap([unused()], { clockTrusted: false }), rules)).toMatchObject({
      outcome: 'granted',
      activation: null,
      params: { activatedOn: null, activatedUntil: null },
    });
  });
});

describe('a provisional activation (rule 9)', () => {
  it('stands until the central system confirms: a row that is still issued leaves it alone', () => {
    expect(standing(unused(), [activating()])).toMatchObject({
      activated: 'provisional',
      ...july,
      lastDay: '2026-07-09',
      activation: null,
    });
    expect(decideAt('2026-07-09T23:59:59.999+02:00', held(unused(), [activating()])).code).toBe('OK');
    expect(decideAt('2026-07-10T00:00+02:00', held(unused(), [activating()]))).toMatchObject({
      code: 'EXPIRED',
      params: { endedOn: '2026-07-09' },
    });
    expect(standing(unused({}, { startsOn: '2026-06-01', endsOn: '2026-12-31' }), [activating()])).toMatchObject(july);
  });

  it('gives way to central dates', () => {
    const confirmed = unused({}, { state: 'active', startsOn: '2026-06-02', endsOn: '2026-07-01' });
    expect(standing(confirmed, [activating()])).toMatchObject({
      activated: 'confirmed',
      startsOn: '2026-06-02',
      endsOn: '2026-07-01',
      activation: null,
    });
  });

  it('of a visit that may still be given back is carried by the next one too', () => {
    expect(standing(unused(), [activating({ state: 'reserved' })])).toMatchObject({
      activated: 'provisional',
      ...july,
      activation: july,
    });
    const next = held(unused(), [activating({ state: 'reserved' })]);
    expect(decideAt('2026-06-15T08:00+02:00', next, {}, { charge: 'per_entry' }).activation).toEqual(july);
  });

  it('of a visit that stands wins over one that may still be given back', () => {
    const other = { startsOn: '2026-06-09', endsOn: '2026-07-08' };
    const charges = [activating({ state: 'reserved', activation: other }), activating({ visit: 2 })];
    for (const all of [charges, charges.toReversed()]) {
      expect(standing(unused(), all)).toMatchObject({ activated: 'provisional', ...july, activation: null });
    }
  });

  it('is not given by visits that activated nothing', () => {
    expect(standing(unused(), [aCharge({ at: at('2026-06-10T08:00+02:00') })])).toMatchObject({ activated: 'no' });
    const charges = [aCharge({ at: at('2026-06-10T08:00+02:00') }), activating({ visit: 2 })];
    expect(standing(unused(), charges)).toMatchObject({ activated: 'provisional', ...july });
  });

  it('without an end has none', () => {
    const charge = activating({ activation: { startsOn: '2026-06-10', endsOn: null } });
    expect(standing(unused({ validity: null }), [charge])).toMatchObject({ startsOn: '2026-06-10', endsOn: null, lastDay: null });
  });
});

describe('a first visit at another box (rule 9)', () => {
  /** What a peer tells of a visit: neither the entitlement nor the activation. */
  const atPeer = (row: Partial<Charge> = {}) =>
    aCharge({ gateway: 'box-2', entitlement: null, at: at('2026-06-10T08:00+02:00'), ...row });
  const begun = { activated: 'provisional', ...july, lastDay: '2026-07-09', activation: null };

  it('begins the membership on its club day', () => {
    expect(standing(unused(), [atPeer()])).toMatchObject(begun);
    const nightClub = { ...warsaw, dayStartsAt: 9 * 60 };
    expect(standing(unused(), [atPeer()], { branch: nightClub })).toMatchObject({ startsOn: '2026-06-09', endsOn: '2026-07-08' });
  });

  it('of several is the first, and a free one is a visit too', () => {
    expect(standing(unused(), [atPeer({ charge: 0 }), atPeer({ visit: 2, at: at('2026-06-12T08:00+02:00') })])).toMatchObject(
      begun,
    );
  });

  it('does not count while it may still be given back, nor where it was a card’s charge', () => {
    expect(standing(unused(), [atPeer({ state: 'reserved' })])).toMatchObject({ activated: 'no' });
    expect(standing(unused(), [atPeer({ prerequisite: true })])).toMatchObject({ activated: 'no' });
  });

  it('stands behind an activation that is known', () => {
    const own = activating({ activation: { startsOn: '2026-06-09', endsOn: '2026-07-08' } });
    expect(standing(unused(), [atPeer(), own])).toMatchObject({ startsOn: '2026-06-09', endsOn: '2026-07-08' });
  });

  it('comes before the day on which the membership would have begun by itself', () => {
    const row = unused({ autoActivateAfter: { length: 1, unit: 'day' } }, { soldOn: '2026-06-01' });
    expect(standing(row, [atPeer()])).toMatchObject(begun);
  });

  it('begins nothing that is confirmed', () => {
    expect(standing(aMembership(), [atPeer()])).toMatchObject({ activated: 'confirmed', startsOn: '2026-06-01' });
  });
});

describe('a membership that activates by itself (rule 9)', () => {
  const autoActivateAfter = { length: 30, unit: 'day' } as const;
  const sold = (soldOn: string | null, terms: Partial<Terms> = {}) => unused({ autoActivateAfter, ...terms }, { soldOn });

  it('does so on the day after which its time has passed', () => {
    const row = sold('2026-05-16');
    expect(standing(row, [], { now: at('2026-06-14T23:59:59.999+02:00') })).toMatchObject({
      activated: 'no',
      activation: { startsOn: '2026-06-14' },
    });
    expect(standing(row, [], { now: at('2026-06-15T00:00+02:00') })).toMatchObject({
      activated: 'provisional',
      startsOn: '2026-06-15',
      endsOn: '2026-07-14',
      lastDay: '2026-07-14',
      activation: null,
    });
  });

  it('counts from that day, not from the first visit after it', () => {
    expect(decideAt('2026-06-15T08:00+02:00', sold('2026-05-06'))).toMatchObject({
      code: 'OK',
      endsOn: '2026-07-04',
      activation: null,
    });
    expect(decideAt('2026-06-15T08:00+02:00', sold('2026-04-06'))).toMatchObject({
      code: 'EXPIRED',
      params: { endedOn: '2026-06-05' },
    });
  });

  it('keeps an earlier end that it was sold with', () => {
    const row = unused({ autoActivateAfter }, { soldOn: '2026-05-06', endsOn: '2026-06-20' });
    expect(standing(row)).toMatchObject({ startsOn: '2026-06-05', endsOn: '2026-06-20' });
  });

  it('is not one whose first visit came before', () => {
    expect(standing(sold('2026-05-06'), [activating()])).toMatchObject({ activated: 'provisional', ...july });
  });

  it('does not where nobody knows when it was sold, or where its terms do not say so', () => {
    expect(standing(sold(null))).toMatchObject({ activated: 'no', activation: { startsOn: '2026-06-15' } });
    expect(standing(sold('2026-01-01', { autoActivateAfter: null }))).toMatchObject({ activated: 'no' });
  });
});

describe('the last day', () => {
  it('is that of the row, of the activation, or of the instant at which it ends', () => {
    expect(standing(aMembership()).lastDay).toBe('2026-06-30');
    expect(standing(aMembership({ endsOn: null })).lastDay).toBeNull();
    expect(standing(unused()).lastDay).toBe('2026-07-14');
    expect(standing(aMembership({ endsAt: at('2026-06-20T00:00+02:00') })).lastDay).toBe('2026-06-19');
    expect(standing(aMembership({ endsAt: at('2026-06-20T00:00+02:00') + 1 })).lastDay).toBe('2026-06-20');
    const nightClub = { ...warsaw, dayStartsAt: 240 };
    expect(standing(aMembership({ endsAt: at('2026-06-20T04:00+02:00') }), [], { branch: nightClub }).lastDay).toBe('2026-06-19');
  });
});

describe('freezes that visits ended (rule 16)', () => {
  const freeze: Freeze = { id: 'f1', from: '2026-06-10', until: '2026-06-20' };
  const ends = (row: Partial<Charge> = {}) => aCharge({ endsFreeze: 'f1', at: at('2026-06-12T08:00+02:00'), ...row });
  const freezes = (all: Freeze[], charges: Charge[], branch = warsaw) =>
    standing(aMembership({ freezes: all }), charges, { branch }).freezes.map(({ id, until }) => `${id} ${until}`);

  it('are over from the club day of that visit', () => {
    expect(freezes([freeze], [ends()])).toEqual(['f1 2026-06-12']);
    expect(freezes([{ ...freeze, until: null }], [ends()])).toEqual(['f1 2026-06-12']);
    const nightClub = { ...warsaw, dayStartsAt: 240 };
    expect(freezes([freeze], [ends({ at: at('2026-06-12T03:00+02:00') })], nightClub)).toEqual(['f1 2026-06-11']);
  });

  it('stand while the person has not come in yet', () => {
    expect(freezes([freeze], [ends({ state: 'reserved' })])).toEqual(['f1 2026-06-20']);
  });

  it('keep an end that comes before', () => {
    expect(freezes([{ ...freeze, until: '2026-06-11' }], [ends()])).toEqual(['f1 2026-06-11']);
    expect(freezes([{ ...freeze, until: '2026-06-12' }], [ends()])).toEqual(['f1 2026-06-12']);
  });

  it('leave other freezes alone', () => {
    const other = { id: 'f2', from: '2026-07-01', until: null };
    expect(freezes([freeze, other], [ends()])).toEqual(['f1 2026-06-12', 'f2 null']);
    expect(freezes([other], [ends()])).toEqual(['f2 null']);
    expect(freezes([freeze], [aCharge()])).toEqual(['f1 2026-06-20']);
  });

  it('let the member in again on the same day and after it', () => {
    const membership = held(aMembership({ endsOn: null, freezes: [freeze] }), [ends()]);
    const codes = ['2026-06-11T08:00+02:00', '2026-06-12T09:00+02:00', '2026-06-15T08:00+02:00'].map(
      (now) => decideAt(now, membership).code,
    );
    expect(codes).toEqual(['FROZEN', 'OK_REENTRY', 'OK']);
  });

  it('are ended once: the next visit ends none', () => {
    const membership = held(aMembership({ freezes: [freeze] }), [ends()]);
    expect(decideAt('2026-06-15T08:00+02:00', membership, {}, { frozen: 'unfreeze' }).endsFreeze).toBeNull();
  });
});

describe('the freeze that covers a day', () => {
  const on = (freezes: Freeze[], date = '2026-06-15') =>
    [freezes, freezes.toReversed()].map((all) => freezeOn({ freezes: all }, date)?.id);
  const freeze = (id: string, from: string, until: string | null): Freeze => ({ id, from, until });

  it('begins with its first day and is over on the day it ends on', () => {
    const one = [freeze('a', '2026-06-10', '2026-06-17')];
    expect(['2026-06-09', '2026-06-10', '2026-06-16', '2026-06-17'].map((date) => on(one, date)[0])).toEqual([
      undefined,
      'a',
      'a',
      undefined,
    ]);
    expect(on([freeze('a', '2026-06-16', null)])[0]).toBeUndefined();
    expect(on([freeze('a', '2026-06-15', null)])[0]).toBe('a');
    expect(on([])).toEqual([undefined, undefined]);
  });

  it('of several is the one that lasts longest, an open one longer than any', () => {
    expect(on([freeze('a', '2026-06-10', '2026-06-17'), freeze('b', '2026-06-11', '2026-06-18')])).toEqual(['b', 'b']);
    expect(on([freeze('a', '2026-06-10', '2036-06-17'), freeze('b', '2026-06-11', null)])).toEqual(['b', 'b']);
    expect(on([freeze('a', '2026-06-10', '2026-06-17'), freeze('b', '2026-06-20', null)])).toEqual(['a', 'a']);
  });

  it('of two that end together is the same in whatever order they arrived', () => {
    expect(on([freeze('a', '2026-06-10', '2026-06-17'), freeze('b', '2026-06-11', '2026-06-17')])).toEqual(['a', 'a']);
    expect(on([freeze('a', '2026-06-10', null), freeze('b', '2026-06-11', null)])).toEqual(['a', 'a']);
  });
});

describe('what an entry would cost (rules 15 and 24)', () => {
  it('the seats of the chosen session, else one, and nothing where it is free', () => {
    const bookings = [aBooking({ seats: 4 }, { startsAt: at('2026-06-15T08:10+02:00') })];
    const cost = (charge: GateSettings['charge'], charges: Charge[], places = bookings) =>
      decide(aTap([held(aMembership(), charges)], {}, { bookings: places }), rulesFor({ charge })).charge;
    expect(cost('per_day', [])).toBe(4);
    expect(cost('per_day', [], [])).toBe(1);
    expect(cost('per_entry', [], [aBooking({ seats: 4 })])).toBe(1);
    expect(cost('per_day', [aCharge()])).toBe(0);
    expect(cost('never', [])).toBe(0);
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Facts, HeldBooking } from '../../../../src/domain/access/facts.ts';
import type { GateSettings, Rules } from '../../../../src/domain/gate/gate-settings.ts';
import { verdict } from '../../../kit/answer.ts';
import { aBooking, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

const yoga = { id: 'yoga', title: 'Yoga classes', categoryId: 'fitness', individual: false };

/** A tap at a gate that asks for a booking, with these places in sessions. */
const tap = (
  bookings: HeldBooking[],
  time: string,
  gate: Partial<GateSettings> = {},
  facts: Partial<Facts> = {},
  rules: Partial<Rules> = {},
) =>
  decide(
    aTap([aMembership({ endsOn: null })], { now: at(`2026-06-15T${time}+02:00`), ...facts }, { bookings }),
    rulesFor({ booking: 'required', ...gate }, rules),
  );

const startsAt = at('2026-06-15T18:00+02:00');

describe('where a booking is required (rule 15)', () => {
  it('it lets in from the early minutes before the start until the late minutes after it', () => {
    const codes = ['17:29:59.999', '17:30', '18:14:59.999', '18:15'].map((time) => tap([aBooking()], time).code);
    expect(codes).toEqual(['TOO_EARLY', 'OK', 'OK', 'TOO_LATE']);
  });

  it('the minutes are those of the gate', () => {
    const gate = { earlyMinutes: 5, lateMinutes: 1 };
    const codes = ['17:54:59.999', '17:55', '18:00:59.999', '18:01'].map((time) => tap([aBooking()], time, gate).code);
    expect(codes).toEqual(['TOO_EARLY', 'OK', 'OK', 'TOO_LATE']);
  });

  it('a gate without early or late minutes is past a session the instant it starts', () => {
    const gate = { earlyMinutes: 0, lateMinutes: 0 };
    const codes = ['17:59:59.999', '18:00'].map((time) => tap([aBooking()], time, gate).code);
    expect(codes).toEqual(['TOO_EARLY', 'TOO_LATE']);
  });

  it('the grant says which session it is for', () => {
    const decision = tap([aBooking()], '17:45');
    expect(decision.bookingId).toBe('b1');
    expect(verdict(decision, 'session')).toEqual({
      rule: 'session',
      number: 15,
      result: 'passed',
      code: null,
      saw: { session: 'Yoga', sessionStartsAt: startsAt },
    });
  });

  it('too early is told the session, its start and from when the gate lets in', () => {
    const entryFrom = at('2026-06-15T17:30+02:00');
    const decision = tap([aBooking()], '08:00');
    expect(decision).toMatchObject({ outcome: 'denied', code: 'TOO_EARLY', nextAllowedAt: entryFrom });
    expect(decision.params).toEqual({ session: 'Yoga', sessionStartsAt: startsAt, entryFrom });
    expect(verdict(decision, 'session')).toMatchObject({ result: 'refused', code: 'TOO_EARLY', saw: decision.params });
  });

  it('too late is told the session that was missed', () => {
    const decision = tap([aBooking()], '18:20');
    expect(decision).toMatchObject({ outcome: 'denied', code: 'TOO_LATE', nextAllowedAt: null });
    expect(decision.params).toEqual({ session: 'Yoga', sessionStartsAt: startsAt });
  });

  it('without a booking is told what the gate leads to', () => {
    const general = tap([], '08:00');
    expect(general).toMatchObject({ outcome: 'denied', code: 'BOOKING_REQUIRED', nextAllowedAt: null });
    expect(general.params).toEqual({ service: null });
    const pilates = { ...yoga, id: 'pilates', title: 'Pilates' };
    const decision = tap([], '08:00', { services: ['yoga', 'pilates'] }, { services: [yoga, pilates] });
    expect(decision.params).toEqual({ service: 'Yoga classes, Pilates' });
  });

  it('a session without a title is told without one', () => {
    const untitled = [aBooking({}, { title: '' })];
    expect(verdict(tap(untitled, '17:45'), 'session').saw).toEqual({ session: null, sessionStartsAt: startsAt });
    expect(tap(untitled, '08:00').params).toMatchObject({ session: null });
    expect(tap(untitled, '18:20').params).toEqual({ session: null, sessionStartsAt: startsAt });
  });
});

describe('several bookings of a day (rule 15)', () => {
  const morning = aBooking({ id: 'b0' }, { title: 'Pilates', startsAt: at('2026-06-15T09:00+02:00') });
  const noon = aBooking({ id: 'b2' }, { title: 'Boxing', startsAt: at('2026-06-15T12:00+02:00') });
  const all = [noon, aBooking(), morning];

  it.each([all, all.toReversed()])('a later one is waited for, the next of them', (...bookings) => {
    expect(tap(bookings, '08:00')).toMatchObject({ code: 'TOO_EARLY', params: { session: 'Pilates' } });
    expect(tap(bookings, '10:00')).toMatchObject({ code: 'TOO_EARLY', params: { session: 'Boxing' } });
    expect(tap(bookings, '13:00')).toMatchObject({ code: 'TOO_EARLY', params: { session: 'Yoga' } });
  });

  it.each([all, all.toReversed()])('where none is left, the last of them was missed', (...bookings) => {
    expect(tap(bookings, '20:00')).toMatchObject({ code: 'TOO_LATE', params: { session: 'Yoga' } });
  });

  it('only those that are for this gate are looked at', () => {
    const elsewhere = [
      aBooking({ state: 'waiting' }),
      aBooking({ state: 'attended' }),
      aBooking({ state: 'cancelled' }),
      aBooking({ state: 'no_show' }),
      aBooking({}, { cancelled: true }),
      aBooking({}, { branchId: 'north' }),
    ];
    for (const booking of elsewhere) {
      for (const time of ['08:00', '17:45', '20:00']) expect(tap([booking], time).code).toBe('BOOKING_REQUIRED');
    }
  });

  it('a booking for another service than the gate leads to does not count', () => {
    const gate = { services: ['yoga'] };
    const boxing = aBooking({}, { serviceId: 'boxing' });
    for (const time of ['08:00', '17:45', '20:00']) {
      expect(tap([boxing], time, gate, { services: [yoga] }).code).toBe('BOOKING_REQUIRED');
    }
    expect(tap([aBooking()], '17:45', gate, { services: [yoga] }).code).toBe('OK');
  });
});

describe('the day of a booking (rule 15)', () => {
  it('tomorrow and yesterday are not today', () => {
    const tomorrow = aBooking({}, { startsAt: at('2026-06-16T00:00+02:00') });
    const lastOfToday = aBooking({}, { startsAt: at('2026-06-15T23:59:59.999+02:00') });
    const yesterday = aBooking({}, { startsAt: at('2026-06-14T23:59:59.999+02:00') });
    const firstOfToday = aBooking({}, { startsAt: at('2026-06-15T00:00+02:00') });
    const codes = [tomorrow, lastOfToday, yesterday, firstOfToday].map((booking) => tap([booking], '08:00').code);
    expect(codes).toEqual(['BOOKING_REQUIRED', 'TOO_EARLY', 'BOOKING_REQUIRED', 'TOO_LATE']);
  });

  it('begins with the club day', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    const late = aBooking({}, { startsAt: at('2026-06-16T03:00+02:00') });
    const next = aBooking({}, { startsAt: at('2026-06-16T04:00+02:00') });
    expect(tap([late], '20:00', {}, { branch }).code).toBe('TOO_EARLY');
    expect(tap([next], '20:00', {}, { branch }).code).toBe('BOOKING_REQUIRED');
  });

  it('does not matter for a session that lets in now', () => {
    const tomorrow = aBooking({}, { startsAt: at('2026-06-16T00:10+02:00') });
    expect(tap([tomorrow], '23:39:59.999').code).toBe('BOOKING_REQUIRED');
    expect(tap([tomorrow], '23:40').code).toBe('OK');
  });
});

describe('where a booking is optional (rule 15)', () => {
  const optional = { booking: 'optional' } as const;

  it('a tap with no session chosen is an ordinary entry', () => {
    for (const bookings of [[], [aBooking()]]) {
      const decision = tap(bookings, '08:00', optional);
      expect(decision).toMatchObject({ code: 'OK', bookingId: null, charge: 1 });
      expect(verdict(decision, 'session')).toMatchObject({ result: 'skipped', code: null, saw: {} });
    }
    expect(tap([aBooking()], '18:15', optional)).toMatchObject({ code: 'OK', bookingId: null });
  });

  it('a chosen session is what the entry is for', () => {
    expect(tap([aBooking()], '17:45', optional)).toMatchObject({ code: 'OK', bookingId: 'b1' });
  });
});

describe('while the clock is not trusted (rules 15 and 30)', () => {
  it('no session is chosen and none is asked for', () => {
    for (const bookings of [[], [aBooking({ seats: 3 })]]) {
      const untrusted = { clockTrusted: false };
      const decision = tap(bookings, '17:45', {}, untrusted, { clock: { whenUntrusted: 'allow' } });
      expect(decision).toMatchObject({ code: 'OK', bookingId: null, charge: 1 });
      expect(verdict(decision, 'session')).toMatchObject({ result: 'skipped', saw: { clock: 'untrusted' } });
    }
  });
});

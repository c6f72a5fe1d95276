import { describe, expect, it } from 'vitest';
import type { HeldBooking } from '../../../src/domain/access/facts.ts';
import { chosenSession, entryFrom, entryUntil, isForGate, sessionsToday } from '../../../src/domain/access/session.ts';
import { bookingStates } from '../../../src/domain/member/member.ts';
import { aBooking, aGate, at, warsaw } from '../../kit/facts.ts';

const atGate = (services: string[] = []) => ({ branch: warsaw, rules: { gate: aGate({ services }) } });
const chosenAt = (now: number, bookings: HeldBooking[], services: string[] = []) =>
  chosenSession(bookings, atGate(services), now)?.booking.id ?? null;

const startsAt = at('2026-06-15T18:00+02:00');
const minuteMs = 60_000;

describe('the session that somebody has come for (rule 15)', () => {
  it('lets in from the early minutes, inclusive, until the late minutes, exclusive', () => {
    const instants = [
      startsAt - 30 * minuteMs - 1,
      startsAt - 30 * minuteMs,
      startsAt + 15 * minuteMs - 1,
      startsAt + 15 * minuteMs,
    ];
    expect(instants.map((now) => chosenAt(now, [aBooking()]))).toEqual([null, 'b1', 'b1', null]);
    const gate = { earlyMinutes: 30, lateMinutes: 15 };
    expect([entryFrom(aBooking(), gate), entryUntil(aBooking(), gate)]).toEqual([instants[1], instants[3]]);
  });

  it('is none without a booking', () => {
    expect(chosenAt(startsAt, [])).toBeNull();
  });

  it('of several is the one that starts first', () => {
    const later = aBooking({ id: 'b0' }, { startsAt: startsAt + 10 * minuteMs });
    for (const bookings of [
      [aBooking(), later],
      [later, aBooking()],
    ]) {
      expect(chosenAt(startsAt, bookings)).toBe('b1');
      expect(chosenAt(startsAt + 15 * minuteMs, bookings)).toBe('b0');
    }
  });

  it('of two that start together is the same in whatever order they arrived', () => {
    const bookings = [aBooking({ id: 'b2' }), aBooking({ id: 'b1' })];
    expect([chosenAt(startsAt, bookings), chosenAt(startsAt, bookings.toReversed())]).toEqual(['b1', 'b1']);
  });

  it('leaves the order of the bookings as it was', () => {
    const bookings = [aBooking({ id: 'b2' }), aBooking({ id: 'b1' })];
    chosenAt(startsAt, bookings);
    expect(bookings.map(({ booking }) => booking.id)).toEqual(['b2', 'b1']);
  });
});

describe('a booking that is for the gate (rule 15)', () => {
  it.each(bookingStates)('in state %s: only a booked one', (state) => {
    expect(isForGate(aBooking({ state }), atGate())).toBe(state === 'booked');
  });

  it('of this branch, not cancelled, for one of the gate’s services, any at a general entry', () => {
    expect(isForGate(aBooking(), atGate())).toBe(true);
    expect(isForGate(aBooking({}, { cancelled: true }), atGate())).toBe(false);
    expect(isForGate(aBooking({}, { branchId: 'north' }), atGate())).toBe(false);
    expect(isForGate(aBooking(), atGate(['yoga']))).toBe(true);
    expect(isForGate(aBooking(), atGate(['gym', 'yoga']))).toBe(true);
    expect(isForGate(aBooking(), atGate(['gym']))).toBe(false);
  });

  it('is never chosen where it is not', () => {
    expect(chosenAt(startsAt, [aBooking({ state: 'waiting' })])).toBeNull();
    expect(chosenAt(startsAt, [aBooking()], ['gym'])).toBeNull();
  });
});

describe('the sessions of a club day', () => {
  it('are those that start on it, earliest first', () => {
    const on = (dayStartsAt: number) =>
      sessionsToday(
        [
          aBooking({ id: 'next' }, { startsAt: at('2026-06-16T04:00+02:00') }),
          aBooking({ id: 'night' }, { startsAt: at('2026-06-16T03:59:59.999+02:00') }),
          aBooking({ id: 'evening' }),
          aBooking({ id: 'dawn' }, { startsAt: at('2026-06-15T04:00+02:00') }),
          aBooking({ id: 'midnight' }, { startsAt: at('2026-06-15T00:00+02:00') }),
        ],
        { branch: { ...warsaw, dayStartsAt }, today: '2026-06-15' },
      ).map(({ booking }) => booking.id);
    expect(on(0)).toEqual(['midnight', 'dawn', 'evening']);
    expect(on(240)).toEqual(['dawn', 'evening', 'night']);
  });
});

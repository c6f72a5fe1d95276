import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Facts } from '../../../../src/domain/access/facts.ts';
import type { Window } from '../../../../src/domain/schedule/availability.ts';
import { verdict } from '../../../kit/answer.ts';
import { aBooking, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

const window = (weekDays: Window['weekDays'], ...intervals: [from: number, to: number][]): Window => ({
  weekDays,
  intervals: intervals.map(([from, to]) => ({ from: from * 60, to: to * 60 })),
});
const workDays: Window['weekDays'] = [1, 2, 3, 4, 5];

const decideAt = (now: string, availability: Window[], facts: Partial<Facts> = {}, holder: Parameters<typeof aTap>[2] = {}) =>
  decide(
    aTap([aMembership({ startsOn: null, endsOn: null, terms: { availability } })], { now: at(now), ...facts }, holder),
    rulesFor(),
  );

describe('the hours of a membership (rule 14, examples of section 6)', () => {
  const mornings = [window(workDays, [7, 12])];

  it('Monday to Friday, 07 to 12: open from seven until just before noon', () => {
    const codes = ['06:59:59.999', '07:00', '11:59:59.999', '12:00'].map(
      (time) => decideAt(`2026-06-15T${time}+02:00`, mornings).code,
    );
    expect(codes).toEqual(['OUTSIDE_HOURS', 'OK', 'OK', 'OUTSIDE_HOURS']);
  });

  it('Saturday 22 to 02: runs into Sunday, and is not open in the night before', () => {
    const nights = [window([6], [22, 2])];
    const codes = ['2026-06-20T23:00', '2026-06-21T01:59:59', '2026-06-21T02:00', '2026-06-20T01:00', '2026-06-19T23:00'].map(
      (now) => decideAt(`${now}+02:00`, nights).code,
    );
    expect(codes).toEqual(['OK', 'OK', 'OUTSIDE_DAYS', 'OUTSIDE_HOURS', 'OUTSIDE_DAYS']);
  });

  it('an hour that is skipped never opens, one that is repeated opens twice', () => {
    const sundayNight = [window([7], [2, 3])];
    const codes = [
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:00Z',
      '2026-10-25T00:30Z',
      '2026-10-25T01:30Z',
      '2026-10-25T02:00Z',
    ].map((now) => decideAt(now, sundayNight).code);
    expect(codes).toEqual(['OUTSIDE_HOURS', 'OUTSIDE_HOURS', 'OK', 'OK', 'OUTSIDE_HOURS']);
  });

  it('no windows mean any time', () => {
    const decision = decideAt('2026-06-20T03:00+02:00', []);
    expect(decision.code).toBe('OK');
    expect(verdict(decision, 'window')).toEqual({
      rule: 'window',
      number: 14,
      result: 'passed',
      code: null,
      saw: { hours: null },
    });
  });

  it('are those of the branch entered', () => {
    const london = { branch: { ...warsaw, timeZone: 'Europe/London' } };
    expect(decideAt('2026-06-15T12:30+02:00', mornings).code).toBe('OUTSIDE_HOURS');
    expect(decideAt('2026-06-15T12:30+02:00', mornings, london).code).toBe('OK');
  });

  it('stay on the wall clock where the club day starts at four', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    const sunday = [window([7], [0, 24])];
    expect(decideAt('2026-06-21T03:00+02:00', sunday, { branch }).code).toBe('OK');
    expect(decideAt('2026-06-22T03:00+02:00', sunday, { branch }).code).toBe('OUTSIDE_DAYS');
  });
});

describe('what a member outside their hours is told (rule 14)', () => {
  const rules = [window([2, 1], [16, 18], [7, 12]), window([5], [9, 10]), window([1], [20, 24])];

  it('on a wrong day the days, once each and in order', () => {
    const decision = decideAt('2026-06-17T08:00+02:00', rules);
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'OUTSIDE_DAYS',
      refusals: { p1: 'OUTSIDE_DAYS' },
      nextAllowedAt: at('2026-06-19T09:00+02:00'),
    });
    expect(decision.params).toEqual({ days: '1,2,5' });
    expect(verdict(decision, 'window')).toMatchObject({ result: 'refused', code: 'OUTSIDE_DAYS', saw: { days: '1,2,5' } });
  });

  it('at a wrong hour the hours of that day only', () => {
    const decision = decideAt('2026-06-15T13:00+02:00', rules);
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'OUTSIDE_HOURS',
      nextAllowedAt: at('2026-06-15T16:00+02:00'),
    });
    expect(decision.params).toEqual({ hours: '07:00–12:00, 16:00–18:00, 20:00–24:00' });
  });

  it('inside them the explanation names the hours', () => {
    expect(verdict(decideAt('2026-06-19T09:30+02:00', rules), 'window').saw).toEqual({ hours: '09:00–10:00' });
  });
});

describe('the hours where a session is chosen (rule 14)', () => {
  const evenings = [window(workDays, [18, 20])];
  const bookings = (start: string) => ({ bookings: [aBooking({}, { startsAt: at(start) })] });

  it('are tested against its start, not the arrival', () => {
    expect(decideAt('2026-06-15T17:45+02:00', evenings, {}, bookings('2026-06-15T18:00+02:00')).code).toBe('OK');
    expect(decideAt('2026-06-15T17:45+02:00', evenings).code).toBe('OUTSIDE_HOURS');
    expect(decideAt('2026-06-15T18:05+02:00', evenings, {}, bookings('2026-06-15T17:59:59.999+02:00'))).toMatchObject({
      code: 'OUTSIDE_HOURS',
      params: { hours: '18:00–20:00' },
    });
    expect(decideAt('2026-06-15T19:59+02:00', evenings, {}, bookings('2026-06-15T20:00+02:00')).code).toBe('OUTSIDE_HOURS');
  });

  it('are those of its weekday', () => {
    const mondays = [window([1], [0, 1])];
    const bookedForMonday = bookings('2026-06-22T00:15+02:00');
    expect(decideAt('2026-06-21T23:50+02:00', mondays, {}, bookedForMonday).code).toBe('OK');
    const sundays = [window([7], [0, 24])];
    expect(decideAt('2026-06-21T23:50+02:00', sundays, {}, bookedForMonday)).toMatchObject({
      code: 'OUTSIDE_DAYS',
      params: { days: '7' },
    });
  });
});

describe('the hours while the clock is not trusted (rule 30)', () => {
  it('are left out', () => {
    const decision = decideAt('2026-06-20T03:00+02:00', [window(workDays, [7, 12])], { clockTrusted: false });
    expect(decision).toMatchObject({ outcome: 'ask_staff', code: 'CLOCK_UNTRUSTED' });
    expect(verdict(decision, 'window')).toMatchObject({ result: 'skipped', saw: { clock: 'untrusted' } });
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Branch } from '../../../../src/domain/member/member.ts';
import type { WeekDay } from '../../../../src/domain/schedule/instant.ts';
import { answer } from '../../../kit/answer.ts';
import { aBearerCode, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

const everyDay: WeekDay[] = [1, 2, 3, 4, 5, 6, 7];
const sixToEleven: Branch = { ...warsaw, openingHours: [{ weekDays: everyDay, intervals: [{ from: 360, to: 1380 }] }] };
const endless = aMembership({ startsOn: null, endsOn: null });

const tap = (instant: number, branch = sixToEleven, gate = {}, holder = {}) =>
  decide(aTap([endless], { now: instant, branch }, holder), rulesFor(gate));
const around = (text: string, branch = sixToEleven) => [at(text) - 1, at(text)].map((instant) => tap(instant, branch).code);

describe('opening hours (rule 32)', () => {
  it('open at six and close at eleven, to the millisecond', () => {
    expect(around('2026-06-15T06:00+02:00')).toEqual(['CLUB_CLOSED', 'OK']);
    expect(around('2026-06-15T23:00+02:00')).toEqual(['OK', 'CLUB_CLOSED']);
  });

  it('are those of the branch entered, on its own clock', () => {
    const london = { ...sixToEleven, timeZone: 'Europe/London' };
    expect(around('2026-06-15T06:00+02:00', london)).toEqual(['CLUB_CLOSED', 'CLUB_CLOSED']);
    expect(around('2026-06-15T06:00+01:00', london)).toEqual(['CLUB_CLOSED', 'OK']);
  });

  it('not set at all, the club is always open', () => {
    expect(around('2026-06-15T03:00+02:00', warsaw)).toEqual(['OK', 'OK']);
  });

  it('whoever comes at night is told the hours of the day, and when the club opens', () => {
    const decision = tap(at('2026-06-15T23:30+02:00'));
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'CLUB_CLOSED',
      params: { openHours: '06:00–23:00' },
      refusals: {},
      charges: [],
      nextAllowedAt: at('2026-06-16T06:00+02:00'),
    });
    expect(tapVerdict(decision, 'opening-hours')).toEqual({
      rule: 'opening-hours',
      number: 32,
      result: 'refused',
      code: 'CLUB_CLOSED',
      saw: { openHours: '06:00–23:00' },
    });
  });

  it('on a weekday without hours there are none to tell', () => {
    const noSundays = {
      ...warsaw,
      openingHours: [{ weekDays: [1, 2, 3, 4, 5, 6] as WeekDay[], intervals: [{ from: 0, to: 1440 }] }],
    };
    expect(tap(at('2026-06-21T12:00+02:00'), noSundays)).toMatchObject({
      code: 'CLUB_CLOSED',
      params: { openHours: null },
      nextAllowedAt: at('2026-06-22T00:00+02:00'),
    });
  });

  it('on Saturday from ten to two: open on Sunday until two, closed on Saturday at one (section 3)', () => {
    const night = { ...warsaw, openingHours: [{ weekDays: [6] as WeekDay[], intervals: [{ from: 1320, to: 120 }] }] };
    expect(around('2026-06-20T22:00+02:00', night)).toEqual(['CLUB_CLOSED', 'OK']);
    expect(around('2026-06-21T02:00+02:00', night)).toEqual(['OK', 'CLUB_CLOSED']);
    expect(around('2026-06-20T01:00+02:00', night)).toEqual(['CLUB_CLOSED', 'CLUB_CLOSED']);
  });

  it('an exception closes the whole date, from its first instant to its last', () => {
    const branch = { ...sixToEleven, openingHours: [{ weekDays: everyDay, intervals: [{ from: 0, to: 1440 }] }] };
    const christmas = { ...branch, exceptions: [{ date: '2026-12-25', intervals: [] }] };
    expect(around('2026-12-25T00:00+01:00', christmas)).toEqual(['OK', 'CLUB_CLOSED']);
    expect(around('2026-12-26T00:00+01:00', christmas)).toEqual(['CLUB_CLOSED', 'OK']);
    expect(tap(at('2026-12-25T12:00+01:00'), christmas)).toMatchObject({
      params: { openHours: null },
      nextAllowedAt: at('2026-12-26T00:00+01:00'),
    });
  });

  it('an exception with hours of its own replaces those of its weekday', () => {
    const eve = { ...sixToEleven, exceptions: [{ date: '2026-12-24', intervals: [{ from: 600, to: 840 }] }] };
    expect(around('2026-12-24T06:00+01:00', eve)).toEqual(['CLUB_CLOSED', 'CLUB_CLOSED']);
    expect(around('2026-12-24T10:00+01:00', eve)).toEqual(['CLUB_CLOSED', 'OK']);
    expect(around('2026-12-24T14:00+01:00', eve)).toEqual(['OK', 'CLUB_CLOSED']);
    expect(tap(at('2026-12-24T07:00+01:00'), eve)).toMatchObject({
      params: { openHours: '10:00–14:00' },
      nextAllowedAt: at('2026-12-24T10:00+01:00'),
    });
  });

  it('a club that is always open is closed on the dates of its exceptions', () => {
    const christmas = { ...warsaw, exceptions: [{ date: '2026-12-25', intervals: [] }] };
    expect(around('2026-12-25T00:00+01:00', christmas)).toEqual(['OK', 'CLUB_CLOSED']);
    expect(tap(at('2026-12-25T12:00+01:00'), christmas).nextAllowedAt).toBe(at('2026-12-26T00:00+01:00'));
  });

  it('exempt tags pass at any hour; other tags do not', () => {
    const gate = { openingHoursExemptTags: ['vip', 'coach'] };
    const codes = [[], ['new'], ['vip'], ['new', 'coach']].map(
      (tags) => tap(at('2026-06-15T03:00+02:00'), sixToEleven, gate, { member: aMember({ tags }) }).code,
    );
    expect(codes).toEqual(['CLUB_CLOSED', 'CLUB_CLOSED', 'OK', 'OK']);
    expect(tap(at('2026-06-15T03:00+02:00'), sixToEleven, {}, { member: aMember({ tags: ['vip'] }) }).code).toBe('CLUB_CLOSED');
  });

  it('a bearer code has no tags and keeps to the hours', () => {
    const gate = { openingHoursExemptTags: ['vip'] };
    expect(tap(at('2026-06-15T03:00+02:00'), sixToEleven, gate, aBearerCode()).code).toBe('CLUB_CLOSED');
    expect(tap(at('2026-06-15T08:00+02:00'), sixToEleven, gate, aBearerCode()).code).toBe('OK');
  });

  it('a gate may ignore them', () => {
    const decision = tap(at('2026-06-15T03:00+02:00'), sixToEleven, { openingHours: 'ignore' });
    expect(decision.code).toBe('OK');
    expect(tapVerdict(decision, 'opening-hours')).toEqual({
      rule: 'opening-hours',
      number: 32,
      result: 'skipped',
      code: null,
      saw: {},
    });
  });

  it('a gate that ignores them never names their beginning as the next time', () => {
    const starting = aMembership({ startsOn: '2026-06-16', terms: { availability: [] } });
    const facts = aTap([starting], { now: at('2026-06-15T08:00+02:00'), branch: sixToEleven });
    expect(decide(facts, rulesFor({ openingHours: 'ignore' })).nextAllowedAt).toBe(at('2026-06-16T00:00+02:00'));
    expect(decide(facts, rulesFor()).nextAllowedAt).toBe(at('2026-06-16T06:00+02:00'));
  });

  it('the explanation tells the hours; none where the club is always open', () => {
    const said = { rule: 'opening-hours', number: 32, result: 'passed', code: null };
    expect(tapVerdict(tap(at('2026-06-15T08:00+02:00')), 'opening-hours')).toEqual({
      ...said,
      saw: { openHours: '06:00–23:00' },
    });
    expect(tapVerdict(tap(at('2026-06-15T08:00+02:00'), warsaw), 'opening-hours')).toEqual({ ...said, saw: { openHours: null } });
  });

  it('without a trusted clock nobody knows whether it is open: the rule is left out (rule 30)', () => {
    const facts = aTap([endless], { now: at('2026-06-15T03:00+02:00'), branch: sixToEleven, clockTrusted: false });
    expect(answer(facts)).toBe('ask_staff CLOCK_UNTRUSTED');
    expect(tapVerdict(decide(facts, rulesFor()), 'opening-hours')).toEqual({
      rule: 'opening-hours',
      number: 32,
      result: 'skipped',
      code: null,
      saw: { clock: 'untrusted' },
    });
  });

  it('come before documents and before who may enter (section 5)', () => {
    const gate = { documents: [{ kind: 'medical', policy: 'deny' as const, warnWithinDays: 14 }] };
    expect(tap(at('2026-06-15T03:00+02:00'), sixToEleven, gate).code).toBe('CLUB_CLOSED');
    expect(tap(at('2026-06-15T08:00+02:00'), sixToEleven, gate).code).toBe('DOCUMENT_MISSING');
  });
});

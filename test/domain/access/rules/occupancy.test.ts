import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Facts } from '../../../../src/domain/access/facts.ts';
import type { ZoneSettings } from '../../../../src/domain/gate/gate-settings.ts';
import { answer } from '../../../kit/answer.ts';
import { aBearerCode, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, at, counted, held, rulesFor } from '../../../kit/facts.ts';

const zone = (settings: Partial<ZoneSettings>): ZoneSettings => ({
  id: 'sauna',
  limit: 2,
  exemptTags: [],
  resetAt: 240,
  ...settings,
});

const tap = (
  facts: Partial<Facts>,
  settings: Partial<ZoneSettings> = {},
  holder: Parameters<typeof aTap>[2] = {},
  memberships = [aMembership({ visits: counted(3) })],
) => decide(aTap(memberships, facts, holder), rulesFor({}, { zone: zone(settings) }));

const said = { rule: 'occupancy', number: 26 };
const now = at('2026-06-15T08:00:00+02:00');

describe('a zone that holds only so many (rule 26)', () => {
  it('lets in up to its limit, and not one more', () => {
    expect([0, 1, 2, 3].map((inside) => tap({ inside }).code)).toEqual(['OK', 'OK', 'ZONE_FULL', 'ZONE_FULL']);
  });

  it('with a limit of nought lets nobody in; without a limit, everybody', () => {
    expect(tap({ inside: 0 }, { limit: 0 }).code).toBe('ZONE_FULL');
    const unlimited = tap({ inside: 9999 }, { limit: null });
    expect(unlimited.code).toBe('OK');
    expect(tapVerdict(unlimited, 'occupancy')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
  });

  it('says how many are inside and how many may be, takes nothing and names no time', () => {
    const decision = tap({ inside: 3 });
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'ZONE_FULL',
      params: { inside: 3, limit: 2 },
      refusals: {},
      membershipId: null,
      charges: [],
      nextAllowedAt: null,
    });
    expect(tapVerdict(decision, 'occupancy')).toEqual({
      ...said,
      result: 'refused',
      code: 'ZONE_FULL',
      saw: { inside: 3, limit: 2 },
    });
  });

  it('tells the explanation the same of who comes in', () => {
    expect(tapVerdict(tap({ inside: 1 }), 'occupancy')).toEqual({
      ...said,
      result: 'passed',
      code: null,
      saw: { inside: 1, limit: 2 },
    });
  });

  it('lets exempt tags pass, and other tags not', () => {
    const codes = [[], ['guest'], ['vip'], ['guest', 'coach']].map(
      (tags) => tap({ inside: 2 }, { exemptTags: ['vip', 'coach'] }, { member: aMember({ tags }) }).code,
    );
    expect(codes).toEqual(['ZONE_FULL', 'ZONE_FULL', 'OK', 'OK']);
  });

  it('never stops somebody who is already inside', () => {
    const inside = (since: string) => ({ inside: { visit: 1, since: at(since), maxStayMinutes: null } });
    expect(tap({ inside: 2, now }, {}, inside('2026-06-15T07:00+02:00')).code).toBe('OK');
    expect(tap({ inside: 2, now }, {}, inside('2026-06-15T04:00+02:00')).code).toBe('OK');
    // Before the zone's daily reset: outside by now.
    expect(tap({ inside: 2, now }, {}, inside('2026-06-15T03:59:59.999+02:00')).code).toBe('ZONE_FULL');
  });

  it('counts whoever holds a bearer code like anybody else', () => {
    const bearer = { ...aBearerCode(), memberships: [held(aMembership())] };
    expect(tap({ inside: 2 }, { exemptTags: ['vip'] }, bearer).code).toBe('ZONE_FULL');
    const inside = { visit: 1, since: at('2026-06-15T07:00+02:00'), maxStayMinutes: null };
    expect(tap({ inside: 2 }, {}, { ...bearer, inside }).code).toBe('OK');
  });

  it('is asked after the memberships and before fresh data is (section 5)', () => {
    expect(tap({ inside: 2 }, {}, {}, [aMembership({ state: 'cancelled' })]).code).toBe('CANCELLED');
    const old = aTap([aMembership()], { inside: 2, data: { cursor: null, takenAt: null, contactAt: 0, alone: false } });
    const freshness = { warnAfterHours: 24, limitAfterHours: 720, counted: 'deny', unlimited: 'deny' } as const;
    expect(answer(old, rulesFor({}, { zone: zone({}), freshness }))).toBe('denied ZONE_FULL');
  });

  it('a full zone is told rather than a question to staff: deny comes before ask', () => {
    const frozen = aMembership({ freezes: [{ id: 'f1', from: '2026-06-10', until: null }] });
    const facts = aTap([frozen], { inside: 2 });
    expect(answer(facts, rulesFor({ frozen: 'ask_staff' }, { zone: zone({}) }))).toBe('denied ZONE_FULL');
    expect(answer({ ...facts, inside: 1 }, rulesFor({ frozen: 'ask_staff' }, { zone: zone({}) }))).toBe('ask_staff FROZEN');
  });

  it('is empty after its daily reset: who may come tomorrow is told of tomorrow, though it is full today', () => {
    const tomorrow = aMembership({ startsOn: '2026-06-16' });
    // The people inside stay so until the reset at four.
    expect(tap({ now, inside: 2 }, {}, {}, [tomorrow])).toMatchObject({
      code: 'NOT_STARTED',
      nextAllowedAt: at('2026-06-16T04:00+02:00'),
    });
    expect(tap({ now, inside: 1 }, {}, {}, [tomorrow]).nextAllowedAt).toBe(at('2026-06-16T00:00+02:00'));
  });

  it('counts as it was seen until the reset, and nobody from then on', () => {
    const reset = at('2026-06-16T04:00+02:00');
    const code = (imagined: number, seenAt: number) => tap({ now: imagined, seenAt, inside: 2 }).code;
    expect([code(reset - 1, now), code(reset, now)]).toEqual(['ZONE_FULL', 'OK']);
    expect([code(reset, reset - 1), code(reset, reset)]).toEqual(['OK', 'ZONE_FULL']);
  });
});

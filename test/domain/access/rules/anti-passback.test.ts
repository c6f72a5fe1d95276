import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { GateSettings } from '../../../../src/domain/gate/gate-settings.ts';
import { aBearerCode, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, at, held, rulesFor } from '../../../kit/facts.ts';

const cameIn = at('2026-06-15T07:00:00+02:00');
const inside = { visit: 1, since: cameIn, maxStayMinutes: null };

const gate = (antiPassback: Partial<GateSettings['antiPassback']>) =>
  rulesFor({ antiPassback: { mode: 'hard', forgiveMinutes: null, exemptTags: [], ...antiPassback } });

/** Anna, inside since seven in the morning, taps to come in again. */
const tap = (now: number, antiPassback: Partial<GateSettings['antiPassback']> = {}, holder: Parameters<typeof aTap>[2] = {}) =>
  decide(aTap([aMembership({ endsOn: null })], { now }, { inside, ...holder }), gate(antiPassback));

const eight = at('2026-06-15T08:00:00+02:00');
const said = { rule: 'anti-passback', number: 25 };

describe('anti-passback (rule 25)', () => {
  it('where it is hard, who is inside does not enter again, and is told since when they are', () => {
    const decision = tap(eight);
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'ALREADY_INSIDE',
      params: { insideSince: cameIn },
      refusals: {},
      charges: [],
      warnings: [],
    });
    expect(tapVerdict(decision, 'anti-passback')).toEqual({
      ...said,
      result: 'refused',
      code: 'ALREADY_INSIDE',
      saw: { insideSince: cameIn },
    });
  });

  it('where it is soft, it opens and says so', () => {
    const decision = tap(eight, { mode: 'soft' });
    expect(decision).toMatchObject({
      outcome: 'granted',
      code: 'OK',
      warnings: ['WARN_ALREADY_INSIDE'],
      params: { insideSince: cameIn },
    });
    expect(tapVerdict(decision, 'anti-passback')).toEqual({
      ...said,
      result: 'passed',
      code: 'WARN_ALREADY_INSIDE',
      saw: { insideSince: cameIn },
    });
  });

  it('where it is off, nobody asks', () => {
    const decision = tap(eight, { mode: 'off' });
    expect(decision).toMatchObject({ code: 'OK', warnings: [] });
    expect(tapVerdict(decision, 'anti-passback')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
  });

  it('who is outside comes in', () => {
    const decision = tap(eight, {}, { inside: null });
    expect(decision).toMatchObject({ code: 'OK', warnings: [] });
    expect(tapVerdict(decision, 'anti-passback')).toEqual({ ...said, result: 'passed', code: null, saw: { insideSince: null } });
  });

  it.each(['hard', 'soft'] as const)(
    'forgives after the set time, in %s mode: at that instant it is over (section 3)',
    (mode) => {
      const forgiven = cameIn + 90 * 60_000;
      const before = tap(forgiven - 1, { mode, forgiveMinutes: 90 });
      const after = tap(forgiven, { mode, forgiveMinutes: 90 });
      expect(mode === 'hard' ? before.code : before.warnings[0]).toBe(mode === 'hard' ? 'ALREADY_INSIDE' : 'WARN_ALREADY_INSIDE');
      expect(after).toMatchObject({ code: 'OK', warnings: [] });
      expect(tapVerdict(after, 'anti-passback')).toEqual({ ...said, result: 'passed', code: null, saw: { insideSince: cameIn } });
    },
  );

  it('says when it will forgive', () => {
    expect(tap(eight, { forgiveMinutes: 90 }).nextAllowedAt).toBe(at('2026-06-15T08:30:00+02:00'));
  });

  it('counts elapsed time over a change of the clocks', () => {
    const since = at('2026-10-25T02:30:00+02:00');
    const holder = { inside: { ...inside, since } };
    const zone = { id: 'club', limit: null, exemptTags: [], resetAt: 60 };
    const code = (now: number) =>
      decide(
        aTap([aMembership({ endsOn: null })], { now }, holder),
        rulesFor({ antiPassback: { mode: 'hard', forgiveMinutes: 60, exemptTags: [] } }, { zone }),
      ).code;
    const secondHalfPastTwo = at('2026-10-25T02:30:00+01:00');
    expect([code(secondHalfPastTwo - 1), code(secondHalfPastTwo)]).toEqual(['ALREADY_INSIDE', 'OK']);
  });

  it('is forgotten at the daily reset of the zone, and says so beforehand', () => {
    const reset = at('2026-06-16T04:00:00+02:00');
    expect([tap(reset - 1).code, tap(reset).code]).toEqual(['ALREADY_INSIDE', 'OK']);
    expect(tapVerdict(tap(reset), 'anti-passback')).toMatchObject({ saw: { insideSince: null } });
    expect(tap(eight).nextAllowedAt).toBe(reset);
  });

  it('who came in since the reset is inside, who came before it is not', () => {
    const reset = at('2026-06-15T04:00:00+02:00');
    const code = (since: number) => tap(eight, {}, { inside: { ...inside, since } }).code;
    expect([code(reset - 1), code(reset)]).toEqual(['OK', 'ALREADY_INSIDE']);
  });

  it('exempt tags pass without a word, other tags do not', () => {
    const codes = [[], ['guest'], ['vip'], ['guest', 'coach']].map(
      (tags) => tap(eight, { exemptTags: ['vip', 'coach'] }, { member: aMember({ tags }) }).code,
    );
    expect(codes).toEqual(['ALREADY_INSIDE', 'ALREADY_INSIDE', 'OK', 'OK']);
    const exempt = tap(eight, { mode: 'soft', exemptTags: ['vip'] }, { member: aMember({ tags: ['vip'] }) });
    expect(exempt.warnings).toEqual([]);
    expect(tapVerdict(exempt, 'anti-passback')).toMatchObject({ code: null, saw: { insideSince: cameIn } });
  });

  it('is off for a bearer code (rule 4)', () => {
    const decision = tap(eight, {}, { ...aBearerCode(), memberships: [held(aMembership())] });
    expect(decision.code).toBe('OK');
    expect(tapVerdict(decision, 'anti-passback')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
  });

  it('stands while the clock is not trusted: it is not among what is left out (rule 30)', () => {
    const facts = aTap([aMembership()], { now: eight, clockTrusted: false }, { inside });
    expect(decide(facts, gate({})).code).toBe('ALREADY_INSIDE');
  });

  it('is asked before the memberships (section 5)', () => {
    const decision = decide(aTap([aMembership({ state: 'cancelled' })], { now: eight }, { inside }), gate({}));
    expect(decision).toMatchObject({ code: 'ALREADY_INSIDE', refusals: {} });
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { GateSettings } from '../../../../src/domain/gate/gate-settings.ts';
import type { Freeze } from '../../../../src/domain/member/membership.ts';
import { answer, verdict } from '../../../kit/answer.ts';
import { aMembership, aTap, at, counted, rulesFor, warsaw } from '../../../kit/facts.ts';

const frozen = (...freezes: Freeze[]) => aMembership({ endsOn: null, freezes });
const june: Freeze = { id: 'f1', from: '2026-06-10', until: '2026-06-17' };

const decideAt = (now: string, membership = frozen(june), gate: Partial<GateSettings> = {}, branch = warsaw) =>
  decide(aTap([membership], { now: at(now), branch }), rulesFor(gate));

describe('a freeze (rule 16)', () => {
  it('covers its first day, and not the day it ends on', () => {
    const codes = [
      '2026-06-09T23:59:59.999+02:00',
      '2026-06-10T00:00+02:00',
      '2026-06-16T23:59:59.999+02:00',
      '2026-06-17T00:00+02:00',
    ].map((now) => decideAt(now).code);
    expect(codes).toEqual(['OK', 'FROZEN', 'FROZEN', 'OK']);
  });

  it('is counted in club days, where those start at four', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    const codes = [
      '2026-06-10T03:59:59.999+02:00',
      '2026-06-10T04:00+02:00',
      '2026-06-17T03:59:59.999+02:00',
      '2026-06-17T04:00+02:00',
    ].map((now) => decideAt(now, frozen(june), {}, branch).code);
    expect(codes).toEqual(['OK', 'FROZEN', 'FROZEN', 'OK']);
  });

  it('is refused by default, and the member is told when it ends', () => {
    const decision = decideAt('2026-06-15T08:00+02:00');
    expect(decision).toMatchObject({
      outcome: 'denied',
      code: 'FROZEN',
      refusals: { p1: 'FROZEN' },
      endsFreeze: null,
      nextAllowedAt: at('2026-06-17T00:00+02:00'),
    });
    expect(decision.params).toEqual({ frozenFrom: '2026-06-10', frozenUntil: '2026-06-17' });
    expect(verdict(decision, 'freeze')).toEqual({
      rule: 'freeze',
      number: 16,
      result: 'refused',
      code: 'FROZEN',
      saw: decision.params,
    });
  });

  it('that is open ends nobody knows when', () => {
    const decision = decideAt('2026-06-15T08:00+02:00', frozen({ ...june, until: null }));
    expect(decision).toMatchObject({ code: 'FROZEN', nextAllowedAt: null });
    expect(decision.params).toEqual({ frozenFrom: '2026-06-10', frozenUntil: null });
  });

  it('of several that cover the day, the one that lasts longest is named', () => {
    const longer = { id: 'f2', from: '2026-06-12', until: '2026-06-20' };
    for (const freezes of [
      [june, longer],
      [longer, june],
    ]) {
      expect(decideAt('2026-06-15T08:00+02:00', frozen(...freezes))).toMatchObject({
        params: { frozenFrom: '2026-06-12', frozenUntil: '2026-06-20' },
        nextAllowedAt: at('2026-06-20T00:00+02:00'),
      });
    }
  });

  it('that breaks its own limits is honoured: it came from the central system', () => {
    const forbidden = {
      ...frozen(june),
      terms: { ...frozen().terms, freeze: { allowed: false, maxCount: 0, maxTotalDays: 0, minDays: 30 } },
    };
    expect(answer(aTap([forbidden]))).toBe('denied FROZEN');
  });

  it('that does not cover the day is not spoken of', () => {
    expect(verdict(decideAt('2026-06-17T08:00+02:00'), 'freeze')).toEqual({
      rule: 'freeze',
      number: 16,
      result: 'passed',
      code: null,
      saw: { frozenFrom: null },
    });
  });
});

describe('a gate that asks staff about a freeze (rule 16)', () => {
  const gate = { frozen: 'ask_staff' } as const;

  it('carries what the refusal would carry, and opens nothing', () => {
    const decision = decideAt('2026-06-15T08:00+02:00', frozen(june), gate);
    expect(decision).toMatchObject({ outcome: 'ask_staff', code: 'FROZEN', charges: [], endsFreeze: null, nextAllowedAt: null });
    expect(decision.params).toEqual({ frozenFrom: '2026-06-10', frozenUntil: '2026-06-17' });
    expect(verdict(decision, 'freeze')).toMatchObject({ result: 'asks', code: 'FROZEN', saw: decision.params });
  });

  it('refuses what a later rule refuses', () => {
    const spent = { ...frozen(june), visits: counted(0) };
    expect(decideAt('2026-06-15T08:00+02:00', spent, gate)).toMatchObject({ outcome: 'denied', code: 'NO_VISITS_LEFT' });
  });

  it('asks nothing where there is no freeze', () => {
    expect(decideAt('2026-06-17T08:00+02:00', frozen(june), gate)).toMatchObject({ outcome: 'granted', code: 'OK' });
  });
});

describe('a gate at which a visit ends a freeze (rule 16)', () => {
  const gate = { frozen: 'unfreeze' } as const;

  it('opens, names the freeze, and leaves the end to the central system', () => {
    const decision = decideAt('2026-06-15T08:00+02:00', { ...frozen(june), endsOn: '2026-06-30' }, gate);
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK', endsFreeze: 'f1', endsOn: '2026-06-30', charge: 1 });
    expect(verdict(decision, 'freeze')).toMatchObject({ result: 'passed', code: null, saw: { frozenFrom: '2026-06-10' } });
  });

  it('ends none where none covers the day', () => {
    expect(decideAt('2026-06-17T08:00+02:00', frozen(june), gate)).toMatchObject({ outcome: 'granted', endsFreeze: null });
  });
});

describe('a freeze while the clock is not trusted (rule 30)', () => {
  it.each(['deny', 'ask_staff', 'unfreeze'] as const)('is left out at a gate that would %s, and ends with no visit', (policy) => {
    const facts = aTap([frozen(june)], { clockTrusted: false });
    const decision = decide(facts, rulesFor({ frozen: policy }, { clock: { whenUntrusted: 'allow' } }));
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK', endsFreeze: null });
    expect(verdict(decision, 'freeze')).toMatchObject({ result: 'skipped', saw: { clock: 'untrusted' } });
  });
});

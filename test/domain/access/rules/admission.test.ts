import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { AdmissionRow } from '../../../../src/domain/gate/gate-settings.ts';
import type { Member } from '../../../../src/domain/member/member.ts';
import { aBearerCode, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

const row = (condition: Partial<AdmissionRow>): AdmissionRow => ({
  tags: null,
  notTags: null,
  minAge: null,
  maxAge: null,
  windows: [],
  ...condition,
});
const none = { minAge: null, maxAge: null, tags: null, notTags: null };

const tap = (rows: AdmissionRow[], member: Partial<Member> = {}, facts: Parameters<typeof aTap>[1] = {}) =>
  decide(aTap([aMembership({ endsOn: null })], facts, { member: aMember(member) }), rulesFor({ admission: rows }));

/** Born on 15 June: 16 years old on 15 June 2026. */
const sixteen = { birthday: '06-15', birthYear: 2010 };

describe('who may enter by tags (rule 34)', () => {
  it('tags that are admitted: one of them is enough', () => {
    const women = row({ tags: ['women', 'family'] });
    const codes = [[], ['men'], ['women'], ['men', 'family']].map((tags) => tap([women], { tags }).code);
    expect(codes).toEqual(['NOT_ADMITTED', 'NOT_ADMITTED', 'OK', 'OK']);
  });

  it('tags that are refused: one of them is enough', () => {
    const noGuests = row({ notTags: ['guest', 'trial'] });
    const codes = [[], ['vip'], ['guest'], ['vip', 'trial']].map((tags) => tap([noGuests], { tags }).code);
    expect(codes).toEqual(['OK', 'OK', 'NOT_ADMITTED', 'NOT_ADMITTED']);
  });

  it('an empty list admits nobody, and refuses nobody', () => {
    expect(tap([row({ tags: [] })], { tags: ['vip'] }).code).toBe('NOT_ADMITTED');
    expect(tap([row({ notTags: [] })], { tags: ['vip'] }).code).toBe('OK');
  });

  it('staff see which condition was not met, and that alone', () => {
    const women = tap([row({ tags: ['women', 'family'] })]);
    expect(women).toMatchObject({
      outcome: 'denied',
      code: 'NOT_ADMITTED',
      params: { ...none, tags: 'women, family' },
      refusals: {},
      charges: [],
      nextAllowedAt: null,
    });
    expect(tapVerdict(women, 'admission')).toEqual({
      rule: 'admission',
      number: 34,
      result: 'refused',
      code: 'NOT_ADMITTED',
      saw: { ...none, tags: 'women, family' },
    });
    expect(tap([row({ notTags: ['guest', 'trial'] })], { tags: ['guest'] }).params).toEqual({ ...none, notTags: 'guest, trial' });
  });

  it('every row must hold, in any order', () => {
    const rows = [row({ tags: ['women'] }), row({ notTags: ['guest'] })];
    for (const ordered of [rows, [...rows].reverse()]) {
      expect(tap(ordered, { tags: ['women'] }).code).toBe('OK');
      expect(tap(ordered, { tags: ['women', 'guest'] }).code).toBe('NOT_ADMITTED');
      expect(tap(ordered, { tags: [] }).code).toBe('NOT_ADMITTED');
    }
  });

  it('a row that admits and refuses asks both', () => {
    const both = row({ tags: ['women'], notTags: ['guest'] });
    expect([[], ['women'], ['women', 'guest']].map((tags) => tap([both], { tags }).code)).toEqual([
      'NOT_ADMITTED',
      'OK',
      'NOT_ADMITTED',
    ]);
  });
});

describe('who may enter by age (rule 34)', () => {
  it('counts the birthday itself, on the club date of the branch', () => {
    const from16 = row({ minAge: 16 });
    const code = (now: string, branch = warsaw) => tap([from16], sixteen, { now: at(now), branch }).code;
    expect(code('2026-06-14T23:59:59.999+02:00')).toBe('NOT_ADMITTED');
    expect(code('2026-06-15T00:00+02:00')).toBe('OK');
    const night = { ...warsaw, dayStartsAt: 240 };
    expect(code('2026-06-15T03:59:59.999+02:00', night)).toBe('NOT_ADMITTED');
    expect(code('2026-06-15T04:00+02:00', night)).toBe('OK');
  });

  it('both bounds take in their own year', () => {
    const codes = (condition: Partial<AdmissionRow>) =>
      [2012, 2011, 2010, 2009].map((birthYear) => tap([row(condition)], { ...sixteen, birthYear }).code);
    expect(codes({ minAge: 16 })).toEqual(['NOT_ADMITTED', 'NOT_ADMITTED', 'OK', 'OK']);
    expect(codes({ maxAge: 15 })).toEqual(['OK', 'OK', 'NOT_ADMITTED', 'NOT_ADMITTED']);
    expect(codes({ minAge: 15, maxAge: 16 })).toEqual(['NOT_ADMITTED', 'OK', 'OK', 'NOT_ADMITTED']);
  });

  it('a bound of nought is a bound', () => {
    expect(tap([row({ minAge: 0 })], sixteen).code).toBe('OK');
    expect(tap([row({ maxAge: 0 })], sixteen).code).toBe('NOT_ADMITTED');
  });

  it('says which bound was missed, and that alone', () => {
    expect(tap([row({ minAge: 18, maxAge: 60 })], sixteen).params).toEqual({ ...none, minAge: 18 });
    expect(tap([row({ minAge: 6, maxAge: 12 })], sixteen).params).toEqual({ ...none, maxAge: 12 });
  });

  it('says when the age is reached', () => {
    expect(tap([row({ minAge: 16 })], { birthday: '06-20', birthYear: 2010 }).nextAllowedAt).toBe(at('2026-06-20T00:00+02:00'));
  });

  it('an age that is not known meets no bound: unknown never opens', () => {
    const unknown: Partial<Member>[] = [{}, { birthday: '06-15' }, { birthYear: 1990 }];
    for (const member of unknown) {
      expect(tap([row({ minAge: 0 })], member)).toMatchObject({ code: 'NOT_ADMITTED', params: { ...none, minAge: 0 } });
      expect(tap([row({ maxAge: 99 })], member)).toMatchObject({ code: 'NOT_ADMITTED', params: { ...none, maxAge: 99 } });
    }
  });

  it('a row of age and tags asks both', () => {
    const girls = row({ maxAge: 16, tags: ['women'] });
    expect(tap([girls], { ...sixteen, tags: ['women'] }).code).toBe('OK');
    expect(tap([girls], { ...sixteen, tags: [] }).params).toEqual({ ...none, tags: 'women' });
    expect(tap([girls], { birthday: '06-15', birthYear: 2000, tags: ['women'] }).params).toEqual({ ...none, maxAge: 16 });
  });

  it('the explanation tells the age where a row asks for one, and never else', () => {
    const said = { rule: 'admission', number: 34, result: 'passed', code: null };
    expect(tapVerdict(tap([row({ minAge: 10 })], sixteen), 'admission')).toEqual({ ...said, saw: { age: 16 } });
    expect(tapVerdict(tap([row({ notTags: ['x'] }), row({ maxAge: 20 })], sixteen), 'admission')).toEqual({
      ...said,
      saw: { age: 16 },
    });
    expect(tapVerdict(tap([row({ notTags: ['guest'] })], sixteen), 'admission')).toEqual({ ...said, saw: { age: null } });
  });
});

describe('ladies’ hours and children until six (rule 34)', () => {
  const ladies = row({ tags: ['women'], windows: [{ weekDays: [1], intervals: [{ from: 540, to: 660 }] }] });

  it('a condition holds only while its windows are open', () => {
    const code = (now: string, tags: string[]) => tap([ladies], { tags }, { now: at(now) }).code;
    expect(code('2026-06-15T08:59:59.999+02:00', [])).toBe('OK');
    expect(code('2026-06-15T09:00+02:00', [])).toBe('NOT_ADMITTED');
    expect(code('2026-06-15T09:00+02:00', ['women'])).toBe('OK');
    expect(code('2026-06-15T10:59:59.999+02:00', [])).toBe('NOT_ADMITTED');
    expect(code('2026-06-15T11:00+02:00', [])).toBe('OK');
    expect(code('2026-06-16T09:30+02:00', [])).toBe('OK');
  });

  it('whoever is refused is told when the window closes', () => {
    expect(tap([ladies], {}, { now: at('2026-06-15T09:30+02:00') }).nextAllowedAt).toBe(at('2026-06-15T11:00+02:00'));
  });

  it('a row whose windows are shut asks nothing, others are asked all the same', () => {
    const rows = [ladies, row({ notTags: ['guest'] })];
    for (const ordered of [rows, [...rows].reverse()]) {
      expect(tap(ordered, { tags: ['guest'] }, { now: at('2026-06-15T08:00+02:00') }).params).toEqual({
        ...none,
        notTags: 'guest',
      });
      expect(tap(ordered, {}, { now: at('2026-06-15T08:00+02:00') }).code).toBe('OK');
    }
  });

  it('an age that only a shut row asks for is not looked at', () => {
    const adultsAtNight = row({ minAge: 18, windows: [{ weekDays: [1], intervals: [{ from: 1080, to: 1440 }] }] });
    const decision = tap([adultsAtNight, row({ notTags: ['guest'] })], sixteen);
    expect(tapVerdict(decision, 'admission')).toMatchObject({ saw: { age: null } });
  });

  it('is skipped where no row is open, and where there is none', () => {
    const skipped = { rule: 'admission', number: 34, result: 'skipped', code: null, saw: {} };
    expect(tapVerdict(tap([ladies]), 'admission')).toEqual(skipped);
    expect(tapVerdict(tap([]), 'admission')).toEqual(skipped);
  });
});

describe('who may enter where nobody knows the hour (rule 30)', () => {
  const facts = { clockTrusted: false };
  const ladies = row({ tags: ['women'], windows: [{ weekDays: [1], intervals: [{ from: 0, to: 1440 }] }] });

  it('windows and ages are left out, tags are not', () => {
    expect(tap([ladies], {}, facts).code).toBe('CLOCK_UNTRUSTED');
    expect(tap([row({ minAge: 18 })], sixteen, facts).code).toBe('CLOCK_UNTRUSTED');
    expect(tap([row({ maxAge: 12 })], sixteen, facts).code).toBe('CLOCK_UNTRUSTED');
    expect(tap([row({ tags: ['women'] })], {}, facts).code).toBe('NOT_ADMITTED');
    expect(tap([row({ minAge: 18, notTags: ['guest'] })], { tags: ['guest'] }, facts).params).toEqual({
      ...none,
      notTags: 'guest',
    });
  });

  it('the explanation says that rows with windows were left out; without rows there was nothing to leave out', () => {
    const skipped = { rule: 'admission', number: 34, result: 'skipped', code: null };
    expect(tapVerdict(tap([ladies], {}, facts), 'admission')).toEqual({ ...skipped, saw: { clock: 'untrusted' } });
    expect(tapVerdict(tap([], {}, facts), 'admission')).toEqual({ ...skipped, saw: {} });
  });
});

describe('a bearer code at a gate that asks who somebody is (rule 4)', () => {
  const bearer = (condition: Partial<AdmissionRow>) =>
    decide(aTap([aMembership()], {}, aBearerCode()), rulesFor({ admission: [row(condition)] })).code;

  it('tags do not apply to it', () => {
    expect(bearer({ tags: ['women'] })).toBe('OK');
    expect(bearer({ notTags: ['guest'] })).toBe('OK');
  });

  it('of an age nothing is known, and it meets no bound', () => {
    expect(bearer({ minAge: 0 })).toBe('NOT_ADMITTED');
    expect(bearer({ maxAge: 99 })).toBe('NOT_ADMITTED');
  });
});

it('who may enter is asked before anti-passback (section 5)', () => {
  const inside = { visit: 1, since: at('2026-06-15T07:00+02:00'), maxStayMinutes: null };
  const gate = rulesFor({
    admission: [row({ tags: ['women'] })],
    antiPassback: { mode: 'hard', forgiveMinutes: null, exemptTags: [] },
  });
  expect(decide(aTap([aMembership()], {}, { inside }), gate).code).toBe('NOT_ADMITTED');
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { tapVerdict } from '../../../kit/at-gate.ts';
import { aCredential, aMember, aMembership, aTap, at, counted, rulesFor, warsaw } from '../../../kit/facts.ts';

const untrusted = { clockTrusted: false };
const when = (whenUntrusted: 'allow' | 'ask_staff' | 'deny') => rulesFor({}, { clock: { whenUntrusted } });
const said = { rule: 'clock', number: 30 };

describe('a clock that is not trusted (rule 30)', () => {
  it.each([
    ['ask_staff', 'ask_staff CLOCK_UNTRUSTED'],
    ['allow', 'granted OK'],
    ['deny', 'denied CLOCK_UNTRUSTED'],
  ] as const)('a tap that the rest lets through gets the policy: %s', (policy, expected) => {
    expect(answer(aTap([aMembership()], untrusted), when(policy))).toBe(expected);
    expect(answer(aTap([aMembership()]), when(policy))).toBe('granted OK');
  });

  it('asks or refuses without taking anything, and names no time', () => {
    for (const policy of ['ask_staff', 'deny'] as const) {
      const decision = decide(aTap([aMembership({ visits: counted(3) })], untrusted), when(policy));
      expect(decision).toMatchObject({
        params: {},
        refusals: {},
        membershipId: null,
        charge: 0,
        charges: [],
        nextAllowedAt: null,
      });
      const result = policy === 'deny' ? 'refused' : 'asks';
      expect(tapVerdict(decision, 'clock')).toEqual({ ...said, result, code: 'CLOCK_UNTRUSTED', saw: {} });
    }
  });

  it('tells the explanation whether it was believed', () => {
    const passed = { ...said, result: 'passed', code: null };
    expect(tapVerdict(decide(aTap([aMembership()]), rulesFor()), 'clock')).toEqual({ ...passed, saw: { clock: 'trusted' } });
    expect(tapVerdict(decide(aTap([aMembership()], untrusted), when('allow')), 'clock')).toEqual({
      ...passed,
      saw: { clock: 'untrusted' },
    });
  });

  it.each([
    ['the time of the card', { credential: aCredential({ validUntil: 1 }) }, aMembership()],
    ['the term (rule 8)', {}, aMembership({ endsOn: '2020-01-01' })],
    [
      'the first visit (rule 9)',
      {},
      aMembership({ state: 'issued', startsOn: null, endsOn: null, terms: { activation: 'first_visit' } }),
    ],
    ['the windows (rule 14)', {}, aMembership({ terms: { availability: [{ weekDays: [7], intervals: [{ from: 0, to: 1 }] }] } })],
    ['the freeze (rule 16)', {}, aMembership({ freezes: [{ id: 'f1', from: '2026-06-01', until: null }] })],
    [
      'the days of grace (rule 10)',
      {},
      aMembership({ payment: { mode: 'recurring', state: 'failed', paidThrough: '2026-01-01' } }),
    ],
  ])('%s is left out', (_, holder, membership) => {
    const facts = aTap([membership], untrusted, holder);
    expect(answer(facts)).toBe('ask_staff CLOCK_UNTRUSTED');
    expect(answer(facts, when('deny'))).toBe('denied CLOCK_UNTRUSTED');
  });

  it('opening hours are left out too', () => {
    const branch = { ...warsaw, openingHours: [{ weekDays: [7 as const], intervals: [{ from: 0, to: 1 }] }] };
    expect(answer(aTap([aMembership()], { ...untrusted, branch }))).toBe('ask_staff CLOCK_UNTRUSTED');
  });

  it('activates nothing and ends no freeze where it is allowed all the same', () => {
    const asleep = aMembership({ state: 'issued', startsOn: null, endsOn: null, terms: { activation: 'first_visit' } });
    expect(decide(aTap([asleep], untrusted), when('allow'))).toMatchObject({ code: 'OK', activation: null });
    const frozen = aMembership({ freezes: [{ id: 'f1', from: '2026-06-01', until: null }] });
    const unfreeze = rulesFor({ frozen: 'unfreeze' }, { clock: { whenUntrusted: 'allow' } });
    expect(decide(aTap([frozen], untrusted), unfreeze)).toMatchObject({ code: 'OK', endsFreeze: null });
    expect(decide(aTap([frozen]), unfreeze)).toMatchObject({ code: 'OK', endsFreeze: 'f1' });
  });

  it.each([
    ['a blocked member', { member: aMember({ blocked: true }) }, aMembership(), 'MEMBER_BLOCKED'],
    ['a lost card', { credential: aCredential({ status: 'lost' }) }, aMembership(), 'CREDENTIAL_INACTIVE'],
    ['a state', {}, aMembership({ state: 'cancelled' }), 'CANCELLED'],
    ['another branch', {}, aMembership({ terms: { branchIds: [] } }), 'WRONG_BRANCH'],
    ['a membership used up', {}, aMembership({ visits: counted(0) }), 'NO_VISITS_LEFT'],
  ])('every other refusal stands: %s', (_, holder, membership, code) => {
    for (const policy of ['allow', 'ask_staff', 'deny'] as const)
      expect(answer(aTap([membership], untrusted, holder), when(policy))).toBe(`denied ${code}`);
  });

  it('deny comes before ask, and what was asked first is asked (section 5)', () => {
    const data = { cursor: null, takenAt: null, contactAt: at('2026-01-01T00:00Z'), alone: false };
    const facts = aTap([aMembership({ visits: counted(3) })], { ...untrusted, data });
    expect(answer(facts, when('deny'))).toBe('denied CLOCK_UNTRUSTED');
    expect(answer(facts, when('ask_staff'))).toBe('ask_staff STALE_DATA');
    expect(answer(facts, when('allow'))).toBe('ask_staff STALE_DATA');
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Rules } from '../../../../src/domain/gate/gate-settings.ts';
import { hourMs } from '../../../../src/domain/schedule/instant.ts';
import { answer } from '../../../kit/answer.ts';
import { tapVerdict } from '../../../kit/at-gate.ts';
import { aMembership, aTap, at, counted, rulesFor } from '../../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');
const unlimited = aMembership();
const eight = aMembership({ visits: counted(8) });

const tap = (ageMs: number, membership = eight, freshness: Partial<Rules['freshness']> = {}) =>
  decide(
    aTap([membership], { now, data: { cursor: '1', takenAt: null, contactAt: now - ageMs, alone: false } }),
    rulesFor({}, { freshness: { ...rulesFor().freshness, ...freshness } }),
  );
const thirtyDays = 720 * hourMs;
const told = ({ outcome, code }: ReturnType<typeof tap>) => `${outcome} ${code}`;
const said = { rule: 'freshness', number: 29 };

describe('how old the data may be (rule 29)', () => {
  it('thirty days without the hub: past them staff are asked for counted memberships, unlimited ones still open', () => {
    expect([tap(thirtyDays), tap(thirtyDays + 1)].map(told)).toEqual(['granted OK', 'ask_staff STALE_DATA']);
    expect([tap(thirtyDays, unlimited), tap(thirtyDays + 1, unlimited)].map(told)).toEqual(['granted OK', 'granted OK']);
  });

  it.each([
    ['allow', 'granted OK'],
    ['ask_staff', 'ask_staff STALE_DATA'],
    ['deny', 'denied STALE_DATA'],
  ] as const)('each kind has its own policy: %s', (policy, expected) => {
    const other = policy === 'allow' ? 'deny' : 'allow';
    expect(told(tap(thirtyDays + 1, eight, { counted: policy, unlimited: other }))).toBe(expected);
    expect(told(tap(thirtyDays + 1, unlimited, { unlimited: policy, counted: other }))).toBe(expected);
    expect(told(tap(thirtyDays, eight, { counted: policy, unlimited: other }))).toBe('granted OK');
  });

  it('the limit is the one that is set', () => {
    const strict = { limitAfterHours: 2, counted: 'deny' } as const;
    expect([tap(2 * hourMs, eight, strict), tap(2 * hourMs + 1, eight, strict)].map(told)).toEqual([
      'granted OK',
      'denied STALE_DATA',
    ]);
  });

  it('who is refused or asked about is told when the hub was last heard', () => {
    for (const counted of ['ask_staff', 'deny'] as const) {
      const decision = tap(thirtyDays + 1, eight, { counted });
      const contactAt = now - thirtyDays - 1;
      expect(decision).toMatchObject({
        params: { contactAt },
        membershipId: null,
        charges: [],
        refusals: {},
        nextAllowedAt: null,
      });
      expect(tapVerdict(decision, 'freshness')).toEqual({
        ...said,
        result: counted === 'deny' ? 'refused' : 'asks',
        code: 'STALE_DATA',
        saw: { contactAt },
      });
    }
  });

  it('the explanation tells when the hub was last heard also where it is well', () => {
    expect(tapVerdict(tap(1000), 'freshness')).toEqual({ ...said, result: 'passed', code: null, saw: { contactAt: now - 1000 } });
  });

  it('a membership of several counts goes by the one that would pay', () => {
    const split = aMembership({
      terms: {
        pool: 'split',
        entitlements: [
          { scope: { serviceId: 'gym' }, visits: 8 },
          { scope: { serviceId: 'pool' }, visits: null },
        ],
      },
      visits: { left: null, perEntitlement: [8, null], includes: {} },
    });
    const rules = rulesFor({ services: ['pool'] });
    const facts = (service: string) =>
      aTap([split], {
        services: [{ id: service, title: service, categoryId: null, individual: false }],
        data: { cursor: null, takenAt: null, contactAt: now - thirtyDays - 1, alone: false },
      });
    expect(answer(facts('pool'), rules)).toBe('granted OK');
    expect(answer(facts('gym'), rulesFor({ services: ['gym'] }))).toBe('ask_staff STALE_DATA');
  });

  it('deny comes before ask: a question of the freeze does not outweigh data that is too old', () => {
    const frozen = aMembership({ visits: counted(8), freezes: [{ id: 'f1', from: '2026-06-10', until: null }] });
    const facts = aTap([frozen], { data: { cursor: null, takenAt: null, contactAt: now - thirtyDays - 1, alone: false } });
    const rules = (counted: 'deny' | 'ask_staff') =>
      rulesFor({ frozen: 'ask_staff' }, { freshness: { ...rulesFor().freshness, counted } });
    expect(answer(facts, rules('deny'))).toBe('denied STALE_DATA');
    expect(answer(facts, rules('ask_staff'))).toBe('ask_staff FROZEN');
  });

  it('a next time is reckoned with the data as old as it is now (section 5)', () => {
    const starting = aMembership({ visits: counted(8), startsOn: '2026-06-22' });
    expect(tap(thirtyDays, starting, { counted: 'deny' })).toMatchObject({
      code: 'NOT_STARTED',
      nextAllowedAt: at('2026-06-22T00:00+02:00'),
    });
    expect(tap(thirtyDays + 1, starting, { counted: 'deny' })).toMatchObject({ code: 'NOT_STARTED', nextAllowedAt: null });
  });
});

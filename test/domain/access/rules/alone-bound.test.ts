import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import type { Charge, DataFacts } from '../../../../src/domain/access/facts.ts';
import { tapVerdict } from '../../../kit/at-gate.ts';
import { aCharge, aMembership, aTap, at, counted, held, rulesFor } from '../../../kit/facts.ts';

const contactAt = at('2026-06-14T12:00:00+02:00');
const alone: DataFacts = { cursor: '1', takenAt: null, contactAt, alone: true };
const said = { rule: 'alone-bound', number: 20 };

/** Visits of yesterday afternoon, one an hour, from the instant the hub was last heard. */
const visits = (count: number, charge: Partial<Charge> = {}) =>
  Array.from({ length: count }, (_, index) => aCharge({ visit: index + 1, at: contactAt + index * 3_600_000, ...charge }));

const tap = (charges: Charge[], max: number | null = 2, data: DataFacts = alone, gate = {}) =>
  decide(
    aTap([held(aMembership({ visits: counted(20) }), charges)], { data }),
    rulesFor(gate, { offline: { maxVisitsPerMembership: max } }),
  );
const told = (...args: Parameters<typeof tap>) => {
  const { outcome, code } = tap(...args);
  return `${outcome} ${code}`;
};

describe('a box that sees neither hub nor peers (rule 20)', () => {
  it('grants so many visits of one membership, then asks staff', () => {
    expect([0, 1, 2, 3].map((count) => told(visits(count)))).toEqual([
      'granted OK',
      'granted OK',
      'ask_staff STALE_DATA',
      'ask_staff STALE_DATA',
    ]);
  });

  it('with a bound of nought asks at once; without one never', () => {
    expect(told([], 0)).toBe('ask_staff STALE_DATA');
    expect(told(visits(9), null)).toBe('granted OK');
    expect(tapVerdict(tap(visits(9), null), 'alone-bound')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
  });

  it('that sees one of them has no bound', () => {
    const inSight = { ...alone, alone: false };
    expect(told(visits(9), 2, inSight)).toBe('granted OK');
    expect(tapVerdict(tap(visits(9), 2, inSight), 'alone-bound')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
  });

  it('says since when, takes nothing, and names no time', () => {
    const decision = tap(visits(2));
    expect(decision).toMatchObject({ params: { contactAt }, membershipId: null, charges: [], nextAllowedAt: null });
    expect(tapVerdict(decision, 'alone-bound')).toEqual({ ...said, result: 'asks', code: 'STALE_DATA', saw: { contactAt } });
  });

  it('tells the explanation how many it granted and how many it may', () => {
    expect(tapVerdict(tap(visits(1)), 'alone-bound')).toEqual({
      ...said,
      result: 'passed',
      code: null,
      saw: { granted: 1, max: 2 },
    });
  });

  it('counts what it granted since it last heard the hub, not before', () => {
    const [first, second] = visits(2) as [Charge, Charge];
    expect(told([{ ...first, at: contactAt - 1 }, second])).toBe('granted OK');
    expect(told([{ ...first, at: contactAt }, second])).toBe('ask_staff STALE_DATA');
  });

  it('that never heard the hub counts all it ever granted', () => {
    const never = { ...alone, contactAt: null };
    expect(told(visits(2, { at: 0 }), 2, never)).toBe('ask_staff STALE_DATA');
    expect(tap(visits(2, { at: 0 }), 2, never).params).toEqual({ contactAt: null });
    expect(told(visits(1, { at: 0 }), 2, never)).toBe('granted OK');
  });

  it('counts its own visits, charged ones, whatever the order', () => {
    const [first, second] = visits(2) as [Charge, Charge];
    expect(told([second, first])).toBe('ask_staff STALE_DATA');
    expect(told([first, { ...second, gateway: 'box-2' }])).toBe('granted OK');
    expect(told([first, { ...second, charge: 0 }])).toBe('granted OK');
    expect(told([first, { ...second, charge: 3 }])).toBe('ask_staff STALE_DATA');
    expect(told([first, { ...second, state: 'reserved' }])).toBe('ask_staff STALE_DATA');
  });

  it('asks of each membership by itself', () => {
    const other = held(aMembership({ id: 'p2', visits: counted(20) }), visits(2));
    const facts = aTap([aMembership({ id: 'p1', visits: counted(5) }), other], { data: alone });
    expect(decide(facts, rulesFor({}, { offline: { maxVisitsPerMembership: 2 } }))).toMatchObject({
      outcome: 'granted',
      membershipId: 'p1',
    });
  });

  it('lets who paid already come in again: that grants no visit', () => {
    const today = aCharge({ visit: 3, at: at('2026-06-15T07:00+02:00') });
    const decision = tap([...visits(2), today]);
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK_REENTRY' });
    expect(tapVerdict(decision, 'alone-bound')).toEqual({ ...said, result: 'skipped', code: null, saw: {} });
    expect(told([...visits(2), today], 2, alone, { charge: 'per_entry' })).toBe('ask_staff STALE_DATA');
  });
});

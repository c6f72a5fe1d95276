import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { atGate, tapVerdict } from '../../../kit/at-gate.ts';
import { aCredential, aHolder, aMember, aMembership, aTap, at, counted, rulesFor, warsaw } from '../../../kit/facts.ts';

const out = atGate({ direction: 'out' });
const now = at('2026-06-15T09:30:00+02:00');
const inside = { visit: 7, since: at('2026-06-15T08:00:00+02:00'), maxStayMinutes: null };

describe('an exit (rule 28)', () => {
  it('costs nothing, closes the visit and gives its length', () => {
    expect(decide(aTap([aMembership({ visits: counted(3) })], { ...out, now }, { inside }), rulesFor())).toMatchObject({
      outcome: 'granted',
      code: 'OK',
      params: { activatedOn: null, activatedUntil: null, stayMinutes: 90 },
      memberId: 'm1',
      person: 'member:m1',
      charge: 0,
      charges: [],
      activation: null,
      closes: { visit: 7, stayMinutes: 90 },
      warnings: [],
    });
  });

  it.each([
    ['a blocked member', { member: aMember({ blocked: true }) }],
    ['a member whose row has a value nobody knows', { member: aMember({ unusable: '`blocked` is `perhaps`' }) }],
    ['a lost card', { credential: aCredential({ status: 'lost' }) }],
    ['a card of somebody unknown', { member: null }],
    ['a code that was used before', { token: { genuine: true, fresh: true, used: true, token: '1' } }],
  ])('lets %s out', (_, holder) => {
    expect(answer(aTap([], { ...out, now }, holder))).toBe('granted OK');
  });

  it('lets out a card that nobody knows, and one that two members hold', () => {
    expect(answer(aTap([], { ...out, credentials: [] }))).toBe('granted OK');
    const other = aHolder({ credential: aCredential({ id: 'c2', memberId: 'm2' }), member: aMember({ id: 'm2' }) });
    expect(answer(aTap([], { ...out, credentials: [aHolder(), other] }))).toBe('granted OK');
  });

  it('is refused neither by the membership nor by the clock, the hours, the zone or old data', () => {
    const strict = rulesFor(
      { antiPassback: { mode: 'hard', forgiveMinutes: null, exemptTags: [] }, minAssurance: 'cryptographic' },
      {
        zone: { id: 'club', limit: 0, exemptTags: [], resetAt: 240 },
        clock: { whenUntrusted: 'deny' },
        freshness: { warnAfterHours: 0, limitAfterHours: 0, counted: 'deny', unlimited: 'deny' },
      },
    );
    const branch = { ...warsaw, exceptions: [{ date: '2026-06-15', intervals: [] }] };
    const facts = { ...out, now, branch, clockTrusted: false };
    expect(answer(aTap([aMembership({ state: 'cancelled' })], facts, { inside }), strict)).toBe('granted OK');
    expect(answer(aTap([], { ...out, branch: null }), strict)).toBe('granted OK');
  });

  it('says in the explanation that it was one; an entry goes on', () => {
    const said = { rule: 'exit', number: 28, result: 'passed', saw: {} };
    expect(tapVerdict(decide(aTap([], out), rulesFor()), 'exit')).toEqual({ ...said, code: 'OK' });
    const entry = decide(aTap([]), rulesFor());
    expect(entry.code).toBe('NO_MEMBERSHIP');
    expect(tapVerdict(entry, 'exit')).toEqual({ ...said, code: null });
  });
});

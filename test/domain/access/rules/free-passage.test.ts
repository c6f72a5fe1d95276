import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer } from '../../../kit/answer.ts';
import { atGate, ewasCard, tapVerdict } from '../../../kit/at-gate.ts';
import { aMember, aMembership, aTap, at, counted, rulesFor } from '../../../kit/facts.ts';

const now = at('2026-06-15T08:00:00+02:00');

describe.each(['free', 'emergency'] as const)('a gate that is %s (rule 31)', (mode) => {
  const free = atGate({ mode });

  it('lets a member pass, marks who it was, and neither charges nor activates', () => {
    const issued = aMembership({
      state: 'issued',
      startsOn: null,
      endsOn: null,
      visits: counted(2),
      terms: { activation: 'first_visit' },
    });
    expect(decide(aTap([issued], free), rulesFor())).toMatchObject({
      outcome: 'granted',
      code: 'FREE_PASSAGE',
      params: { mode },
      memberId: 'm1',
      person: 'member:m1',
      membershipId: null,
      charge: 0,
      charges: [],
      activation: null,
      endsFreeze: null,
      left: null,
      nextAllowedAt: null,
    });
  });

  it('lets everybody pass, known or not, whatever speaks against them', () => {
    const blocked = { member: aMember({ blocked: true }) };
    expect(answer(aTap([], free, blocked))).toBe('granted FREE_PASSAGE');
    expect(answer(aTap([], { ...free, credentials: [], branch: null }))).toBe('granted FREE_PASSAGE');
    expect(answer(aTap([aMembership({ state: 'cancelled' })], { ...free, clockTrusted: false }))).toBe('granted FREE_PASSAGE');
  });

  it('keeps nobody waiting for somebody else', () => {
    expect(answer(aTap([aMembership()], atGate({ mode, waitingFor: { read: 'rfid:00' } })))).toBe('granted FREE_PASSAGE');
  });

  it('is also free on the way out', () => {
    expect(answer(aTap([aMembership()], atGate({ mode, direction: 'out' })))).toBe('granted FREE_PASSAGE');
  });

  it('closes a visit all the same: "an exit read closes the visit and gives its length" (rule 28)', () => {
    const inside = { visit: 7, since: at('2026-06-15T07:00:00+02:00'), maxStayMinutes: null };
    const decision = decide(aTap([aMembership()], { now, ...atGate({ mode, direction: 'out' }) }, { inside }), rulesFor());
    expect(decision).toMatchObject({ code: 'FREE_PASSAGE', closes: { visit: 7, stayMinutes: 60 } });
  });

  it('is opened by a staff card as a staff card', () => {
    const decision = decide(aTap([], free, ewasCard()), rulesFor());
    expect(decision.code).toBe('STAFF_OVERRIDE');
    expect(tapVerdict(decision, 'free-passage')).toEqual(passedBy(mode));
  });

  it('says in the explanation which mode let them pass', () => {
    expect(tapVerdict(decide(aTap([aMembership()], free), rulesFor()), 'free-passage')).toEqual({
      ...passedBy(mode),
      code: 'FREE_PASSAGE',
    });
  });
});

describe('a gate that is not free', () => {
  it('asks on', () => {
    const decision = decide(aTap([aMembership()]), rulesFor());
    expect(decision.code).toBe('OK');
    expect(tapVerdict(decision, 'free-passage')).toEqual(passedBy('controlled'));
  });

  it('a closed one is not free for staff either: their card opens it', () => {
    const decision = decide(aTap([], atGate({ mode: 'closed' }), ewasCard()), rulesFor());
    expect(tapVerdict(decision, 'free-passage')).toEqual(passedBy('closed'));
  });
});

function passedBy(mode: string) {
  return { rule: 'free-passage', number: 31, result: 'passed', code: null, saw: { mode } };
}

import type { RefusalCode } from '../../src/domain/access/code.ts';
import type { GateMode } from '../../src/domain/gate/mode.ts';
import type {
  DecisionEvent,
  JournalledDecision,
  ModeChange,
  ModeEvent,
  NewVisit,
  OverrideEvent,
  PassageEvent,
  ReleaseEvent,
} from '../../src/domain/journal/entry.ts';

const decision: JournalledDecision = {
  outcome: 'granted',
  code: 'OK',
  params: { activatedOn: null, activatedUntil: null },
  credentialId: 'c1',
  memberId: 'm1',
  staffId: null,
  membershipId: 'p1',
  chosenBy: null,
  entitlement: 'service:gym',
  charge: 1,
  left: 4,
  endsOn: '2026-06-30',
  serviceId: 'gym',
  activation: null,
  endsFreeze: null,
  warnings: [],
  refusals: {},
  nextAllowedAt: null,
  data: { cursor: '000001842', takenAt: Date.parse('2026-06-15T05:00:00Z') },
};

/** Anna's visit on her morning pass `p1`, waiting for the arm. */
export function newVisit(differing: Partial<NewVisit> = {}): NewVisit {
  return {
    gate: 'main-in',
    zone: 'club',
    branchId: 'center',
    direction: 'in',
    memberId: 'm1',
    credentialId: 'c1',
    serviceId: 'gym',
    charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }],
    activation: null,
    endsFreeze: null,
    state: 'reserved',
    ...differing,
  };
}

export function grant(differing: Partial<NewVisit> = {}): DecisionEvent {
  const visit = newVisit(differing);
  return { kind: 'decision', gate: visit.gate, read: null, decision: { ...decision, memberId: visit.memberId }, visit };
}

export function refusal(code: RefusalCode = 'FROZEN', gate = 'main-in'): DecisionEvent {
  const refused: JournalledDecision = { ...decision, outcome: 'denied', code, membershipId: null, charge: 0, left: null };
  return { kind: 'decision', gate, read: null, decision: refused, visit: null };
}

export function override(differing: Partial<NewVisit> = {}): OverrideEvent {
  const visit = newVisit({ memberId: null, credentialId: null, charges: [], ...differing });
  const { gate, memberId } = visit;
  return { kind: 'override', gate, staff: 'Ewa', reason: 'forgot the card', memberId, answers: null, conflict: false, visit };
}

export function passed(visit: number | null, because: PassageEvent['because'] = 'arm_turned', gate = 'main-in'): PassageEvent {
  const code = visit === null ? 'UNEXPECTED_PASSAGE' : 'PASSED';
  return { kind: 'passage', gate, code, direction: 'in', visit, because };
}

export function notPassed(visit: number, because: ReleaseEvent['because'] = 'timed_out', gate = 'main-in'): ReleaseEvent {
  return { kind: 'release', gate, code: 'NOT_PASSED', visit, because };
}

/** Ewa sets a gate's mode; `also` are the other gates that follow it into an emergency, or out of it. */
export function modeSet(mode: GateMode, gate = 'main-in', before: GateMode = 'controlled', also: ModeChange[] = []): ModeEvent {
  return { kind: 'mode', gate, mode, changes: [{ gate, mode, before }, ...also], staff: 'Ewa' };
}

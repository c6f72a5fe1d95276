import type { RefusalCode } from '../../src/domain/access/code.ts';
import { memberKey } from '../../src/domain/access/facts.ts';
import type { GateMode } from '../../src/domain/gate/mode.ts';
import type {
  DecisionEvent,
  JournalledDecision,
  ModeChange,
  ModeEvent,
  MoveEvent,
  NewVisit,
  OverrideEvent,
  PassageEvent,
  PresenceEvent,
  ReleaseEvent,
} from '../../src/domain/journal/entry.ts';
import type { Instant } from '../../src/domain/schedule/instant.ts';
import type { PeerVisit } from '../../src/ports/journal.ts';

const decision: JournalledDecision = {
  outcome: 'granted',
  code: 'OK',
  params: { activatedOn: null, activatedUntil: null },
  credentialId: 'c1',
  memberId: 'm1',
  staffId: null,
  person: 'member:m1',
  token: null,
  membershipId: 'p1',
  chosenBy: null,
  entitlement: 'service:gym',
  charge: 1,
  left: 4,
  endsOn: '2026-06-30',
  serviceId: 'gym',
  activation: null,
  bookingId: null,
  closes: null,
  endsFreeze: null,
  warnings: [],
  refusals: {},
  nextAllowedAt: null,
  data: { cursor: '000001842', takenAt: Date.parse('2026-06-15T05:00:00Z'), ageMs: 1_800_000 },
};

/** Anna's visit on her morning pass `p1`, waiting for the arm. `person` is the member unless it is given. */
export function newVisit(differing: Partial<NewVisit> = {}): NewVisit {
  const { memberId = 'm1' } = differing;
  return {
    gate: 'main-in',
    zone: 'club',
    branchId: 'center',
    direction: 'in',
    memberId,
    credentialId: 'c1',
    person: memberId === null ? null : memberKey(memberId),
    serviceId: 'gym',
    bookingId: null,
    charges: [{ membershipId: 'p1', charge: 1, entitlement: 0 }],
    activation: null,
    endsFreeze: null,
    state: 'reserved',
    ...differing,
  };
}

export function grant(differing: Partial<NewVisit> = {}): DecisionEvent {
  const visit = newVisit(differing);
  const { memberId, person, bookingId } = visit;
  return { kind: 'decision', gate: visit.gate, read: null, decision: { ...decision, memberId, person, bookingId }, visit };
}

/** Anna, let in by a one-time code that is used up by it. */
export function grantByCode(token: string, credentialId = 'c7'): DecisionEvent {
  const event = grant({ credentialId });
  return { ...event, decision: { ...event.decision, credentialId, token } };
}

/** Anna goes out. */
export function exit(differing: Partial<NewVisit> = {}): DecisionEvent {
  return grant({ gate: 'main-out', direction: 'out', charges: [], serviceId: null, state: 'committed', ...differing });
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

/** Ewa lets another membership pay for a visit: `p2`, unless it is given. */
export function moved(replaces: number, tappedAt: Instant, differing: Partial<NewVisit> = {}): MoveEvent {
  const charges = [{ membershipId: 'p2', charge: 1, entitlement: 0 }];
  const visit = newVisit({ charges, state: 'committed', ...differing });
  return { kind: 'move', gate: visit.gate, staff: 'Ewa', reason: 'wrong pass', replaces, tappedAt, visit };
}

/** Ewa takes somebody, or everybody, to have left a zone. */
export function takenOut(person: string | null, zone = 'club', gate = 'main-in'): PresenceEvent {
  return { kind: 'presence', gate, zone, person, staff: 'Ewa' };
}

/** What another box tells of a visit on Anna's morning pass. */
export function peerVisit(differing: Partial<PeerVisit> & Pick<PeerVisit, 'number' | 'at'>): PeerVisit {
  return { membershipId: 'p1', memberId: 'm1', branchId: 'center', serviceId: 'gym', charge: 1, ...differing };
}

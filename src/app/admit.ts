import { decide } from '../domain/access/decide.ts';
import type { Decision } from '../domain/access/decision.ts';
import { type Facts, type GateFacts, personOf as personOfHolder } from '../domain/access/facts.ts';
import { paramsOf } from '../domain/access/params.ts';
import { lastReset, stillInside } from '../domain/access/zone-reset.ts';
import type { GateSettings, Rules } from '../domain/gate/gate-settings.ts';
import type { JournalEntry, JournalledDecision, NewVisit } from '../domain/journal/entry.ts';
import { type Read, readTextToKeep } from '../domain/member/credential.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import { type FactSources, gatherFacts, peopleInside, quietGate, type TapAt } from './gather-facts.ts';
import { type News, nobody, type Person } from './news.ts';
import { tapRecord } from './record-tap.ts';
import type { Gate } from './run-gate.ts';

export interface AdmitParts extends FactSources {
  clock: Clock;
  news: News;
  log: Log;
  rulesOf(gate: GateSettings): Rules;
}

/**
 * One tap, from the read to the relay: facts → decide → one journal entry on disk → gate → screens. It never gives way to
 * anything else in between, so two taps can never take the same last visit on this box.
 */
export function admit(parts: AdmitParts, gate: Gate, read: Read, side: 'in' | 'out' | null): Decision {
  const { clock, news } = parts;
  const direction = directionOf(gate.settings, side);
  const now = clock.now();
  const gateFacts = gate.facts(read, direction);
  const rules = parts.rulesOf(gate.settings);
  const gathered = gather(parts, { rules, read, gateFacts, now });
  const facts = gathered ?? unreadFacts(read, gateFacts, now);
  const decision = gathered ? decide(facts, rules) : decideUnread(facts, rules);
  if (decision.code === 'DUPLICATE_READ') {
    news.tell({ kind: 'answered', gate: gate.settings.id, decision, entry: null, person: nobody });
    return decision;
  }

  const visit = decision.outcome === 'granted' ? visitOf(decision, gate.settings, direction) : null;
  const entry = journalTap(parts, { gate, read, facts, decision, visit });
  if (entry === null) {
    // An exit and an emergency fail open. Entry fails closed: what could not be written down opens nothing.
    const opens = decision.outcome === 'granted' && (direction === 'out' || decision.code === 'FREE_PASSAGE');
    if (opens) gate.openUnrecorded(direction);
    const answered = opens ? decision : failed(decision, 'journal');
    news.tell({ kind: 'answered', gate: gate.settings.id, decision: answered, entry: null, person: personOf(facts, decision) });
    return answered;
  }
  gate.remember(read, now, decision);
  if (entry.visitNumber !== null) gate.open({ visit: entry.visitNumber, read, direction, awaited: visit?.state === 'reserved' });
  if (gathered) parts.journal.record(entry.number, tapRecord(withPeopleInside(parts, facts, rules, visit), decision));
  news.tell({ kind: 'answered', gate: gate.settings.id, decision, entry, person: personOf(facts, decision) });
  return decision;
}

/** Other settings may have a limit where these have none: counted now, when the gate was told, but for whoever came in with this very tap. */
function withPeopleInside({ journal }: AdmitParts, facts: Facts, { zone }: Rules, visit: NewVisit | null): Facts {
  if (zone.limit !== null || facts.branch === null) return facts;
  const before = facts.credentials.find((held) => personOfHolder(held) === visit?.person)?.inside ?? null;
  const cameIn = visit?.direction === 'in' && visit.person !== null;
  const isNew = cameIn && stillInside(before, lastReset(zone, facts.branch, facts.now)) === null;
  return { ...facts, inside: peopleInside(journal, zone, facts.branch, facts.now) - (isNew ? 1 : 0) };
}

/** null: this box cannot read its own data. */
function gather(parts: AdmitParts, tap: TapAt): Facts | null {
  try {
    return gatherFacts(parts, tap);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    parts.log.error('the data of this box could not be read', { gate: tap.rules.gate.id, why: error.message });
    return null;
  }
}

function unreadFacts(read: Read, gate: GateFacts, now: Instant): Facts {
  return {
    now,
    clockTrusted: true,
    read,
    gate,
    branch: null,
    branches: [],
    services: [],
    credentials: [],
    inside: 0,
    data: { cursor: null, takenAt: null, contactAt: null, alone: false },
    seenAt: now,
  };
}

/** Who it is cannot be read: an exit and a free gate open all the same, everything else is for staff to judge. */
function decideUnread(facts: Facts, rules: Rules): Decision {
  const decision = decide(facts, rules);
  return decision.outcome === 'granted' || decision.code === 'GATE_BUSY' ? decision : failed(decision, 'data');
}

/**
 * Goes through the last tap again and does nothing with the answer. A card's frame takes a serial line 15 ms; a box that just
 * woke from waiting has cold caches, and spends that time on having them warm when the last byte comes.
 */
export function rehearse(parts: AdmitParts, gate: Gate): void {
  const read = gate.lastRead();
  if (read === null) return;
  try {
    const rules = parts.rulesOf(gate.settings);
    decide(gatherFacts(parts, { rules, read, gateFacts: quietGate, now: parts.clock.now() }), rules);
  } catch {
    // Nothing hangs on it: the tap itself will meet the same fault, and fail closed or open as it must.
  }
}

/** What this box should have done and could not; `what` is the part that failed. */
function failed(decision: Decision, what: 'journal' | 'data'): Decision {
  return { ...decision, outcome: 'ask_staff', code: 'RULE_FAILED', params: paramsOf('RULE_FAILED', { rule: what }), charges: [] };
}

function personOf(facts: Facts, { credentialId, memberId, staffId, membershipId }: Decision): Person {
  const held = facts.credentials.find(({ credential }) => credential.id === credentialId);
  const paid = held?.memberships.find(({ membership }) => membership.id === membershipId);
  return {
    member: memberId === null ? null : (held?.member ?? null),
    staffName: staffId === null ? null : (held?.staff?.name ?? null),
    membershipTitle: paid?.membership.title ?? null,
  };
}

function directionOf({ direction }: GateSettings, side: 'in' | 'out' | null): 'in' | 'out' {
  return direction === 'both' ? (side ?? 'in') : direction;
}

interface Answered {
  gate: Gate;
  read: Read;
  facts: Facts;
  decision: Decision;
  visit: NewVisit | null;
}

function journalTap({ journal, log }: AdmitParts, { gate, read, facts, decision, visit }: Answered): JournalEntry | null {
  try {
    const known = decision.credentialId !== null;
    bindCard(journal, read, facts, decision);
    const event = { gate: gate.settings.id, read: known ? null : readTextToKeep(read), decision: journalled(decision), visit };
    return journal.append(facts.now, { kind: 'decision', ...event }, facts.clockTrusted);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    log.error('the journal could not be written', { gate: gate.settings.id, why: error.message });
    return null;
  }
}

/** A card that was found by its printed number is known by its whole one from then on: before anything moves, and whatever the answer. */
function bindCard(journal: AdmitParts['journal'], read: Read, { credentials }: Facts, decision: Decision): void {
  const { credentialId, person, staffId } = decision;
  // An ambiguous number names a row too, and stands for nobody.
  if (person === null && staffId === null) return;
  const found = credentials.find(({ credential }) => credential.id === credentialId);
  if (found?.printed === 'unbound') journal.bindCard(found.credential.id, { printed: found.credential.value, full: read.value });
}

function journalled({ explanation: _texts, charges: _inTheVisit, ...kept }: Decision): JournalledDecision {
  return kept;
}

/** Nobody can tell whether they passed where no passage is reported, and where the arm is free: those visits are committed at once. */
function visitOf(decision: Decision, settings: GateSettings, direction: 'in' | 'out'): NewVisit {
  const awaited = settings.passage === 'reported' && decision.code !== 'FREE_PASSAGE';
  return {
    gate: settings.id,
    zone: settings.zone,
    branchId: settings.branch,
    direction,
    memberId: decision.memberId,
    credentialId: decision.credentialId,
    person: decision.person,
    serviceId: decision.serviceId,
    bookingId: decision.bookingId,
    charges: decision.charges,
    activation: decision.activation,
    endsFreeze: decision.endsFreeze,
    state: awaited ? 'reserved' : 'committed',
  };
}

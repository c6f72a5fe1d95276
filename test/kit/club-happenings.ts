import fc from 'fast-check';
import { memberKey } from '../../src/domain/access/facts.ts';
import { type GateMode, gateModes } from '../../src/domain/gate/mode.ts';
import type { JournalEntry, JournalEvent } from '../../src/domain/journal/entry.ts';
import type { Visit } from '../../src/domain/journal/visit.ts';
import { hourMs, type Instant, minuteMs } from '../../src/domain/schedule/instant.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { exit, grant, grantByCode, modeSet, moved, notPassed, override, passed, refusal, takenOut } from './journal-events.ts';

/** Whatever may happen at the gates of a small club, so small that things meet. */
export const gates = ['main-in', 'main-out', 'pool'];
export const zones = ['club', 'pool'];
export const memberships = ['p1', 'p2', 'card'];
export const members = ['m1', 'm2', 'm3'];
export const tokens = ['1', '2', '3'];

/** Said without knowing what happened before: `which` picks among the visits that it can concern. */
export type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

export const happening = fc.record({
  kind: fc.constantFrom(
    ...(['way in', 'way in', 'way in', 'way out', 'refusal', 'override', 'code', 'passage', 'passage', 'release'] as const),
    ...(['late arm', 'gate failure', 'mode', 'move', 'taken out'] as const),
  ),
  which: fc.nat(),
  member: fc.constantFrom(...members, null),
  gate: fc.constantFrom('main-in', 'pool'),
  charges: fc.subarray(memberships),
  mode: fc.constantFrom<GateMode>(...gateModes),
  clockTrusted: fc.boolean(),
  /** Since the happening before; the clock may also be set back. */
  afterMs: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 90 }).map((minutes) => minutes * minuteMs) },
    { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }).map((hours) => hours * hourMs) },
  ),
});

/** An own, simple account of what the journal should say. */
export interface Account {
  visits: Visit[];
  modes: Map<string, { mode: GateMode; before: GateMode }>;
  /** Used codes. */
  used: Set<string>;
  entries: JournalEntry[];
  /** By the clock of the box. */
  now: Instant;
}

export function emptyAccount(now: Instant): Account {
  return { visits: [], modes: new Map(), used: new Set(), entries: [], now };
}

/** Lets it happen, in the journal and in the account. */
export function happen(journal: Pick<Journal, 'append'>, what: Happening, account: Account): void {
  account.now += what.afterMs;
  const event = eventOf(what, account);
  account.entries.push(journal.append(account.now, event, what.clockTrusted));
}

function eventOf({ kind, which, member, gate, mode, ...what }: Happening, account: Account): JournalEvent {
  const charges = what.charges.map((membershipId) => ({ membershipId, charge: 1, entitlement: 0 }));
  const make = (visit: Omit<Visit, 'number' | 'entry' | 'at'> | null, at = account.now) => {
    const place = { number: account.visits.length + 1, entry: account.entries.length + 1, at };
    if (visit) account.visits.push({ ...place, ...visit });
  };
  const pick = (state: Visit['state']) => {
    const candidates = account.visits.filter((visit) => visit.state === state);
    return candidates[which % candidates.length];
  };
  const settle = (from: Visit['state'], to: Visit['state'], event: (number: number) => JournalEvent) => {
    const visit = pick(from);
    if (!visit) return refusal('FROZEN', gate);
    visit.state = to;
    return event(visit.number);
  };
  const state = which % 3 === 0 ? 'committed' : 'reserved';
  const visit = { gate, zone: gate === 'pool' ? 'pool' : 'club', memberId: member, charges, state } as const;
  switch (kind) {
    case 'way in':
    case 'way out':
    case 'override': {
      const event = { 'way in': grant, 'way out': exit, override }[kind](
        kind === 'way out' ? { memberId: member, state } : visit,
      );
      make(event.visit);
      return event;
    }
    case 'code': {
      const token = tokens[which % tokens.length] ?? '';
      const event = grantByCode(token);
      account.used.add(token);
      make(event.visit);
      return event;
    }
    case 'passage':
      return settle('reserved', 'committed', (number) => passed(number, 'arm_turned', gate));
    case 'release':
      return settle('reserved', 'released', (number) => notPassed(number, 'timed_out', gate));
    case 'late arm':
      return settle('released', 'committed', (number) => passed(number, 'late_arm', gate));
    case 'gate failure':
      return settle('committed', 'released', (number) => notPassed(number, 'gate_failed', gate));
    case 'mode': {
      const also = ['main-in', 'pool']
        .slice(0, which % 3)
        .map((id) => ({ gate: id, mode, before: gate === id ? 'controlled' : 'free' }) as const);
      const event = modeSet(mode, gate, 'closed', also);
      for (const change of event.changes) account.modes.set(change.gate, { mode, before: change.before });
      return event;
    }
    case 'move': {
      const replaced = pick('committed');
      if (!replaced) return refusal('FROZEN', gate);
      replaced.state = 'released';
      const { number: _, entry: __, at, ...before } = replaced;
      const event = moved(replaced.number, at, { ...before, charges, state: 'committed' });
      make(event.visit, at);
      return event;
    }
    case 'taken out':
      return takenOut(member === null ? null : memberKey(member), visit.zone, gate);
    case 'refusal':
      return refusal('FROZEN', gate);
  }
}

/**
 * Who is inside a zone, by reading all entries again for each visit: a way in counts while it is reserved or committed and nobody
 * took that person out since, a way out once it is committed; the newest that counts says where somebody is. A charge that is
 * moved gives the way in another number.
 */
export function naivelyInside(entries: readonly JournalEntry[], zone: string): Map<string, { visit: number; since: Instant }> {
  const inside = new Map<string, { visit: number; since: Instant }>();
  for (const [place, { event, visitNumber, at }] of entries.entries()) {
    const made = event.kind === 'decision' || event.kind === 'override' ? event.visit : null;
    if (!made || made.zone !== zone || made.person === null || visitNumber === null) continue;
    const { direction, person } = made;
    let number = visitNumber;
    let counts = direction === 'in' || made.state === 'committed';
    for (const later of entries.slice(place + 1)) {
      const next = later.event;
      if (next.kind === 'passage' && next.visit === number) counts = true;
      if (next.kind === 'release' && next.visit === number) counts = false;
      if (next.kind === 'move' && next.replaces === number) number = later.visitNumber ?? number;
      if (next.kind !== 'presence' || next.zone !== zone || direction === 'out') continue;
      if (next.person === null || next.person === person) counts = false;
    }
    if (!counts) continue;
    inside.delete(person);
    if (direction === 'in') inside.set(person, { visit: number, since: at });
  }
  return inside;
}

/** Everything that a journal answers of such a club. */
export function everythingIn(journal: Journal) {
  const entries = journal.after(0, 1000);
  return {
    entries,
    newest: journal.newest(),
    charges: journal.charges(memberships),
    visits: entries.flatMap(({ visitNumber }) => (visitNumber === null ? [] : [journal.visit(visitNumber)])),
    openReservations: journal.openReservations(),
    newestVisits: gates.map((gate) => journal.newestVisit(gate)),
    modes: journal.modes(),
    inside: zones.map((zone) => insideBy(journal, zone)),
    counts: zones.map((zone) => entries.map(({ at }) => journal.presence(zone).count(at))),
    used: tokens.map((token) => journal.isTokenUsed('c7', token)),
    records: [...journal.records(0, Number.MAX_SAFE_INTEGER)],
    verified: journal.verify(),
  };
}

/** As `naivelyInside` tells it. */
export function insideBy(journal: Journal, zone: string): Map<string, { visit: number; since: Instant }> {
  const presence = journal.presence(zone);
  return new Map(
    members.map(memberKey).flatMap((person) => {
      const entered = presence.of(person);
      return entered === null ? [] : [[person, entered]];
    }),
  );
}

import type { Charge } from '../../src/domain/access/facts.ts';
import { chainFault, entryAfter } from '../../src/domain/journal/chain.ts';
import { chargesOf, inOrderOfTaps } from '../../src/domain/journal/charges.ts';
import type { JournalEntry } from '../../src/domain/journal/entry.ts';
import { emptyPresence, followPresence, insideZone } from '../../src/domain/journal/presence.ts';
import { emptyReplay, replayEntry, replayProblem } from '../../src/domain/journal/replay.ts';
import { usedTokenOf } from '../../src/domain/journal/used-token.ts';
import { newVisitOf, type Visit, type VisitState, visitChangeOf } from '../../src/domain/journal/visit.ts';
import { tapCountOf } from '../../src/domain/member/tap-count.ts';
import { type BoundCard, type Journal, recordsKeptMs, type TapRecord } from '../../src/ports/journal.ts';

/** A journal that lives as long as the test; the contract suite holds it to what the one on disk does. */
export function fakeJournal(gateway = 'box-1'): Journal {
  const entries: JournalEntry[] = [];
  const made = new Map<number, Visit>();
  const replay = emptyReplay();
  const presence = emptyPresence();
  const heard = new Map<string, { membershipId: string; charge: Charge }>();
  const records = new Map<number, TapRecord>();
  const bound = new Map<string, BoundCard>();

  const visitIn = (visit: Visit): Visit => ({ ...visit, state: replay.visits.get(visit.number) as VisitState });
  const visits = (): Visit[] => [...made.values()].map(visitIn);
  const entryOf = (number: number): JournalEntry | null => entries[number - 1] ?? null;

  return {
    append(at, event, clockTrusted = true) {
      const visitNumber = newVisitOf(event) ? replay.newestVisit + 1 : null;
      const content = { gateway, at, clockTrusted, visitNumber, event: structuredClone(event) };
      const entry = entryAfter(entries.at(-1) ?? null, content);
      const problem = replayProblem(replay, entry);
      if (problem) throw new Error(problem);
      entries.push(entry);
      replayEntry(replay, entry);
      followPresence(presence, entry);
      const change = visitChangeOf(entry);
      if (change.made !== null) made.set(change.made.number, change.made);
      return entry;
    },
    after: (number, limit) => entries.slice(number, number + limit),
    newest: () => entries.at(-1) ?? null,
    entry: entryOf,
    charges(membershipIds) {
      const all = [...visits().flatMap((visit) => chargesOf(visit, gateway)), ...heard.values()];
      const chargesOn = (id: string): Charge[] =>
        all.filter(({ membershipId }) => membershipId === id).map(({ charge }) => charge);
      return new Map(membershipIds.map((id) => [id, chargesOn(id).sort(inOrderOfTaps)]));
    },
    hearPeer(peer, told) {
      for (const { number: visit, membershipId, ...rest } of peer === gateway ? [] : told) {
        const key = JSON.stringify([peer, visit, membershipId]);
        const unsaid = { entitlement: null, bookingId: null, prerequisite: false, activation: null, endsFreeze: null };
        const charge: Charge = { gateway: peer, visit, ...rest, ...unsaid, state: 'committed' };
        if (!heard.has(key)) heard.set(key, { membershipId, charge });
      }
    },
    presence: (zone) => ({
      count: (since) => [...insideZone(presence, zone).values()].filter((entered) => entered.since >= since).length,
      of: (person) => insideZone(presence, zone).get(person) ?? null,
    }),
    isTokenUsed: (credentialId, token) =>
      entries.some(({ event }) => {
        const used = usedTokenOf(event);
        return used?.credentialId === credentialId && used.token === token;
      }),
    highestTapCount(credentialId) {
      const used = entries.map(({ event }) => usedTokenOf(event)).filter((one) => one?.credentialId === credentialId);
      const counts = used.map((one) => tapCountOf(one?.token ?? '')).filter((count) => count !== null);
      return counts.length === 0 ? null : Math.max(...counts);
    },
    boundCards: (ids) => new Map([...bound].filter(([id]) => ids.includes(id))),
    bindCard: (credentialId, { printed, full }) => void bound.set(credentialId, { printed, full }),
    record(number, record) {
      const entry = entryOf(number);
      if (entry === null) return;
      records.set(number, structuredClone(record));
      const isOld = (one: number) => (entryOf(one)?.at ?? 0) < entry.at - recordsKeptMs;
      if (entry.clockTrusted) for (const one of records.keys()) if (isOld(one)) records.delete(one);
    },
    *records(from, until) {
      const known = entries.filter(({ number, at }) => records.has(number) && from <= at && at < until);
      for (const entry of known.sort((a, b) => a.at - b.at || a.number - b.number)) {
        const record = records.get(entry.number);
        if (record) yield { entry, record };
      }
    },
    recordOf: (entry) => records.get(entry) ?? null,
    openReservations: () => visits().filter(({ state }) => state === 'reserved'),
    visit: (number) => visits().find((visit) => visit.number === number) ?? null,
    newestVisit: (gate) => visits().findLast((visit) => visit.gate === gate) ?? null,
    modes: () => new Map([...replay.gates].flatMap(([gate, { mode }]) => (mode ? [[gate, mode]] : []))),
    verify(progress) {
      progress?.(entries.length, entries.length);
      const faults = entries.flatMap((entry, place) => chainFault(entry, entries[place - 1] ?? null) ?? []);
      return { entries: entries.length, faults };
    },
  };
}

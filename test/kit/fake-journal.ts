import type { Charge } from '../../src/domain/access/facts.ts';
import { chainFault, entryAfter } from '../../src/domain/journal/chain.ts';
import { chargesOf } from '../../src/domain/journal/charges.ts';
import type { JournalEntry } from '../../src/domain/journal/entry.ts';
import { emptyReplay, replayEntry, replayProblem } from '../../src/domain/journal/replay.ts';
import { newVisitOf, type Visit, type VisitState, visitChangeOf } from '../../src/domain/journal/visit.ts';
import type { Journal } from '../../src/ports/journal.ts';

/** A journal that lives as long as the test; the contract suite holds it to what the one on disk does. */
export function fakeJournal(gateway = 'box-1'): Journal {
  const entries: JournalEntry[] = [];
  const made = new Map<number, Visit>();
  const replay = emptyReplay();

  const visitIn = (visit: Visit): Visit => ({ ...visit, state: replay.visits.get(visit.number) as VisitState });
  const visits = (): Visit[] => [...made.values()].map(visitIn);

  return {
    append(at, event) {
      const visitNumber = newVisitOf(event) ? replay.newestVisit + 1 : null;
      const entry = entryAfter(entries.at(-1) ?? null, { gateway, at, visitNumber, event: structuredClone(event) });
      const problem = replayProblem(replay, entry);
      if (problem) throw new Error(problem);
      entries.push(entry);
      replayEntry(replay, entry);
      const change = visitChangeOf(entry);
      if (change && 'made' in change) made.set(change.made.number, change.made);
      return entry;
    },
    after: (number, limit) => entries.slice(number, number + limit),
    newest: () => entries.at(-1) ?? null,
    entry: (number) => entries[number - 1] ?? null,
    charges(membershipIds) {
      const all = visits().flatMap((visit) => chargesOf(visit, gateway));
      const chargesOn = (id: string): Charge[] =>
        all.filter(({ membershipId }) => membershipId === id).map(({ charge }) => charge);
      return new Map(membershipIds.map((id) => [id, chargesOn(id)]));
    },
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

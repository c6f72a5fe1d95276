import { isDeepStrictEqual } from 'node:util';
import type { Database } from 'better-sqlite3';
import { chargesOf } from '../../domain/journal/charges.ts';
import type { JournalEntry } from '../../domain/journal/entry.ts';
import type { GateReplay, Replay } from '../../domain/journal/replay.ts';
import { usedTokenOf } from '../../domain/journal/used-token.ts';
import { type VisitState, visitChangeOf } from '../../domain/journal/visit.ts';
import { type ChargeRow, chargeColumns, chargeRow, type GateRow, gateColumns } from './journal-rows.ts';

/** Compares the tables that are read off the journal with what its entries say. */
export function tablesBesideJournal(db: Database, gateway: string, report: (number: number, problem: string) => void) {
  const entryOfVisit = db.prepare<[number], number>('SELECT entry FROM visits WHERE number = ?').pluck();
  const chargeAt = db
    .prepare<[string, number], ChargeRow>(`SELECT ${chargeColumns} FROM charges WHERE membership_id = ? AND visit = ?`)
    .raw();
  const visitRows = db
    .prepare<[], [number: number, entry: number, state: VisitState]>('SELECT number, entry, state FROM visits ORDER BY number')
    .raw();
  const chargedVisits = db.prepare<[], number>('SELECT visit FROM charges').pluck();
  const entryOfToken = db
    .prepare<[string, string], number>('SELECT entry FROM used_tokens WHERE credential_id = ? AND token = ?')
    .pluck();
  const tokenCount = db.prepare<[], number>('SELECT count(*) FROM used_tokens').pluck();
  const gateRows = db.prepare<[], GateRow>(`SELECT ${gateColumns} FROM gates`).raw();
  /** By visit number: charges that its entry makes. */
  const planned = new Map<number, number>();
  let tokens = 0;

  function compareToken({ number, event }: JournalEntry): void {
    const used = usedTokenOf(event);
    if (used === null) return;
    const entry = entryOfToken.get(used.credentialId, used.token) ?? Number.POSITIVE_INFINITY;
    if (entry === number) tokens += 1;
    // A code that was presented again stays with the entry that used it up.
    if (entry > number) report(number, `the code that entry ${number} used up is not among the used codes`);
  }

  return {
    /** The visit that an entry makes with its charges, and the code that it uses up. */
    compareMadeBy(entry: JournalEntry): void {
      compareToken(entry);
      const { made } = visitChangeOf(entry);
      if (made === null) return;
      if (entryOfVisit.get(made.number) !== entry.number) {
        report(
          entry.number,
          `visit ${made.number} is missing in the visits or differs from entry ${entry.number}, which made it`,
        );
      }
      const charges = chargesOf(made, gateway);
      planned.set(made.number, charges.length);
      for (const { membershipId, charge } of charges) {
        if (isDeepStrictEqual(chargeAt.get(membershipId, made.number), chargeRow(membershipId, charge))) continue;
        report(
          entry.number,
          `the charge of visit ${made.number} on membership \`${membershipId}\` is missing or differs from entry ${entry.number}, which made it`,
        );
      }
    },

    /** After the last entry, number `newest`: the state of every visit and gate, and that nothing else is there. */
    compareLeft(replay: Replay, newest: number): void {
      for (const [number, entry, state] of visitRows.iterate()) {
        const expected = replay.visits.get(number);
        if (expected === undefined) report(entry, `visit ${number} is among the visits, and no entry makes it`);
        else if (expected !== state)
          report(entry, `visit ${number} is \`${state}\` among the visits and \`${expected}\` by the entries`);
      }
      const found = new Map<number, number>();
      for (const visit of chargedVisits.iterate()) found.set(visit, (found.get(visit) ?? 0) + 1);
      for (const [visit, charges] of found) {
        if (charges > (planned.get(visit) ?? 0)) report(newest, `visit ${visit} has charges that no entry makes`);
      }
      if ((tokenCount.get() ?? 0) > tokens) report(newest, 'there are used codes that no entry used up');
      const gates = new Map(gateRows.all().map((row) => [row[0], row]));
      for (const gate of new Set([...gates.keys(), ...replay.gates.keys()])) {
        if (!isDeepStrictEqual(gates.get(gate), gateRow(gate, replay.gates.get(gate))))
          report(newest, `the mode, newest visit or newest entry of gate \`${gate}\` is not what the entries say`);
      }
    },
  };
}

function gateRow(gate: string, replayed: GateReplay | undefined): GateRow | undefined {
  const { newestEntry, newestVisit, mode } = replayed ?? {};
  if (newestEntry === undefined) return undefined;
  return [gate, newestEntry, newestVisit ?? null, mode?.mode ?? null, mode?.before ?? null];
}

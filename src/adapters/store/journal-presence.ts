import type { Database } from 'better-sqlite3';
import type { JournalEntry } from '../../domain/journal/entry.ts';
import {
  type Entered,
  emptyPresence,
  followPresence,
  insideZone,
  isForgottenAt,
  type PresenceReplay,
} from '../../domain/journal/presence.ts';
import { doneSoon } from './done-soon.ts';
import { type EntryRow, entryColumns, entryOf } from './journal-rows.ts';

/** Who is inside, read from the disk once and then kept up with what is written. */
export function keptPresence(db: Database, gateway: string) {
  const presence = readPresence(db, gateway);
  const { add, catchUp } = doneSoon<JournalEntry>((entries) => {
    for (const entry of entries) followPresence(presence, entry);
  });
  return {
    add,
    inside(zone: string): ReadonlyMap<string, Entered> {
      catchUp();
      return insideZone(presence, zone);
    },
  };
}

/** Who is inside by the entries on disk, which are read from as far back as anything is remembered. */
export function readPresence(db: Database, gateway: string): PresenceReplay {
  const presence = emptyPresence();
  const onwards = db.prepare<[number], EntryRow>(`SELECT ${entryColumns} FROM journal WHERE number > ? ORDER BY number`).raw();
  for (const row of onwards.iterate(newestForgotten(db))) followPresence(presence, entryOf(row, gateway));
  return presence;
}

/** The number of the entry behind which that begins. */
function newestForgotten(db: Database): number {
  const backwards = db.prepare<[], [number: number, at: number]>('SELECT number, at FROM journal ORDER BY number DESC').raw();
  let newestAt: number | null = null;
  for (const [number, at] of backwards.iterate()) {
    newestAt ??= at;
    if (isForgottenAt(at, newestAt)) return number;
  }
  return 0;
}

import type { JournalEntry } from '../domain/journal/entry.ts';
import type { ApplyAnswer } from './club-data.ts';

/** What the central system may ask of this box. */
export interface Central {
  /** The body of `POST /v1/changes`; usable at the gate when this resolves. */
  push(changes: Uint8Array): Promise<ApplyAnswer>;
  /** Journal entries after `number`, in order, at most `limit`, and the newest number there is. */
  journalAfter(number: number, limit: number): { entries: JournalEntry[]; newest: number };
}

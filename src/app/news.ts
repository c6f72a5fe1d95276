import type { Decision } from '../domain/access/decision.ts';
import type { JournalEntry } from '../domain/journal/entry.ts';
import type { Member } from '../domain/member/member.ts';

/** What screens and lists are told, after the gate was told. */
export type NewsItem =
  /** A tap was answered; `entry` null where nothing was journalled (a double read, or the journal failed). */
  | { kind: 'answered'; gate: string; decision: Decision; entry: JournalEntry | null; person: Person }
  /** Staff let somebody in. */
  | { kind: 'let-in'; gate: string; entry: JournalEntry; person: Person }
  /** The visit of an earlier entry was settled. */
  | { kind: 'settled'; gate: string; visit: number; entry: JournalEntry; state: 'committed' | 'released' }
  | { kind: 'unexpected'; gate: string; entry: JournalEntry }
  /** Staff moved a charge to another membership. */
  | { kind: 'moved'; gate: string; entry: JournalEntry }
  /** Staff took somebody to have left. */
  | { kind: 'taken-out'; gate: string; entry: JournalEntry }
  /** `entry` null: an emergency that could not be journalled. */
  | { kind: 'mode'; gate: string; entry: JournalEntry | null };

/** Who stood at the gate, as far as it is known. */
export interface Person {
  member: Member | null;
  staffName: string | null;
  membershipTitle: string | null;
}

export const nobody: Person = { member: null, staffName: null, membershipTitle: null };

export interface News {
  tell(item: NewsItem): void;
  /** Returns the way to stop listening. */
  listen(hear: (item: NewsItem) => void): () => void;
}

/** Listeners are called in the order in which they came; one that throws is reported and does not keep the others from hearing. */
export function createNews(failed: (error: unknown) => void): News {
  const listeners = new Set<(item: NewsItem) => void>();
  return {
    tell(item) {
      for (const hear of listeners) {
        try {
          hear(item);
        } catch (error) {
          failed(error);
        }
      }
    },
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}

import type { Central } from '../ports/central.ts';
import type { ClubDataWriter } from '../ports/club-data.ts';
import type { Journal } from '../ports/journal.ts';

/** The central system pushes rows and fetches what happened. */
export function serveCentral({ journal, writer }: { journal: Journal; writer: ClubDataWriter }): Central {
  return {
    push: (changes) => writer.apply(changes),
    journalAfter: (number, limit) => ({ entries: journal.after(number, limit), newest: journal.newest()?.number ?? 0 }),
  };
}

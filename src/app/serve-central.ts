import type { Central } from '../ports/central.ts';
import type { ClubDataWriter } from '../ports/club-data.ts';
import type { Journal } from '../ports/journal.ts';

export interface CentralParts {
  journal: Journal;
  writer: ClubDataWriter;
  /** An exchange was answered (rule 29), and may have changed the club's data. */
  inTouch(): void;
}

/** The central system pushes rows and fetches what happened. */
export function serveCentral({ journal, writer, inTouch }: CentralParts): Central {
  return {
    async push(changes) {
      const answer = await writer.apply(changes);
      inTouch();
      return answer;
    },
    journalAfter(number, limit) {
      inTouch();
      return { entries: journal.after(number, limit), newest: journal.newest()?.number ?? 0 };
    },
  };
}

import type { Central } from '../../src/ports/central.ts';
import type { ApplyAnswer } from '../../src/ports/club-data.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { fakeJournal } from './fake-journal.ts';

export interface FakeCentral extends Central {
  /** The bodies that were pushed, as text. */
  pushed: string[];
  /** What the next push is answered, or fails with. */
  answer: ApplyAnswer | Error;
  journal: Journal;
  /** The longest piece of the journal that was asked for at once. */
  longestRead: number;
}

export function fakeCentral(): FakeCentral {
  const central: FakeCentral = {
    pushed: [],
    answer: { done: true, rows: 1, deleted: 0, warnings: [] },
    journal: fakeJournal(),
    longestRead: 0,
    async push(changes) {
      central.pushed.push(new TextDecoder().decode(changes));
      if (central.answer instanceof Error) throw central.answer;
      return central.answer;
    },
    journalAfter(number, limit) {
      central.longestRead = Math.max(central.longestRead, limit);
      return { entries: central.journal.after(number, limit), newest: central.journal.newest()?.number ?? 0 };
    },
  };
  return central;
}

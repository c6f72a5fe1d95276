import { openJournal } from '../../../src/adapters/store/journal-store.ts';
import { grantByCode, notPassed, passed } from '../../kit/journal-events.ts';

const journal = openJournal(process.argv[2] ?? '', { gateway: 'box-1' });

/** One line for each entry, written before the next is begun: what stands on the line was promised to be on disk. */
for (;;) {
  const open = journal.openReservations()[0];
  const number = open?.number ?? 0;
  const event = open ? (number % 3 === 0 ? notPassed(number) : passed(number)) : grantByCode(String(performance.now()));
  const entry = journal.append(Date.now(), event);
  process.stdout.write(`${entry.number} ${entry.hash}\n`);
}

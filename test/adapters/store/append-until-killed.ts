import { openJournal } from '../../../src/adapters/store/journal-store.ts';
import { grant, notPassed, passed } from '../../kit/journal-events.ts';

const journal = openJournal(process.argv[2] ?? '', { gateway: 'box-1' });

/** One line for each entry, written before the next is begun: what stands on the line was promised to be on disk. */
for (;;) {
  const open = journal.openReservations()[0];
  const number = open?.number ?? 0;
  const event = open ? (number % 3 === 0 ? notPassed(number) : passed(number)) : grant({ memberId: `m${Date.now() % 100}` });
  const entry = journal.append(Date.now(), event);
  process.stdout.write(`${entry.number} ${entry.hash}\n`);
}

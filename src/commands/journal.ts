import { join } from 'node:path';
import type { Command } from 'commander';
import type { JournalEntry } from '../domain/journal/entry.ts';
import { addDataOptions, type DataOptions, dataFolder } from './data-folder.ts';
import { parseCount } from './parse-arguments.ts';
import { showProgress } from './progress.ts';
import { exitCodes, type Terminal } from './terminal.ts';

const pageSize = 500;

export function addJournal(program: Command, terminal: Terminal): void {
  const journal = program.command('journal').description('look into the journal of what happened at the gates');

  addDataOptions(journal.command('verify'))
    .summary('prove that nothing in it was changed')
    .description(
      'Reads the journal from its first entry: numbers without a gap, hashes that chain, visits and balances that follow from the ' +
        'entries. It may run beside the gateway. Ends with 1 when something does not hold.',
    )
    .option('--json', 'one JSON object instead of lines')
    .action(async (options: DataOptions & { json?: true }) => {
      const opened = await openJournal(options, terminal);
      if (opened === null) return;
      const progress = showProgress(terminal);
      const { entries, faults } = opened.verify((number, of) => progress.show('verifying', number, of));
      progress.end();
      opened.close();
      if (options.json) terminal.out(JSON.stringify({ entries, faults }));
      else for (const { problem } of faults) terminal.out(problem);
      if (!options.json)
        terminal.out(faults.length === 0 ? `ok: ${entries} entries` : `faults: ${faults.length}, entries: ${entries}`);
      if (faults.length > 0) terminal.exitCode = exitCodes.faults;
    });

  addDataOptions(journal.command('show'))
    .summary('print entries')
    .description('Prints entries, oldest first, one line each; without --after or --last the last 20.')
    .option('--after <number>', 'entries after this one', parseCount)
    .option('--last <count>', 'so many newest entries', parseCount)
    .option('--json', 'whole entries, one JSON object a line')
    .action(async ({ after, last, json, ...options }: DataOptions & { after?: number; last?: number; json?: true }) => {
      const opened = await openJournal(options, terminal);
      if (opened === null) return;
      const newest = opened.newest()?.number ?? 0;
      const lastWanted = last ?? (after === undefined ? 20 : newest);
      let from = Math.max(after ?? 0, newest - lastWanted);
      for (let page = opened.after(from, pageSize); page.length > 0; page = opened.after(from, pageSize)) {
        for (const entry of page) terminal.out(json ? JSON.stringify(entry) : lineOf(entry));
        from = page.at(-1)?.number ?? from;
      }
      opened.close();
    });
}

async function openJournal(options: DataOptions, terminal: Terminal) {
  const folder = await dataFolder(options, terminal);
  if (folder === null) return null;
  const store = await import('../adapters/store/journal-store.ts');
  return store.openJournal(join(folder, 'gate.db'), { readonly: true });
}

function lineOf({ number, at, visitNumber, event }: JournalEntry): string {
  const visit = visitNumber === null ? '' : ` visit ${visitNumber}`;
  return `${String(number).padStart(6)}  ${new Date(at).toISOString()}  ${event.gate.padEnd(12)} ${event.kind.padEnd(9)} ${textOf(event)}${visit}`;
}

function textOf(event: JournalEntry['event']): string {
  switch (event.kind) {
    case 'decision': {
      const { outcome, code, memberId, staffId, membershipId } = event.decision;
      const paidBy = membershipId === null ? '' : ` membership ${membershipId}`;
      return `${outcome} ${code} ${memberId ?? staffId ?? event.read ?? 'nobody'}${paidBy}`;
    }
    case 'override':
      return `${event.memberId ?? 'somebody'} let in by ${event.staff}: ${event.reason}`;
    case 'passage':
      return `${event.code} ${event.because}${event.visit === null ? '' : ` visit ${event.visit} committed`}`;
    case 'release':
      return `${event.code} ${event.because} visit ${event.visit} given back`;
    case 'move':
      return `visit ${event.replaces} moved to ${event.visit.charges[0]?.membershipId ?? 'nothing'} by ${event.staff}: ${event.reason}`;
    case 'presence':
      return `${event.person ?? 'everybody'} taken out of zone ${event.zone} by ${event.staff}`;
    case 'mode':
      return `${event.mode}${event.staff === null ? '' : ` by ${event.staff}`}`;
  }
}

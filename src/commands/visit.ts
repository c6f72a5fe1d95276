import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config/config.ts';
import type { JournalEntry } from '../domain/journal/entry.ts';
import { settlementOf, type Visit } from '../domain/journal/visit.ts';
import { chosenByText } from '../domain/kiosk/texts/say.ts';
import { Failure } from '../ports/failure.ts';
import type { DeskAnswer, MoveCharge } from '../ports/front-desk.ts';
import type { Journal } from '../ports/journal.ts';
import { addDataOptions, type DataOptions, dataFolder } from './data-folder.ts';
import { withNeeded } from './needed-options.ts';
import { parseCount } from './parse-arguments.ts';
import { readConfig } from './read-config.ts';
import { exitCodes, type Terminal } from './terminal.ts';

interface MoveOptions extends DataOptions {
  to?: string;
  reason?: string;
  staff?: string;
}

export function addVisit(program: Command, terminal: Terminal): void {
  const visit = program.command('visit').description('look at a visit, and correct which membership paid for it');

  addDataOptions(visit.command('show'))
    .summary('say what a visit took, from which membership, and why from that one')
    .description(
      'Says what a visit took, from which membership, why that one was chosen, and what became of it. It may run beside the gateway. ' +
        'Visit numbers stand in `journal show` and at the desk. Ends with 1 when there is no such visit.',
    )
    .argument('<number>', 'the visit number', parseCount)
    .action(async (number: number, options: DataOptions) => {
      const folder = await dataFolder(options, terminal);
      if (folder === null) return;
      const { openJournal } = await import('../adapters/store/journal-store.ts');
      const journal = openJournal(join(folder, 'gate.db'), { readonly: true });
      try {
        const found = journal.visit(number);
        if (found === null) return refuse(`there is no visit ${number}`, terminal);
        for (const line of linesOf(found, journal)) terminal.out(line);
      } finally {
        journal.close();
      }
    });

  visit
    .command('move')
    .summary('let another membership of the member pay for a visit')
    .description(
      'Lets another membership of the member pay for a visit, within the time that the settings give staff (desk.moveChargeWithinHours). ' +
        'A running gateway is asked to do it; without one it is done on the data itself, which needs the configuration. Ends with 1 when ' +
        'it is refused.',
    )
    .argument('<number>', 'the visit number', parseCount)
    .option('--to <membership>', 'the id of the membership that shall pay')
    .option('--reason <text>', 'why; it stands in the journal')
    .option('--staff <name>', 'who does it; it stands in the journal')
    .option('--config <file>', 'the configuration of the box')
    .option('--data <folder>', 'the data folder of the box; with --config: instead of the one named there')
    .action(async (number: number, options: MoveOptions, command: Command) => {
      const { to, reason, staff, config: path, data } = withNeeded(options, ['to', 'reason', 'staff'], command);
      if (staff.trim() === '') command.error('error: --staff <name> is empty');
      const config = path === undefined ? null : await readConfig(path, terminal);
      if (path !== undefined && config === null) return;
      const folder = data === undefined ? (config?.dataFolder ?? (await dataFolder({}, terminal))) : resolve(data);
      if (folder === null) return;
      const answer = await move(folder, config, { visit: number, to, reason, staff: staff.trim() }, terminal);
      if (!answer.done) return refuse(answer.problem, terminal);
      const { openJournal } = await import('../adapters/store/journal-store.ts');
      const journal = openJournal(join(folder, 'gate.db'), { readonly: true });
      const made = journal.entry(answer.entry)?.visitNumber;
      journal.close();
      terminal.out(
        `membership ${to} now pays for it: visit ${made} stands in the place of visit ${number} (journal number ${answer.entry})`,
      );
    });
}

function refuse(problem: string, terminal: Terminal): void {
  terminal.err(`gatehouse: ${problem}`);
  terminal.exitCode = exitCodes.faults;
}

/** On the data itself where no gateway runs, else by asking the one that does. */
async function move(folder: string, config: Config | null, request: MoveCharge, terminal: Terminal): Promise<DeskAnswer> {
  const [{ moveOnce }, { askToMove }, { controlSocket }, { systemClock }] = await Promise.all([
    import('../move-once.ts'),
    import('../adapters/web/ask-control.ts'),
    import('../control-socket.ts'),
    import('../adapters/system/system-clock.ts'),
  ]);
  const warn = (line: string) => terminal.err(`gatehouse: ${line}`);
  const log = { info() {}, warn, error: warn };
  try {
    if (config !== null) return moveOnce({ dataFolder: folder, config, request, clock: systemClock, log });
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'in_use') throw error;
  }
  try {
    return await askToMove(controlSocket(folder), request);
  } catch (error) {
    if (config !== null || !(error instanceof Failure) || error.code !== 'absent') throw error;
    throw new Failure('bad_input', `no gateway runs on \`${folder}\`: say its configuration too, with --config <file>`, {
      retry: false,
      cause: error,
    });
  }
}

function linesOf(visit: Visit, journal: Journal): string[] {
  const { number, entry, at, gate, memberId, state, charges, activation } = visit;
  const charged = charges.filter(({ charge }) => charge > 0);
  const made = journal.entry(entry);
  return [
    `visit ${number}: ${stateWords[state]}`,
    `  tap: ${new Date(at).toISOString()} at ${gate}`,
    `  member: ${memberId ?? 'nobody known'}`,
    ...(charged.length === 0 ? ['  took: nothing'] : []),
    ...charged.map(({ membershipId, charge }) => `  took: ${charge} of membership ${membershipId}`),
    ...(activation === null ? [] : [`  activated: ${activation.startsOn} to ${activation.endsOn ?? 'no end'}`]),
    ...(made === null ? [] : originOf(made)),
    ...(state === 'released' ? endOf(number, entry, journal) : []),
  ];
}

const stateWords: Record<Visit['state'], string> = {
  reserved: 'waits for the passage',
  committed: 'recorded',
  released: 'given back',
};

/** How the visit came to be, and why this membership paid. */
function originOf({ number, event }: JournalEntry): string[] {
  switch (event.kind) {
    case 'decision': {
      const { membershipId, chosenBy, code } = event.decision;
      const chosen = membershipId === null ? [] : [`  ${chosenByText('en', chosenBy)}`];
      return [`  answered: ${code} (journal number ${number})`, ...chosen];
    }
    case 'override':
      return [`  let in by ${event.staff}: ${event.reason} (journal number ${number})`];
    case 'move':
      return [`  in the place of visit ${event.replaces}, moved by ${event.staff}: ${event.reason} (journal number ${number})`];
    case 'passage':
    case 'release':
    case 'mode':
    case 'presence':
      return [];
  }
}

/** What gave the visit back at last: it stands behind the entry that made it, and a late arm may have taken an earlier release back. */
function endOf(visit: number, madeBy: number, journal: Journal): string[] {
  let end: string[] = [];
  let from = madeBy;
  for (let page = journal.after(from, pageSize); page.length > 0; page = journal.after(from, pageSize)) {
    for (const entry of page) if (settlementOf(entry.event)?.visit === visit) end = endLine(entry);
    from = page.at(-1)?.number ?? from;
  }
  return end;
}

function endLine({ number, event, visitNumber }: JournalEntry): string[] {
  if (event.kind === 'release') return [`  given back: ${event.because} (journal number ${number})`];
  if (event.kind !== 'move') return [];
  const to = event.visit.charges[0]?.membershipId ?? 'nothing';
  return [`  moved to membership ${to} as visit ${visitNumber} by ${event.staff}: ${event.reason} (journal number ${number})`];
}

const pageSize = 500;

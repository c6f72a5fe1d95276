import { join } from 'node:path';
import type { Command } from 'commander';
import { addDataOptions, type DataOptions, madeDataFolder } from './data-folder.ts';
import { showProgress } from './progress.ts';
import { mustBeReadable } from './read-input.ts';
import { showRows } from './show-rows.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export function addImport(program: Command, terminal: Terminal): void {
  const importing = program.command('import').description('take in data from files');
  addDataOptions(importing.command('snapshot'))
    .summary("replace the club's data by a snapshot")
    .description(
      'Replaces the data of the club by a snapshot, in one step; a running gateway uses it at the next tap. Rows with mistakes are named ' +
        'and left out (it then ends with 1); a file that cannot be used changes nothing (2).',
    )
    .argument('<file>', 'the snapshot, JSON')
    .action(async (path: string, options: DataOptions) => {
      mustBeReadable(path);
      const folder = await madeDataFolder(options, terminal);
      if (folder === null) return;
      const [{ importSnapshotFile }, { systemClock }] = await Promise.all([
        import('../adapters/store/import-snapshot-file.ts'),
        import('../adapters/system/system-clock.ts'),
      ]);
      const progress = showProgress(terminal);
      const answer = importSnapshotFile(path, join(folder, 'club.db'), systemClock.now(), ({ phase, rowsDone }) =>
        progress.show(`${phase} rows`, rowsDone, null),
      );
      progress.end();
      if (!answer.done) {
        showRows(path, [answer.fatal], '', terminal);
        terminal.exitCode = exitCodes.wrongUse;
        return;
      }
      showRows(path, answer.problems, '', terminal);
      showRows(path, answer.warnings, 'warning: ', terminal);
      const counts = Object.entries(answer.counts).map(([entity, count]) => `${count} ${entity}`);
      terminal.out(`imported into ${folder}: ${counts.join(', ')}`);
      if (answer.problems.length === 0) return;
      terminal.err(`rows with mistakes, left out: ${answer.problems.length}`);
      terminal.exitCode = exitCodes.faults;
    });
}

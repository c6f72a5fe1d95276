import { join } from 'node:path';
import type { Command } from 'commander';
import { addDataOptions, type DataOptions, madeDataFolder } from './data-folder.ts';
import type { Terminal } from './terminal.ts';

export function addToken(program: Command, terminal: Terminal): void {
  const token = program.command('token').description('what the central system signs in with');
  addDataOptions(token.command('new'))
    .summary('make the token anew')
    .description(
      'Makes the token of the central system anew; the old one ends at once. The token is printed once and kept nowhere.',
    )
    .action(async (options: DataOptions) => {
      const folder = await madeDataFolder(options, terminal);
      if (folder === null) return;
      const { openOperators } = await import('../adapters/store/operator-store.ts');
      const operators = openOperators(join(folder, 'desk.db'));
      const made = operators.newToken();
      operators.close();
      terminal.out(`Authorization: Bearer ${made}`);
    });
}

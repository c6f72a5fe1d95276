import { join } from 'node:path';
import type { Command } from 'commander';
import { addDataOptions, type DataOptions, madeDataFolder } from './data-folder.ts';
import type { Terminal } from './terminal.ts';

export function addStaff(program: Command, terminal: Terminal): void {
  const staff = program.command('staff').description('accounts of the desk');
  addDataOptions(staff.command('pin'))
    .summary('make an account, or give it a new PIN')
    .description(
      'Makes an account for the desk, or gives it a new PIN and ends its sessions. The PIN is printed once and kept nowhere.',
    )
    .argument('<name>', 'who signs in')
    .action(async (name: string, options: DataOptions) => {
      const folder = await madeDataFolder(options, terminal);
      if (folder === null) return;
      const { openOperators } = await import('../adapters/store/operator-store.ts');
      const operators = openOperators(join(folder, 'desk.db'));
      const pin = await operators.setPin(name).finally(() => operators.close());
      terminal.out(`${name} signs in at /staff with the PIN ${pin}`);
    });
}

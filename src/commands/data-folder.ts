import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { makeFolder } from '../adapters/system/make-folder.ts';
import { readConfig } from './read-config.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export interface DataOptions {
  config?: string;
  data?: string;
}

/** `--config FILE | --data DIR`: two ways to say whose data is meant. */
export function addDataOptions(command: Command): Command {
  return command
    .addOption(new Option('--config <file>', 'the configuration of the box').conflicts('data'))
    .addOption(new Option('--data <folder>', 'the data folder of the box'));
}

/** The data folder meant; null after saying why there is none. */
export async function dataFolder({ config, data }: DataOptions, terminal: Terminal): Promise<string | null> {
  if (data !== undefined) return resolve(data);
  if (config !== undefined) return (await readConfig(config, terminal))?.dataFolder ?? null;
  terminal.err('gatehouse: say which box is meant: --config <file> or --data <folder>');
  terminal.exitCode = exitCodes.wrongUse;
  return null;
}

/** As `dataFolder`, and makes it when it is not there yet. */
export async function madeDataFolder(options: DataOptions, terminal: Terminal): Promise<string | null> {
  const folder = await dataFolder(options, terminal);
  // The data is the members': nobody else on the machine reads it.
  if (folder !== null) makeFolder(folder);
  return folder;
}

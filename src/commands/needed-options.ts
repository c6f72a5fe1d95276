import type { Command } from 'commander';

/** The options with those of `names` surely there. Asked here rather than by commander, which would say this before it helps with a misspelled one. */
export function withNeeded<Options extends object, Name extends keyof Options & string>(
  options: Options,
  names: readonly Name[],
  command: Command,
): Options & Required<Pick<Options, Name>> {
  for (const name of names) {
    if (options[name] !== undefined) continue;
    const { flags } = command.options.find((option) => option.attributeName() === name) ?? { flags: `--${name}` };
    command.error(`error: ${flags} is missing`);
  }
  return options as Options & Required<Pick<Options, Name>>;
}

import { runCommandLine } from '../../src/commands/run-command-line.ts';
import type { Terminal } from '../../src/commands/terminal.ts';

export interface CommandRun {
  exitCode: number;
  out: string[];
  err: string[];
}

/** Runs one `gatehouse` command in this process, as at a pipe or, with `redraws`, as at a terminal. `heard` is told every line at once; `ask` answers questions. */
export async function runGatehouse(
  words: string[],
  redraws?: string[],
  heard: (line: string) => void = () => {},
  ask?: Terminal['ask'],
): Promise<CommandRun> {
  const out: string[] = [];
  const err: string[] = [];
  const keep = (lines: string[], line: string) => {
    lines.push(...line.split('\n'));
    heard(line);
  };
  const exitCode = await runCommandLine(words, {
    out: (line) => keep(out, line),
    err: (line) => keep(err, line),
    ...(ask && { ask }),
    ...(redraws && { redraw: (line: string) => redraws.push(line) }),
    exitCode: 0,
  });
  return { exitCode, out, err };
}

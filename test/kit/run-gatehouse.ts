import { runCommandLine } from '../../src/commands/run-command-line.ts';

export interface CommandRun {
  exitCode: number;
  out: string[];
  err: string[];
}

/** Runs one `gatehouse` command in this process, as at a pipe or, with `redraws`, as at a terminal. */
export async function runGatehouse(words: string[], redraws?: string[]): Promise<CommandRun> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await runCommandLine(words, {
    out: (line) => out.push(...line.split('\n')),
    err: (line) => err.push(...line.split('\n')),
    ...(redraws && { redraw: (line: string) => redraws.push(line) }),
    exitCode: 0,
  });
  return { exitCode, out, err };
}

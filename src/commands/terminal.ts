import { createInterface } from 'node:readline';

/** Where a command writes, and what it ends with. */
export interface Terminal {
  out(line: string): void;
  /** Beside the result: warnings, progress, why it failed. */
  err(line: string): void;
  /** Rewrites the last line of `err` in place; absent where nobody watches. */
  redraw?(line: string): void;
  /** Asks whoever sits there; null: they want to end, or `ended` came first. Absent where nobody can be asked. */
  ask?(question: string, ended: Promise<unknown>): Promise<string | null>;
  exitCode: number;
}

/** `faults`: a check found some, or what was asked for was refused. `wrongUse`: wrong words or a wrong file. `failed`: the machine would not. */
export const exitCodes = { ok: 0, faults: 1, wrongUse: 2, failed: 3 } as const;

export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  // Whoever reads the output may stop early, as `head` does: there is nobody left to tell.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    // Back to the first column, the line, and nothing behind it.
    ...(stderr.isTTY ? { redraw: (line: string) => void stderr.write(`\r${line}\u001b[K`) } : {}),
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    exitCode: exitCodes.ok,
  };
}

function ask(question: string, ended: Promise<unknown>): Promise<string | null> {
  return new Promise((resolve) => {
    const asked = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C while something is asked comes here, and not as a signal.
    asked.on('SIGINT', () => asked.close());
    void ended.then(() => asked.close());
    asked.on('close', () => resolve(null));
    asked.question(question, (answer) => {
      resolve(answer);
      asked.close();
    });
  });
}

import { CommanderError } from 'commander';
import { Failure } from '../ports/failure.ts';
import { createProgram } from './program.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** Does what the words after `gatehouse` say; the answer is what the process ends with. A fault of the program is thrown. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(words, { from: 'user' });
    return terminal.exitCode;
  } catch (error) {
    // Commander has already said it.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUse;
    if (!(error instanceof Failure)) throw error;
    terminal.err(`gatehouse: ${error.message}`);
    return error.code === 'bad_input' ? exitCodes.wrongUse : exitCodes.failed;
  }
}

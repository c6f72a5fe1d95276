import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { Failure } from '../ports/failure.ts';

/** The bytes of a file that somebody named. Throws `Failure` `bad_input` when it is not there or not theirs to read. */
export function readInput(path: string): Uint8Array {
  mustBeReadable(path);
  return readFileSync(path);
}

/** Throws `Failure` `bad_input` when `path` names no file that can be read. */
export function mustBeReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw wrong(missing ? `there is no file \`${path}\`: check the path` : `this user may not read \`${path}\``, cause);
  }
  if (statSync(path).isDirectory()) throw wrong(`\`${path}\` is a folder: name the file in it`, undefined);
}

function wrong(message: string, cause: unknown): Failure {
  return new Failure('bad_input', message, { retry: false, cause });
}

import { setUp } from '../../scripts/setup.mjs';

/** Threads and processes of their own run the compiled program: it is brought up to date before the first test. */
export default async function compileProgram(): Promise<void> {
  await setUp((line: string) => console.log(line));
}

import type { Config } from '../config/config.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** The configuration in a file; null after saying everything that is wrong with it. Warnings are said either way. */
export async function readConfig(path: string, terminal: Terminal): Promise<Config | null> {
  const [{ loadConfig }, { problemLine }, { loadProfiles }] = await Promise.all([
    import('../config/load-config.ts'),
    import('../config/place.ts'),
    import('../load-profiles.ts'),
  ]);
  const answer = loadConfig(path, await loadProfiles());
  for (const { place, problem } of answer.warnings) terminal.err(problemLine(path, { place, problem: `warning: ${problem}` }));
  if ('config' in answer) return answer.config;
  for (const problem of answer.problems) terminal.err(problemLine(path, problem));
  terminal.exitCode = exitCodes.wrongUse;
  return null;
}

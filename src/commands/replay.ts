import type { Command } from 'commander';
import { mustBeReadable } from './read-input.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export function addReplay(program: Command, terminal: Terminal): void {
  program
    .command('replay')
    .summary('run a day from a scenario file')
    .description(
      'Runs a scenario through a whole gateway with simulated wires and a virtual clock, and compares what came of each step with what ' +
        'was expected. Ends with 1 when an expectation did not hold, with 2 when the file cannot be used.',
    )
    .argument('<file>', 'the scenario, YAML or JSON')
    .option('--json', 'one JSON object a line instead of words')
    .action(async (path: string, { json }: { json?: true }) => {
      mustBeReadable(path);
      const [{ replayScenario }, { problemLine }] = await Promise.all([import('../replay.ts'), import('../config/place.ts')]);
      const answer = await replayScenario(path, (step) => {
        if (json) return terminal.out(JSON.stringify(step));
        terminal.out(`${step.failed.length === 0 ? 'ok    ' : 'FAILED'} ${step.step}  ${step.at}  ${step.did}`);
        for (const difference of step.failed) terminal.out(`         ${difference}`);
      });
      if ('problems' in answer) {
        for (const problem of answer.problems) terminal.err(problemLine(path, problem));
        terminal.exitCode = exitCodes.wrongUse;
        return;
      }
      const steps = answer.results.length;
      const failed = answer.results.filter((result) => result.failed.length > 0).length;
      terminal.out(json ? JSON.stringify({ steps, failed }) : `${answer.title}: ${steps} steps, ${failed} failed`);
      if (failed > 0) terminal.exitCode = exitCodes.faults;
    });
}

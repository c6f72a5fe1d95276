import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkConfigValue } from './config/check-config.ts';
import type { Problem } from './config/place.ts';
import { readScenario, type Scenario } from './config/scenario.ts';
import { loadProfiles } from './load-profiles.ts';
import { openStage, type StepResult } from './stage.ts';

export type ReplayAnswer = { title: string; results: StepResult[] } | { problems: Problem[] };

/**
 * Runs a scenario file through a whole gateway: real store, real rules, real gate machine; the wires are simulated and the
 * clock is virtual, so a day takes a moment. `told` is called after every step.
 */
export async function replayScenario(path: string, told: (result: StepResult) => void = () => {}): Promise<ReplayAnswer> {
  const answer = readScenario(path);
  if ('problems' in answer) return answer;
  const { scenario } = answer;
  const folder = dirname(resolve(path));
  const checked = checkConfigValue(scenario.config, {
    profiles: await loadProfiles(),
    locate: (key, part) => scenario.locate(['config', ...key], part),
    folder,
    wires: 'simulated',
  });
  if ('problems' in checked) return { problems: checked.problems };
  const settings = { ...checked.config, gates: checked.config.gates.map((gate) => gate.settings) };

  const data = mkdtempSync(join(tmpdir(), 'gatehouse-replay-'));
  try {
    const stage = openStage(data, settings, scenario.startsAt);
    try {
      const snapshot = snapshotOf(scenario, folder);
      if (typeof snapshot === 'string')
        return { problems: [{ place: scenario.locate(['snapshot'], 'value'), problem: snapshot }] };
      const problems = stage.load(snapshot);
      if (problems.length > 0)
        return { problems: problems.map((problem) => ({ place: scenario.locate(['snapshot'], 'key'), problem })) };
      const results: StepResult[] = [];
      for (const [index, step] of scenario.steps.entries()) {
        const result = await stage.play(step, index + 1);
        results.push(result);
        told(result);
      }
      return { title: scenario.title, results };
    } finally {
      await stage.close();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** The snapshot's bytes, or what is wrong with its path. */
function snapshotOf({ snapshot }: Scenario, folder: string): Uint8Array | string {
  if (typeof snapshot !== 'string') return Buffer.from(JSON.stringify(snapshot));
  const path = resolve(folder, snapshot);
  if (!existsSync(path)) return `there is no file \`${path}\`: check the path, which starts from the scenario's folder`;
  return readFileSync(path);
}

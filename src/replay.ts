import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { checkConfigValue } from './config/check-config.ts';
import { inOrder, type Path, type Problem } from './config/place.ts';
import { type Action, readScenario, type Scenario } from './config/scenario.ts';
import { nearest } from './lib/nearest.ts';
import { loadProfiles } from './load-profiles.ts';
import { type RowProblem, readChanges } from './ports/club-snapshot.ts';
import { openStage, type StepResult } from './stage.ts';

/** `warnings`: rows of the snapshot that are held and open nothing. */
export type ReplayAnswer = { title: string; results: StepResult[]; warnings: Problem[] } | { problems: Problem[] };

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
  const mistaken = stepProblems(
    scenario,
    settings.gates.map(({ id }) => id),
  );
  if (mistaken.length > 0) return { problems: mistaken };

  const data = mkdtempSync(join(tmpdir(), 'gatehouse-replay-'));
  try {
    const stage = openStage(data, settings, scenario.startsAt);
    try {
      const snapshot = snapshotOf(scenario, folder);
      if (typeof snapshot === 'string')
        return { problems: [{ place: scenario.locate(['snapshot'], 'value'), problem: snapshot }] };
      const loaded = stage.load(snapshot);
      const inScenario = (row: RowProblem) => snapshotProblem(scenario, row);
      if (loaded.problems.length > 0) return { problems: loaded.problems.map(inScenario) };
      const results: StepResult[] = [];
      for (const [index, step] of scenario.steps.entries()) {
        const result = await stage.play(step, index + 1);
        results.push(result);
        told(result);
      }
      return { title: scenario.title, results, warnings: loaded.warnings.map(inScenario) };
    } finally {
      await stage.close();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Steps that could never be played: one before the step before it, a gate that is not there, rows that cannot be read. */
function stepProblems(scenario: Scenario, gates: readonly string[]): Problem[] {
  const { steps, locate } = scenario;
  const backwards = stepsBackInTime(scenario).map((index) => ({
    place: locate(['steps', index, 'at'], 'value'),
    problem: `\`steps[${index}].at\` lies before the step before it: must not go back in time`,
  }));
  const unplayable = steps.flatMap(({ does }, index): Problem[] => {
    if (does?.kind === 'change') {
      const reading = readChanges({ value: does.rows }, () => true);
      if (reading.changes !== null) return [];
      return reading.problems.map(({ path, problem }) => ({
        place: locate(['steps', index, 'change', ...pathOf(path)], 'value'),
        problem: `${path}: ${problem}`,
      }));
    }
    const named = gateNamedIn(does);
    if (named === null || gates.includes(named.gate)) return [];
    const meant = nearest(named.gate, gates);
    const suggestion = meant === null ? '' : `did you mean \`${meant}\`? `;
    const problem = `there is no gate \`${named.gate}\`: ${suggestion}there are ${gates.map((gate) => `\`${gate}\``).join(', ')}`;
    return [{ place: locate(['steps', index, named.key, 'gate'], 'value'), problem }];
  });
  return inOrder([...backwards, ...unplayable]);
}

function stepsBackInTime({ startsAt, steps }: Scenario): number[] {
  let now = startsAt;
  return steps.flatMap(({ when }, index) => {
    const before = now;
    if (when !== null) now = 'at' in when ? Math.max(now, when.at) : now + when.afterMs;
    return when !== null && 'at' in when && when.at < before ? [index] : [];
  });
}

function gateNamedIn(does: Action | null): { gate: string; key: string } | null {
  if (does === null) return null;
  if ('gate' in does) return { gate: does.gate, key: does.kind };
  return does.kind === 'show' && does.what === 'gate' ? { gate: does.id, key: 'show' } : null;
}

/** Where a row stands: in the scenario itself, or in the file that it names. */
function snapshotProblem({ snapshot, locate }: Scenario, { path, line, column, problem }: RowProblem): Problem {
  if (typeof snapshot !== 'string') {
    return { place: locate(['snapshot', ...pathOf(path)], 'value'), problem: `snapshot ${path}: ${problem}` };
  }
  const there = line === null ? snapshot : `${snapshot}:${line}:${column}`;
  return { place: locate(['snapshot'], 'value'), problem: `${there}: ${path}: ${problem}` };
}

/** The keys of a path as it is told: `memberships[17].visits.left`. */
function pathOf(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? '') : Number(index),
  );
}

/** The snapshot's bytes, or what is wrong with its path. */
function snapshotOf({ snapshot }: Scenario, folder: string): Uint8Array | string {
  if (typeof snapshot !== 'string') return Buffer.from(JSON.stringify(snapshot));
  const path = resolve(folder, snapshot);
  if (!existsSync(path)) return `there is no file \`${path}\`: check the path, which starts from the scenario's folder`;
  return readFileSync(path);
}

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { replayScenario } from '../../src/replay.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe('a day at the club, through the whole gateway', () => {
  it('finds the stories', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s', async (file) => {
    const answer = await replayScenario(`${folder}/${file}`);
    if ('problems' in answer)
      throw new Error(answer.problems.map(({ place, problem }) => `${file}:${place?.line}: ${problem}`).join('\n'));
    expect(answer.results.flatMap(({ step, did, failed }) => failed.map((what) => `step ${step} (${did}): ${what}`))).toEqual([]);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemLine } from '../src/config/place.ts';
import { replayScenario } from '../src/replay.ts';
import { temporaryFolder } from './kit/temporary-folder.ts';

const beginning = `format: gatehouse-scenario/1
title: a day
at: 2026-06-15T07:30:00+02:00
config: { branch: center, gates: { main-in: {} } }
snapshot:
  format: gatehouse-snapshot/1
  branches: [{ id: center, name: Center, timeZone: Europe/Warsaw }]
  members: [{ id: m1, name: Anna K. }]
  credentials: [{ id: c1, kind: rfid, value: "01", memberId: m1, status: active }]
`;
const steps = `steps:
  - tap: { gate: main-in, credential: "rfid:01" }
    expect: { code: NO_MEMBERSHIP }
`;

async function replay(text: string) {
  const path = join(temporaryFolder(), 'day.yaml');
  writeFileSync(path, text);
  const answer = await replayScenario(path);
  const lines = (problems: Parameters<typeof problemLine>[1][]) => problems.map((problem) => problemLine('day.yaml', problem));
  if ('problems' in answer) return { problems: lines(answer.problems), warnings: [], failed: [] };
  return { problems: [], warnings: lines(answer.warnings), failed: answer.results.flatMap(({ failed }) => failed) };
}

describe('a scenario with a mistake is refused where it stands, before anything is played', () => {
  it('a good one is played', async () => {
    expect(await replay(beginning + steps)).toEqual({ problems: [], warnings: [], failed: [] });
  });

  it.each([
    [
      '  - tap: { gate: main-inn, credential: "rfid:01" }',
      'day.yaml:11:18: there is no gate `main-inn`: did you mean `main-in`? there are `main-in`',
    ],
    ['  - show: { gate: side }', 'day.yaml:11:19: there is no gate `side`: there are `main-in`'],
    [
      '  - mode: { gate: main-in, set: ajar }',
      'day.yaml:11:33: `steps[0].mode.set` is `ajar`: must be one of `controlled`, `free`, `closed`, `emergency`',
    ],
    [
      '  - tap: { gate: main-in, credential: "rfd:01" }',
      'day.yaml:11:39: `steps[0].tap.credential` is `rfd:01`: must be kind:value with one of the kinds',
    ],
    [
      '  - clock: sometimes',
      'day.yaml:11:12: `steps[0].clock` is `sometimes`: must be trusted, untrusted, or { jumpTo: instant }',
    ],
    [
      '  - clock: { jumpTo: 2026-06-15 }',
      'day.yaml:11:22: `steps[0].clock.jumpTo` is `2026-06-15`: must be an instant with its offset',
    ],
    ['  - link: sideways', 'day.yaml:11:11: `steps[0].link` is `sideways`: must be one of `up`, `down`'],
    [
      '  - show: { membership: p1, member: m1 }',
      'day.yaml:11:11: `steps[0].show` is a group of keys: must name one thing: membership, member, gate or zone',
    ],
    [
      '  - peer: { gateway: box-2, visits: [{ number: 0, membership: p1, at: 2026-06-15T08:00:00Z }] }',
      'day.yaml:11:48: `steps[0].peer.visits[0].number` is `0`',
    ],
    [
      '  - tap: { gate: main-in, credential: "rfid:01" }\n    passed: { gate: main-in }',
      'day.yaml:11:5: `steps[0]` is a group of keys: must do one thing',
    ],
    ['  - after: soon', 'day.yaml:11:12: `steps[0].after` is `soon`: must be a length like 3s'],
    [
      '  - change: { memberships: [{ id: p1, memberIds: [m1], state: active, visits: { left: many } }] }',
      'day.yaml:11:87: memberships[0].visits.left: found `"many"`; expected a whole number, or null for unlimited',
    ],
    ['  - change: { delete: [{ entity: cards, id: c1 }] }', 'day.yaml:11:34: delete[0].entity: found `"cards"`'],
    ['  - expect: { inside: many }', 'day.yaml:11:23: `steps[0].expect.inside` is `many`'],
  ])('%s', async (step, problem) => {
    expect((await replay(`${beginning}steps:\n${step}\n`)).problems.join('\n')).toContain(problem);
  });

  it('a row of its snapshot is named with its line in the scenario', async () => {
    const text = beginning.replace('Europe/Warsaw', 'Europe/Warsw') + steps;
    expect((await replay(text)).problems).toEqual([
      expect.stringContaining(
        'day.yaml:7:52: snapshot branches[0].timeZone: found `"Europe/Warsw"`; expected the name of a time zone',
      ),
    ]);
  });

  it('a row that contradicts itself opens nothing and is warned of with its line', async () => {
    const membership = 'id: p1, memberIds: [m1], state: active, startsOn: 2026-07-01, endsOn: 2026-06-01, visits: { left: 5 }';
    const text = `${beginning}  memberships: [{ ${membership}, terms: { entitlements: [{ scope: { any: true } }] } }]
steps:
  - tap: { gate: main-in, credential: "rfid:01" }
    expect: { outcome: denied, code: UNKNOWN_STATE, refusals: { p1: UNKNOWN_STATE } }
`;
    const { problems, failed, warnings } = await replay(text);
    expect({ problems, failed }).toEqual({ problems: [], failed: [] });
    expect(warnings).toEqual([
      expect.stringMatching(/^day.yaml:10:\d+: snapshot memberships\[0\]\.endsOn: `endsOn` is `2026-06-01`, before `startsOn`/),
    ]);
  });
});

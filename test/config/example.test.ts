import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkConfigValue } from '../../src/config/check-config.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { type Problem, problemLine } from '../../src/config/place.ts';
import { parseYaml } from '../../src/config/read-yaml.ts';
import { configSchema } from '../../src/config/schema.ts';
import { loadProfiles } from '../../src/load-profiles.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

const profiles = await loadProfiles();
const examplePath = 'config/example.yaml';
const example = readFileSync(examplePath, 'utf8');

describe('the example', () => {
  test('loads without a problem or a warning', () => {
    const answer = loadConfig(examplePath, profiles);
    expect('problems' in answer ? answer.problems : answer.warnings).toEqual([]);
  });

  test('says of every key what it is when left out', () => {
    const file = parseYaml(example);
    if ('problems' in file) throw new Error('the example is not YAML');
    const written = file.value as { branch: string; gates: Record<string, Record<string, unknown>>; readers: unknown };
    const { relay: _, branch: __, passageTimeoutSeconds: ___, ...gate } = written.gates['main-in'] ?? {};
    const smallest = configSchema.parse({ branch: written.branch, gates: { 'main-in': {} } });
    expect({ ...smallest, ...written, gates: { 'main-in': { ...smallest.gates['main-in'], ...gate } }, readers: {} }).toEqual(
      smallest,
    );
  });

  // `key: { … }` behind a `#`, indented like an example.
  const alternatives = [...example.matchAll(/^(?<indent> *)# {3}(?<entry>\S+: \{.*\})$/gm)].map(({ groups }) => ({
    indent: groups?.['indent']?.length ?? 0,
    entry: groups?.['entry'] ?? '',
  }));

  test('shows each way of connecting a device', () => {
    expect(alternatives.map(({ entry }) => entry.split(':')[0])).toEqual([
      'tcp',
      'desk',
      'vault',
      'door',
      'scanner',
      'counter',
      'pins',
      'relay',
      'relay',
      'relay',
      'relay',
      'relay',
      'turnstile',
      'relayOut',
      'contacts',
      'passageFrom',
      'buses',
      'mqtt',
      'mqtt',
    ]);
  });

  /** What a key needs beside it. */
  const beside: Record<string, string> = {
    passageFrom: 'passage: reported',
    relayOut: 'direction: both, relay: { device: lcus, serial: { path: /dev/ttyUSB1 } }',
    contacts: 'passage: reported, relay: { device: modbus-relay, serial: { path: /dev/ttyUSB1 }, settings: { inputs: 4 } }',
  };

  test.each(alternatives)('its alternative `$entry` is good too', ({ indent, entry }) => {
    const reader = 'gate: main-in, device: rdm6300';
    const text = [
      'branch: center',
      indent === 0 ? entry : 'mqtt: {}',
      entry.startsWith('buses') ? '' : 'buses: { front: { device: osdp, tcp: { host: 10.0.0.5, port: 4001 } } }',
      `readers: { ${entry.startsWith('tcp') ? `a: { ${reader}, ${entry} }` : indent === 2 ? entry : ''} }`,
      `gates: { main-in: { ${indent === 4 ? `${beside[entry.split(':')[0] ?? ''] ?? 'passage: assumed'}, ${entry}` : ''} } }`,
    ].join('\n');
    const file = parseYaml(text);
    if ('problems' in file) throw new Error(text);
    const answer = checkConfigValue(file.value, { profiles, locate: file.locate, folder: '/', wires: 'real' });
    expect('problems' in answer ? answer.problems : []).toEqual([]);
  });
});

test('the schema for editors is up to date (`npx vitest run test/config -u` writes it anew)', async () => {
  const schema = `${JSON.stringify(configJsonSchema(profiles), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../config/gatehouse.schema.json');
});

test('editors see the products and their settings', () => {
  const text = JSON.stringify(configJsonSchema(profiles));
  for (const id of [...profiles.readers.keys(), ...profiles.relays.keys(), ...profiles.turnstiles.keys()])
    expect(text).toContain(`"const":"${id}"`);
  expect(text).toContain('"number":{"default":"full"');
});

test('every key is explained', () => {
  const unexplained: string[] = [];
  const walk = (schema: ReturnType<typeof configJsonSchema>, path: string) => {
    for (const [key, inner] of Object.entries(schema.properties ?? {})) {
      if (typeof inner === 'boolean') continue;
      if (!inner.description) unexplained.push(`${path}${key}`);
      walk(inner, `${path}${key}.`);
    }
    for (const inner of [schema.additionalProperties, schema.items, ...(schema.anyOf ?? [])]) {
      if (inner !== null && typeof inner === 'object' && !Array.isArray(inner)) walk(inner, `${path}*.`);
    }
    for (const { then } of schema.allOf?.filter((part) => typeof part === 'object') ?? []) {
      if (then !== undefined && typeof then === 'object') walk(then, path);
    }
  };
  walk(configJsonSchema(profiles), '');
  expect(unexplained).toEqual([]);
});

test('a missing password file is told where it is named', () => {
  const path = join(temporaryFolder(), 'box.yaml');
  writeFileSync(path, 'branch: center\nmqtt: { username: gate, passwordFile: none }\ngates: { main-in: {} }\n');
  const answer = loadConfig(path, profiles);
  const lines = 'problems' in answer ? answer.problems.map((problem: Problem) => problemLine('box.yaml', problem)) : [];
  expect(lines).toEqual([expect.stringMatching(/^box.yaml:2:39: there is no file `.*\/none`/)]);
});

test('a missing configuration file is told without a line', () => {
  const answer = loadConfig('/nowhere/box.yaml', profiles);
  expect('problems' in answer && answer.problems.map((problem) => problemLine('/nowhere/box.yaml', problem))).toEqual([
    '/nowhere/box.yaml: there is no such file: check the path',
  ]);
});

import { describe, expect, test } from 'vitest';
import { checkConfigValue } from '../../src/config/check-config.ts';
import { problemLine } from '../../src/config/place.ts';
import { parseYaml } from '../../src/config/read-yaml.ts';
import { loadProfiles } from '../../src/load-profiles.ts';

const profiles = await loadProfiles();

interface Wished {
  readers?: string[];
  relay?: string;
  buses?: string;
}

const line = 'front: { device: osdp, serial: { path: /dev/ttyUSB0 } }';
const door = 'door: { gate: main-in, device: osdp, bus: front, secrets: { key: ./door.key } }';

function check({ readers = [door], relay, buses = line }: Wished) {
  const text = [
    'branch: center',
    `buses: { ${buses} }`,
    'readers:',
    ...readers.map((reader) => `  ${reader}`),
    'gates:',
    `  main-in: ${relay === undefined ? '{}' : `{ relay: ${relay} }`}`,
    '  side-in: {}',
  ].join('\n');
  const file = parseYaml(text);
  if ('problems' in file) throw new Error(`this is not YAML:\n${text}`);
  const answer = checkConfigValue(file.value, { profiles, locate: file.locate, folder: '/etc/gatehouse', wires: 'real' });
  const lines = (found: typeof answer.warnings) => found.map((problem) => problemLine('box.yaml', problem));
  return {
    config: 'config' in answer ? answer.config : null,
    problems: 'problems' in answer ? lines(answer.problems) : [],
    warnings: lines(answer.warnings),
  };
}

describe('devices on one line', () => {
  test('the reader and the output of a device are one device, under the key that one of them names', () => {
    const { config, problems } = check({ relay: '{ device: osdp-output, bus: front, settings: { output: 1 } }' });
    expect(problems).toEqual([]);
    expect(config?.buses).toMatchObject([
      {
        id: 'front',
        line: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9600 },
        settings: { pollMs: 50, answerMs: 200 },
        devices: [{ address: 0, secured: true, secrets: { key: '/etc/gatehouse/door.key' } }],
      },
    ]);
    expect(config?.readers).toMatchObject([{ speaks: 'bus', bus: 'front', settings: { address: 0, reader: 0 } }]);
    expect(config?.gates[0]?.relay).toMatchObject({ speaks: 'bus', bus: 'front', settings: { output: 1 } });
  });

  test('a line that runs at another speed, or over the network', () => {
    const buses =
      'front: { device: osdp, serial: { path: /dev/ttyUSB0, baudRate: 115200 } }, far: { device: osdp, tcp: { host: 10.0.0.5, port: 4001 } }';
    const far = 'far: { gate: side-in, device: osdp, bus: far, settings: { secureChannel: off } }';
    const { config, problems } = check({ buses, readers: [door, far] });
    expect(problems).toEqual([]);
    expect(config?.buses).toMatchObject([
      { line: { baudRate: 115200 } },
      { line: { kind: 'tcp', host: '10.0.0.5' }, devices: [{ secured: false, secrets: {} }] },
    ]);
  });

  test('a device without a key is only taken when the file says so in words', () => {
    const { problems } = check({ readers: ['door: { gate: main-in, device: osdp, bus: front }'] });
    expect(problems).toEqual([
      'box.yaml:4:3: `readers.door` needs the key of the device at address 0: name the file with it as `secrets.key` or ' +
        '`secrets.masterKey`, or say `secureChannel: off` where the device knows no encryption',
    ]);
  });

  test.each<[string, Wished, string]>([
    [
      'a bus that is not there',
      { readers: [door.replace('front', 'frnt')] },
      'there is no bus `frnt`: did you mean `front`? there are `front`',
    ],
    [
      'no bus at all',
      { readers: ['door: { gate: main-in, device: osdp, secrets: { key: k } }'] },
      '`readers.door` needs `bus`, the line that `osdp` shares with other devices: name one of `buses`: there are `front`',
    ],
    [
      'a port of its own',
      { readers: [door.replace('bus: front', 'bus: front, serial: { path: /dev/ttyUSB1 }')] },
      '`osdp` hangs on a bus, which says where it is: give `bus` instead of `serial`',
    ],
    [
      'a reader that hangs on no bus',
      { readers: [door, 'old: { gate: side-in, device: rdm6300, bus: front, serial: { path: /dev/ttyUSB1 } }'] },
      '`rdm6300` sends bytes over a line: give `serial` or `tcp` instead of `bus`',
    ],
    [
      'an address that is everybody’s',
      { readers: [door.replace('bus: front', 'bus: front, settings: { address: 127 }')] },
      '`readers.door.settings.address`',
    ],
    [
      'two readers that are the same',
      { readers: [door, door.replace('door:', 'side:').replace('main-in', 'side-in')] },
      'this is reader 0 of address 0, as `readers.door` is: give each its own',
    ],
    [
      'two keys for one device',
      { relay: '{ device: osdp-output, bus: front, secrets: { key: ./other.key } }' },
      '`readers.door` is at address 0 too, with another file: they are one device, and have one key',
    ],
    [
      'a device that is encrypted and is not',
      { relay: '{ device: osdp-output, bus: front, settings: { secureChannel: off } }' },
      '`readers.door` is at address 0 too, and one of them has `secureChannel: off`: they are one device, say the same of both',
    ],
    [
      'a key that there is not',
      { readers: [door.replace('key:', 'kye:')] },
      '`osdp` has no key `kye`: did you mean `key`? there are `key`, `masterKey`',
    ],
    [
      'a port that another device has',
      { readers: [door, 'old: { gate: side-in, device: rdm6300, serial: { path: /dev/ttyUSB0 } }'] },
      '`/dev/ttyUSB0` is already used by',
    ],
    [
      'a bus of no kind',
      { buses: line.replace('osdp', 'ospd') },
      'there is no bus `ospd`: did you mean `osdp`? there are `osdp`',
    ],
    [
      'a bus that is nowhere',
      { buses: 'front: { device: osdp }' },
      '`buses.front` needs `serial` or `tcp`: where `osdp` is connected',
    ],
    ['a setting of a bus that there is not', { buses: line.replace('} }', '}, settings: { poll: 9 } }') }, 'unknown key `poll`'],
  ])('%s is said', (_what, wished, problem) => {
    expect(check(wished).problems).toEqual([expect.stringContaining(problem)]);
  });

  test('a line on which nothing hangs is a warning', () => {
    const { problems, warnings } = check({ buses: `${line}, back: { device: osdp, serial: { path: /dev/ttyUSB1 } }` });
    expect(problems).toEqual([]);
    expect(warnings).toContainEqual(
      expect.stringContaining('no reader or relay hangs on bus `back`: give one of them the line `bus: back`'),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { checkConfigValue } from '../../src/config/check-config.ts';
import type { Config } from '../../src/config/config.ts';
import { problemLine } from '../../src/config/place.ts';
import { parseYaml } from '../../src/config/read-yaml.ts';
import { loadProfiles } from '../../src/load-profiles.ts';

const profiles = await loadProfiles();

function check(text: string, wires: 'real' | 'simulated' = 'real') {
  const file = parseYaml(text);
  if ('problems' in file) throw new Error('this file is not YAML');
  const answer = checkConfigValue(file.value, { profiles, locate: file.locate, folder: '/etc/gatehouse', wires });
  const lines = (found: typeof answer.warnings) => found.map((problem) => problemLine('box.yaml', problem));
  return { answer, problems: 'problems' in answer ? lines(answer.problems) : [], warnings: lines(answer.warnings) };
}

function problemsIn(text: string): string[] {
  return check(text).problems;
}

function configOf(text: string, wires: 'real' | 'simulated' = 'real'): Config {
  const { answer, problems } = check(text, wires);
  if ('problems' in answer) throw new Error(problems.join('\n'));
  return answer.config;
}

const smallest = 'branch: center\ngates:\n  main-in: {}\n';

describe('defaults', () => {
  test('branch and gates are all that a box must be told', () => {
    expect(configOf(smallest)).toEqual({
      gateway: 'box-1',
      branch: 'center',
      dataFolder: '/etc/gatehouse/gatehouse-data',
      http: { host: '127.0.0.1', port: 8080 },
      mqtt: null,
      kiosk: { languages: ['en'], names: 'full', photos: true, resultSeconds: 6 },
      zones: [{ id: 'club', limit: null, exemptTags: [], resetAt: 240 }],
      freshness: { warnAfterHours: 24, limitAfterHours: 720, counted: 'ask_staff', unlimited: 'allow' },
      clock: { whenUntrusted: 'ask_staff' },
      offline: { maxVisitsPerMembership: null },
      desk: { moveChargeWithinHours: 48 },
      readers: [],
      buses: [],
      gates: [
        {
          settings: {
            id: 'main-in',
            branch: 'center',
            direction: 'in',
            zone: 'club',
            services: [],
            charge: 'per_day',
            sessionMinutes: 180,
            passage: 'assumed',
            passageTimeoutSeconds: 6,
            onRestart: 'release',
            doubleReadSeconds: 5,
            antiPassback: { mode: 'off', forgiveMinutes: null, exemptTags: [] },
            booking: 'optional',
            earlyMinutes: 30,
            lateMinutes: 15,
            debt: { policy: 'warn', denyFromAmount: null, denyAfterDays: null },
            paymentGraceDays: 3,
            frozen: 'deny',
            minAssurance: 'uid',
            documents: [],
            admission: [],
            openingHours: 'respect',
            openingHoursExemptTags: [],
          },
          relay: null,
          relayOut: null,
          passageFrom: null,
          turnstile: null,
          contacts: [],
        },
      ],
      cardNumbers: { spelled: ['full'] },
      clubCard: { appliesTo: 'flagged' },
      warnings: { lastVisits: 1, expiresWithinDays: 3 },
      chooseOrder: ['booking', 'match', 'activated', 'unlimited', 'ends', 'left', 'personal', 'sold', 'id'],
    });
  });

  test('a device runs at its own speed and settings unless told otherwise', () => {
    const config = configOf(`
branch: center
data: /var/lib/gatehouse
readers:
  entrance: { gate: main, device: rdm6300, serial: { path: /dev/ttyUSB0 }, direction: in }
  desk: { gate: main, device: pcsc, pcsc: { reader: ACR122 } }
  server: { gate: main, device: line, tcp: { host: 10.0.0.5, port: 4001 }, settings: { kind: qr }, keypad: { length: 4 } }
gates:
  main:
    direction: both
    branch: north
    relay: { device: lcus, serial: { path: /dev/ttyUSB1, baudRate: 115200 }, settings: { channel: 2 } }
`);
    expect(config.dataFolder).toBe('/var/lib/gatehouse');
    expect(config.readers).toMatchObject([
      {
        id: 'entrance',
        direction: 'in',
        profile: { id: 'rdm6300' },
        line: { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 9600 },
        settings: { number: 'full' },
        keypad: { length: null },
      },
      { id: 'desk', direction: null, profile: { id: 'pcsc' }, pcscReader: 'ACR122' },
      {
        id: 'server',
        profile: { id: 'line' },
        line: { kind: 'tcp', host: '10.0.0.5', port: 4001 },
        settings: { kind: 'qr', case: 'as_sent' },
        keypad: { length: 4 },
      },
    ]);
    expect(config.gates).toMatchObject([
      {
        settings: { id: 'main', branch: 'north' },
        relay: { profile: { id: 'lcus' }, pulseMs: 500, line: { baudRate: 115200 }, settings: { channel: 2 } },
      },
    ]);
  });

  test('a scenario needs no readers, relays and passage reports', () => {
    const text = 'branch: center\ngates:\n  main-in: { passage: reported }\n';
    expect(configOf(text, 'simulated').gates[0]?.settings.passage).toBe('reported');
    expect(check(text, 'simulated').warnings).toEqual([]);
    expect(problemsIn(text)).toEqual([expect.stringContaining('`gates.main-in.passage` is `reported`, but no device reports')]);
  });
});

describe('mistakes', () => {
  test('an unknown key is named with what was probably meant and what is allowed', () => {
    const [problem] = problemsIn('branch: center\ngates:\n  main-in:\n    passageTimoutSeconds: 8\n');
    expect(problem).toMatch(
      /^box.yaml:4:5: unknown key `passageTimoutSeconds`: did you mean `passageTimeoutSeconds`\? allowed in `gates.main-in`: `branch`, `direction`, /,
    );
  });

  test('every mistake in a file is told at once, in the order of the file', () => {
    const problems = problemsIn(`
gatway: box-1
http: { port: 99999, host: 5 }
kiosk: { languages: [en, de], names: Full, photos: yes }
readers:
  entrance: { gate: main-inn, device: rdm630, serial: { path: /dev/ttyUSB0 } }
  side: { gate: main-in, device: lcus }
gates:
  main-in:
    direction: inn
    services: gym
    antiPassback: { mode: strict }
    relay: { device: lcus, serial: { path: /dev/ttyUSB1, baudrate: 9600 }, pulseMs: 50 }
  main out: {}
  side:
`);
    expect(problems).toEqual([
      expect.stringMatching(/^box.yaml:2:1: `branch` is missing: The branch that this box stands in/),
      expect.stringMatching(/^box.yaml:2:1: unknown key `gatway`: did you mean `gateway`\?/),
      'box.yaml:3:15: `http.port` is `99999`: must be a whole number from 0 to 65535',
      'box.yaml:3:28: `http.host` is `5`: must be text: put it in quotes, `"5"`',
      'box.yaml:4:26: `kiosk.languages[1]` is `de`: must be one of `ru`, `uk`, `pl`, `en`',
      'box.yaml:4:38: `kiosk.names` is `Full`: must be one of `full`, `first`, `none`; did you mean `full`?',
      'box.yaml:4:52: `kiosk.photos` is `yes`: must be `true` or `false`',
      'box.yaml:6:21: there is no gate `main-inn`: did you mean `main-in`? there are `main-in`, `main out`, `side`',
      expect.stringMatching(/^box.yaml:6:39: there is no reader `rdm630`: did you mean `rdm6300`\? there are /),
      expect.stringMatching(/^box.yaml:7:34: `lcus` is not a reader: there are /),
      'box.yaml:10:16: `gates.main-in.direction` is `inn`: must be one of `in`, `out`, `both`; did you mean `in`?',
      'box.yaml:11:15: `gates.main-in.services` is `gym`: must be a list, each item text',
      'box.yaml:12:27: `gates.main-in.antiPassback.mode` is `strict`: must be one of `off`, `soft`, `hard`',
      'box.yaml:13:58: unknown key `baudrate`: did you mean `baudRate`? allowed in `gates.main-in.relay.serial`: `path`, `baudRate`',
      'box.yaml:13:85: `gates.main-in.relay.pulseMs` is `50`: must be a whole number from 100 to 5000',
      'box.yaml:14:3: the name `main out` does not fit: must be 1 to 64 signs without spaces, `/`, `#`, `+` and `?`',
      expect.stringMatching(/^box.yaml:15:3: `gates.side` is empty: must be a group of keys \(`branch`, /),
    ]);
  });

  test.each([
    ['- branch: center\n', 'box.yaml:1:1: the file is a list: must be a group of keys'],
    ['center\n', 'box.yaml:1:1: the file is `center`: must be a group of keys'],
    ['branch: center\ngates: {}\n', 'box.yaml:2:8: `gates` is a group of keys: must name one gate at least'],
  ])('a file that says nothing of use is said to be so (%#)', (text, beginning) => {
    expect(problemsIn(text)).toEqual([expect.stringContaining(beginning)]);
  });
});

describe('devices', () => {
  const withReader = (reader: string) => `${smallest}readers:\n  entrance: { gate: main-in, ${reader} }\n`;
  const withRelay = (relay: string, top = '') => `branch: center\n${top}gates:\n  main-in: { relay: { ${relay} } }\n`;

  test.each([
    [
      'a reader on a line without an address',
      withReader('device: rdm6300'),
      'box.yaml:5:3: `readers.entrance` needs `serial` or `tcp`: where `rdm6300` is connected',
    ],
    [
      'a reader with two lines',
      withReader('device: rdm6300, serial: { path: /dev/ttyUSB0 }, tcp: { host: box, port: 1 }'),
      'box.yaml:5:79: one line is enough: keep `serial` or `tcp`',
    ],
    [
      'a line for a reader of PC/SC',
      withReader('device: pcsc, serial: { path: /dev/ttyUSB0 }'),
      'box.yaml:5:44: `pcsc` is served by PC/SC: give `pcsc` instead of `serial`',
    ],
    [
      'PC/SC for a reader on a line',
      withReader('device: rdm6300, serial: { path: /dev/ttyUSB0 }, pcsc: {}'),
      'box.yaml:5:79: `rdm6300` sends bytes over a line: give `serial` or `tcp` instead of `pcsc`',
    ],
    [
      'a keypad where there are no keys',
      withReader('device: pcsc, pcsc: {}, keypad: { length: 4 }'),
      'box.yaml:5:54: `pcsc` has no keys: remove `keypad`',
    ],
    [
      'a PIN that is too short to be one',
      withReader('device: keypad-text, serial: { path: /dev/ttyUSB0 }, keypad: { length: 3 }'),
      'box.yaml:5:101: `readers.entrance.keypad.length` is `3`: must be a whole number from 4 to 8',
    ],
    [
      'a direction at a gate that has one',
      withReader('device: pcsc, pcsc: {}, direction: in'),
      'box.yaml:5:54: `readers.entrance.direction` means nothing at a gate whose direction is `in`: remove it',
    ],
    [
      'a misspelled setting of the product',
      withReader('device: rdm6300, serial: { path: /dev/ttyUSB0 }, settings: { numbr: full }'),
      'box.yaml:5:91: unknown key `numbr`: did you mean `number`? allowed in `readers.entrance.settings`: `number`',
    ],
    [
      "a wrong value of the product's setting",
      withReader('device: rdm6300, serial: { path: /dev/ttyUSB0 }, settings: { number: low }'),
      'box.yaml:5:99: `readers.entrance.settings.number` is `low`: must be one of `full`, `low32`, `low24`',
    ],
    [
      'a relay on a line without an address',
      withRelay('device: lcus'),
      'box.yaml:3:14: `gates.main-in.relay` needs `serial` or `tcp`: where `lcus` is connected',
    ],
    [
      'MQTT without a broker',
      withRelay('device: generic-mqtt'),
      'box.yaml:3:31: `generic-mqtt` speaks MQTT, but no broker is named: add `mqtt` at the top',
    ],
    [
      'a line for a relay of MQTT',
      withRelay('device: generic-mqtt, serial: { path: /dev/ttyUSB0 }', 'mqtt: {}\n'),
      'box.yaml:4:45: `generic-mqtt` speaks MQTT: remove `serial`',
    ],
  ])('%s is refused', (_, text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test('two devices on one line are refused, whoever they are', () => {
    const line = 'serial: { path: /dev/ttyUSB0 }';
    const text = `branch: center
readers:
  a: { gate: main, device: rdm6300, ${line} }
  b: { gate: main, device: line, ${line} }
gates:
  main: { relay: { device: lcus, ${line} } }
`;
    expect(problemsIn(text)).toEqual([
      'box.yaml:4:34: `/dev/ttyUSB0` is already used by `readers.a`: a line serves one reader, or relays of one board',
      'box.yaml:6:34: `/dev/ttyUSB0` is already used by `readers.a`: a line serves one reader, or relays of one board',
    ]);
  });

  test('the relays of one board share its line, each with a channel of its own', () => {
    const board = (left: string, right: string) => `branch: center
gates:
  left: { relay: { serial: { path: /dev/ttyUSB0 }, ${left} } }
  right: { relay: { serial: { path: /dev/ttyUSB0 }, ${right} } }
`;
    expect(problemsIn(board('device: lcus', 'device: lcus, settings: { channel: 2 }'))).toEqual([]);
    expect(problemsIn(board('device: lcus', 'device: lcus'))).toEqual([
      'box.yaml:4:12: this is the relay of `gates.left.relay` too: one tap would open both; give each its own `channel`',
    ]);
    expect(problemsIn(board('device: lcus', 'device: numato'))).toEqual([
      'box.yaml:4:21: `/dev/ttyUSB0` is already used by `gates.left.relay`: a line serves one reader, or relays of one board',
    ]);
    const timings = ['gateway', 'board'].map((timing) => `device: modbus-relay, settings: { timing: ${timing} }`);
    expect(problemsIn(board(timings[0] ?? '', timings[1] ?? ''))).toEqual([expect.stringContaining('one tap would open both')]);
  });

  test('two speeds on one line are refused', () => {
    const text = `branch: center
gates:
  left: { relay: { device: lcus, serial: { path: /dev/ttyUSB0 } } }
  right: { relay: { device: lcus, serial: { path: /dev/ttyUSB0, baudRate: 19200 }, settings: { channel: 2 } } }
`;
    expect(problemsIn(text)).toEqual([
      'box.yaml:4:65: `/dev/ttyUSB0` has 9600 baud at `gates.left.relay` and 19200 here: give both the same',
    ]);
  });

  test('a KMTronic board has no relay above its last', () => {
    const text = `${smallest.trimEnd()}\n`.replace(
      '{}',
      '{ relay: { device: kmtronic, tcp: { host: a, port: 1 }, settings: { channel: 3, channels: 2 } } }',
    );
    expect(problemsIn(text)).toEqual([
      expect.stringContaining('`gates.main-in.relay.settings.channel` is `3`: must not be above `channels`'),
    ]);
  });

  test('two gates that would tell the same MQTT relay are refused: one tap would open both', () => {
    const text = `branch: center
mqtt: {}
gates:
  left: { relay: { device: generic-mqtt, settings: { commandTopic: a } } }
  right: { relay: { device: generic-mqtt, settings: { commandTopic: a } } }
  third: { relay: { device: generic-mqtt, settings: { commandTopic: b } } }
`;
    expect(problemsIn(text)).toEqual([
      'box.yaml:5:12: this is the relay of `gates.left.relay` too: one tap would open both; give each its own',
    ]);
  });

  test('two HID readers that may be one scanner are refused: it would be read at both gates', () => {
    const two = (a: string, b: string) =>
      `${smallest}readers:\n  a: { gate: main-in, device: hid-pos, hid: { ${a} } }\n  b: { gate: main-in, device: hid-pos, hid: { ${b} } }\n`;
    const ids = "vendorId: '0c2e', productId: '0b81'";
    const refused = [expect.stringContaining('this may be the device of `readers.a` too: give each its own `serialNumber`')];
    expect(problemsIn(two(`${ids}, serialNumber: A`, `${ids}, serialNumber: B`))).toEqual([]);
    expect(problemsIn(two("usbPort: '1-1.2'", "usbPort: '1-1.3'"))).toEqual([]);
    expect(problemsIn(two('product: Xenon', 'product: Vuquest'))).toEqual([]);
    expect(problemsIn(two(ids, 'path: /dev/reader'))).toEqual([]);
    for (const [a, b] of [
      [ids, ids],
      [`${ids}, serialNumber: A`, ids],
      ['product: Xenon', 'product: Xenon 1900'],
    ] as const)
      expect(problemsIn(two(a, b))).toEqual(refused);
  });

  test('the relays of one HID board have a channel each', () => {
    const two = (left: string, right: string) => `branch: center
gates:
  left: { relay: { device: dcttech, ${left} } }
  right: { relay: { device: dcttech, ${right} } }
`;
    const board = "hid: { vendorId: '16C0', productId: '05df' }";
    expect(problemsIn(two(board, `${board}, settings: { channel: 2 }`))).toEqual([]);
    expect(problemsIn(two(board, board))).toEqual([
      expect.stringContaining(
        'this may be the device of `gates.left.relay` too: give each its own `serialNumber` or `usbPort`, or',
      ),
    ]);
  });

  test('a USB socket is written as the kernel names it', () => {
    const text = `${smallest}readers: { a: { gate: main-in, device: hid-pos, hid: { usbPort: left } } }\n`;
    expect(problemsIn(text)).toEqual([expect.stringContaining('must be a USB socket such as `1-1.2`')]);
  });

  test('two PC/SC readers must be told apart by their names', () => {
    const two = (a: string, b: string) =>
      `${smallest}readers:\n  a: { gate: main-in, device: pcsc, pcsc: { reader: ${a} } }\n  b: { gate: main-in, device: pcsc, pcsc: { reader: ${b} } }\n`;
    expect(problemsIn(two('ACR122', 'Omnikey'))).toEqual([]);
    for (const rival of ['null', 'ACR', 'ACR122U']) {
      expect(problemsIn(two('ACR122', rival))).toEqual([
        expect.stringContaining('this may be the PC/SC reader of `readers.a` too'),
      ]);
    }
  });

  test('a gate without reader or relay is allowed, and said', () => {
    const { problems, warnings } = check(smallest);
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      expect.stringMatching(/^box.yaml:3:3: gate `main-in` has no reader/),
      expect.stringMatching(/^box.yaml:3:3: gate `main-in` has no `relay`/),
    ]);
  });
});

describe('a gate that asks for more than a number', () => {
  const club = (minAssurance: string, ...devices: string[]) => {
    const secrets: Record<string, string> = { desfire: 'secrets: { key: a }', ntag424: 'secrets: { metaKey: a, fileKey: a }' };
    const where: Record<string, string> = { line: 'serial: { path: /dev/s }' };
    const readers = devices.map((device, place) => {
      const parts = [`gate: main-in, device: ${device}`, where[device] ?? `pcsc: { reader: r${place} }`, secrets[device]];
      return `  a${place}: { ${parts.filter((part) => part !== undefined).join(', ')} }\n`;
    });
    return `branch: center\ngates:\n  main-in: { minAssurance: ${minAssurance} }\nreaders:\n${readers.join('')}`;
  };
  const said = (text: string) => check(text).warnings.filter((warning) => warning.includes('staff cards only'));

  test.each([
    ['cryptographic', 'desfire'],
    ['cryptographic', 'ntag424'],
    ['cryptographic', 'pcsc', 'desfire'],
    ['token', 'line'],
    ['token', 'desfire'],
    ['uid', 'pcsc'],
  ])('%s is met by %s', (minAssurance, ...devices) => {
    expect(check(club(minAssurance, ...devices)).problems).toEqual([]);
    expect(said(club(minAssurance, ...devices))).toEqual([]);
  });

  test('nothing is said while a reader there is wrong: it may be the one', () => {
    const wrong = club('cryptographic', 'pcsc').replace('readers:\n', 'readers:\n  b: { gate: main-in, device: desfir }\n');
    expect(check(wrong).problems).toHaveLength(1);
    expect(said(wrong)).toEqual([]);
  });

  test.each([
    ['cryptographic', 'pcsc'],
    ['cryptographic', 'line'],
    ['cryptographic', 'line', 'pcsc'],
    ['token', 'pcsc'],
  ])('%s is met by no %s, and that is said', (minAssurance, ...devices) => {
    expect(said(club(minAssurance, ...devices))).toEqual([
      expect.stringMatching(/^box.yaml:3:\d+: no reader of gate `main-in` brings `\w+`, .*`desfire` or `ntag424`$/),
    ]);
  });
});

describe('passages', () => {
  const gate = (body: string) => `branch: center\nmqtt: {}\ngates:\n  main-in: { ${body} }\n`;
  const sensor = 'device: generic-mqtt, settings: { passageTopic: gate/arm }';

  test('a relay or a sensor whose settings name a passage reports it', () => {
    expect(problemsIn(gate(`passage: reported, relay: { ${sensor} }`))).toEqual([]);
    expect(problemsIn(gate(`passage: reported, passageFrom: { ${sensor} }`))).toEqual([]);
    expect(configOf(gate(`passage: reported, passageFrom: { ${sensor} }`)).gates[0]?.passageFrom).toMatchObject({
      profile: { id: 'generic-mqtt' },
      settings: { passageTopic: 'gate/arm' },
    });
  });

  test.each([
    [
      'a relay that reports none',
      'passage: reported, relay: { device: generic-mqtt }',
      '`passage` is `reported`, but no device reports',
    ],
    [
      'a sensor that reports none',
      'passage: reported, passageFrom: { device: generic-mqtt }',
      'reports no passages with these settings',
    ],
    ['a sensor that cannot', 'passage: reported, passageFrom: { device: lcus }', '`lcus` reports no passages'],
    ['two that report', `passage: reported, relay: { ${sensor} }, passageFrom: { ${sensor} }`, 'each would be told twice'],
  ])('%s is refused', (_, body, words) => {
    expect(problemsIn(gate(body))).toEqual([expect.stringContaining(words.replace('`passage`', '`gates.main-in.passage`'))]);
  });

  test('a sensor that nobody listens to is pointed out', () => {
    expect(check(gate(`passageFrom: { ${sensor} }`)).warnings).toContainEqual(
      expect.stringMatching(/^box.yaml:4:14: nobody listens to `gates.main-in.passageFrom`/),
    );
  });
});

describe('a relay behind another', () => {
  const gate = (body: string) => `branch: center
mqtt: {}
gates:
  main-in: { relay: { device: shelly-gen2, pulseMs: 300, fallback: { ${body} } } }
`;

  test('is a whole relay with a place of its own, and pulses as long', () => {
    expect(configOf(gate('device: lcus, serial: { path: /dev/ttyUSB0 }')).gates[0]?.relay).toMatchObject({
      speaks: 'mqtt',
      pulseMs: 300,
      fallback: { speaks: 'stream', pulseMs: 300, settings: { channel: 1 }, line: { path: '/dev/ttyUSB0' }, fallback: null },
    });
  });

  test.each([
    ['device: lcus', '`gates.main-in.relay.fallback` needs `serial` or `tcp`'],
    ['device: lcu', 'there is no relay `lcu`: did you mean `lcus`?'],
    ['device: lcus, serial: { path: a }, settings: { channel: 9 }', '`gates.main-in.relay.fallback.settings.channel` is `9`'],
    ['device: shelly-gen2', 'this is the relay of `gates.main-in.relay` too: one tap would open both'],
    ['device: lcus, pulseMs: 300, serial: { path: a }', '`pulseMs`'],
  ])('`%s` is refused at its place', (body, words) => {
    expect(problemsIn(gate(body))).toEqual([expect.stringContaining(words)]);
  });

  test('its line is its own', () => {
    const text = `${gate('device: lcus, serial: { path: /dev/ttyUSB0 }')}readers: { a: { gate: main-in, device: rdm6300, serial: { path: /dev/ttyUSB0 } } }\n`;
    expect(problemsIn(text)).toEqual([expect.stringContaining('`/dev/ttyUSB0` is already used by `readers.a`')]);
  });
});

test.each(['icstation', 'ICSE014A'])('`%s` is refused with the reason, and what to do instead', (device) => {
  const [problem, ...others] = problemsIn(smallest.replace('{}', `{ relay: { device: ${device}, serial: { path: a } } }`));
  expect(others).toEqual([]);
  expect(problem).toContain(
    `\`${device}\` is not supported: ICStation boards may close their contacts when the power comes back`,
  );
});

describe('the broker', () => {
  const broker = (body: string) => `mqtt: { ${body} }\n${smallest}`;

  test("it is somebody else's, or this box runs it", () => {
    expect(configOf(broker('username: gate, passwordFile: ./secret')).mqtt).toEqual({
      embedded: false,
      url: 'mqtt://127.0.0.1:1883',
      username: 'gate',
      passwordFile: '/etc/gatehouse/secret',
    });
    expect(configOf(broker('embedded: true, port: 1884')).mqtt).toEqual({
      embedded: true,
      host: '127.0.0.1',
      port: 1884,
      username: null,
      passwordFile: null,
    });
  });

  test.each([
    ['embedded: true, url: "mqtt://x"', '`mqtt.url` means nothing with `embedded: true`: remove it'],
    ['host: 0.0.0.0', '`mqtt.host` means nothing with `embedded: false`: remove it'],
    ['embedded: true, host: 0.0.0.0', 'anybody who reaches `0.0.0.0` could open the gates'],
    ['username: gate', '`mqtt.username` needs `mqtt.passwordFile` beside it'],
    ['passwordFile: secret', '`mqtt.passwordFile` needs `mqtt.username` beside it'],
    ['url: "http://x"', 'must be an address such as `mqtt://127.0.0.1:1883`'],
  ])('`%s` is refused', (body, words) => {
    expect(problemsIn(broker(body))).toEqual([expect.stringContaining(words)]);
  });
});

describe('what a club decides', () => {
  const inGate = (body: string) => `branch: center\ngates:\n  main-in: { ${body} }\n`;
  const gateOf = (text: string) => configOf(text, 'simulated').gates[0]?.settings;

  test('a debt may be written as a number or as text, and is kept as decimal text', () => {
    expect(gateOf(inGate('debt: { denyFromAmount: 120.5 }'))?.debt.denyFromAmount).toBe('120.5');
    expect(gateOf(inGate('debt: { denyFromAmount: "120.00" }'))?.debt.denyFromAmount).toBe('120.00');
    expect(gateOf(inGate('debt: { denyFromAmount: 1e21 }'))?.debt.denyFromAmount).toBe('1000000000000000000000');
  });

  test("ladies' hours are minutes of the day, and what a row does not say asks nobody", () => {
    const text = inGate(
      'admission: [{ tags: [women], windows: [{ weekDays: [2], intervals: [{ from: "22:00", to: "24:00" }] }] }]',
    );
    expect(gateOf(text)?.admission).toEqual([
      {
        tags: ['women'],
        notTags: null,
        minAge: null,
        maxAge: null,
        windows: [{ weekDays: [2], intervals: [{ from: 1320, to: 1440 }] }],
      },
    ]);
  });

  test.each([
    [
      'a window of no length',
      'admission: [{ windows: [{ intervals: [{ from: "08:00", to: "08:00" }] }] }]',
      'must be another time than `from`',
    ],
    ['ages that nobody has', 'admission: [{ minAge: 18, maxAge: 16 }]', 'must not be below `minAge`'],
    ['an eighth weekday', 'admission: [{ windows: [{ weekDays: [8], intervals: [] }] }]', 'must be one of `1`, `2`'],
    ['a policy nobody knows', 'documents: [{ kind: medical, policy: forbid }]', 'must be one of `deny`, `warn`'],
    ['a negative grace', 'paymentGraceDays: -1', 'must be a whole number'],
    ['an amount in words', 'debt: { denyFromAmount: much }', 'must be'],
  ])('%s is refused where it stands', (_, body, words) => {
    expect(problemsIn(inGate(body))).toEqual([expect.stringContaining(words)]);
  });

  test('every zone that a gate enters is there, with the defaults where the file is silent', () => {
    const text = `branch: center\ngates: { main-in: {}, spa: { zone: spa } }\nzones: { spa: { limit: 8, resetAt: "05:30" } }\n`;
    expect(configOf(text, 'simulated').zones).toEqual([
      { id: 'spa', limit: 8, exemptTags: [], resetAt: 330 },
      { id: 'club', limit: null, exemptTags: [], resetAt: 240 },
    ]);
  });

  test('a zone that no gate enters is warned of: it may be misspelt', () => {
    expect(check('branch: center\ngates: { main-in: {} }\nzones: { klub: { limit: 8 } }\n', 'simulated').warnings).toEqual([
      'box.yaml:3:10: no gate enters the zone `klub`, so nobody is ever counted in it: did you mean `club`? gates enter `club`',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { checkConfigValue } from '../../src/config/check-config.ts';
import type { GateConfig } from '../../src/config/config.ts';
import { problemLine } from '../../src/config/place.ts';
import { parseYaml } from '../../src/config/read-yaml.ts';
import { loadProfiles } from '../../src/load-profiles.ts';
import { defineLineRelay, defineMqttRelay } from '../../src/ports/device.ts';

/** A board that times its pulses and tells how its eight inputs stand. */
const board = defineLineRelay({
  id: 'board',
  name: 'A relay board with inputs',
  serial: { baudRate: 9600 },
  releases: () => 'itself',
  settings: z.strictObject({ inputs: z.int().default(8) }),
  on: () => Uint8Array.of(1),
  off: () => Uint8Array.of(0),
  answers: {
    quietMs: 0,
    withinMs: 100,
    hear: () => null,
    confirm: () => ({ request: Uint8Array.of(3), when: 'always' }),
    ask: ({ inputs }) => (inputs === 0 ? [] : [Uint8Array.of(2)]),
  },
  examples: [],
});

/** The same through a broker. */
const wifi = defineMqttRelay({
  id: 'wifi',
  name: 'A relay on the network',
  settings: z.strictObject({ topic: z.string().default('gate') }),
  releases: () => 'itself',
  on: ({ topic }) => ({ topic, payload: 'on' }),
  off: ({ topic }) => ({ topic, payload: 'off' }),
  hello: () => [],
  topics: ({ topic }) => [`${topic}/state`],
  hear: () => [],
  answers: () => false,
  reportsOnline: () => false,
  reportsPassage: () => false,
  reportsInputs: () => true,
  examples: [],
});

const known = await loadProfiles();
const profiles = { ...known, relays: new Map([...known.relays, ['board', board], ['wifi', wifi]]) };

function check(gate: string) {
  const file = parseYaml(`branch: center\nmqtt: {}\ngates:\n  main-in: { ${gate} }\n`);
  if ('problems' in file) throw new Error('this file is not YAML');
  const answer = checkConfigValue(file.value, { profiles, locate: file.locate, folder: '/etc/gatehouse', wires: 'real' });
  const lines = (found: typeof answer.warnings) => found.map((problem) => problemLine('box.yaml', problem));
  return { answer, problems: 'problems' in answer ? lines(answer.problems) : [], warnings: lines(answer.warnings) };
}

function gateOf(gate: string): GateConfig {
  const { answer, problems } = check(gate);
  const [config] = 'config' in answer ? answer.config.gates : [];
  if (config === undefined) throw new Error(problems.join('\n'));
  return config;
}

const serial = 'serial: { path: /dev/ttyUSB0 }';
const wired = `relay: { device: board, ${serial} }`;
const lcus = (pulse = '') => `relay: { device: lcus, ${serial}${pulse} }`;

describe('a make of turnstile', () => {
  test('says how long the pulse is and how long the gate waits, unless the installer does', () => {
    expect(gateOf(`turnstile: { device: perco }, ${wired}`)).toMatchObject({
      turnstile: { id: 'perco', traits: { storesPulses: false } },
      relay: { pulseMs: 500 },
      settings: { passageTimeoutSeconds: 6 },
    });
    expect(gateOf(`turnstile: { device: perco, settings: { model: st-02 } }, ${wired}`).settings.passageTimeoutSeconds).toBe(9);
    expect(gateOf(`turnstile: { device: magnetic, settings: { waitSeconds: 10 } }, ${wired}`)).toMatchObject({
      relay: { pulseMs: 400 },
      settings: { passageTimeoutSeconds: 11 },
    });
    const own = 'passageTimeoutSeconds: 12';
    expect(gateOf(`turnstile: { device: perco }, ${own}, ${lcus(', pulseMs: 300')}`)).toMatchObject({
      relay: { pulseMs: 300 },
      settings: { passageTimeoutSeconds: 12 },
    });
  });

  test('a door waits as long as its lock is told to', () => {
    expect(gateOf(`turnstile: { device: door }, ${wired}`)).toMatchObject({
      relay: { pulseMs: 3000 },
      settings: { passageTimeoutSeconds: 4 },
    });
    expect(gateOf(`turnstile: { device: door }, relay: { device: board, ${serial}, pulseMs: 5000 }`).settings).toMatchObject({
      passageTimeoutSeconds: 6,
    });
  });

  test('a gate without one is as it ever was', () => {
    expect(gateOf(wired)).toMatchObject({ turnstile: null, contacts: [], relay: { pulseMs: 500 } });
    expect(gateOf(wired).settings.passageTimeoutSeconds).toBe(6);
  });

  test('a pulse that it would take for another command, or not at all, is refused with the reason', () => {
    expect(check(`turnstile: { device: magnetic }, relay: { device: board, ${serial}, pulseMs: 1500 }`).problems).toEqual([
      'box.yaml:4:112: `gates.main-in.relay.pulseMs` is `1500`: `magnetic` takes at most 1000 ms, because a signal of 0.2 to 1 s lets one ' +
        'person through, and a longer one opens the way for good; 400 is good',
    ]);
    expect(check(`turnstile: { device: magnetic }, relay: { device: board, ${serial}, pulseMs: 100 }`).problems).toEqual([
      expect.stringContaining('`magnetic` takes at least 200 ms, because'),
    ]);
    for (const pulseMs of [200, 1000])
      expect(check(`turnstile: { device: magnetic }, relay: { device: board, ${serial}, pulseMs: ${pulseMs} }`).problems).toEqual(
        [],
      );
  });

  test('a relay that the gateway times is pointed out where a held contact lets everybody through', () => {
    const held = (device: string) =>
      check(`turnstile: { device: ${device} }, ${lcus()}`).warnings.filter((line) => /cable die/.test(line));
    expect(held('magnetic')).toEqual([
      expect.stringMatching(/^box.yaml:4:47: the gateway itself ends the pulse of `lcus`: .* `magnetic` stays open/),
    ]);
    expect(held('gunnebo')).toEqual([expect.stringContaining('`gunnebo` may stay open')]);
    expect(held('perco')).toEqual([]);
    expect(check(`turnstile: { device: magnetic }, ${wired}`).warnings.filter((line) => /cable die/.test(line))).toEqual([]);
  });

  test('a gate that waits for less than the turnstile is pointed out', () => {
    const short = (device: string, seconds: number) =>
      check(
        `turnstile: { device: ${device} }, passage: reported, passageTimeoutSeconds: ${seconds}, ${wired}, contacts: { passIn: { input: 1 } }`,
      ).warnings.filter((line) => /stays open for/.test(line));
    expect(short('perco', 3)).toEqual([
      expect.stringContaining("`perco` stays open for 5 s: whoever goes through after 3 s is nobody's visit;"),
    ]);
    expect(short('magnetic', 3)).toEqual([expect.stringContaining('and the next tap lets two people through')]);
    expect(short('perco', 5)).toEqual([]);
  });

  test('one that counts pulses is pointed out where the same card could be counted twice', () => {
    const twice = (gate: string) => check(`turnstile: ${gate}, ${wired}`).warnings.filter((line) => /keeps pulses/.test(line));
    expect(twice('{ device: magnetic }')).toEqual([]);
    expect(twice('{ device: magnetic, settings: { waitSeconds: 8 } }')).toEqual([
      expect.stringContaining('the same card tapped again after 5 s lets a second person through; set it to 8 at least'),
    ]);
    expect(twice('{ device: magnetic, settings: { waitSeconds: 8 } }, doubleReadSeconds: 8')).toEqual([]);
    expect(twice('{ device: perco, settings: { model: st-02 } }')).toEqual([]);
    const reported = 'passage: reported, contacts: { passIn: { input: 1 } }';
    expect(twice(`{ device: magnetic, settings: { waitSeconds: 8 } }, ${reported}`)).toEqual([]);
  });

  test('one that is not known, or a setting that it has not, is refused with what there is', () => {
    expect(check(`turnstile: { device: percco }, ${wired}`).problems).toEqual([
      'box.yaml:4:35: there is no turnstile `percco`: did you mean `perco`? there are `door`, `gunnebo`, `magnetic`, `oxgard-praktika`, `perco`',
    ]);
    expect(check(`turnstile: { device: lcus }, ${wired}`).problems).toEqual([
      expect.stringContaining('`lcus` is not a turnstile: there are'),
    ]);
    expect(check(`turnstile: { device: perco, settings: { modell: st-02 } }, ${wired}`).problems).toEqual([
      expect.stringContaining(
        'unknown key `modell`: did you mean `model`? allowed in `gates.main-in.turnstile.settings`: `model`',
      ),
    ]);
  });
});

describe('contacts', () => {
  test('stand as the make has them unless the installer found otherwise', () => {
    const contacts =
      'contacts: { passIn: { input: 1 }, passOut: { input: 2, closed: on_passage, debounceMs: 45 }, fire: { input: 3 } }';
    expect(gateOf(`turnstile: { device: perco }, ${wired}, ${contacts}, direction: both, passage: reported`).contacts).toEqual([
      { name: 'passIn', input: 1, activeWhenClosed: false, debounceMs: 50 },
      { name: 'passOut', input: 2, activeWhenClosed: true, debounceMs: 45 },
      { name: 'fire', input: 3, activeWhenClosed: false, debounceMs: 50 },
    ]);
    const levels =
      'contacts: { ready: { input: 1, closed: when_not_ready }, alarm: { input: 2, closed: at_rest }, fire: { input: 3, closed: on_fire } }';
    expect(gateOf(`${wired}, ${levels}`).contacts.map(({ activeWhenClosed }) => activeWhenClosed)).toEqual([false, false, true]);
  });

  test('without a make are taken for relays that close, and a broken fire wire for a fire', () => {
    const contacts = 'contacts: { pass: { input: 1 }, ready: { input: 2 }, alarm: { input: 3 }, fire: { input: 4 } }';
    expect(gateOf(`${wired}, ${contacts}`).contacts.map(({ activeWhenClosed }) => activeWhenClosed)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  test('of a device behind a broker have had their bounces left out', () => {
    const contact = 'contacts: { passIn: { input: 0 } }, passage: reported';
    expect(gateOf(`relay: { device: wifi }, ${contact}`).contacts).toMatchObject([{ debounceMs: 0 }]);
    expect(gateOf(`${wired}, passageFrom: { device: wifi }, ${contact}`).contacts).toMatchObject([{ debounceMs: 0 }]);
    expect(gateOf(`${wired}, ${contact}`).contacts).toMatchObject([{ debounceMs: 50 }]);
  });

  test.each([
    ['in', 'passIn: { input: 1 }'],
    ['out', 'passOut: { input: 1 }'],
    ['both', 'pass: { input: 1 }'],
    ['both', 'passIn: { input: 1 }, passOut: { input: 2 }'],
  ])('report the passages of a gate %s by %s', (direction, contacts) => {
    expect(check(`${wired}, direction: ${direction}, passage: reported, contacts: { ${contacts} }`).problems).toEqual([]);
  });

  test.each([
    [
      'an exit that nobody sees',
      'direction: both, passage: reported, contacts: { passIn: { input: 1 } }',
      'nothing sees people go out: add `contacts.passOut`',
    ],
    [
      'the wrong side',
      'passage: reported, contacts: { passOut: { input: 1 } }',
      'nothing sees people go in: add `contacts.passIn`',
    ],
    ['contacts that see nobody', 'passage: reported, contacts: { ready: { input: 1 } }', 'no device reports: add `contacts`'],
    [
      'two contacts on one input',
      'contacts: { passIn: { input: 1 }, ready: { input: 1 } }',
      'input 1 is already `contacts.passIn`',
    ],
    ['one contact for both ways and one each', 'contacts: { pass: { input: 1 }, passIn: { input: 2 } }', 'must stand alone'],
    [
      'a word of another contact',
      'contacts: { passIn: { input: 1, closed: on_fire } }',
      'must be one of `at_rest`, `on_passage`',
    ],
  ])('%s is refused', (_, gate, words) => {
    expect(check(`${wired}, ${gate}`).problems).toEqual([expect.stringContaining(words)]);
  });

  test('need a device that tells of its inputs', () => {
    const contacts = 'contacts: { passIn: { input: 1 } }, passage: reported';
    expect(check(`${lcus()}, ${contacts}`).problems).toEqual([expect.stringContaining('names inputs, but `lcus` tells of none')]);
    expect(check(`relay: { device: board, ${serial}, settings: { inputs: 0 } }, ${contacts}`).problems).toEqual([
      expect.stringContaining('`board` tells of none with these settings'),
    ]);
    expect(check(contacts).problems).toEqual([
      expect.stringContaining('there is neither `relay` nor `passageFrom` that has any'),
    ]);
    expect(check(`${wired}, passageFrom: { device: generic-mqtt }, ${contacts}`).problems).toEqual([
      expect.stringContaining('`generic-mqtt` reports no passages with these settings'),
    ]);
  });

  test('beside a device that reports passages by itself would count each twice', () => {
    const sensor = 'device: generic-mqtt, settings: { passageTopic: gate/arm }';
    expect(check(`${wired}, passage: reported, passageFrom: { ${sensor} }, contacts: { passIn: { input: 1 } }`).problems).toEqual(
      [
        expect.stringContaining('`passageFrom` reports passages by itself, each would be told twice'),
        expect.stringContaining('`generic-mqtt` tells of none'),
      ],
    );
  });

  test('that nobody listens to are pointed out', () => {
    expect(check(`${wired}, contacts: { passIn: { input: 1 } }`).warnings).toContainEqual(
      expect.stringContaining('nobody listens to `gates.main-in.contacts` while `passage` is `assumed`'),
    );
  });
});

describe('a relay for the way out', () => {
  const out = (channel: number, direction = 'both') =>
    check(
      `direction: ${direction}, relay: { device: lcus, ${serial} }, relayOut: { device: lcus, ${serial}, settings: { channel: ${channel} } }`,
    );

  test('stands beside the one for the way in, on the same board too', () => {
    const { answer } = out(2);
    expect('config' in answer && answer.config.gates[0]).toMatchObject({
      relay: { settings: { channel: 1 } },
      relayOut: { settings: { channel: 2 }, pulseMs: 500 },
    });
  });

  test('takes the bounds of the turnstile', () => {
    const gate = `direction: both, turnstile: { device: magnetic }, ${wired}, relayOut: { device: wifi, pulseMs: 2000 }`;
    expect(check(gate).problems).toEqual([
      expect.stringContaining('`gates.main-in.relayOut.pulseMs` is `2000`: `magnetic` takes at most'),
    ]);
  });

  test.each([
    ['on the same contact', () => out(1).problems, 'this is the relay of `gates.main-in.relay` too'],
    [
      'at a gate for one way',
      () => out(2, 'in').problems,
      '`gates.main-in.relayOut` means nothing at a gate whose direction is `in`: remove it',
    ],
    [
      'without one for the way in',
      () => check('direction: both, relayOut: { device: wifi }').problems,
      'opens the way out only: give `relay`',
    ],
    [
      'that is the same MQTT relay',
      () => check('direction: both, relay: { device: wifi }, relayOut: { device: wifi }').problems,
      'this is the relay of `gates.main-in.relay` too: one tap would open both',
    ],
  ])('%s is refused', (_, problems, words) => {
    expect(problems()).toEqual([expect.stringContaining(words)]);
  });
});

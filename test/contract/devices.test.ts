import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ContactEvent,
  type ContactSignal,
  contactNames,
  stepContacts,
  stuckMs,
  togetherMs,
  untoldContacts,
} from '../../src/domain/gate/contacts.ts';
import { framed } from '../../src/lib/framed.ts';
import { fromHex } from '../../src/lib/hex.ts';
import { loadProfiles } from '../../src/load-profiles.ts';
import type {
  BusReader,
  BusRelay,
  ExchangeReader,
  Given,
  HidReader,
  HidRelay,
  LineRelay,
  MqttReader,
  MqttRelay,
  ReaderProfile,
  StreamReader,
} from '../../src/ports/device.ts';

const { readers, relays, turnstiles, buses } = await loadProfiles();
const profiles = [...readers.values(), ...relays.values(), ...turnstiles.values()];

/** More than the longest frame or line of any product; what is kept of a frame that never ends stays below it. */
const longestRest = 300;
/** The longest frame of any bus. */
const longestBusRest = 1500;

test('the files were found', () => {
  expect([...readers.keys()]).toEqual(expect.arrayContaining(['line', 'pcsc', 'rdm6300']));
  expect([...relays.keys()]).toEqual(
    expect.arrayContaining(['generic-mqtt', 'kmtronic', 'lcus', 'modbus-relay', 'numato', 'shelly-gen2', 'tasmota']),
  );
  expect([...turnstiles.keys()]).toEqual(['door', 'gunnebo', 'magnetic', 'oxgard-praktika', 'perco']);
});

describe.each(profiles)('$id', (profile) => {
  test('works without settings', () => {
    expect(profile.settings.safeParse({}).error).toBeUndefined();
  });

  test('refuses a setting it does not know', () => {
    expect(profile.settings.safeParse({ volume: 11 }).success).toBe(false);
  });

  test('explains every setting', () => {
    const unexplained = Object.entries(profile.settings.shape).filter(([, schema]) => (schema.description ?? '').length < 20);
    expect(unexplained.map(([key]) => key)).toEqual([]);
  });

  test('has examples, each with its source', () => {
    expect(profile.examples.length).toBeGreaterThan(1);
    for (const example of profile.examples) expect(example.source).not.toBe('');
  });
});

const sendsByItself = (reader: ReaderProfile): reader is StreamReader | HidReader =>
  reader.speaks === 'stream' || reader.speaks === 'hid';

describe.each([...readers.values()].filter(sendsByItself))('$id', (reader) => {
  /** A device that sends reports never sends a part of one, and what it sends by mistake are reports too. */
  const onTheLine = (bytes: Uint8Array) => (reader.speaks === 'hid' ? framed(bytes) : bytes);
  const wireOf = (wire: string) => joined(wire.split('|').map((part) => onTheLine(fromHex(part))));
  const examples = reader.examples.map((example) => ({
    ...example,
    bytes: wireOf(example.wire),
    settings: reader.settings.parse(example.settings ?? {}),
  }));
  const keysOf = (keys: string | undefined) => keys ?? '';

  /** Feeds the chunks as they come, as whoever calls `decode` does. */
  const feed = (chunks: Uint8Array[], settings: Record<string, unknown>) => {
    let rest: Uint8Array = new Uint8Array();
    let keys = '';
    const reads = chunks.flatMap((chunk) => {
      const decoded = reader.decode(join(rest, chunk), settings);
      rest = decoded.rest;
      keys += keysOf(decoded.keys);
      return decoded.reads;
    });
    return { reads, keys, rest };
  };

  test.each(examples)('reads $wire', ({ bytes, settings, reads, keys }) => {
    const pending = bytes.slice();
    const decoded = reader.decode(pending, settings);
    expect(decoded.reads).toEqual(reads);
    expect(keysOf(decoded.keys)).toBe(keysOf(keys));
    expect(pending, 'what was heard is not written to').toEqual(bytes);
  });

  test.each(examples)('reads $wire cut at any byte, and byte by byte', ({ bytes, settings, reads }) => {
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(feed([bytes.subarray(0, cut), bytes.subarray(cut)], settings).reads, `cut at ${cut}`).toEqual(reads);
    }
    expect(
      feed(
        [...bytes].map((byte) => Uint8Array.of(byte)),
        settings,
      ).reads,
    ).toEqual(reads);
  });

  test.each(examples)('reads $wire twice when two come glued together', ({ bytes, settings, reads }) => {
    expect(feed([join(bytes, bytes)], settings).reads).toEqual([...reads, ...reads]);
  });

  test.each(examples)('reads $wire after a plug that sparked', ({ bytes, settings, reads }) => {
    expect(feed([onTheLine(fromHex('00 00 00')), bytes], settings).reads).toEqual(reads);
  });

  test('loses no more than the card that noise ran into', () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.uint8Array({ maxLength: 600 }), ({ bytes, settings, reads }, noise) => {
        const heard = feed([onTheLine(noise), bytes, bytes], settings).reads;
        expect(heard.slice(heard.length - reads.length)).toEqual(reads);
      }),
      { numRuns: 300 },
    );
  });

  test('never throws and never keeps much, whatever it hears', () => {
    const settings = reader.settings.parse({});
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 20 }), (chunks) => {
        expect(feed(chunks.map(onTheLine), settings).rest.length).toBeLessThan(longestRest);
      }),
      { numRuns: 100 },
    );
    // Who frames reports never hands over anything else.
    if (reader.speaks === 'hid') return;
    const [noise] = fc.sample(fc.uint8Array({ minLength: 100_000, maxLength: 100_000 }), 1);
    expect(feed([noise ?? new Uint8Array()], settings).rest.length).toBeLessThan(longestRest);
    for (const first of [0x00, 0x02]) {
      for (const byte of [0x00, 0x02, 0x30, 0x55, 0xff]) {
        const chunks = [Uint8Array.of(first), ...Array.from({ length: 100 }, () => new Uint8Array(1000).fill(byte))];
        expect(feed(chunks, settings).rest.length, `${first}, then 100 kB of ${byte}`).toBeLessThan(longestRest);
      }
    }
  });

  test('keeps nothing between calls: the same bytes always mean the same', () => {
    const answers = () => examples.map(({ bytes, settings }) => reader.decode(bytes, settings));
    const before = answers();
    feed([onTheLine(fromHex('02 30 31 32 30')), onTheLine(fromHex('41 42 43'))], reader.settings.parse({}));
    expect(answers()).toEqual(before);
  });
});

describe.each([...readers.values()].filter((reader): reader is ExchangeReader => reader.speaks === 'exchange'))(
  '$id',
  (reader) => {
    test.each(reader.examples)('asks and answers as in $transcript', (example) => {
      const card = { atr: fromHex(example.atr), reader: 'Gate Reader 00 00' };
      const exchange = reader.exchange(card, reader.settings.parse(example.settings ?? {}), givenBy(example));
      let step = exchange.next();
      for (const [command, answer] of example.transcript) {
        expect(step.done).toBe(false);
        expect(step.value).toEqual(fromHex(command));
        step = exchange.next(fromHex(answer));
      }
      expect(step).toEqual({ done: true, value: example.result });
    });

    test('comes to an end whatever the card answers', () => {
      const answer = fc.uint8Array({ maxLength: 40 });
      fc.assert(
        fc.property(fc.array(answer, { minLength: 20, maxLength: 20 }), (answers) => {
          const card = { atr: fromHex('3B00'), reader: 'Gate Reader 00 00' };
          const exchange = reader.exchange(card, reader.settings.parse({}), givenBy({ secrets: zeroKeys(reader) }));
          let step = exchange.next();
          for (const bytes of answers) if (!step.done) step = exchange.next(bytes);
          expect(step.done).toBe(true);
        }),
      );
    });
  },
);

describe.each([...readers.values()].filter((reader): reader is MqttReader => reader.speaks === 'mqtt'))('$id', (reader) => {
  test.each(reader.examples)('hears $heard.payload on $heard.topic', ({ heard, retained = false, signals, settings }) => {
    const options = reader.settings.parse(settings ?? {});
    if (signals.length > 0) expect(reader.topics(options)).toContain(heard.topic);
    expect(reader.hear({ ...heard, retained }, options)).toEqual(signals);
  });

  test.each(reader.examples)('never takes $heard.payload kept by the broker for a tap', ({ heard, settings }) => {
    const signals = reader.hear({ ...heard, retained: true }, reader.settings.parse(settings ?? {}));
    expect(signals.filter(({ kind }) => kind !== 'online')).toEqual([]);
  });

  test('never throws, whatever it hears', () => {
    const options = reader.settings.parse({});
    const payload = fc.oneof(fc.string(), fc.json(), fc.constantFrom(...reader.examples.map(({ heard }) => heard.payload)));
    fc.assert(
      fc.property(fc.constantFrom(...reader.topics(options)), payload, fc.boolean(), (topic, text, retained) => {
        reader.hear({ topic, payload: text, retained }, options);
      }),
    );
  });
});

describe.each([...relays.values()].filter((relay): relay is LineRelay => relay.speaks === 'stream'))('$id', (relay) => {
  const commands = relay.examples.flatMap((example) => ('command' in example ? [example] : []));
  const answers = relay.examples.flatMap((example) => ('answer' in example ? [example] : []));

  test.each(commands)('turns $command with $wire', ({ command, pulseMs = 500, wire, settings }) => {
    const options = relay.settings.parse(settings ?? {});
    const bytes = {
      on: () => [relay.on(options, pulseMs)],
      off: () => [relay.off(options)],
      confirm: () => [relay.answers?.confirm(options).request],
      ask: () => relay.answers?.ask?.(options),
    };
    expect(bytes[command]()).toContainEqual(fromHex(wire));
  });

  test('has an example of on and of off', () => {
    expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(['on', 'off']));
  });

  test('has an example of every answer that it waits for', () => {
    expect(answers.length > 0).toBe(relay.answers !== undefined);
  });

  test.each(answers)(
    'understands $answer, after noise too, and only when it is whole',
    ({ request, answer, signals, settings }) => {
      const options = relay.settings.parse(settings ?? {});
      const hear = (bytes: Uint8Array) => relay.answers?.hear(fromHex(request), bytes, options);
      const whole = fromHex(answer);
      expect(hear(whole)).toEqual({ signals });
      expect(hear(join(fromHex('C3 7E 55'), whole)), 'after noise').toEqual({ signals });
      expect(hear(join(whole, fromHex('C3 7E 55'))), 'before noise').toEqual({ signals });
      for (let cut = 0; cut < whole.length; cut++) expect(hear(whole.subarray(0, cut)), `cut at ${cut}`).toBeNull();
    },
  );

  test('asks without moving anything', () => {
    const options = relay.settings.parse(
      answers.find(({ signals }) => signals.some(({ kind }) => kind === 'input'))?.settings ?? {},
    );
    const { answers: talk } = relay;
    if (talk === undefined) return;
    const questions = [talk.confirm(options).request, talk.clear, ...(talk.ask?.(options) ?? [])];
    for (const moving of [relay.on(options, 500), relay.off(options)]) expect(questions).not.toContainEqual(moving);
  });

  test('never throws, whatever it hears', () => {
    const requests = relay.examples.map((example) => ({
      request: fromHex('request' in example ? example.request : example.wire),
      options: relay.settings.parse(example.settings ?? {}),
    }));
    fc.assert(
      fc.property(fc.constantFrom(...requests), fc.uint8Array({ maxLength: 600 }), ({ request, options }, noise) => {
        relay.answers?.hear(request, noise, options);
      }),
    );
  });
});

describe.each([...relays.values()].filter((relay): relay is HidRelay => relay.speaks === 'hid'))('$id', (relay) => {
  const commands = relay.examples.flatMap((example) => ('command' in example ? [example] : []));
  const states = relay.examples.flatMap((example) => ('state' in example ? [example] : []));

  test.each(commands)('turns $command with $wire', ({ command, wire, settings }) => {
    const options = relay.settings.parse(settings ?? {});
    expect(command === 'on' ? relay.on(options) : relay.off(options)).toEqual(fromHex(wire));
  });

  test('has an example of on and of off, and of both states where it tells them', () => {
    expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(['on', 'off']));
    const told = states.flatMap(({ isOn }) => (isOn === null ? [] : [isOn]));
    expect(new Set(told)).toEqual(new Set(relay.state === undefined ? [] : [true, false]));
  });

  test.each(states)('reads $state', ({ state, isOn, settings }) => {
    expect(relay.state?.isOn(fromHex(state), relay.settings.parse(settings ?? {}))).toBe(isOn);
  });
});

describe.each([...relays.values()].filter((relay): relay is MqttRelay => relay.speaks === 'mqtt'))('$id', (relay) => {
  const commands = relay.examples.flatMap((example) => ('command' in example ? [example] : []));
  const heard = relay.examples.flatMap((example) => ('heard' in example ? [example] : []));

  test.each(commands)(
    'turns $command with $message.payload on $message.topic',
    ({ command, pulseMs = 500, message, settings }) => {
      const options = relay.settings.parse(settings ?? {});
      expect(command === 'on' ? relay.on(options, pulseMs, 1) : relay.off(options, 1)).toEqual(message);
    },
  );

  test('has an example of on and of off', () => {
    expect(new Set(commands.map(({ command }) => command))).toEqual(new Set(['on', 'off']));
  });

  test.each(heard)('hears $heard.payload on $heard.topic', ({ heard: message, retained = false, signals, settings }) => {
    const options = relay.settings.parse(settings ?? {});
    if (signals.length > 0) expect(relay.topics(options)).toContain(message.topic);
    expect(relay.hear({ ...message, retained }, options)).toEqual(signals);
  });

  test.each(heard)('never takes $heard.payload kept by the broker for somebody who passes', ({ heard: message, settings }) => {
    const signals = relay.hear({ ...message, retained: true }, relay.settings.parse(settings ?? {}));
    expect(signals.filter(({ kind }) => kind !== 'online')).toEqual([]);
  });

  test('has an example of what it claims to report', () => {
    const kinds = heard.flatMap(({ signals }) => signals.map(({ kind }) => kind));
    expect(kinds).toEqual(expect.arrayContaining(['online', 'answered']));
    for (const { signals, settings } of heard) {
      const options = relay.settings.parse(settings ?? {});
      const tells = (kind: string) => signals.some((signal) => signal.kind === kind);
      if (tells('passage')) expect(relay.reportsPassage(options)).toBe(true);
      if (tells('input')) expect(relay.reportsInputs?.(options)).toBe(true);
    }
    expect(relay.reportsPassage(relay.settings.parse({}))).toBe(false);
  });

  test('listens to whole topics, each once, so that nothing arrives twice', () => {
    for (const { settings } of relay.examples) {
      const topics = relay.topics(relay.settings.parse(settings ?? {}));
      expect(topics.filter((topic) => /[+#]/.test(topic))).toEqual([]);
      expect(new Set(topics).size).toBe(topics.length);
    }
  });

  test('never opens through a message that a broker would keep for later', () => {
    const options = relay.settings.parse({});
    for (const message of [relay.on(options, 500, 1), relay.off(options, 2), ...relay.hello(options)])
      expect(message.qos ?? 0).toBe(0);
  });

  test('greets without moving anything', () => {
    const options = relay.settings.parse({});
    const moving = [relay.on(options, 500, 1), relay.off(options, 1)];
    for (const message of relay.hello(options)) expect(moving).not.toContainEqual(message);
  });

  test('never throws, whatever it hears', () => {
    const options = relay.settings.parse(
      heard.find(({ signals }) => signals.some(({ kind }) => kind === 'passage'))?.settings ?? {},
    );
    const payload = fc.oneof(fc.string(), fc.json(), fc.constantFrom(...heard.map(({ heard: message }) => message.payload)));
    fc.assert(
      fc.property(fc.constantFrom(...relay.topics(options)), payload, fc.boolean(), (topic, text, retained) => {
        relay.hear({ topic, payload: text, retained }, options);
      }),
    );
  });
});

describe.each([...turnstiles.values()])('$id', (turnstile) => {
  const everySetting = turnstile.examples.map(({ settings }) => turnstile.traits(turnstile.settings.parse(settings ?? {})));

  test.each(turnstile.examples)('means $signals ($source)', ({ contacts, signals, settings }) => {
    const traits = turnstile.traits(turnstile.settings.parse(settings ?? {}));
    const wired = contactNames.filter((name) => contacts.some(([, contact]) => contact === name));
    const options = {
      contacts: wired.map((name) => ({ name, input: contactNames.indexOf(name), ...traits.contacts[name] })),
      togetherMs,
      stuckMs,
    };
    let state = untoldContacts(options);
    const heard: ContactSignal[] = [];
    const happen = (event: ContactEvent, atMs: number) => {
      const stepped = stepContacts(state, event, atMs, options);
      state = stepped.state;
      heard.push(...stepped.signals);
    };
    for (const [atMs, name, closed] of contacts) happen({ kind: 'input', input: contactNames.indexOf(name), closed }, atMs);
    happen({ kind: 'tick' }, (contacts.at(-1)?.[0] ?? 0) + 1000);
    expect(heard).toEqual(signals);
  });

  test('shows somebody going through, and that both contacts at once are nobody', () => {
    const kinds = new Set(turnstile.examples.flatMap(({ signals }) => signals.map(({ kind }) => kind)));
    expect(kinds).toContain('passage');
    expect(kinds).toContain('together');
  });

  test('suggests a pulse that it takes, and that a relay can give', () => {
    for (const { minMs, maxMs, suggestedMs, why } of everySetting.map(({ pulse }) => pulse)) {
      expect(suggestedMs).toBeGreaterThanOrEqual(Math.max(minMs ?? 0, 100));
      expect(suggestedMs).toBeLessThanOrEqual(Math.min(maxMs ?? 5000, 5000));
      expect(why).not.toBe('');
    }
  });

  test('names its one or two sides, and lets no contact bounce for long', () => {
    for (const { sides, contacts } of everySetting) {
      expect([1, 2]).toContain(sides.length);
      for (const { debounceMs } of Object.values(contacts)) expect(debounceMs >= 20 && debounceMs <= 50).toBe(true);
    }
  });
});

const messageOf = (hex: string) => {
  const [code = 0, ...data] = fromHex(hex);
  return { code, data: Uint8Array.from(data) };
};
const anyMessage = fc.record({ code: fc.integer({ min: 0, max: 255 }), data: fc.uint8Array({ maxLength: 80 }) });

describe.each([...readers.values()].filter((reader): reader is BusReader => reader.speaks === 'bus'))('$id', (reader) => {
  const heard = reader.examples.flatMap((example) => ('heard' in example ? [example] : []));
  const told = reader.examples.flatMap((example) => ('answer' in example ? [example] : []));

  test('hangs on a bus that there is', () => {
    expect([...buses.keys()]).toContain(reader.bus);
  });

  test.each(heard)('understands $heard', ({ heard: message, signals, settings }) => {
    expect(reader.hear(messageOf(message), reader.settings.parse(settings ?? {}))).toEqual(signals);
  });

  test.each(told)('shows $answer with $told', ({ answer, told: messages, settings }) => {
    expect(reader.feedback(answer, reader.settings.parse(settings ?? {}))).toEqual(messages.map(messageOf));
  });

  test('has an example of every answer', () => {
    expect(new Set(told.map(({ answer }) => answer))).toEqual(new Set(['granted', 'denied', 'ask_staff']));
  });

  test('is under a key unless told otherwise in words', () => {
    expect(reader.place(reader.settings.parse({})).secured).toBe(true);
  });

  test('never throws, whatever it hears', () => {
    const options = reader.settings.parse({});
    fc.assert(fc.property(anyMessage, (message) => void reader.hear(message, options)));
  });
});

describe.each([...relays.values()].filter((relay): relay is BusRelay => relay.speaks === 'bus'))('$id', (relay) => {
  const told = relay.examples.flatMap((example) => ('told' in example ? [example] : []));
  const heard = relay.examples.flatMap((example) => ('heard' in example ? [example] : []));

  test('hangs on a bus that there is, under a key unless told otherwise in words', () => {
    expect([...buses.keys()]).toContain(relay.bus);
    expect(relay.place(relay.settings.parse({})).secured).toBe(true);
  });

  test.each(told)('closes for $pulseMs ms with $told', ({ pulseMs, told: message, settings }) => {
    expect(relay.on(relay.settings.parse(settings ?? {}), pulseMs)).toEqual(messageOf(message));
  });

  test.each(heard)('understands $heard', ({ heard: message, signals, settings }) => {
    expect(relay.hear(messageOf(message), relay.settings.parse(settings ?? {}))).toEqual(signals);
  });

  test('never throws, whatever it hears', () => {
    const options = relay.settings.parse({});
    fc.assert(fc.property(anyMessage, (message) => void relay.hear(message, options)));
  });
});

describe.each([...buses.values()])('bus $id', (bus) => {
  const settings = bus.settings.parse({});

  test('explains every setting, and refuses one that it does not know', () => {
    const unexplained = Object.entries(bus.settings.shape).filter(([, schema]) => (schema.description ?? '').length < 20);
    expect(unexplained.map(([key]) => key)).toEqual([]);
    expect(bus.settings.safeParse({ volume: 11 }).success).toBe(false);
  });

  test('whatever is on the line, it neither throws nor keeps much', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 500 }), { maxLength: 20 }), (chunks) => {
        let rest: Uint8Array = new Uint8Array();
        for (const chunk of chunks) {
          ({ rest } = bus.cut(join(rest, chunk), 'may follow'));
          expect(rest.length).toBeLessThan(longestBusRest);
        }
        expect(bus.cut(rest, 'given up').rest).toHaveLength(0);
      }),
    );
  });

  test('whatever happens to a device, it neither throws nor signals without cause', () => {
    const frame = fc.uint8Array({ maxLength: 40 }).map((bytes) => ({ from: 0, bytes }));
    const event = fc.oneof(
      fc.constant({ kind: 'opened' } as const),
      fc.constant({ kind: 'closed', why: 'unplugged' } as const),
      fc.constant({ kind: 'turn', random: new Uint8Array(8) } as const),
      fc.constant({ kind: 'silence' } as const),
      frame.map((heard) => ({ kind: 'heard', frame: heard }) as const),
      anyMessage.map((message) => ({ kind: 'tell', message, order: 1 }) as const),
      fc.constant({ kind: 'give up', order: 1 } as const),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.nat(10_000)), { maxLength: 40 }), (events) => {
        let state = bus.begin({ address: 0, secured: true, secrets: { key: new Uint8Array(16) } });
        let nowMs = 0;
        for (const [one, laterMs] of events) {
          nowMs += laterMs;
          const stepped = bus.step(state, one, nowMs, settings);
          state = stepped.state;
          if (one.kind !== 'turn') expect(stepped.send).toBeNull();
          expect(stepped.signals.filter(({ kind }) => kind === 'said' || kind === 'up')).toEqual([]);
          expect(bus.dueMs(state)).not.toBeNaN();
        }
      }),
    );
  });
});

describe('a file that is no profile', () => {
  const load = async (file: string, text: string) => {
    const folder = await mkdtemp(joinPath(tmpdir(), 'gatehouse-devices-'));
    try {
      await mkdir(joinPath(folder, 'readers'));
      await mkdir(joinPath(folder, 'relays'));
      await mkdir(joinPath(folder, 'turnstiles'));
      await mkdir(joinPath(folder, 'buses'));
      await writeFile(joinPath(folder, 'readers', file), text);
      return await loadProfiles(pathToFileURL(`${folder}/`)).then(
        () => null,
        (error: unknown) => error,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  };
  const zod = JSON.stringify(import.meta.resolve('zod'));

  test('is refused when its id is not its name', async () => {
    const failure = await load(
      'rdm.ts',
      `import { z } from ${zod}; export default { id: 'rdm6300', does: 'read', settings: z.strictObject({}) };`,
    );
    expect(failure).toMatchObject({
      code: 'bad_input',
      message: '`rdm.ts` says its id is `rdm6300`: name the file `rdm6300.ts`',
    });
  });

  test('is refused when it stands in the wrong folder or exports nothing', async () => {
    const relay = `import { z } from ${zod}; export default { id: 'rdm', does: 'open', settings: z.strictObject({}) };`;
    expect(await load('rdm.ts', relay)).toMatchObject({ code: 'bad_input' });
    expect(await load('rdm.ts', 'export const nothing = 1;')).toMatchObject({ code: 'bad_input' });
  });
});

function joined(parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** The keys of an example, and its random bytes in turn; after them zeros. */
function givenBy({ secrets = {}, random = [] }: { secrets?: Record<string, string>; random?: string[] }): Given {
  const left = [...random];
  return {
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, hex]) => [name, fromHex(hex)])),
    random: (bytes) => fromHex(left.shift() ?? '00'.repeat(bytes)),
  };
}

function zeroKeys({ secrets = {} }: ExchangeReader): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([name, { bytes }]) => [name, '00'.repeat(bytes[0] ?? 0)]));
}

function join(before: Uint8Array, after: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([before, after]));
}

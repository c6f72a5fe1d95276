import { z } from 'zod';
import { defineMqttRelay, type MqttMessage } from '../../src/ports/device.ts';
import { readJson } from '../codecs/json-message.ts';
import { exactTopic } from '../codecs/mqtt-topic.ts';
import { passageDirection, passageSignal } from '../codecs/passage-contact.ts';

const reply = z.object({
  id: z.union([z.number(), z.string()]),
  error: z.unknown().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
});
const notification = z.object({ method: z.string(), params: z.record(z.string(), z.unknown()) });
const inputStatus = z.object({ id: z.int(), state: z.boolean() });

/** The `id`s of the questions asked when the connection comes up; commands have numbers. */
const helloId = 'hello';
const inputsId = 'inputs';

/**
 * Shelly Plus, Pro and later (Gen2+) over MQTT. The device times the pulse with `toggle_after`.
 * Frames: shelly-api-docs.shelly.cloud/gen2, "RPC Protocol", "Mqtt", "Switch", "Notifications".
 */
export default defineMqttRelay({
  id: 'shelly-gen2',
  name: 'Shelly relay, Gen2 or later (Plus, Pro, Gen3 …), over MQTT',
  settings: z.strictObject({
    prefix: exactTopic.default('shelly').describe('The MQTT prefix set in the device, `shellyplus1-a8032ab1` for example.'),
    switch: z.int().min(0).max(15).default(0).describe('Which of its relays, counted from 0.'),
    passageInput: z
      .int()
      .min(0)
      .max(15)
      .nullable()
      .default(null)
      .describe(
        'Which of its inputs, counted from 0, is wired to the turnstile\'s passage contact; null for none. Set the input to "Switch" and ' +
          '"Detached" in the device, and leave "RPC status notifications over MQTT" on.',
      ),
    passedWhen: z.enum(['on', 'off']).default('on').describe('What that input turns to when somebody goes through.'),
    passageDirection,
  }),

  releases: () => 'itself',
  on: (settings, pulseMs, id) =>
    call(settings, id, 'Switch.Set', { id: settings.switch, on: true, toggle_after: pulseMs / 1000 }),
  off: (settings, id) => call(settings, id, 'Switch.Set', { id: settings.switch, on: false }),
  hello: (settings) => [
    call(settings, helloId, 'Switch.GetStatus', { id: settings.switch }),
    call(settings, inputsId, 'Shelly.GetStatus', {}),
  ],
  topics: (settings) => [`${settings.prefix}/online`, `${source(settings)}/rpc`, `${settings.prefix}/events/rpc`],

  hear({ topic, payload, retained }, settings) {
    if (topic === `${settings.prefix}/online`) {
      return payload === 'true' || payload === 'false' ? [{ kind: 'online', online: payload === 'true' }] : [];
    }
    if (retained) return [];
    if (topic === `${source(settings)}/rpc`) {
      const answer = readJson(payload, reply);
      if (answer === null) return [];
      if (answer.id === inputsId) return inputSignals(answer.result ?? {}).filter(({ input }) => input !== settings.passageInput);
      if (answer.id === helloId) return [{ kind: 'online', online: true }];
      return typeof answer.id === 'number' ? [{ kind: 'answered', ok: answer.error === undefined, id: answer.id }] : [];
    }
    const event = topic === `${settings.prefix}/events/rpc` ? readJson(payload, notification) : null;
    if (event === null) return [];
    const told = inputSignals(event.params);
    const others = told.filter(({ input }) => input !== settings.passageInput);
    // A NotifyFullStatus tells how things stand after a start; only a NotifyStatus tells that something changed.
    const passes =
      event.method === 'NotifyStatus' &&
      told.some(({ input, closed }) => input === settings.passageInput && closed === (settings.passedWhen === 'on'));
    return passes ? [...others, passageSignal(settings.passageDirection)] : others;
  },

  answers: () => true,
  reportsOnline: () => true,
  reportsPassage: (settings) => settings.passageInput !== null,
  reportsInputs: () => true,

  examples: [
    {
      command: 'on',
      pulseMs: 500,
      message: {
        topic: 'shellyplus1-a8032ab1/rpc',
        payload:
          '{"id":1,"src":"gatehouse/shellyplus1-a8032ab1/0","method":"Switch.Set","params":{"id":0,"on":true,"toggle_after":0.5}}',
        qos: 0,
      },
      settings: { prefix: 'shellyplus1-a8032ab1' },
      source: 'computed from "RPC Protocol" and "Switch"',
    },
    {
      command: 'off',
      message: {
        topic: 'shellyplus1-a8032ab1/rpc',
        payload: '{"id":1,"src":"gatehouse/shellyplus1-a8032ab1/1","method":"Switch.Set","params":{"id":1,"on":false}}',
        qos: 0,
      },
      settings: { prefix: 'shellyplus1-a8032ab1', switch: 1 },
      source: 'computed from "RPC Protocol" and "Switch"',
    },
    {
      heard: {
        topic: 'gatehouse/shellyplus1-a8032ab1/0/rpc',
        payload: '{"id":1,"src":"shellyplus1-a8032ab1","dst":"gatehouse/shellyplus1-a8032ab1/0","result":{"was_on":false}}',
      },
      signals: [{ kind: 'answered', ok: true, id: 1 }],
      settings: { prefix: 'shellyplus1-a8032ab1' },
      source: '"RPC Protocol", response frame',
    },
    {
      heard: {
        topic: 'gatehouse/shelly/0/rpc',
        payload:
          '{"id":7,"src":"shellyplus1-a8032ab1","dst":"gatehouse/shelly/0","error":{"code":-105,"message":"no such switch"}}',
      },
      signals: [{ kind: 'answered', ok: false, id: 7 }],
      source: '"RPC Protocol", response frame with an error',
    },
    {
      heard: {
        topic: 'gatehouse/shelly/0/rpc',
        payload:
          '{"id":"hello","src":"shellyplus1-a8032ab1","dst":"gatehouse/shelly/0","result":{"id":0,"source":"init","output":false}}',
      },
      signals: [{ kind: 'online', online: true }],
      source: '"Switch", Switch.GetStatus',
    },
    {
      heard: {
        topic: 'gatehouse/shelly/0/rpc',
        payload:
          '{"id":"inputs","src":"shellyplus1-a8032ab1","dst":"gatehouse/shelly/0","result":{"input:0":{"id":0,"state":true},"switch:0":{"id":0,"output":false}}}',
      },
      signals: [{ kind: 'input', input: 0, closed: true }],
      source: 'computed from "Shelly", Shelly.GetStatus',
    },
    {
      heard: { topic: 'shelly/online', payload: 'true' },
      retained: true,
      signals: [{ kind: 'online', online: true }],
      source: '"Mqtt"',
    },
    {
      heard: { topic: 'shelly/online', payload: 'false' },
      signals: [{ kind: 'online', online: false }],
      source: '"Mqtt", last will',
    },
    {
      heard: {
        topic: 'shelly/events/rpc',
        payload:
          '{"src":"shellyplus1-441793ab3fb4","dst":"shellyplus1-441793ab3fb4/events","method":"NotifyStatus","params":{"ts":1708180040.62,"input:0":{"id":0,"state":false}}}',
      },
      signals: [{ kind: 'passage', direction: 'in' }],
      settings: { passageInput: 0, passedWhen: 'off', passageDirection: 'in' },
      source: 'captured from a Shelly Plus 1 (firmware 1.x)',
    },
    {
      heard: {
        topic: 'shelly/events/rpc',
        payload:
          '{"src":"shellyplus1-441793ab3fb4","dst":"shellyplus1-441793ab3fb4/events","method":"NotifyStatus","params":{"ts":1708180040.62,"input:0":{"id":0,"state":false}}}',
      },
      signals: [],
      settings: { passageInput: 0 },
      source: 'the same capture, where only `on` means a passage',
    },
    {
      heard: {
        topic: 'shelly/events/rpc',
        payload:
          '{"src":"shellyplus1-441793ab3fb4","dst":"shellyplus1-441793ab3fb4/events","method":"NotifyStatus","params":{"ts":1708180040.62,"input:0":{"id":0,"state":false}}}',
      },
      signals: [{ kind: 'input', input: 0, closed: false }],
      source: 'the same capture, where no input is wired to a passage contact',
    },
    {
      heard: {
        topic: 'shelly/events/rpc',
        payload:
          '{"src":"shellyplus1-08b61fd141e8","dst":"shellyplus1-08b61fd141e8/events","method":"NotifyFullStatus","params":{"ts":1736604018.38,"input:0":{"id":0,"state":true}}}',
      },
      signals: [],
      settings: { passageInput: 0 },
      source: 'captured from a Shelly Plus 1 after its start, shortened',
    },
  ],
});

/** `input:0` and its like, wherever statuses stand. */
function inputSignals(statuses: Record<string, unknown>): { kind: 'input'; input: number; closed: boolean }[] {
  return Object.entries(statuses).flatMap(([key, value]) => {
    const status = inputStatus.safeParse(value).data;
    return status === undefined || key !== `input:${status.id}`
      ? []
      : [{ kind: 'input', input: status.id, closed: status.state }];
  });
}

interface Device {
  prefix: string;
  switch: number;
}

/** The device answers on `<source>/rpc`. One for each relay, so that the answers of two gates on one device stay apart. */
function source(device: Device): string {
  return `gatehouse/${device.prefix}/${device.switch}`;
}

function call(device: Device, id: number | string, method: string, params: Record<string, unknown>): MqttMessage {
  const request = { id, src: source(device), method, params };
  return { topic: `${device.prefix}/rpc`, payload: JSON.stringify(request), qos: 0 };
}

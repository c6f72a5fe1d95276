import { z } from 'zod';
import { defineMqttRelay, type RelaySignal } from '../../src/ports/device.ts';
import { exactTopic, optionalTopic } from '../codecs/mqtt-topic.ts';
import { passageSignal, passageWay } from '../codecs/passage-contact.ts';

/** Any relay or turnstile controller that is told what to do by a message, with topics and payloads as the installer has them. */
export default defineMqttRelay({
  id: 'generic-mqtt',
  name: 'MQTT relay with topics and payloads of your own',
  settings: z.strictObject({
    commandTopic: exactTopic.default('gatehouse/gate/set').describe('Where the device listens for commands.'),
    onPayload: z
      .string()
      .default('ON')
      .describe(
        'What opens the gate. `{pulseMs}` and `{pulseSeconds}` stand for the length of the pulse, `{id}` for the number of the command.',
      ),
    offPayload: z
      .string()
      .default('OFF')
      .describe('What lets the contact go again. `{id}` stands for the number of the command.'),
    timesPulse: z
      .boolean()
      .default(false)
      .describe(
        'On when the device ends the pulse by itself, which is safer. Off: the gateway sends `offPayload` after the pulse, at start, ' +
          'on reconnect and at stop.',
      ),
    stateTopic: optionalTopic.describe('Where the device says what it did. Empty: it does not say.'),
    stateOnPayload: z.string().default('ON').describe('What it says there when the contact is closed.'),
    stateOffPayload: z
      .string()
      .default('OFF')
      .describe(
        'What it says there when the contact is open: at the end of every pulse, so it never answers a command that opens.',
      ),
    onlineTopic: optionalTopic.describe(
      'Where the device, or the broker for it (last will), says whether it is online. Empty: nobody says.',
    ),
    onlinePayload: z.string().default('online').describe('What stands there while it is online.'),
    offlinePayload: z.string().default('offline').describe('What stands there when it is gone.'),
    inputTopics: z
      .array(exactTopic)
      .max(8)
      .default([])
      .describe('Where its inputs say how they stand, for contacts of the turnstile; the first is input 1.'),
    closedPayload: z.string().default('ON').describe('What an input says while the contact on it is closed.'),
    openPayload: z.string().default('OFF').describe('What an input says while the contact on it is open.'),
    passageTopic: optionalTopic.describe('Where the device reports that somebody went through. Empty: it does not report.'),
    passagePayloads: z
      .record(z.string(), passageWay)
      .default({ ON: 'unknown' })
      .describe(
        'What it sends there when somebody went through, and which way: `{ entered: in, left: out }`. Anything else means nothing.',
      ),
  }),

  releases: (settings) => (settings.timesPulse ? 'itself' : 'on-command'),
  on: (settings, pulseMs, id) => ({
    topic: settings.commandTopic,
    payload: fill(settings.onPayload, { pulseMs, pulseSeconds: pulseMs / 1000, id }),
    qos: 0,
  }),
  off: (settings, id) => ({ topic: settings.commandTopic, payload: fill(settings.offPayload, { id }), qos: 0 }),
  hello: () => [],
  topics: ({ stateTopic, onlineTopic, passageTopic, inputTopics }) => [
    ...new Set([stateTopic, onlineTopic, passageTopic, ...inputTopics].filter((topic) => topic !== '')),
  ],

  hear({ topic, payload, retained }, settings) {
    const signals: RelaySignal[] = [];
    if (topic === settings.onlineTopic) {
      if (payload === settings.onlinePayload) signals.push({ kind: 'online', online: true });
      if (payload === settings.offlinePayload) signals.push({ kind: 'online', online: false });
    }
    if (retained) return signals;
    if (topic === settings.stateTopic) {
      if (payload === settings.stateOnPayload) signals.push({ kind: 'answered', ok: true });
      // That the contact is open again answers no command that opens, and shows that the device is there.
      else if (payload === settings.stateOffPayload) signals.push({ kind: 'online', online: true });
    }
    for (const [index, inputTopic] of settings.inputTopics.entries()) {
      if (topic !== inputTopic || (payload !== settings.closedPayload && payload !== settings.openPayload)) continue;
      signals.push({ kind: 'input', input: index + 1, closed: payload === settings.closedPayload });
    }
    if (topic === settings.passageTopic && Object.hasOwn(settings.passagePayloads, payload)) {
      signals.push(passageSignal(settings.passagePayloads[payload] ?? 'unknown'));
    }
    return signals;
  },

  answers: (settings) => settings.stateTopic !== '',
  reportsOnline: (settings) => settings.onlineTopic !== '',
  reportsPassage: (settings) => settings.passageTopic !== '',
  reportsInputs: ({ inputTopics }) => inputTopics.length > 0,

  examples: [
    { command: 'on', message: { topic: 'gatehouse/gate/set', payload: 'ON', qos: 0 }, source: 'the defaults' },
    { command: 'off', message: { topic: 'gatehouse/gate/set', payload: 'OFF', qos: 0 }, source: 'the defaults' },
    {
      command: 'on',
      pulseMs: 500,
      message: { topic: 'zigbee2mqtt/gate/set', payload: '{"state":"ON","on_time":0.5,"off_wait_time":0}', qos: 0 },
      settings: {
        commandTopic: 'zigbee2mqtt/gate/set',
        onPayload: '{"state":"ON","on_time":{pulseSeconds},"off_wait_time":0}',
        timesPulse: true,
      },
      source: 'Zigbee2MQTT, "On with timed off"',
    },
    {
      command: 'on',
      pulseMs: 400,
      message: { topic: 'lane/1', payload: 'open 400 #1', qos: 0 },
      settings: { commandTopic: 'lane/1', onPayload: 'open {pulseMs} #{id}' },
      source: 'computed',
    },
    {
      heard: { topic: 'gate/switch/relay/state', payload: 'ON' },
      signals: [{ kind: 'answered', ok: true }],
      settings: { stateTopic: 'gate/switch/relay/state' },
      source: 'esphome.io, MQTT client component',
    },
    {
      heard: { topic: 'gate/switch/relay/state', payload: 'OFF' },
      signals: [{ kind: 'online', online: true }],
      settings: { stateTopic: 'gate/switch/relay/state' },
      source: 'computed: the end of a pulse',
    },
    {
      heard: { topic: 'lane/1/arm', payload: 'OFF' },
      signals: [{ kind: 'input', input: 2, closed: false }],
      settings: { inputTopics: ['lane/1/ready', 'lane/1/arm'] },
      source: 'computed',
    },
    {
      heard: { topic: 'gate/switch/relay/state', payload: 'UNAVAILABLE' },
      signals: [],
      settings: { stateTopic: 'gate/switch/relay/state' },
      source: 'computed: a word that was not agreed on',
    },
    {
      heard: { topic: 'gate/switch/relay/state', payload: 'ON' },
      retained: true,
      signals: [],
      settings: { stateTopic: 'gate/switch/relay/state' },
      source: 'computed: a kept state answers nothing',
    },
    {
      heard: { topic: 'gate/status', payload: 'offline' },
      retained: true,
      signals: [{ kind: 'online', online: false }],
      settings: { onlineTopic: 'gate/status' },
      source: 'esphome.io, MQTT client component',
    },
    {
      heard: { topic: 'lane/1/passed', payload: 'left' },
      signals: [{ kind: 'passage', direction: 'out' }],
      settings: { passageTopic: 'lane/1/passed', passagePayloads: { entered: 'in', left: 'out' } },
      source: 'computed',
    },
    {
      heard: { topic: 'lane/1/passed', payload: 'ON' },
      signals: [{ kind: 'passage', direction: null }],
      settings: { passageTopic: 'lane/1/passed' },
      source: 'computed',
    },
    {
      heard: { topic: 'lane/1/passed', payload: 'toString' },
      signals: [],
      settings: { passageTopic: 'lane/1/passed' },
      source: 'computed: a word that was not agreed on',
    },
  ],
});

function fill(payload: string, values: Record<string, number>): string {
  return payload.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => values[name]?.toString() ?? placeholder);
}

import { z } from 'zod';
import { defineMqttRelay, type RelaySignal } from '../../src/ports/device.ts';
import { exactTopic, optionalTopic } from '../codecs/mqtt-topic.ts';
import { passageDirection, passageSignal } from '../codecs/passage-contact.ts';

/**
 * A relay with ESPHome and its MQTT client. QUIRK: with `api:` in its YAML and nobody on it, it restarts every 15 minutes; with
 * `clean_session: false`, its default, the broker keeps commands of QoS 1 for it, and this one sends QoS 0 only.
 * Topics: esphome.io, "MQTT Client Component".
 */
export default defineMqttRelay({
  id: 'esphome',
  name: 'ESPHome relay over MQTT',
  settings: z.strictObject({
    prefix: exactTopic.default('esphome').describe('The `topic_prefix` of its `mqtt:`; the name of the node unless you set it.'),
    switch: exactTopic.default('gate').describe('The name of the switch as it stands in topics: small letters and `_`.'),
    timesPulse: z
      .boolean()
      .default(false)
      .describe(
        'On when its YAML ends the pulse (`on_turn_on` with `delay` and `switch.turn_off`), which is safer. Off: the gateway ends it, and a ' +
          'box that dies meanwhile leaves the contact closed.',
      ),
    inputs: z
      .array(exactTopic)
      .max(8)
      .default([])
      .describe('The names of its binary sensors that contacts of the turnstile are wired to; the first is input 1.'),
    passageSensor: optionalTopic.describe('The name of the binary sensor that sees people go through. Empty: none does.'),
    passedWhen: z.enum(['on', 'off']).default('on').describe('What that sensor turns to when somebody goes through.'),
    passageDirection,
  }),

  releases: ({ timesPulse }) => (timesPulse ? 'itself' : 'on-command'),
  on: ({ prefix, switch: name }) => ({ topic: `${prefix}/switch/${name}/command`, payload: 'ON', qos: 0 }),
  off: ({ prefix, switch: name }) => ({ topic: `${prefix}/switch/${name}/command`, payload: 'OFF', qos: 0 }),
  hello: () => [],
  topics: (settings) => [
    `${settings.prefix}/status`,
    `${settings.prefix}/switch/${settings.switch}/state`,
    ...new Set(
      [...settings.inputs, settings.passageSensor].filter((name) => name !== '').map((name) => sensorTopic(settings, name)),
    ),
  ],

  hear({ topic, payload, retained }, settings) {
    if (topic === `${settings.prefix}/status`) {
      return payload === 'online' || payload === 'offline' ? [{ kind: 'online', online: payload === 'online' }] : [];
    }
    if (retained || (payload !== 'ON' && payload !== 'OFF')) return [];
    if (topic === `${settings.prefix}/switch/${settings.switch}/state`) {
      // `OFF` comes at the end of a pulse: it answers no command that opens, and shows that the device is there.
      return [payload === 'ON' ? { kind: 'answered', ok: true } : { kind: 'online', online: true }];
    }
    if (topic === sensorTopic(settings, settings.passageSensor))
      return (payload === 'ON') === (settings.passedWhen === 'on') ? [passageSignal(settings.passageDirection)] : [];
    return settings.inputs.flatMap((name, index): RelaySignal[] =>
      topic === sensorTopic(settings, name) ? [{ kind: 'input', input: index + 1, closed: payload === 'ON' }] : [],
    );
  },

  answers: () => true,
  reportsOnline: () => true,
  reportsPassage: ({ passageSensor }) => passageSensor !== '',
  reportsInputs: ({ inputs }) => inputs.length > 0,

  examples: [
    { command: 'on', message: { topic: 'esphome/switch/gate/command', payload: 'ON', qos: 0 }, source: 'esphome.io, MQTT' },
    {
      command: 'off',
      message: { topic: 'lane-1/switch/relay/command', payload: 'OFF', qos: 0 },
      settings: { prefix: 'lane-1', switch: 'relay' },
      source: 'esphome.io, MQTT',
    },
    {
      heard: { topic: 'esphome/status', payload: 'online' },
      retained: true,
      signals: [{ kind: 'online', online: true }],
      source: 'esphome.io, MQTT: birth message',
    },
    {
      heard: { topic: 'esphome/status', payload: 'offline' },
      signals: [{ kind: 'online', online: false }],
      source: 'esphome.io, MQTT: last will',
    },
    {
      heard: { topic: 'esphome/switch/gate/state', payload: 'ON' },
      signals: [{ kind: 'answered', ok: true }],
      source: 'esphome.io, MQTT',
    },
    {
      heard: { topic: 'esphome/switch/gate/state', payload: 'OFF' },
      signals: [{ kind: 'online', online: true }],
      source: 'esphome.io, MQTT',
    },
    {
      heard: { topic: 'esphome/binary_sensor/arm_out/state', payload: 'ON' },
      signals: [{ kind: 'input', input: 2, closed: true }],
      settings: { inputs: ['arm_in', 'arm_out'] },
      source: 'esphome.io, MQTT',
    },
    {
      heard: { topic: 'esphome/binary_sensor/arm/state', payload: 'OFF' },
      signals: [{ kind: 'passage', direction: null }],
      settings: { passageSensor: 'arm', passedWhen: 'off' },
      source: 'esphome.io, MQTT',
    },
    {
      heard: { topic: 'esphome/binary_sensor/arm/state', payload: 'ON' },
      retained: true,
      signals: [],
      settings: { inputs: ['arm'], passageSensor: 'arm' },
      source: 'computed: ESPHome keeps states at the broker, and a kept one is old news',
    },
  ],
});

function sensorTopic({ prefix }: { prefix: string }, name: string): string {
  return `${prefix}/binary_sensor/${name}/state`;
}

import { z } from 'zod';
import { defineMqttRelay } from '../../src/ports/device.ts';
import { readJson } from '../codecs/json-message.ts';
import { exactTopic } from '../codecs/mqtt-topic.ts';

const state = z.object({ state: z.string() });
const report = z.record(z.string(), z.unknown());

/**
 * A Zigbee relay behind Zigbee2MQTT. The device times the pulse ("On with timed off", tenths of a second). The mesh takes
 * 50 ms to more than a second: good for a door, not for an entry gate. Topics: zigbee2mqtt.io, "MQTT Topics and Messages",
 * and Zigbee2MQTT at 6835cbf5, `toZigbee.ts`.
 */
export default defineMqttRelay({
  id: 'zigbee2mqtt',
  name: 'Zigbee relay behind Zigbee2MQTT (slow: for doors, not for entry gates)',
  settings: z.strictObject({
    base: exactTopic.default('zigbee2mqtt').describe('The `base_topic` of Zigbee2MQTT.'),
    device: exactTopic.default('gate').describe('The friendly name of the device there.'),
    endpoint: z
      .string()
      .regex(/^[A-Za-z0-9_]{0,20}$/, 'must be the end of the key, `l1` for `state_l1`')
      .default('')
      .describe('Of a device with several relays: the end of its key, `l1` for `state_l1`. Empty: it has one.'),
  }),

  releases: () => 'itself',
  on: (settings, pulseMs) => ({
    topic: `${settings.base}/${settings.device}/set`,
    payload: JSON.stringify({ [keyOf(settings)]: 'ON', on_time: Math.ceil(pulseMs / 100) / 10, off_wait_time: 0 }),
    qos: 0,
  }),
  off: (settings) => ({
    topic: `${settings.base}/${settings.device}/set`,
    payload: JSON.stringify({ [keyOf(settings)]: 'OFF' }),
    qos: 0,
  }),
  hello: (settings) => [
    { topic: `${settings.base}/${settings.device}/get`, payload: JSON.stringify({ [keyOf(settings)]: '' }), qos: 0 },
  ],
  topics: ({ base, device }) => [`${base}/${device}`, `${base}/${device}/availability`, `${base}/bridge/state`],

  hear({ topic, payload, retained }, settings) {
    const { base, device } = settings;
    if (topic === `${base}/${device}/availability`) {
      const word = readJson(payload, state)?.state ?? payload;
      return word === 'online' || word === 'offline' ? [{ kind: 'online', online: word === 'online' }] : [];
    }
    // Without the bridge nobody reaches the device; with it the device may still be away.
    if (topic === `${base}/bridge/state`) {
      return (readJson(payload, state)?.state ?? payload) === 'offline' ? [{ kind: 'online', online: false }] : [];
    }
    if (retained || topic !== `${base}/${device}`) return [];
    const said = readJson(payload, report)?.[keyOf(settings)];
    if (said === 'ON') return [{ kind: 'answered', ok: true }];
    // It comes at the end of a pulse and when asked: it answers no command that opens, and shows that the device is there.
    return said === 'OFF' ? [{ kind: 'online', online: true }] : [];
  },

  answers: () => true,
  reportsOnline: () => true,
  reportsPassage: () => false,

  examples: [
    {
      command: 'on',
      pulseMs: 500,
      message: { topic: 'zigbee2mqtt/gate/set', payload: '{"state":"ON","on_time":0.5,"off_wait_time":0}', qos: 0 },
      source: 'Zigbee2MQTT, "On with timed off"',
    },
    {
      command: 'on',
      pulseMs: 1250,
      message: { topic: 'zigbee2mqtt/door/set', payload: '{"state_l2":"ON","on_time":1.3,"off_wait_time":0}', qos: 0 },
      settings: { device: 'door', endpoint: 'l2' },
      source: 'computed: tenths of a second, rounded up',
    },
    { command: 'off', message: { topic: 'zigbee2mqtt/gate/set', payload: '{"state":"OFF"}', qos: 0 }, source: 'Zigbee2MQTT' },
    {
      heard: { topic: 'zigbee2mqtt/gate/availability', payload: '{"state":"online"}' },
      retained: true,
      signals: [{ kind: 'online', online: true }],
      source: 'Zigbee2MQTT, availability',
    },
    {
      heard: { topic: 'zigbee2mqtt/gate/availability', payload: 'offline' },
      signals: [{ kind: 'online', online: false }],
      source: 'Zigbee2MQTT before 2.0, availability as plain text',
    },
    {
      heard: { topic: 'zigbee2mqtt/bridge/state', payload: '{"state":"offline"}' },
      retained: true,
      signals: [{ kind: 'online', online: false }],
      source: 'Zigbee2MQTT, bridge',
    },
    { heard: { topic: 'zigbee2mqtt/bridge/state', payload: '{"state":"online"}' }, signals: [], source: 'Zigbee2MQTT, bridge' },
    {
      heard: { topic: 'zigbee2mqtt/gate', payload: '{"linkquality":120,"state":"ON"}' },
      signals: [{ kind: 'answered', ok: true }],
      source: 'Zigbee2MQTT, state of a device',
    },
    {
      heard: { topic: 'zigbee2mqtt/gate', payload: '{"state":"OFF"}' },
      signals: [{ kind: 'online', online: true }],
      source: 'Zigbee2MQTT, state of a device',
    },
  ],
});

function keyOf({ endpoint }: { endpoint: string }): string {
  return endpoint === '' ? 'state' : `state_${endpoint}`;
}

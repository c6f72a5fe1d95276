import { z } from 'zod';
import { defineMqttRelay } from '../../src/ports/device.ts';
import { exactTopic } from '../codecs/mqtt-topic.ts';
import { passageDirection, passageSignal } from '../codecs/passage-contact.ts';

/** The most inputs that a relay of this generation has (Shelly i3 and 4Pro). */
const inputs = [0, 1, 2, 3];

/**
 * Shelly relays of the first generation (1, 1PM, 2.5, 4Pro …) over MQTT. MQTT has no timer there: either `auto_off` is set in
 * the device, or the gateway ends the pulse. Topics: shelly-api-docs.shelly.cloud/gen1, "MQTT".
 */
export default defineMqttRelay({
  id: 'shelly-gen1',
  name: 'Shelly relay of the first generation (1, 1PM, 2.5 …), over MQTT',
  settings: z.strictObject({
    device: exactTopic.default('shelly1').describe("The device's MQTT id, `shelly1-B929CC` for example."),
    relay: z.int().min(0).max(3).default(0).describe('Which of its relays, counted from 0.'),
    timesPulse: z
      .boolean()
      .default(false)
      .describe(
        'On when you have set "Auto off" (`auto_off`) in the device to the length of the pulse, which is safer. Off: the gateway ends the ' +
          'pulse, and a box that dies meanwhile leaves the contact closed.',
      ),
    passageInput: z
      .int()
      .min(0)
      .max(3)
      .nullable()
      .default(null)
      .describe("Which of its inputs, counted from 0, is wired to the turnstile's passage contact; null for none."),
    passedWhen: z.enum(['on', 'off']).default('on').describe('What that input turns to when somebody goes through.'),
    passageDirection,
  }),

  releases: ({ timesPulse }) => (timesPulse ? 'itself' : 'on-command'),
  on: (settings) => ({ topic: topic(settings, `relay/${settings.relay}/command`), payload: 'on', qos: 0 }),
  off: (settings) => ({ topic: topic(settings, `relay/${settings.relay}/command`), payload: 'off', qos: 0 }),
  // Every Shelly answers `announce`, and `update` tells how relays and inputs stand.
  hello: (settings) => ['announce', 'update'].map((payload) => ({ topic: topic(settings, 'command'), payload, qos: 0 })),
  topics: (settings) => [
    topic(settings, 'online'),
    topic(settings, `relay/${settings.relay}`),
    ...inputs.map((input) => topic(settings, `input/${input}`)),
  ],

  hear({ topic: heardOn, payload, retained }, settings) {
    if (heardOn === topic(settings, 'online')) {
      return payload === 'true' || payload === 'false' ? [{ kind: 'online', online: payload === 'true' }] : [];
    }
    if (retained) return [];
    if (heardOn === topic(settings, `relay/${settings.relay}`)) {
      if (payload === 'on') return [{ kind: 'answered', ok: true }];
      // It comes at the end of a pulse and again and again: it answers no command that opens, and shows that the device is there.
      return payload === 'off' ? [{ kind: 'online', online: true }] : [];
    }
    const input = inputs.find((one) => heardOn === topic(settings, `input/${one}`));
    if (input === undefined || (payload !== '0' && payload !== '1')) return [];
    if (input !== settings.passageInput) return [{ kind: 'input', input, closed: payload === '1' }];
    return (payload === '1') === (settings.passedWhen === 'on') ? [passageSignal(settings.passageDirection)] : [];
  },

  answers: () => true,
  reportsOnline: () => true,
  reportsPassage: (settings) => settings.passageInput !== null,
  reportsInputs: () => true,

  examples: [
    {
      command: 'on',
      message: { topic: 'shellies/shelly1-B929CC/relay/0/command', payload: 'on', qos: 0 },
      settings: { device: 'shelly1-B929CC' },
      source: '"MQTT", Shelly 1',
    },
    {
      command: 'off',
      message: { topic: 'shellies/shelly1/relay/1/command', payload: 'off', qos: 0 },
      settings: { relay: 1 },
      source: '"MQTT", Shelly 2.5',
    },
    {
      heard: { topic: 'shellies/shelly1/online', payload: 'true' },
      retained: true,
      signals: [{ kind: 'online', online: true }],
      source: '"MQTT"',
    },
    {
      heard: { topic: 'shellies/shelly1/online', payload: 'false' },
      signals: [{ kind: 'online', online: false }],
      source: '"MQTT", last will',
    },
    { heard: { topic: 'shellies/shelly1/relay/0', payload: 'on' }, signals: [{ kind: 'answered', ok: true }], source: '"MQTT"' },
    {
      heard: { topic: 'shellies/shelly1/relay/0', payload: 'off' },
      signals: [{ kind: 'online', online: true }],
      source: '"MQTT": told every 30 seconds too',
    },
    { heard: { topic: 'shellies/shelly1/relay/0', payload: 'overpower' }, signals: [], source: '"MQTT"' },
    {
      heard: { topic: 'shellies/shelly1/input/0', payload: '1' },
      signals: [{ kind: 'input', input: 0, closed: true }],
      source: '"MQTT"',
    },
    {
      heard: { topic: 'shellies/shelly1/input/0', payload: '0' },
      signals: [{ kind: 'passage', direction: 'out' }],
      settings: { passageInput: 0, passedWhen: 'off', passageDirection: 'out' },
      source: '"MQTT"',
    },
  ],
});

function topic({ device }: { device: string }, name: string): string {
  return `shellies/${device}/${name}`;
}

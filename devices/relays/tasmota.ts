import { z } from 'zod';
import { defineMqttRelay, type MqttMessage, type RelaySignal } from '../../src/ports/device.ts';
import { readJson } from '../codecs/json-message.ts';
import { passageDirection, passageSignal } from '../codecs/passage-contact.ts';
import { type TasmotaDevice, tasmotaTopic, tasmotaTopics } from '../codecs/tasmota-topic.ts';

const result = z.record(z.string(), z.unknown());
const statusSensors = z.object({ StatusSNS: result });
const switchReport = z.object({ Action: z.string() });

/** A rule in the device may publish a switch as a number. */
const passedReports: Record<'on' | 'off', unknown[]> = { on: ['ON', '1'], off: ['OFF', '0'] };

/**
 * Relays with Tasmota (9.4 or later, for `Backlog0`). The device times the pulse: `PulseTime` goes out in one message with the
 * command that switches on, so that no pulse can have the length of an earlier one.
 * Commands and answers: tasmota.github.io/docs, "Commands", "MQTT", "Buttons and Switches".
 */
export default defineMqttRelay({
  id: 'tasmota',
  name: 'Tasmota relay (9.4 or later) over MQTT',
  settings: z.strictObject({
    ...tasmotaTopics,
    relay: z.int().min(1).max(32).default(1).describe('Which of its relays, counted from 1.'),
    passageSwitch: z
      .int()
      .min(1)
      .max(28)
      .nullable()
      .default(null)
      .describe(
        "Which of its switches, counted from 1, is wired to the turnstile's passage contact; null for none. Give the device " +
          '`SetOption114 1` and `SwitchMode1 1` first, so that the switch reports instead of working the relay.',
      ),
    passedWhen: z.enum(['on', 'off']).default('on').describe('What that switch turns to when somebody goes through.'),
    passageDirection,
  }),

  releases: () => 'itself',
  on: (settings, pulseMs) =>
    command(settings, 'Backlog0', `PulseTime${settings.relay} ${pulseTime(pulseMs)}; Power${settings.relay} ON`),
  off: (settings) => command(settings, `POWER${settings.relay}`, 'OFF'),
  // Without a value it only asks; any answer shows that the device is there. `STATUS 10` tells how the switches stand.
  hello: (settings) => [command(settings, `PulseTime${settings.relay}`, ''), command(settings, 'STATUS', '10')],
  topics: (settings) => [
    tasmotaTopic(settings, 'tele', 'LWT'),
    tasmotaTopic(settings, 'stat', 'RESULT'),
    tasmotaTopic(settings, 'stat', 'STATUS10'),
    tasmotaTopic(settings, 'tele', 'SENSOR'),
    ...powerNames(settings.relay).map((name) => tasmotaTopic(settings, 'stat', name)),
    ...(settings.passageSwitch === null ? [] : [tasmotaTopic(settings, 'stat', `SWITCH${settings.passageSwitch}`)]),
  ],

  hear({ topic: heardOn, payload, retained }, settings) {
    if (heardOn === tasmotaTopic(settings, 'tele', 'LWT')) {
      return payload === 'Online' || payload === 'Offline' ? [{ kind: 'online', online: payload === 'Online' }] : [];
    }
    if (retained) return [];
    if (heardOn === tasmotaTopic(settings, 'tele', 'SENSOR'))
      return switchSignals(readJson(payload, result) ?? {}, settings.passageSwitch);
    if (heardOn === tasmotaTopic(settings, 'stat', 'STATUS10'))
      return switchSignals(readJson(payload, statusSensors)?.StatusSNS ?? {}, settings.passageSwitch);
    const stat = tasmotaTopic(settings, 'stat', '');
    if (!heardOn.startsWith(stat)) return [];
    // `stat/<topic>/RESULT` carries `{"POWER1":"ON"}`, `stat/<topic>/POWER1` plain `ON`; with SetOption4 there is no RESULT.
    const said = readJson(payload, result) ?? { [heardOn.slice(stat.length)]: payload };
    if (said[`PulseTime${settings.relay}`] !== undefined) return [{ kind: 'online', online: true }];
    if (powerNames(settings.relay).some((name) => said[name] === 'ON')) return [{ kind: 'answered', ok: true }];
    if (said['Command'] === 'Unknown') return [{ kind: 'answered', ok: false }];
    const inputs = switchSignals(said, settings.passageSwitch);
    if (settings.passageSwitch === null) return inputs;
    const report =
      switchReport.safeParse(said[`Switch${settings.passageSwitch}`]).data?.Action ?? said[`SWITCH${settings.passageSwitch}`];
    return passedReports[settings.passedWhen].includes(report) ? [...inputs, passageSignal(settings.passageDirection)] : inputs;
  },

  answers: () => true,
  reportsOnline: () => true,
  reportsPassage: (settings) => settings.passageSwitch !== null,
  reportsInputs: () => true,

  examples: [
    {
      command: 'on',
      pulseMs: 500,
      message: { topic: 'cmnd/tasmota/Backlog0', payload: 'PulseTime1 5; Power1 ON', qos: 0 },
      source: 'computed from "Commands": PulseTime 1-111 are tenths of a second',
    },
    {
      command: 'on',
      pulseMs: 30_000,
      message: { topic: 'cmnd/tasmota/Backlog0', payload: 'PulseTime2 130; Power2 ON', qos: 0 },
      settings: { relay: 2 },
      source: 'computed from "Commands": PulseTime 112-64900 are whole seconds, plus 100',
    },
    {
      command: 'off',
      message: { topic: 'turnstile/cmnd/POWER1', payload: 'OFF', qos: 0 },
      settings: { topic: 'turnstile', fullTopic: '%topic%/%prefix%/' },
      source: 'computed from "MQTT", FullTopic',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"POWER":"ON"}' },
      signals: [{ kind: 'answered', ok: true }],
      source: '"MQTT": a device with one relay leaves out its number (SetOption26 0)',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"POWER1":"ON"}' },
      signals: [{ kind: 'answered', ok: true }],
      source: '"MQTT"',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"POWER":"OFF"}' },
      signals: [],
      source: '"MQTT": the end of a pulse answers no command that opens',
    },
    {
      heard: {
        topic: 'stat/tasmota/STATUS10',
        payload: '{"StatusSNS":{"Time":"2026-06-15T07:30:00","Switch1":"ON","Switch2":"OFF"}}',
      },
      signals: [
        { kind: 'input', input: 1, closed: true },
        { kind: 'input', input: 2, closed: false },
      ],
      source: '"Commands", Status 10',
    },
    {
      heard: { topic: 'tele/tasmota/SENSOR', payload: '{"Time":"2026-06-15T07:30:00","Switch1":"OFF"}' },
      signals: [{ kind: 'input', input: 1, closed: false }],
      source: '"MQTT", every TelePeriod',
    },
    { heard: { topic: 'stat/tasmota/RESULT', payload: '{"POWER2":"ON"}' }, signals: [], source: '"MQTT": another relay' },
    { heard: { topic: 'stat/tasmota/POWER', payload: 'ON' }, signals: [{ kind: 'answered', ok: true }], source: '"MQTT"' },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"PulseTime1":{"Set":5,"Remaining":0}}' },
      signals: [{ kind: 'online', online: true }],
      source: 'captured answer to `PulseTime1`',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"Command":"Unknown"}' },
      signals: [{ kind: 'answered', ok: false }],
      source: '"Commands": as to `Backlog0` before 9.4',
    },
    {
      heard: { topic: 'tele/tasmota/LWT', payload: 'Online' },
      retained: true,
      signals: [{ kind: 'online', online: true }],
      source: '"MQTT", last will',
    },
    {
      heard: { topic: 'tele/tasmota/LWT', payload: 'Offline' },
      signals: [{ kind: 'online', online: false }],
      source: '"MQTT", last will',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"Switch1":{"Action":"ON"}}' },
      signals: [{ kind: 'passage', direction: null }],
      settings: { passageSwitch: 1 },
      source: '"Buttons and Switches", SetOption114',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"Switch2":{"Action":"OFF"}}' },
      signals: [{ kind: 'input', input: 2, closed: false }],
      settings: { passageSwitch: 1 },
      source: '"Buttons and Switches", SetOption114',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"Switch1":{"Action":"OFF"}}' },
      signals: [],
      settings: { passageSwitch: 1 },
      source: '"Buttons and Switches", SetOption114',
    },
    {
      heard: { topic: 'stat/tasmota/SWITCH1', payload: '{"Switch1":{"Action":"OFF"}}' },
      signals: [{ kind: 'passage', direction: 'out' }],
      settings: { passageSwitch: 1, passedWhen: 'off', passageDirection: 'out' },
      source: '"Commands", SetOption4',
    },
    {
      heard: { topic: 'stat/tasmota/SWITCH2', payload: '1' },
      signals: [{ kind: 'passage', direction: null }],
      settings: { passageSwitch: 2 },
      source: '"Buttons and Switches", a rule that publishes the value of a switch',
    },
    {
      heard: { topic: 'stat/tasmota/RESULT', payload: '{"Switch1":{"Action":"ON"}}' },
      retained: true,
      signals: [],
      settings: { passageSwitch: 1 },
      source: 'computed: SwitchRetain keeps the last passage',
    },
  ],
});

/** `"Switch1":"ON"` where statuses stand, `"Switch1":{"Action":"ON"}` where a change is told. */
function switchSignals(said: Record<string, unknown>, passageSwitch: number | null): RelaySignal[] {
  return Object.entries(said).flatMap(([key, value]): RelaySignal[] => {
    const [, number] = /^Switch(\d{1,2})$/.exec(key) ?? [];
    const state = switchReport.safeParse(value).data?.Action ?? value;
    if (number === undefined || Number(number) === passageSwitch || (state !== 'ON' && state !== 'OFF')) return [];
    return [{ kind: 'input', input: Number(number), closed: state === 'ON' }];
  });
}

function command(device: TasmotaDevice, name: string, payload: string): MqttMessage {
  return { topic: tasmotaTopic(device, 'cmnd', name), payload, qos: 0 };
}

/** "Commands", PulseTime: 1-111 are tenths of a second, 112-64900 whole seconds plus 100. Rounded up, never 0: that would mean no end. */
function pulseTime(pulseMs: number): number {
  const tenths = Math.max(1, Math.ceil(pulseMs / 100));
  return tenths <= 111 ? tenths : Math.min(64_900, Math.ceil(pulseMs / 1000) + 100);
}

/** QUIRK: a device with a single relay calls it `POWER` unless SetOption26 is on. */
function powerNames(relay: number): string[] {
  return relay === 1 ? ['POWER', 'POWER1'] : [`POWER${relay}`];
}

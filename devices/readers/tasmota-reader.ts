import { z } from 'zod';
import { defineMqttReader } from '../../src/ports/device.ts';
import { readJson } from '../codecs/json-message.ts';
import { tasmotaTopic, tasmotaTopics } from '../codecs/tasmota-topic.ts';
import { readUid, uidOrder } from '../codecs/uid-text.ts';

const report = z.record(z.string(), z.unknown());
const card = z.object({ UID: z.string() });

/** How Tasmota names what reads the cards. */
const sensors = ['RDM6300', 'PN532', 'RC522'] as const;

/** A card reader on a Tasmota device: `tele/<topic>/SENSOR` carries `{"PN532":{"UID":"…"}}`. Source: tasmota.github.io/docs, "PN532", "RDM6300", "MFRC522". */
export default defineMqttReader({
  id: 'tasmota-reader',
  name: 'Card reader on a Tasmota device (RDM6300, PN532, RC522), over MQTT',
  settings: z.strictObject({
    ...tasmotaTopics,
    order: uidOrder,
  }),
  topics: (settings) => ['LWT', 'SENSOR'].map((name) => tasmotaTopic(settings, 'tele', name)),
  // The device itself holds a card back for two seconds.
  repeatsWithinMs: 2500,

  hear({ topic: heardOn, payload, retained }, settings) {
    if (heardOn === tasmotaTopic(settings, 'tele', 'LWT'))
      return payload === 'Online' || payload === 'Offline' ? [{ kind: 'online', online: payload === 'Online' }] : [];
    if (retained || heardOn !== tasmotaTopic(settings, 'tele', 'SENSOR')) return [];
    const said = readJson(payload, report) ?? {};
    return sensors.flatMap((sensor) => readUid(card.safeParse(said[sensor]).data?.UID, settings.order));
  },

  examples: [
    {
      heard: { topic: 'tele/tasmota/SENSOR', payload: '{"Time":"2026-06-15T07:30:00","PN532":{"UID":"94D8FC5F","DATA":""}}' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '94D8FC5F' } }],
      source: 'tasmota.github.io/docs, "PN532"',
    },
    {
      heard: { topic: 'tele/tasmota/SENSOR', payload: '{"Time":"2026-06-15T07:30:00","RDM6300":{"UID":"00A7A5D1"}}' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: 'D1A5A700' } }],
      settings: { order: 'reversed' },
      source: 'computed from the shape in "RDM6300", unverified',
    },
    {
      heard: {
        topic: 'tele/gate/in/SENSOR',
        payload: '{"Time":"2026-06-15T07:30:00","RC522":{"UID":"ba839d07","Data":"","Type":"MIFARE 1KB"}}',
      },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: 'BA839D07' } }],
      settings: { topic: 'gate/in' },
      source: 'computed from the shape in "MFRC522"',
    },
    {
      heard: { topic: 'tele/tasmota/SENSOR', payload: '{"Time":"2026-06-15T07:30:00","PN532":{"UID":"94D8FC5F"}}' },
      retained: true,
      signals: [],
      source: 'computed: SensorRetain keeps the last card',
    },
    {
      heard: { topic: 'tele/tasmota/SENSOR', payload: '{"Time":"2026-06-15T07:30:00","Switch1":"ON"}' },
      signals: [],
      source: 'computed: another sensor',
    },
    {
      heard: { topic: 'tele/tasmota/LWT', payload: 'Offline' },
      retained: true,
      signals: [{ kind: 'online', online: false }],
      source: 'tasmota.github.io/docs, "MQTT", last will',
    },
  ],
});

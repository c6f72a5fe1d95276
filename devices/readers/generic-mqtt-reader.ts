import { z } from 'zod';
import { defineMqttReader } from '../../src/ports/device.ts';
import { codeKind, codeSettings, longestCode, readCode } from '../codecs/code-text.ts';
import { readJson } from '../codecs/json-message.ts';
import { exactTopic, optionalTopic } from '../codecs/mqtt-topic.ts';

/** Any reader whose cards or codes come in messages, with topics and words as the installer has them. */
export default defineMqttReader({
  id: 'generic-mqtt-reader',
  name: 'MQTT reader with topics of your own',
  settings: z.strictObject({
    topic: exactTopic.default('gatehouse/reader').describe('Where the reader tells of each card or code.'),
    path: z
      .string()
      .regex(/^(?:[^.\s]+(?:\.[^.\s]+)*)?$/, 'must be keys with `.` between them, `PN532.UID` for example')
      .default('')
      .describe('Where the code stands in a JSON message: `uid`, or `PN532.UID`. Empty: the message is the code.'),
    kind: codeKind
      .default('rfid')
      .describe('What it reads: `rfid` (hex, taken in upper case), `barcode`, `qr` or `membership_code`.'),
    ...codeSettings,
    onlineTopic: optionalTopic.describe(
      'Where the reader, or the broker for it (last will), says whether it is online. Empty: nobody says.',
    ),
    onlinePayload: z.string().default('online').describe('What stands there while it is online.'),
    offlinePayload: z.string().default('offline').describe('What stands there when it is gone.'),
  }),
  topics: ({ topic, onlineTopic }) => [...new Set([onlineTopic, topic].filter((one) => one !== ''))],
  repeatsWithinMs: 1000,

  hear({ topic, payload, retained }, settings) {
    if (topic === settings.onlineTopic && payload === settings.onlinePayload) return [{ kind: 'online', online: true }];
    if (topic === settings.onlineTopic && payload === settings.offlinePayload) return [{ kind: 'online', online: false }];
    if (retained || topic !== settings.topic) return [];
    const text = settings.path === '' ? payload : textAt(payload, settings.path.split('.'));
    const read = text === null || text.length > longestCode ? null : readCode(text.trim(), settings);
    return read === null ? [] : [{ kind: 'read', read }];
  },

  examples: [
    {
      heard: { topic: 'gatehouse/reader', payload: '04a1b2c3' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '04A1B2C3' } }],
      source: 'computed: plain text',
    },
    {
      heard: { topic: 'lane/1/card', payload: '{"reader":"in","card":{"uid":"04A1B2C3D4E580"}}' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '04A1B2C3D4E580' } }],
      settings: { topic: 'lane/1/card', path: 'card.uid' },
      source: 'computed: JSON',
    },
    {
      heard: { topic: 'gatehouse/reader', payload: '{"code":42}' },
      signals: [{ kind: 'read', read: { kind: 'membership_code', value: '42' } }],
      settings: { path: 'code', kind: 'membership_code' },
      source: 'computed: a whole number',
    },
    {
      heard: { topic: 'gatehouse/reader', payload: '{"code":true}' },
      signals: [],
      settings: { path: 'code' },
      source: 'computed: neither text nor a whole number',
    },
    {
      heard: { topic: 'gatehouse/reader', payload: '{"code":"1"}' },
      signals: [],
      settings: { path: 'card.uid' },
      source: 'computed: nothing stands there',
    },
    {
      heard: { topic: 'gatehouse/reader', payload: 'UID=74-10-37-94;' },
      signals: [],
      settings: { pattern: 'UID=([0-9A-F]+);' },
      source: 'computed: not what was agreed on',
    },
    {
      heard: { topic: 'gatehouse/reader', payload: ']Q1GYM:A' },
      signals: [{ kind: 'read', read: { kind: 'qr', value: 'GYM:A' } }],
      settings: { kind: 'barcode', aim: true },
      source: 'computed from the AIM identifiers',
    },
    {
      heard: { topic: 'gatehouse/reader', payload: '04a1b2c3' },
      retained: true,
      signals: [],
      source: 'computed: a kept card is no tap',
    },
    {
      heard: { topic: 'lane/1/online', payload: 'offline' },
      retained: true,
      signals: [{ kind: 'online', online: false }],
      settings: { onlineTopic: 'lane/1/online' },
      source: 'computed: last will',
    },
  ],
});

/** The text or whole number that stands there, or null. */
function textAt(payload: string, path: string[]): string | null {
  let value: unknown = readJson(payload, z.unknown());
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : null;
}

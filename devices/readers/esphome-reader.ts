import { z } from 'zod';
import { defineMqttReader } from '../../src/ports/device.ts';
import { exactTopic } from '../codecs/mqtt-topic.ts';
import { readUid, uidOrder } from '../codecs/uid-text.ts';

/**
 * A card reader with ESPHome whose YAML publishes each card: `on_tag: then: mqtt.publish: { topic: <prefix>/tag, payload:
 * !lambda 'return x;' }`. `pn532` and `rc522` give hex with `-` between the bytes, `rdm6300` a whole number (esphome.io,
 * "PN532", "RC522", "RDM6300").
 */
export default defineMqttReader({
  id: 'esphome-reader',
  name: 'Card reader with ESPHome (RDM6300, PN532, RC522), over MQTT',
  settings: z.strictObject({
    prefix: exactTopic.default('esphome').describe('The `topic_prefix` of its `mqtt:`; the name of the node unless you set it.'),
    tag: exactTopic.default('tag').describe('The end of the topic on which `on_tag` publishes: `tag` for `esphome/tag`.'),
    number: z
      .enum(['hex', 'decimal'])
      .default('hex')
      .describe('How the card number is written there: `hex` (pn532, rc522) or `decimal` (rdm6300, taken as 4 bytes).'),
    order: uidOrder,
  }),
  topics: ({ prefix, tag }) => [`${prefix}/status`, `${prefix}/${tag}`],
  // QUIRK: ESPHome tells of a card again when it loses it for a moment (pn532 asks once a second).
  repeatsWithinMs: 1500,

  hear({ topic, payload, retained }, { prefix, tag, number, order }) {
    if (topic === `${prefix}/status`)
      return payload === 'online' || payload === 'offline' ? [{ kind: 'online', online: payload === 'online' }] : [];
    if (retained || topic !== `${prefix}/${tag}`) return [];
    return readUid(number === 'hex' ? payload : fromDecimal(payload), order);
  },

  examples: [
    {
      heard: { topic: 'esphome/tag', payload: '74-10-37-94' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '74103794' } }],
      source: 'esphome.io, "PN532"',
    },
    {
      heard: { topic: 'lane/card', payload: '04-11-22-33-44-55-80' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '80554433221104' } }],
      settings: { prefix: 'lane', tag: 'card', order: 'reversed' },
      source: 'computed: a UID of seven bytes',
    },
    {
      heard: { topic: 'esphome/tag', payload: '7616525' },
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '0074380D' } }],
      settings: { number: 'decimal' },
      source: 'computed from "RDM6300": a 32-bit number',
    },
    {
      heard: { topic: 'esphome/tag', payload: '74-10-37-94' },
      retained: true,
      signals: [],
      source: 'computed: a kept card is no tap',
    },
    { heard: { topic: 'esphome/tag', payload: 'nan' }, signals: [], source: 'computed' },
    {
      heard: { topic: 'esphome/status', payload: 'offline' },
      signals: [{ kind: 'online', online: false }],
      source: 'esphome.io, "MQTT Client Component", last will',
    },
  ],
});

/** Four bytes in hex; empty for what is no such number. */
function fromDecimal(text: string): string {
  return /^\d{1,10}$/.test(text) && Number(text) <= 0xffffffff ? Number(text).toString(16).padStart(8, '0') : '';
}

import { z } from 'zod';
import { type Answer, defineBusReader, type ReaderSignal } from '../../src/ports/device.ts';
import { type Light, light, readReply, sound } from '../codecs/osdp-message.ts';
import { osdpPlace, placeOf } from '../codecs/osdp-place.ts';
import { cardNumberOf, keyOf, type WiegandSettings, wiegandSettings } from '../codecs/wiegand.ts';

const settings = z.strictObject({
  ...osdpPlace,
  reader: z.int().min(0).max(7).default(0).describe('Which reader of the device, where one has several: 0 is the first.'),
  ...wiegandSettings,
  feedback: z
    .enum(['lamp_and_sound', 'lamp', 'off'])
    .default('lamp_and_sound')
    .describe('How the reader itself shows how a tap ended: green, red or amber for two seconds, with or without its buzzer.'),
  led: z.int().min(0).max(7).default(0).describe('Which lamp of the reader shows it, where it has several: 0 is the first.'),
});

const lamps: Record<Answer, Light> = {
  granted: { colour: 'green', on: 1, off: 0, forMs: 2000 },
  denied: { colour: 'red', on: 2, off: 2, forMs: 2000 },
  ask_staff: { colour: 'amber', on: 2, off: 2, forMs: 2000 },
};

/** Tenths of a second, and how often. */
const sounds: Record<Answer, [on: number, off: number, count: number]> = {
  granted: [2, 0, 1],
  denied: [2, 2, 3],
  ask_staff: [2, 2, 2],
};

/** Any reader or keypad that speaks OSDP 2.2 (device-protocols section 8.2). */
export default defineBusReader({
  id: 'osdp',
  name: 'OSDP reader or keypad',
  bus: 'osdp',
  settings,
  place: (options) => placeOf(`reader ${options.reader}`, options),
  hear({ code, data }, { reader, ...options }) {
    const said = readReply(code, data);
    if (said === null || !('reader' in said) || said.reader !== reader) return [];
    switch (said.kind) {
      case 'card':
        return cardOrKey(said.bits, options);
      case 'formatted':
        // Read backwards, the text is not the card's number.
        return said.backwards ? [] : cardSignals(said.text.trim().toUpperCase());
      case 'keys':
        return said.keys === '' ? [] : [{ kind: 'keys', keys: said.keys }];
    }
  },
  feedback(answer, { reader, led, feedback }) {
    if (feedback === 'off') return [];
    const lamp = light(reader, led, lamps[answer]);
    return feedback === 'lamp' ? [lamp] : [lamp, sound(reader, ...sounds[answer])];
  },
  examples: [
    {
      heard: '50 00 01 1A 00 BD 88 EB 80',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '7B11D7' } }],
      source: 'proxmark3 pm3_tests.sh (H10301, facility 123, card 4567); the frame around it computed',
    },
    {
      heard: '50 00 01 1A 00 BD 88 EB 80',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '123,04567' } }],
      settings: { number: 'facility_and_card' },
      source: 'proxmark3 pm3_tests.sh; the frame around it computed',
    },
    {
      heard: '50 00 01 22 00 02 50 D9 61 C0',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '04A1B2C3' } }],
      source: 'computed: a 34-bit frame with a four-byte card number',
    },
    {
      heard: '50 00 00 38 00 04 95 8C AA 5C 5E 80',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '04958CAA5C5E80' } }],
      source: 'computed: a seven-byte card number (NXP AN12196) as 56 bits',
    },
    {
      heard: '50 00 00 20 00 04 A1 B2 C3',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '04A1B2C3' } }],
      source: 'computed: a four-byte card number as 32 bits',
    },
    {
      heard: '50 05 00 10 00 12 AB',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: '12AB' } }],
      settings: { reader: 5, format: 'raw' },
      source: 'libosdp, 16 bits of reader 5',
    },
    { heard: '50 05 00 10 00 12 AB', signals: [], source: 'libosdp: of another reader' },
    { heard: '50 00 01 1A 00 BD 88 EB C0', signals: [], source: 'computed: one bit wrong, the parity says so' },
    { heard: '50 00 01 1A 00 BD 88 EB', signals: [], source: 'computed: a byte is missing' },
    { heard: '50 00 01 04 00 A0', signals: [{ kind: 'keys', keys: '*' }], source: 'computed: a key as four bits' },
    { heard: '53 00 03 31 32 0D', signals: [{ kind: 'keys', keys: '12#' }], source: 'computed: `12#` on a keypad' },
    { heard: '53 00 02 7F 30', signals: [{ kind: 'keys', keys: '*0' }], source: 'computed: `*0` on a keypad' },
    { heard: '53 01 01 31', signals: [], source: 'computed: on the keypad of another reader' },
    {
      heard: '51 05 00 09 74 65 73 74 69 6E 70 75 74',
      signals: [{ kind: 'read', read: { kind: 'rfid', value: 'TESTINPUT' } }],
      settings: { reader: 5 },
      source: 'libosdp: a card as text, deprecated since 2.2.2',
    },
    { heard: '51 00 01 03 31 32 33', signals: [], source: 'computed: text that was read backwards' },
    { heard: '48 01 00', signals: [], source: 'computed: the case was opened' },
    {
      answer: 'granted',
      told: ['69 00 00 02 01 00 02 02 14 00 00 00 00 00 00', '6A 00 02 02 00 01'],
      source: 'computed by the rule of LED and BUZ',
    },
    {
      answer: 'denied',
      told: ['69 00 00 02 02 02 01 00 14 00 00 00 00 00 00', '6A 00 02 02 02 03'],
      source: 'computed by the rule of LED and BUZ',
    },
    {
      answer: 'ask_staff',
      told: ['69 01 02 02 02 02 03 00 14 00 00 00 00 00 00'],
      settings: { reader: 1, led: 2, feedback: 'lamp' },
      source: 'computed by the rule of LED',
    },
    { answer: 'granted', told: [], settings: { feedback: 'off' }, source: 'computed: nothing is shown' },
  ],
});

function cardOrKey(bits: string, options: WiegandSettings): ReaderSignal[] {
  const key = keyOf(bits);
  return key === null ? cardSignals(cardNumberOf(bits, options)) : [{ kind: 'keys', keys: key }];
}

function cardSignals(value: string | null): ReaderSignal[] {
  return value === null || value === '' ? [] : [{ kind: 'read', read: { kind: 'rfid', value } }];
}

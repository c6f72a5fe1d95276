import { z } from 'zod';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { defineExchangeReader } from '../../src/ports/device.ts';

/** PC/SC part 3, section 3.2.2.1.3, "Get Data": the card's identifier. */
const getIdentifier = fromHex('FF CA 00 00 00');

const refusals: Record<string, string> = {
  '6300': 'the reader could not read the card: hold it still for a second',
  '6A81': 'this card has no number to read: it is not a contactless card, or not one this reader knows',
};

/**
 * Any contactless card on a PC/SC reader, known by its unique identifier (UID). Which first bytes name no card: ISO/IEC 14443-3,
 * as in proxmark3 `cmdhf14a.c`.
 */
export default defineExchangeReader({
  id: 'pcsc',
  name: 'PC/SC card reader (contactless cards by their number)',
  settings: z.strictObject({
    byteOrder: z
      .enum(['as_read', 'reversed'])
      .default('as_read')
      .describe(
        "Order of the number's bytes: `as_read` (as the card sends them: 04A1B2C3) or `reversed` (C3B2A104), for clubs whose card " +
          'list was made with a reader that turns them round.',
      ),
  }),

  *exchange(_card, settings) {
    const answer = yield getIdentifier;
    const status = toHex(answer.subarray(-2));
    const uid = answer.subarray(0, -2);
    if (status !== '9000')
      return { refused: refusals[status] ?? `the reader answered \`${status}\` when asked for the card's number` };
    if (uid.length < 4)
      return { refused: `the reader gave \`${toHex(uid)}\` for the card's number, which is too short: try again` };
    if (uid.length === 4 && uid[0] === 0x08) {
      return {
        refused:
          'a phone, or a card with a random number: it changes at every tap, so nobody can be known by it. ' +
          "Use a card, or a code on the phone's screen",
      };
    }
    if (uid.length === 4 && uid[0] === 0x88)
      return { refused: `the reader gave only a part of the card's number, \`${toHex(uid)}\`: try again` };
    return { read: { kind: 'rfid', value: toHex(settings.byteOrder === 'reversed' ? uid.toReversed() : uid) } };
  },

  examples: [
    {
      atr: '3B8180018080',
      transcript: [['FFCA000000', '04958CAA5C5E80 9000']],
      result: { read: { kind: 'rfid', value: '04958CAA5C5E80' } },
      source: 'ATR of a DESFire: pcsc-tools smartcard_list.txt; UID: NXP AN12196',
    },
    {
      atr: '3B8F8001804F0CA000000306030001000000006A',
      transcript: [['FFCA000000', '04A1B2C3 9000']],
      result: { read: { kind: 'rfid', value: 'C3B2A104' } },
      settings: { byteOrder: 'reversed' },
      source: 'ATR of a MIFARE Classic 1K: pcsc-tools smartcard_list.txt; UID computed',
    },
    {
      atr: '3B80800101',
      transcript: [['FFCA000000', '08A1B2C3 9000']],
      result: {
        refused:
          'a phone, or a card with a random number: it changes at every tap, so nobody can be known by it. ' +
          "Use a card, or a code on the phone's screen",
      },
      source: 'computed: 08 begins a random number, proxmark3 cmdhf14a.c',
    },
    {
      atr: '3B8F8001804F0CA000000306030001000000006A',
      transcript: [['FFCA000000', '8804958C 9000']],
      result: { refused: "the reader gave only a part of the card's number, `8804958C`: try again" },
      source: 'computed: 88 is the cascade tag of a longer number',
    },
    {
      atr: '3B8F8001804F0CA000000306030001000000006A',
      transcript: [['FFCA000000', '9000']],
      result: { refused: "the reader gave `` for the card's number, which is too short: try again" },
      source: 'computed',
    },
    {
      atr: '3B8F8001804F0CA000000306030001000000006A',
      transcript: [['FFCA000000', '6300']],
      result: { refused: 'the reader could not read the card: hold it still for a second' },
      source: 'PC/SC part 3',
    },
    {
      atr: '3B888001000000000000000009',
      transcript: [['FFCA000000', '6A81']],
      result: { refused: 'this card has no number to read: it is not a contactless card, or not one this reader knows' },
      source: 'PC/SC part 3',
    },
    {
      atr: '3B80800101',
      transcript: [['FFCA000000', '6F00']],
      result: { refused: "the reader answered `6F00` when asked for the card's number" },
      source: 'computed',
    },
  ],
});

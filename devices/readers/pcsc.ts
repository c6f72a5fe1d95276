import { z } from 'zod';
import { toHex } from '../../src/lib/hex.ts';
import { defineExchangeReader } from '../../src/ports/device.ts';
import { acrFeedback, feedback } from '../codecs/acr-feedback.ts';
import { isRefused } from '../codecs/card-talk.ts';
import { readUid } from '../codecs/contactless-uid.ts';

/** Any contactless card on a PC/SC reader, known by its unique identifier (UID). */
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
    feedback,
  }),

  *exchange(card, settings) {
    const uid = yield* readUid(card);
    if (isRefused(uid)) return uid;
    return { read: { kind: 'rfid', value: toHex(settings.byteOrder === 'reversed' ? uid.toReversed() : uid) } };
  },

  feedback: (card, answer, settings) => acrFeedback(card, answer, settings.feedback),

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
      transcript: [],
      result: {
        refused:
          'a bank card, or a phone that pays: its number changes at every tap, so nobody can be known by it. ' +
          "Use a card, or a code on the phone's screen",
      },
      source: 'ATR of a phone that pays: pcsc-tools smartcard_list.txt',
    },
    {
      atr: '3B8180018080',
      transcript: [['FFCA000000', '08A1B2C3 9000']],
      result: {
        refused:
          'a DESFire card that shows a random number: read it as `desfire` with `randomUid`, or have the cards made anew without it',
      },
      source: 'computed: 08 begins a random number; ATR of a DESFire',
    },
    {
      atr: '3B00',
      transcript: [['FFCA000000', '6300']],
      result: {
        refused:
          'the reader says that a card is there when there is none: this model tells of no cards through PC/SC, use another',
      },
      source: 'ATR of the ACR122U-SAM without a card: wiki.yobi.be, RFID',
    },
    {
      atr: '3B8F8001804F0CA0000003060300030000000068',
      transcript: [['FFCA000000', '04958CAA5C5E80 9000']],
      result: { read: { kind: 'rfid', value: '04958CAA5C5E80' } },
      source: 'ATR of an Ultralight or NTAG: pcsc-tools smartcard_list.txt',
    },
    {
      atr: '3B8F8001804F0CA0000003060B00140000000077',
      transcript: [['FFCA000000', 'E004010012345678 9000']],
      result: { read: { kind: 'rfid', value: 'E004010012345678' } },
      source: 'computed: an ISO 15693 card has eight bytes',
    },
    {
      atr: '3B878001C1052F2F01BCD6A9',
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

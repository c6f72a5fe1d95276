import { z } from 'zod';
import { fromHex } from '../../src/lib/hex.ts';
import { defineExchangeReader, type Given } from '../../src/ports/device.ts';
import { acrFeedback, feedback } from '../codecs/acr-feedback.ts';
import { aesKeyBytes, cardKey, diversification, systemIdentifier } from '../codecs/card-key.ts';
import { cardNumber, numberForm } from '../codecs/card-number.ts';
import { isRefused, type Refused, type Talk } from '../codecs/card-talk.ts';
import { readUid } from '../codecs/contactless-uid.ts';
import {
  authenticate,
  readCardUid,
  readFile,
  selectApplication,
  selectApplicationByName,
} from '../codecs/desfire-conversation.ts';

const keyNumber = z.int().min(0).max(13);

const settings = z.strictObject({
  applicationId: z
    .string()
    .regex(/^[0-9A-Fa-f]{6}$/, 'must be six hex digits such as `F51234`, in quotes')
    .default('F51234')
    .describe("The card's application, six hex digits, the high byte first; whoever made the cards knows it."),
  applicationName: z
    .string()
    .regex(/^(?:[0-9A-Fa-f]{10,32})?$/, 'must be 5 to 16 bytes in hex, such as `D2760000850101`')
    .refine((name) => name.length % 2 === 0, 'must have two digits for each byte')
    .default('')
    .describe(
      'Only for cards that are chosen by a name instead of the id: `D2760000850101` for NTAG 424 DNA, ' +
        '`A00000039656434103F015400000000B` for DESFire Light as it comes from the shop.',
    ),
  authentication: z
    .enum(['ev1', 'ev2'])
    .default('ev2')
    .describe('How the card proves itself: `ev2` (DESFire EV2 and EV3) or `ev1` (AES of EV1; later cards know it too).'),
  keyNumber: keyNumber.default(0).describe("Which of the application's keys the file `key` holds: 0 to 13."),
  number: z
    .enum(['uid', 'file'])
    .default('uid')
    .describe(
      "What a member is known by: the card's true `uid`, told under the key, or a number in a `file` of the application.",
    ),
  fileNumber: z.int().min(0).max(31).default(0).describe('With `number: file`: which file of the application holds the number.'),
  offset: z
    .int()
    .min(0)
    .max(8191)
    .default(0)
    .describe('With `number: file`: how many bytes of the file stand before the number.'),
  length: z.int().min(1).max(48).default(4).describe('With `number: file`: how many bytes the number takes.'),
  communication: z
    .enum(['plain', 'mac', 'encrypted'])
    .default('encrypted')
    .describe(
      'With `number: file`: how the file was set up to travel. With `ev2` a `plain` file can be changed on its way, so its number ' +
        'counts as a plain card number and not as a proven one.',
    ),
  numberForm,
  diversification,
  diversificationInput: z
    .array(z.enum(['uid', 'application', 'application_reversed', 'system']))
    .min(1)
    .refine((parts) => new Set(parts).size === parts.length, 'must name each part once')
    .default(['uid', 'application', 'system'])
    .describe(
      "With `an10922`: what a card's key is made from, in this order: `uid`, `application` (as it is sent, low byte first) or " +
        '`application_reversed` (as it is written above), `system` (the identifier below).',
    ),
  systemIdentifier,
  randomUid: z
    .boolean()
    .default(false)
    .describe(
      'On when the cards show a random number: with `an10922` the true one is then asked for first, under the key in the file ' +
        '`privacyKey`, which is the same on all cards.',
    ),
  privacyKeyNumber: keyNumber.default(1).describe('With `randomUid` and `an10922`: which key the file `privacyKey` holds.'),
  feedback,
});
type Settings = z.output<typeof settings>;

const random16 = 16;

/** MIFARE DESFire EV1, EV2, EV3 and Light, and NTAG 424 DNA, with AES keys: the card proves that it knows the club's key, and tells its number under it. */
export default defineExchangeReader({
  id: 'desfire',
  name: 'MIFARE DESFire card on a PC/SC reader (the card proves itself by a key)',
  settings,
  secrets: {
    key: { bytes: aesKeyBytes, explanation: 'the AES key of the application, or what the keys of all cards are made from' },
    privacyKey: {
      bytes: aesKeyBytes,
      optional: true,
      explanation: 'the AES key that every card tells its true number under, for `randomUid`',
    },
  },

  *exchange(card, options, given) {
    const applicationId = fromHex(options.applicationId).toReversed();
    const isOwnKey = options.diversification === 'an10922' && options.diversificationInput.includes('uid');
    const shownUid = isOwnKey && !options.randomUid ? yield* readUid(card) : new Uint8Array();
    if (isRefused(shownUid)) return shownUid;
    const isIso = options.applicationName !== '';
    const notThere = yield* isIso ? selectApplicationByName(fromHex(options.applicationName)) : selectApplication(applicationId);
    if (notThere !== null) return notThere;
    const uid = isOwnKey && options.randomUid ? yield* uidUnderPrivacyKey(options, given) : shownUid;
    if (isRefused(uid)) return uid;
    const { key } = given.secrets;
    if (key === undefined) return { refused: missing('key') };
    const session = yield* authenticate(
      options.authentication,
      options.keyNumber,
      cardKey(key, options, { uid, application: applicationId }),
      given.random(random16),
    );
    if (isRefused(session)) return session;
    const isUid = options.number === 'uid';
    const bytes = isUid ? yield* readCardUid(session) : yield* readFile(session, { ...options, isIso }, options.communication);
    if (isRefused(bytes)) return bytes;
    const value = cardNumber(bytes, options.numberForm);
    if (value === null)
      return { refused: `the card's ${isUid ? 'number' : 'file'} holds no number: it is empty, or \`numberForm\` is wrong` };
    // Whoever sits between card and reader could write another number into what no checksum protects.
    const isTold = isUid || options.authentication === 'ev1' || options.communication !== 'plain';
    return { read: { kind: 'rfid', value, ...(isTold && { proven: true as const }) } };
  },

  feedback: (card, answer, options) => acrFeedback(card, answer, options.feedback),

  examples: [
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['9071000002000000', 'A04C124213C186F22399D33AC2A3021591AF'],
        [
          '90AF00002035C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D00',
          '3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F081206639100',
        ],
        ['905100000839D419D352B6385600', '3EE97405F34E1C91A588BB7B21E0B999EDB57E3F6DC7060A9100'],
      ],
      result: { read: { kind: 'rfid', value: '04958CAA5C5E80', proven: true } },
      secrets: { key: '00000000000000000000000000000000' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'authentication: NXP AN12196, section 6.6; the rest computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['90AA0000010000', 'B969FDFE56FD91FC9DE6F6F213B8FD1E91AF'],
        ['90AF00002036AAD7DF6E436BA08D18613830A70D5AD43E3D3F4A8D47541EEE623A934E477400', '800DB680BC146BD121D6578F2D2E20599100'],
        ['9051000000', '34D4129E78B2D870323400779D9050C49100'],
      ],
      result: { read: { kind: 'rfid', value: '04958CAA5C5E80', proven: true } },
      settings: { authentication: 'ev1' },
      secrets: { key: '00000000000000000000000000000000' },
      random: ['F44B26F5686F3A391CD38EBD10772281'],
      source: 'authentication: the AES trace of the Ridrix blog; the rest computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['90AA0000010200', 'B9235F38D49834D2AB9A02B961FFF28291AF'],
        ['90AF0000208ADC6FD949A5A794F5FC2810837AF3E9BA335CCBE81AD704BC23BF39486F491500', 'C8305EFA725FBFEE850E543B0CE13F699100'],
        ['90BD0000070302000004000000', '0012D687490F1858D055570C9100'],
      ],
      result: { read: { kind: 'rfid', value: '1234567', proven: true } },
      settings: {
        authentication: 'ev1',
        communication: 'mac',
        number: 'file',
        fileNumber: 3,
        offset: 2,
        length: 4,
        numberForm: 'decimal',
        keyNumber: 2,
      },
      secrets: { key: '00112233445566778899AABBCCDDEEFF' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['90AA0000010200', 'B9235F38D49834D2AB9A02B961FFF28291AF'],
        ['90AF0000208ADC6FD949A5A794F5FC2810837AF3E9BA335CCBE81AD704BC23BF39486F491500', 'C8305EFA725FBFEE850E543B0CE13F699100'],
        ['90BD0000070302000004000000', '23F2B498C6E0B46A5190DF4B5F42053E9100'],
      ],
      result: { read: { kind: 'rfid', value: '1234567', proven: true } },
      settings: {
        authentication: 'ev1',
        communication: 'encrypted',
        number: 'file',
        fileNumber: 3,
        offset: 2,
        length: 4,
        numberForm: 'decimal',
        keyNumber: 2,
      },
      secrets: { key: '00112233445566778899AABBCCDDEEFF' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['9071000002020000', 'B9235F38D49834D2AB9A02B961FFF28291AF'],
        [
          '90AF000020896D33C01319F226256C2E607A83FEC699A053D198A8C73BA8D41B946F20F0EB00',
          '147839315A40548BF423F1CD869E094ACB4CA9E414990BAD6A223BF9AFD5F5EE9100',
        ],
        ['90BD0000070302000004000000', '0012D6879100'],
      ],
      result: { read: { kind: 'rfid', value: '1234567' } },
      settings: {
        authentication: 'ev2',
        communication: 'plain',
        number: 'file',
        fileNumber: 3,
        offset: 2,
        length: 4,
        numberForm: 'decimal',
        keyNumber: 2,
      },
      secrets: { key: '00112233445566778899AABBCCDDEEFF' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'computed with a second implementation of the card: a plain file proves nothing',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['9071000002020000', 'B9235F38D49834D2AB9A02B961FFF28291AF'],
        [
          '90AF000020896D33C01319F226256C2E607A83FEC699A053D198A8C73BA8D41B946F20F0EB00',
          '147839315A40548BF423F1CD869E094ACB4CA9E414990BAD6A223BF9AFD5F5EE9100',
        ],
        ['90BD00000F030200000400000B21F65F14AF314600', '0012D6870C73C6E596A214C79100'],
      ],
      result: { read: { kind: 'rfid', value: '1234567', proven: true } },
      settings: {
        authentication: 'ev2',
        communication: 'mac',
        number: 'file',
        fileNumber: 3,
        offset: 2,
        length: 4,
        numberForm: 'decimal',
        keyNumber: 2,
      },
      secrets: { key: '00112233445566778899AABBCCDDEEFF' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['9071000002020000', 'B9235F38D49834D2AB9A02B961FFF28291AF'],
        [
          '90AF000020896D33C01319F226256C2E607A83FEC699A053D198A8C73BA8D41B946F20F0EB00',
          '147839315A40548BF423F1CD869E094ACB4CA9E414990BAD6A223BF9AFD5F5EE9100',
        ],
        ['90BD00000F030200000400000B21F65F14AF314600', '4A47ED117EACA38A56E8118C7E743526060123A9B990CC5C9100'],
      ],
      result: { read: { kind: 'rfid', value: '1234567', proven: true } },
      settings: {
        authentication: 'ev2',
        communication: 'encrypted',
        number: 'file',
        fileNumber: 3,
        offset: 2,
        length: 4,
        numberForm: 'decimal',
        keyNumber: 2,
      },
      secrets: { key: '00112233445566778899AABBCCDDEEFF' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['FFCA000000', '04782E21801D809000'],
        ['905A0000033042F500', '9100'],
        ['9071000002000000', 'F86A84DEC4D286C02B12D5F7F184825091AF'],
        [
          '90AF000020920BDA999C5C73AEED4FBA84670095BFCE5D77B00A5C9F4DEF691486270F086500',
          '13A66B15925429CFD99B2AAA63DA86ACD690FC1B02A6FC8C55342D20466146F29100',
        ],
        ['9051000008D77CB3A6E63ED69400', '8C3527EA9156619C19000D4710ECA2603283E45F843763759100'],
      ],
      result: { read: { kind: 'rfid', value: '04782E21801D80', proven: true } },
      settings: { applicationId: 'F54230', diversification: 'an10922', systemIdentifier: '4E585020416275' },
      secrets: { key: '00112233445566778899AABBCCDDEEFF' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'keys: NXP AN10922, section 2.2; the rest computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033042F500', '9100'],
        ['9071000002010000', 'A04C124213C186F22399D33AC2A3021591AF'],
        [
          '90AF00002035C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D00',
          '3389A003F4E71D7D195E5E6F4FD2855F5A318DA0E102660423014ABD1B6CAA6A9100',
        ],
        ['9051000008DC102C014190D4AC00', '2D8CBBE8F56639E0EA4BE0C29824499BC733E650A596E3DC9100'],
        ['9071000002000000', 'F86A84DEC4D286C02B12D5F7F184825091AF'],
        [
          '90AF000020920BDA999C5C73AEED4FBA84670095BFCE5D77B00A5C9F4DEF691486270F086500',
          '13A66B15925429CFD99B2AAA63DA86ACD690FC1B02A6FC8C55342D20466146F29100',
        ],
        ['9051000008D77CB3A6E63ED69400', '8C3527EA9156619C19000D4710ECA2603283E45F843763759100'],
      ],
      result: { read: { kind: 'rfid', value: '04782E21801D80', proven: true } },
      settings: { applicationId: 'F54230', diversification: 'an10922', systemIdentifier: '4E585020416275', randomUid: true },
      secrets: { key: '00112233445566778899AABBCCDDEEFF', privacyKey: '00000000000000000000000000000000' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F', '13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'keys: NXP AN10922, section 2.2; the rest computed with a second implementation of the card',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['905A0000033412F500', '9100'],
        ['9071000002000000', 'B9235F38D49834D2AB9A02B961FFF28291AF'],
        ['90AF00002035C3E05A752E0144BAC0DE51C1F22C562F7BB08EC661AA6B2CC4D56257FB311100', '91AE'],
      ],
      result: {
        refused:
          'the card answered `91AE` when it was asked to prove key 0: the key is wrong: it is not one of these cards, or the key file, `keyNumber` or `diversification` is',
      },
      secrets: { key: '00000000000000000000000000000000' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: 'computed with a second implementation of the card: another key',
    },
    {
      atr: '3B8180018080',
      transcript: [['905A0000033412F500', '91A0']],
      result: {
        refused:
          'the card answered `91A0` when it was asked for application `F51234`: there is no such application on the card: it is not one of these cards, or `applicationId` is wrong',
      },
      secrets: { key: '00000000000000000000000000000000' },
      random: ['13C5DB8A5930439FC3DEF9A4C675360F'],
      source: "computed with a second implementation of the card: another club's card",
    },
    {
      atr: '3B8F8001804F0CA000000306030001000000006A',
      transcript: [['905A0000033412F500', '6D00']],
      result: { refused: 'the card answered `6D00` when it was asked for application `F51234`: this is no DESFire card' },
      secrets: { key: '00000000000000000000000000000000' },
      source: 'computed: a card of another kind',
    },
  ],
});

/** The true number of a card that shows a random one; its own key cannot be made without it. */
function* uidUnderPrivacyKey(options: Settings, given: Given): Talk<Uint8Array | Refused> {
  const { privacyKey } = given.secrets;
  if (privacyKey === undefined) return { refused: missing('privacyKey') };
  const session = yield* authenticate(options.authentication, options.privacyKeyNumber, privacyKey, given.random(random16));
  return isRefused(session) ? session : yield* readCardUid(session);
}

function missing(secret: string): string {
  return `the key \`${secret}\` is not there: name its file as \`secrets.${secret}\``;
}

import { z } from 'zod';
import { fromHex } from '../../src/lib/hex.ts';
import { defineExchangeReader } from '../../src/ports/device.ts';
import { acrFeedback, feedback } from '../codecs/acr-feedback.ts';
import { aesKeyBytes, cardKey, diversification, systemIdentifier } from '../codecs/card-key.ts';
import { cardNumber, numberForm } from '../codecs/card-number.ts';
import { isRefused, type Refused, type Talk } from '../codecs/card-talk.ts';
import { type CardAnswer, cardAnswer, readBinary, selectFile, selectName } from '../codecs/iso-apdu.ts';
import { addressIn } from '../codecs/ndef.ts';
import { openSunUrl } from '../codecs/sun-url.ts';

/** NFC Forum Type 4 Tag, section 5: the application of a tag and its file. */
const ndefApplication = fromHex('D2760000850101');
const ndefFile = 0xe104;
const lengthBytes = 2;

/** The file of an NTAG 424 DNA, without the length before it. */
const longestMessage = 254;
/** Every reader carries so much in one answer. */
const readAtATime = 128;

const done = '9000';

const names = (standard: string[], what: string) =>
  z
    .array(z.string().regex(/^[^=&#?\s]{1,32}$/, 'must be the name of a parameter as it stands in the address'))
    .default(standard)
    .describe(`Under which names the card's address carries ${what}; of several the first that is there.`);

const settings = z.strictObject({
  piccDataNames: names(['picc_data', 'e'], 'number and counter, encrypted together'),
  fileNames: names(['enc'], "the part of the card's file that is encrypted"),
  macNames: names(['cmac', 'c'], 'the checksum'),
  uidNames: names(['uid'], 'the number in plain, on cards that do not encrypt it'),
  counterNames: names(['ctr'], 'the counter in plain, on cards that do not encrypt it'),
  number: z
    .enum(['uid', 'file'])
    .default('uid')
    .describe("What a member is known by: the card's `uid`, or a number in the encrypted part of its `file`."),
  offset: z.int().min(0).max(254).default(0).describe('With `number: file`: how many decrypted bytes stand before the number.'),
  length: z.int().min(1).max(48).default(16).describe('With `number: file`: how many bytes the number takes.'),
  numberForm,
  diversification,
  diversificationInput: z
    .array(z.enum(['uid', 'system']))
    .min(1)
    .refine((parts) => new Set(parts).size === parts.length, 'must name each part once')
    .default(['uid', 'system'])
    .describe("With `an10922`: what a card's `fileKey` is made from, in this order: `uid` and `system` (the identifier below)."),
  systemIdentifier,
  feedback,
});

/**
 * NTAG 424 DNA with SUN (SDM) in AES mode: the card writes its number, a counter and a checksum into its address at every tap.
 * The counter goes with the read, and whoever opens the gate takes none that is not higher than the last.
 */
export default defineExchangeReader({
  id: 'ntag424',
  name: 'NTAG 424 DNA card on a PC/SC reader (the card signs every tap)',
  settings,
  secrets: {
    metaKey: { bytes: aesKeyBytes, explanation: 'SDMMetaReadKey, which opens number and counter; with a plain number any key' },
    fileKey: { bytes: aesKeyBytes, explanation: 'SDMFileReadKey, which the checksum is made with; may be the same file' },
  },

  *exchange(_card, options, given) {
    const { metaKey, fileKey } = given.secrets;
    if (metaKey === undefined || fileKey === undefined)
      return { refused: 'the keys are not there: name their files as `secrets.metaKey` and `secrets.fileKey`' };
    const message = yield* readMessage();
    if (isRefused(message)) return message;
    const url = addressIn(message);
    if (url === null) return { refused: 'the card holds no address: it is not set up to sign its taps' };
    const { piccDataNames: piccData, fileNames: file, macNames: mac, uidNames: uid, counterNames: counter } = options;
    const application = new Uint8Array();
    const fileKeyOf = (of: Uint8Array) => cardKey(fileKey, options, { uid: of, application });
    const tap = openSunUrl(url, { piccData, file, mac, uid, counter }, metaKey, fileKeyOf);
    if (isRefused(tap)) return tap;
    const bytes =
      options.number === 'uid'
        ? tap.uid
        : (tap.file ?? new Uint8Array()).subarray(options.offset, options.offset + options.length);
    if (options.number === 'file' && bytes.length < options.length)
      return { refused: `the address on the card carries no ${options.length} bytes of its file: is it set up to?` };
    const value = cardNumber(bytes, options.numberForm);
    if (value === null) return { refused: "the card's file holds no number: it is empty, or `numberForm` is wrong" };
    return { read: { kind: 'rfid', value, proven: true, counter: tap.counter } };
  },

  feedback: (card, answer, options) => acrFeedback(card, answer, options.feedback),

  examples: [
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '004B9000'],
        [
          '00B000024B',
          'D1014755046E7461672E6E78702E636F6D2F3432343F653D454639363346463738323836353841353939463330343135313036373145383826633D393445454439454536353333373038369000',
        ],
      ],
      result: { read: { kind: 'rfid', value: '04DE5F1EACC040', proven: true, counter: 61 } },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'NXP AN12196, page 12',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '007C9000'],
        [
          '00B000027C',
          'D1017855047777772E6D79343234646E612E636F6D2F3F706963635F646174613D464439314543323634333039383738424536333435434245353342414446343026656E633D434545394135334533453436334546314634353936333537333637333839363226636D61633D454343314537463643364337334246369000',
        ],
      ],
      result: { read: { kind: 'rfid', value: '04958CAA5C5E80', proven: true, counter: 8 } },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'NXP AN12196, page 18',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '00479000'],
        [
          '00B0000247',
          'D101435504636C75622E6578616D706C652F743F7569643D3034314533433841324436423830266374723D30303030303626636D61633D344230303036343030344230423344339000',
        ],
      ],
      result: { read: { kind: 'rfid', value: '041E3C8A2D6B80', proven: true, counter: 6 } },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'numbers: nfc-developer/sdm-backend, test_plain_sdm',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '00799000'],
        [
          '00B0000279',
          'D101755504636C75622E6578616D706C652F743F706963635F646174613D334531363243413732464645324231333533363933344132354642464343383926656E633D313031433234384130383230453246323536353339363134394235354545434626636D61633D454530433643344136393846463843319000',
        ],
      ],
      result: { read: { kind: 'rfid', value: '0042', proven: true, counter: 33 } },
      settings: { number: 'file', length: 8, numberForm: 'digits' },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '0BB408BAFF98B6EE9F2E1585777F6A51' },
      source: 'computed with a second implementation of the card: a number in the file',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '00649000'],
        [
          '00B0000264',
          'D101605504636C75622E6578616D706C652F743F706963635F646174613D31464342453631423345344341443938304342464444333333453741344143344135373935363942414644323243354626636D61633D343233313630384241374230324241399000',
        ],
      ],
      result: { refused: 'the card is set to LRP mode, which is not supported: have the cards made in AES mode' },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'numbers: nfc-developer/sdm-backend, test_sdm_lrp2',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '007C9000'],
        [
          '00B000027C',
          'D1017855047777772E6D79343234646E612E636F6D2F3F706963635F646174613D464439314543323634333039383738424536333435434245353342414446343026656E633D434545394135334533453436334546314634353936333537333637333839363226636D61633D334343314537463643364333334233339000',
        ],
      ],
      result: { refused: 'the checksum of the address on the card is wrong: it is not one of these cards, or the key is wrong' },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'NXP AN12196, page 18, with another checksum: nfc-developer/sdm-backend, test_sun2_wrong_sdmmac',
    },
    {
      atr: '3B8180018080',
      transcript: [
        ['00A4040007D276000085010100', '9000'],
        ['00A4000C02E104', '9000'],
        ['00B0000002', '00549000'],
        [
          '00B0000254',
          'D101505504636C75622E6578616D706C652F743F706963635F646174613D334532323143444543444142343234313743444543374130443035433236303126636D61633D464534423532333841343534424243369000',
        ],
      ],
      result: { refused: "the card's data does not open with the key `metaKey`: it is not one of these cards" },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'computed with a second implementation of the card: another key',
    },
    {
      atr: '3B8180018080',
      transcript: [['00A4040007D276000085010100', '6A82']],
      result: { refused: 'the card answered `6A82` when its address was read: it is no NTAG 424, or it was moved too soon' },
      secrets: { metaKey: '00000000000000000000000000000000', fileKey: '00000000000000000000000000000000' },
      source: 'computed: a card of another kind',
    },
  ],
});

/** The NDEF message: its length first, then as much. The card counts the first reading of its file and signs that. */
function* readMessage(): Talk<Uint8Array | Refused> {
  const chosen = cardAnswer(yield selectName(ndefApplication));
  if (chosen.status !== done) return notATag(chosen);
  const file = cardAnswer(yield selectFile(ndefFile));
  if (file.status !== done) return notATag(file);
  const head = cardAnswer(yield readBinary(0, lengthBytes));
  if (head.status !== done || head.data.length !== lengthBytes) return notATag(head);
  const length = ((head.data[0] ?? 0) << 8) | (head.data[1] ?? 0);
  if (length === 0 || length > longestMessage)
    return { refused: `the card's file says that it holds ${length} bytes: it is not set up to sign its taps` };
  const message = new Uint8Array(length);
  for (let at = 0; at < length; at += readAtATime) {
    const wanted = Math.min(readAtATime, length - at);
    const { data, status } = cardAnswer(yield readBinary(lengthBytes + at, wanted));
    if (status !== done || data.length !== wanted) return notATag({ data, status });
    message.set(data, at);
  }
  return message;
}

function notATag({ status }: CardAnswer): Refused {
  return { refused: `the card answered \`${status}\` when its address was read: it is no NTAG 424, or it was moved too soon` };
}

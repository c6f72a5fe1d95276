import { fromHex, toHex } from '../../src/lib/hex.ts';
import type { PresentedTo } from '../../src/ports/device.ts';
import type { Refused, Talk } from './card-talk.ts';
import { cardAnswer } from './iso-apdu.ts';

/** PC/SC part 3, section 3.2.2.1.3, "Get Data": the card's identifier. */
const getIdentifier = fromHex('FF CA 00 00 00');

/** What DESFire EV1 to EV3 answer to reset: one historical byte, 80 (pcsc-tools smartcard_list.txt). */
const desfireAtr = '3B8180018080';

/** What a reader answers that always claims to hold a card. */
export const alwaysPresentAtr = '3B00';

/** Bank cards, and phones that pay (pcsc-tools smartcard_list.txt: 3B 88 80 01 and eight bytes of the application's own). */
const paymentAtr = /^3B888001/;

const refusals: Record<string, string> = {
  '6300': 'the reader could not read the card: hold it still for a second',
  '6A81': 'this card has no number to read: it is not a contactless card, or not one this reader knows',
};

const usePhoneCode = "Use a card, or a code on the phone's screen";

/**
 * A card's unique identifier, as any reader tells it: it proves nothing, because anybody can make a card that shows the same.
 * Refused: what names no card. Which first bytes do: ISO/IEC 14443-3, as in proxmark3 `cmdhf14a.c`.
 */
export function* readUid({ atr }: PresentedTo): Talk<Uint8Array | Refused> {
  const atrText = toHex(atr);
  if (paymentAtr.test(atrText))
    return {
      refused: `a bank card, or a phone that pays: its number changes at every tap, so nobody can be known by it. ${usePhoneCode}`,
    };
  const { data: uid, status } = cardAnswer(yield getIdentifier);
  if (status !== '9000') {
    if (atrText === alwaysPresentAtr)
      return {
        refused:
          'the reader says that a card is there when there is none: this model tells of no cards through PC/SC, use another',
      };
    return { refused: refusals[status] ?? `the reader answered \`${status}\` when asked for the card's number` };
  }
  if (uid.length < 4)
    return { refused: `the reader gave \`${toHex(uid)}\` for the card's number, which is too short: try again` };
  if (uid.length === 4 && uid[0] === 0x88)
    return { refused: `the reader gave only a part of the card's number, \`${toHex(uid)}\`: try again` };
  if (uid.length !== 4 || uid[0] !== 0x08) return uid;
  if (atrText === desfireAtr)
    return {
      refused:
        'a DESFire card that shows a random number: read it as `desfire` with `randomUid`, or have the cards made anew without it',
    };
  return {
    refused: `a phone, or a card with a random number: it changes at every tap, so nobody can be known by it. ${usePhoneCode}`,
  };
}

import { z } from 'zod';
import { fromHex } from '../../src/lib/hex.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';
import { diversifyAes128 } from './an10922.ts';

/** Whether every card has a key of its own, and what that is made from. Shared by the products that hold keys. */
export const diversification = z
  .enum(['none', 'an10922'])
  .default('none')
  .describe(
    'Whether all cards hold the same key (`none`), or each its own, made from the key file and the card (`an10922`): then one ' +
      'card that was opened up gives away no other.',
  );

export const systemIdentifier = z
  .string()
  .regex(/^(?:[0-9A-Fa-f]{2}){0,18}$/, 'must be up to 18 bytes in hex, such as `4E585020416275`')
  .default('')
  .describe('With `an10922`: the system identifier in hex that whoever made the cards chose; empty when there is none.');

/** The 16 bytes of an AES-128 key, as hex in a file. */
export const aesKeyBytes = [16];

/** What a card's own key is made from, by the names that settings give to its parts. */
export interface KeyParts {
  uid: Uint8Array;
  /** As it is sent, the low byte first. */
  application: Uint8Array;
}

export type KeyPart = 'uid' | 'application' | 'application_reversed' | 'system';

/** The key that this card holds. */
export function cardKey(
  masterKey: Uint8Array,
  settings: { diversification: 'none' | 'an10922'; systemIdentifier: string; diversificationInput: readonly KeyPart[] },
  { uid, application }: KeyParts,
): Uint8Array {
  if (settings.diversification === 'none') return masterKey;
  const parts: Record<KeyPart, Uint8Array> = {
    uid,
    application,
    application_reversed: application.toReversed(),
    system: fromHex(settings.systemIdentifier),
  };
  return diversifyAes128(masterKey, joinBytes(...settings.diversificationInput.map((part) => parts[part])));
}

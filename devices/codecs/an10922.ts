import { aesCmacPaddedTo } from '../../src/lib/aes-cmac.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';

const diversificationConstant = Uint8Array.of(0x01);
const paddedBytes = 32;

/** The longest input: with the constant before it, two blocks. */
export const longestDiversificationInput = paddedBytes - diversificationConstant.length;

/**
 * A card's own AES-128 key, made from the key of all cards and what the card is known by (NXP AN10922, section 2.2). The input
 * is always padded to two blocks, also when it is short: a plain CMAC would give another key. Throws RangeError for an input
 * that is empty or longer than 31 bytes.
 */
export function diversifyAes128(masterKey: Uint8Array, input: Uint8Array): Uint8Array {
  if (input.length === 0 || input.length > longestDiversificationInput)
    throw new RangeError(`a key is diversified with 1 to ${longestDiversificationInput} bytes, not ${input.length}`);
  return aesCmacPaddedTo(paddedBytes, masterKey, joinBytes(diversificationConstant, input));
}

import { encryptBlock, encryptCbc } from './aes.ts';

const blockBytes = 16;

/**
 * AES-CMAC (RFC 4493, AES-128): 16 bytes for a key of 16 and a message of any length. `iv`: what is there before the first block;
 * zeros by the standard, the last cipher block where a card carries one command's checksum over into the next.
 */
export function aesCmac(key: Uint8Array, message: Uint8Array, iv: Uint8Array = new Uint8Array(blockBytes)): Uint8Array {
  const blocks = Math.max(1, Math.ceil(message.length / blockBytes));
  return cmacOf(key, message, blocks * blockBytes, iv);
}

/**
 * The same with the message always padded to `length` bytes, which is how NXP AN10922 makes keys: a message shorter than
 * that is padded (80 00 …) and takes K2, one of just that length takes K1. Throws RangeError for a longer one.
 */
export function aesCmacPaddedTo(length: number, key: Uint8Array, message: Uint8Array): Uint8Array {
  return cmacOf(key, message, length, new Uint8Array(blockBytes));
}

function cmacOf(key: Uint8Array, message: Uint8Array, length: number, iv: Uint8Array): Uint8Array {
  if (message.length > length) throw new RangeError(`a message of ${message.length} bytes cannot be padded to ${length}`);
  const k1 = doubled(encryptBlock(key, new Uint8Array(blockBytes)));
  const isWhole = message.length === length;
  const padded = new Uint8Array(length);
  padded.set(message);
  if (!isWhole) padded[message.length] = 0x80;
  const last = padded.subarray(length - blockBytes);
  for (const [place, byte] of (isWhole ? k1 : doubled(k1)).entries()) last[place] = (last[place] ?? 0) ^ byte;
  return encryptCbc(key, iv, padded).slice(length - blockBytes);
}

/** Times x in GF(2^128) (RFC 4493, section 2.3). */
function doubled(block: Uint8Array): Uint8Array {
  const out = block.map((byte, place) => (byte << 1) | ((block[place + 1] ?? 0) >> 7));
  if ((block[0] ?? 0) & 0x80) out[blockBytes - 1] = (out[blockBytes - 1] ?? 0) ^ 0x87;
  return out;
}

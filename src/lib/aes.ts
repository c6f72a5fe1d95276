import { createCipheriv, createDecipheriv } from 'node:crypto';

const blockBytes = 16;

/** One block, by itself (AES-128, FIPS 197). Throws RangeError for a key or block that is not 16 bytes long. */
export function encryptBlock(key: Uint8Array, block: Uint8Array): Uint8Array {
  if (block.length !== blockBytes) throw new RangeError(`a block of AES has 16 bytes, not ${block.length}`);
  return encryptCbc(key, new Uint8Array(blockBytes), block);
}

/** AES-128 in CBC mode (NIST SP 800-38A), without padding. Throws RangeError for a key or `iv` of other than 16 bytes, or half a block. */
export function encryptCbc(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  checkLengths(key, iv, plain);
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return bytesOf(cipher.update(plain), cipher.final());
}

/** As `encryptCbc`, the other way. */
export function decryptCbc(key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Uint8Array {
  checkLengths(key, iv, encrypted);
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return bytesOf(decipher.update(encrypted), decipher.final());
}

function checkLengths(key: Uint8Array, iv: Uint8Array, text: Uint8Array): void {
  if (key.length !== blockBytes) throw new RangeError(`a key of AES-128 has 16 bytes, not ${key.length}`);
  if (iv.length !== blockBytes) throw new RangeError(`what CBC begins with has 16 bytes, not ${iv.length}`);
  if (text.length % blockBytes !== 0)
    throw new RangeError(`CBC without padding takes whole blocks of 16 bytes, not ${text.length}`);
}

function bytesOf(...parts: Buffer[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

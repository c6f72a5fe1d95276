import { createCipheriv, createDecipheriv } from 'node:crypto';

/** What everybody knows: fit for pairing only. */
export const defaultKey: Uint8Array = Uint8Array.from({ length: 16 }, (_, index) => 0x30 + index);

const blockLength = 16;
const padMark = 0x80;

export interface SessionKeys {
  encryption: Uint8Array;
  /** For every block of a MAC but the last. */
  mac1: Uint8Array;
  mac2: Uint8Array;
}

export function sessionKeys(key: Uint8Array, panelRandom: Uint8Array): SessionKeys {
  const derive = (first: number, second: number) =>
    encryptBlock(key, Buffer.concat([Uint8Array.of(first, second), panelRandom.subarray(0, 6), new Uint8Array(8)]));
  return { encryption: derive(0x01, 0x82), mac1: derive(0x01, 0x01), mac2: derive(0x01, 0x02) };
}

/** The peripheral's proof that it has the key. */
export function peripheralCryptogram(keys: SessionKeys, panelRandom: Uint8Array, peripheralRandom: Uint8Array): Uint8Array {
  return encryptBlock(keys.encryption, Buffer.concat([panelRandom, peripheralRandom]));
}

/** The panel's proof that it has the key. */
export function panelCryptogram(keys: SessionKeys, panelRandom: Uint8Array, peripheralRandom: Uint8Array): Uint8Array {
  return encryptBlock(keys.encryption, Buffer.concat([peripheralRandom, panelRandom]));
}

/** The MAC before the first command. */
export function initialMac(keys: SessionKeys, cryptogramOfPanel: Uint8Array): Uint8Array {
  return encryptBlock(keys.mac2, encryptBlock(keys.mac1, cryptogramOfPanel));
}

/** `previous` is the whole MAC of the frame before, which came from the other side. */
export function macOf(keys: SessionKeys, covered: Uint8Array, previous: Uint8Array): Uint8Array {
  const padded = covered.length % blockLength === 0 ? Buffer.from(covered) : pad(covered);
  const lastAt = padded.length - blockLength;
  const before = lastAt === 0 ? previous : cbc(keys.mac1, previous, padded.subarray(0, lastAt)).subarray(-blockLength);
  return cbc(keys.mac2, before, padded.subarray(lastAt));
}

/** `previous` as for `macOf`. */
export function encryptData(keys: SessionKeys, data: Uint8Array, previous: Uint8Array): Uint8Array {
  return cbc(keys.encryption, inverted(previous), pad(data));
}

/** Null when the length or the padding shows that this was not encrypted as it should be. */
export function decryptData(keys: SessionKeys, data: Uint8Array, previous: Uint8Array): Uint8Array | null {
  if (data.length === 0 || data.length % blockLength !== 0) return null;
  const decipher = createDecipheriv('aes-128-cbc', keys.encryption, inverted(previous)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(data), decipher.final()]);
  const end = padded.lastIndexOf(padMark);
  const isPadding = end !== -1 && padded.length - end <= blockLength && padded.subarray(end + 1).every((byte) => byte === 0);
  return isPadding ? padded.subarray(0, end) : null;
}

function pad(bytes: Uint8Array): Buffer {
  const padded = Buffer.alloc((Math.floor(bytes.length / blockLength) + 1) * blockLength);
  padded.set(bytes);
  padded[bytes.length] = padMark;
  return padded;
}

const inverted = (bytes: Uint8Array) => bytes.map((byte) => ~byte);

function encryptBlock(key: Uint8Array, block: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function cbc(key: Uint8Array, iv: Uint8Array, blocks: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]);
}

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toHex } from '../../src/lib/hex.ts';

/** What cards calculate, written a second time and apart from what the gateway does. Keys and blocks of AES-128. */

export function cbc(key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

export function unCbc(key: Uint8Array, iv: Uint8Array, encrypted: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(encrypted), decipher.final()]);
}

export const zeroBlock = Buffer.alloc(16);

/** OMAC1 as its paper defines it (Iwata, Kurosawa, 2003), on numbers of 128 bits. */
export function omac(key: Uint8Array, text: Uint8Array, before: Uint8Array = zeroBlock): Buffer {
  const bytesOf = (block: bigint) => Buffer.from(block.toString(16).padStart(32, '0'), 'hex');
  const encrypt = (block: bigint) => BigInt(`0x${cbc(key, zeroBlock, bytesOf(block)).toString('hex')}`);
  const double = (block: bigint) => ((block << 1n) ^ (block >> 127n ? 0x87n : 0n)) & ((1n << 128n) - 1n);
  const isWhole = text.length > 0 && text.length % 16 === 0;
  const blockCount = Math.max(1, Math.ceil(text.length / 16));
  const padded = isWhole ? toHex(text) : `${toHex(text)}80`.padEnd(blockCount * 32, '0');
  const blocks = (padded.match(/.{32}/g) ?? []).map((block) => BigInt(`0x${block}`));
  const k1 = double(encrypt(0n));
  const mask = isWhole ? k1 : double(k1);
  const start = BigInt(`0x${toHex(before)}`);
  return bytesOf(
    blocks.reduce((state, block, place) => encrypt(state ^ block ^ (place === blocks.length - 1 ? mask : 0n)), start),
  );
}

export const oddBytes = (block: Uint8Array) => Buffer.from(block.filter((_, place) => place % 2 === 1));

export const turned = (block: Uint8Array) => Buffer.from([...block.subarray(1), ...block.subarray(0, 1)]);

/** Ethernet's without the last inversion, low byte first. */
export function jamCrc(bytes: Uint8Array): Buffer {
  const crc = Buffer.alloc(4);
  crc.writeUInt32LE(~crc32(bytes) >>> 0);
  return crc;
}

/** 80 00 … to whole blocks, always. */
export function padded(bytes: Uint8Array): Buffer {
  const out = Buffer.alloc((Math.floor(bytes.length / 16) + 1) * 16);
  out.set(bytes);
  out[bytes.length] = 0x80;
  return out;
}

import { decryptCbc, encryptBlock } from '../../src/lib/aes.ts';
import { aesCmac } from '../../src/lib/aes-cmac.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';
import { truncatedMac } from './truncated-mac.ts';

/**
 * Secure Unique NFC messages of NTAG 424 DNA in AES mode: NXP AN12196, sections 3.3 and 4.4. Counters count the card's taps,
 * from 0 to 2^24 − 1.
 */

const blockBytes = 16;
const uidBytes = 7;
const counterBytes = 3;
const lrpBytes = 24;

const encryptionLabel = Uint8Array.of(0xc3, 0x3c, 0x00, 0x01, 0x00, 0x80);
const macLabel = Uint8Array.of(0x3c, 0xc3, 0x00, 0x01, 0x00, 0x80);

/** Who tapped, and how often before. */
export interface PiccData {
  uid: Uint8Array;
  counter: number;
}

/** PICCENCData decrypted; or why it tells nobody. A wrong key shows itself here only by chance, and by the MAC for sure. */
export function openPiccData(metaKey: Uint8Array, encrypted: Uint8Array): PiccData | { refused: string } {
  if (encrypted.length === lrpBytes)
    return { refused: 'the card is set to LRP mode, which is not supported: have the cards made in AES mode' };
  if (encrypted.length !== blockBytes) return { refused: `the card's data has ${encrypted.length} bytes and not 16` };
  const plain = decryptCbc(metaKey, new Uint8Array(blockBytes), encrypted);
  const tag = plain[0] ?? 0;
  if ((tag & 0x0f) !== uidBytes)
    return { refused: "the card's data does not open with the key `metaKey`: it is not one of these cards" };
  // Without a number nobody is known, and without a counter an old message could not be told from a new one.
  if ((tag & 0xc0) !== 0xc0) return { refused: 'the card tells no number or no counter: have the cards made with both' };
  return { uid: plain.slice(1, 1 + uidBytes), counter: littleEndian(plain.subarray(1 + uidBytes, 1 + uidBytes + counterBytes)) };
}

/** The key that a message's MAC is made with. */
export function sunMacKey(fileKey: Uint8Array, tap: PiccData): Uint8Array {
  return aesCmac(fileKey, sessionVector(macLabel, tap));
}

/** SDMMAC over what stands in the message between the two places that the card was told; empty where they are the same. */
export function sunMac(macKey: Uint8Array, message: string): Uint8Array {
  return truncatedMac(aesCmac(macKey, new Uint8Array(Buffer.from(message, 'latin1'))));
}

/** SDMENCFileData decrypted: whole blocks, as they stand in the file. Throws RangeError for half a block. */
export function openSunFile(fileKey: Uint8Array, tap: PiccData, encrypted: Uint8Array): Uint8Array {
  const key = aesCmac(fileKey, sessionVector(encryptionLabel, tap));
  const iv = encryptBlock(key, joinBytes(counterText(tap.counter), new Uint8Array(blockBytes - counterBytes)));
  return decryptCbc(key, iv, encrypted);
}

function sessionVector(label: Uint8Array, { uid, counter }: PiccData): Uint8Array {
  const body = joinBytes(label, uid, counterText(counter));
  return joinBytes(body, new Uint8Array((blockBytes - (body.length % blockBytes)) % blockBytes));
}

function counterText(counter: number): Uint8Array {
  return Uint8Array.of(counter & 0xff, (counter >> 8) & 0xff, (counter >> 16) & 0xff);
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((number, byte) => number * 256 + byte, 0);
}

import { decryptCbc, encryptCbc } from '../../src/lib/aes.ts';
import { aesCmac } from '../../src/lib/aes-cmac.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';
import { sameBytes } from '../../src/lib/same-bytes.ts';
import { rotatedLeft } from './rotated-left.ts';

/**
 * Authentication and secure messaging of MIFARE DESFire EV1 with AES-128 (AuthenticateAES, AA). Nothing here begins anew: each
 * encryption and each checksum starts from the last cipher block before it, in both directions. As in libfreefare
 * `mifare_desfire_crypto.c` and the traces of the Ridrix blog.
 */

const blockBytes = 16;
const zeroIv = new Uint8Array(blockBytes);
const macBytes = 8;
const crcBytes = 4;

export interface Ev1Session {
  key: Uint8Array;
  /** The last cipher block or checksum. */
  iv: Uint8Array;
}

/** What came of an answer; null where its checksum is wrong. The session goes on either way. */
export interface Ev1Opened {
  session: Ev1Session;
  data: Uint8Array | null;
}

/** The reader's answer to the card's challenge (16 bytes), to be sent as 32; and what the card drew. `rndA`: 16 bytes that nobody can guess. */
export function answerEv1Challenge(key: Uint8Array, challenge: Uint8Array, rndA: Uint8Array) {
  const rndB = decryptCbc(key, zeroIv, challenge);
  return { rndB, cryptogram: encryptCbc(key, challenge, joinBytes(rndA, rotatedLeft(rndB))) };
}

/** The session, if the card's last word (16 bytes) proves that it knows the key; null: it does not. `cryptogram`: what the reader answered. */
export function beginEv1Session(
  key: Uint8Array,
  rndA: Uint8Array,
  { rndB, cryptogram }: ReturnType<typeof answerEv1Challenge>,
  answer: Uint8Array,
): Ev1Session | null {
  if (answer.length !== blockBytes) return null;
  const plain = decryptCbc(key, cryptogram.subarray(-blockBytes), answer);
  return sameBytes(plain, rotatedLeft(rndA)) ? { key: ev1SessionKey(rndA, rndB), iv: zeroIv } : null;
}

export function ev1SessionKey(rndA: Uint8Array, rndB: Uint8Array): Uint8Array {
  return joinBytes(rndA.subarray(0, 4), rndB.subarray(0, 4), rndA.subarray(12), rndB.subarray(12));
}

/** After a command was sent: its checksum is not, and counts all the same. `command`: its code and parameters. */
export function afterEv1Command({ key, iv }: Ev1Session, command: Uint8Array): Ev1Session {
  return { key, iv: aesCmac(key, command, iv) };
}

/** An answer in plain or with a checksum, which is the same once somebody is authenticated. `data`: of all its frames, the checksum at the end. */
export function openEv1Mac({ key, iv }: Ev1Session, data: Uint8Array, status = 0x00): Ev1Opened {
  const plain = data.subarray(0, -macBytes);
  const mac = aesCmac(key, joinBytes(plain, Uint8Array.of(status)), iv);
  const isRight = data.length >= macBytes && sameBytes(data.subarray(-macBytes), mac.subarray(0, macBytes));
  return { session: { key, iv: mac }, data: isRight ? plain : null };
}

/** An enciphered answer of `length` bytes: behind them a CRC-32 of them and the status, then zeros. */
export function openEv1Enciphered({ key, iv }: Ev1Session, encrypted: Uint8Array, length: number, status = 0x00): Ev1Opened {
  const blocks = Math.ceil((length + crcBytes) / blockBytes);
  if (encrypted.length !== blocks * blockBytes) return { session: { key, iv }, data: null };
  const plain = decryptCbc(key, iv, encrypted);
  const [data, crc, padding] = [
    plain.subarray(0, length),
    plain.subarray(length, length + crcBytes),
    plain.subarray(length + crcBytes),
  ];
  const isRight = sameBytes(crc, desfireCrc32(joinBytes(data, Uint8Array.of(status)))) && padding.every((byte) => byte === 0);
  return { session: { key, iv: encrypted.slice(-blockBytes) }, data: isRight ? data : null };
}

/** The CRC-32 of Ethernet without its last inversion, low byte first. */
export function desfireCrc32(bytes: Uint8Array): Uint8Array {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return Uint8Array.of(crc & 0xff, (crc >>> 8) & 0xff, (crc >>> 16) & 0xff, (crc >>> 24) & 0xff);
}

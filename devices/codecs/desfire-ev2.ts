import { decryptCbc, encryptBlock, encryptCbc } from '../../src/lib/aes.ts';
import { aesCmac } from '../../src/lib/aes-cmac.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';
import { sameBytes } from '../../src/lib/same-bytes.ts';
import { rotatedLeft } from './rotated-left.ts';
import { truncatedMac } from './truncated-mac.ts';

/**
 * Authentication and secure messaging of MIFARE DESFire EV2 and later and NTAG 424 DNA with AES-128 (AuthenticateEV2First, 71):
 * NXP AN12343, AN12196 sections 5 and 6.
 */

const blockBytes = 16;
const zeroIv = new Uint8Array(blockBytes);
const macBytes = 8;

/** The bytes that say what a derived key or vector is for (AN12343, section 4.5). */
const label = { encryption: [0xa5, 0x5a], mac: [0x5a, 0xa5] };
const oneKeyOf128Bits = [0x00, 0x01, 0x00, 0x80];

export interface Ev2Session {
  encryptionKey: Uint8Array;
  macKey: Uint8Array;
  /** TI, 4 bytes: what tells this session from every other. */
  transactionId: Uint8Array;
  /** How many commands the session has seen. */
  counter: number;
}

/** The reader's answer to the card's challenge (16 bytes), to be sent as 32; and what the card drew. `rndA`: 16 bytes that nobody can guess. */
export function answerEv2Challenge(key: Uint8Array, challenge: Uint8Array, rndA: Uint8Array) {
  const rndB = decryptCbc(key, zeroIv, challenge);
  return { rndB, cryptogram: encryptCbc(key, zeroIv, joinBytes(rndA, rotatedLeft(rndB))) };
}

/** The session, if the card's last word (32 bytes) proves that it knows the key; null: it does not. */
export function beginEv2Session(key: Uint8Array, rndA: Uint8Array, rndB: Uint8Array, answer: Uint8Array): Ev2Session | null {
  if (answer.length !== 2 * blockBytes) return null;
  const plain = decryptCbc(key, zeroIv, answer);
  if (!sameBytes(plain.subarray(4, 20), rotatedLeft(rndA))) return null;
  return { ...ev2SessionKeys(key, rndA, rndB), transactionId: plain.slice(0, 4), counter: 0 };
}

/** AN12343, section 4.5: both keys are CMACs of the two numbers, mixed. */
export function ev2SessionKeys(
  key: Uint8Array,
  rndA: Uint8Array,
  rndB: Uint8Array,
): Pick<Ev2Session, 'encryptionKey' | 'macKey'> {
  const mixed = rndA.subarray(2, 8).map((byte, place) => byte ^ (rndB[place] ?? 0));
  const body = joinBytes(rndA.subarray(0, 2), mixed, rndB.subarray(6), rndA.subarray(8));
  const keyFor = (bytes: number[]) => aesCmac(key, joinBytes(Uint8Array.of(...bytes, ...oneKeyOf128Bits), body));
  return { encryptionKey: keyFor(label.encryption), macKey: keyFor(label.mac) };
}

/** MACt over a command: 8 bytes that stand behind its data. */
export function ev2CommandMac(session: Ev2Session, command: number, data: Uint8Array): Uint8Array {
  return macOf(session, command, session.counter, data);
}

/** The data of an answer in CommMode.MAC; null: its checksum is wrong. `data`: with the MAC at its end, the status bytes taken off. */
export function openEv2Mac(session: Ev2Session, data: Uint8Array, status = 0x00): Uint8Array | null {
  if (data.length < macBytes) return null;
  const plain = data.subarray(0, -macBytes);
  return sameBytes(data.subarray(-macBytes), macOf(session, status, session.counter + 1, plain)) ? plain : null;
}

/** The data of an answer in CommMode.FULL; null: its checksum or padding is wrong. */
export function openEv2Full(session: Ev2Session, data: Uint8Array): Uint8Array | null {
  const encrypted = openEv2Mac(session, data);
  if (encrypted === null || encrypted.length % blockBytes !== 0) return null;
  const iv = vectorOf(session, label.mac, session.counter + 1);
  return withoutPadding(decryptCbc(session.encryptionKey, iv, encrypted));
}

/** The data of a command in CommMode.FULL, encrypted; its header and MAC are not part of it. */
export function sealEv2Full(session: Ev2Session, data: Uint8Array): Uint8Array {
  if (data.length === 0) return data;
  const padded = new Uint8Array((Math.floor(data.length / blockBytes) + 1) * blockBytes);
  padded.set(data);
  padded[data.length] = 0x80;
  return encryptCbc(session.encryptionKey, vectorOf(session, label.encryption, session.counter), padded);
}

/** After an answer, whatever its way. */
export function nextEv2(session: Ev2Session): Ev2Session {
  return { ...session, counter: session.counter + 1 };
}

function macOf({ macKey, transactionId }: Ev2Session, first: number, counter: number, data: Uint8Array): Uint8Array {
  return truncatedMac(aesCmac(macKey, joinBytes(Uint8Array.of(first), counterBytes(counter), transactionId, data)));
}

/** What CBC begins with: for commands the label of encryption, for answers that of the MAC. */
function vectorOf({ encryptionKey, transactionId }: Ev2Session, bytes: number[], counter: number): Uint8Array {
  const block = joinBytes(Uint8Array.from(bytes), transactionId, counterBytes(counter), new Uint8Array(8));
  return encryptBlock(encryptionKey, block);
}

function counterBytes(counter: number): Uint8Array {
  return Uint8Array.of(counter & 0xff, (counter >> 8) & 0xff);
}

/** 80 00 … taken off; null: there is none. */
function withoutPadding(padded: Uint8Array): Uint8Array | null {
  const end = padded.findLastIndex((byte) => byte !== 0);
  return padded[end] === 0x80 ? padded.subarray(0, end) : null;
}

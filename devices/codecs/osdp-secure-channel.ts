import { decryptCbc, encryptBlock, encryptCbc } from '../../src/lib/aes.ts';
import { sameBytes } from '../../src/lib/same-bytes.ts';
import { encodeFrame, type HeardFrame, type OsdpFrame, scs } from './osdp-frame.ts';
import type { OsdpMessage } from './osdp-message.ts';

const blockBytes = 16;

/** The secure channel of OSDP 2.2 (annex D; device-protocols section 8.3). */

/** SCBK-D: the key that every peripheral comes with and everybody knows. */
export const defaultKey = Uint8Array.from({ length: blockBytes }, (_, index) => 0x30 + index);

export interface SessionKeys {
  enc: Uint8Array;
  mac1: Uint8Array;
  mac2: Uint8Array;
}

/** Both sides' last MACs: each speaks for everything said before it. */
export interface Session {
  keys: SessionKeys;
  /** Of the control panel's last command. */
  sent: Uint8Array;
  /** Of the peripheral's last reply. */
  heard: Uint8Array;
}

/** The keys of one session, from the peripheral's own key and the panel's random bytes. */
export function sessionKeys(key: Uint8Array, panelRandom: Uint8Array): SessionKeys {
  const derived = (first: number, second: number) =>
    encryptBlock(key, Uint8Array.of(first, second, ...panelRandom.subarray(0, 6), ...new Uint8Array(8)));
  return { enc: derived(0x01, 0x82), mac1: derived(0x01, 0x01), mac2: derived(0x01, 0x02) };
}

/** By which the peripheral shows that it holds the key. */
export function clientCryptogram({ enc }: SessionKeys, panelRandom: Uint8Array, unitRandom: Uint8Array): Uint8Array {
  return encryptBlock(enc, Uint8Array.of(...panelRandom, ...unitRandom));
}

/** By which the panel shows that it holds the key. */
export function serverCryptogram({ enc }: SessionKeys, panelRandom: Uint8Array, unitRandom: Uint8Array): Uint8Array {
  return encryptBlock(enc, Uint8Array.of(...unitRandom, ...panelRandom));
}

/** R-MAC-I: what the first command's MAC begins with. */
export function firstMac({ mac1, mac2 }: SessionKeys, serverProof: Uint8Array): Uint8Array {
  return encryptBlock(mac2, encryptBlock(mac1, serverProof));
}

/** A peripheral's own key, where a club has one master key and each peripheral its number (cUID, eight bytes). */
export function keyFromMaster(masterKey: Uint8Array, unit: Uint8Array): Uint8Array {
  return encryptBlock(masterKey, Uint8Array.of(...unit, ...unit.map((byte) => ~byte)));
}

/** A command's bytes, signed, and encrypted where it says anything. */
export function seal(
  session: Session,
  frame: Pick<OsdpFrame, 'address' | 'sequence' | 'check'>,
  { code, data }: OsdpMessage,
): { bytes: Uint8Array; session: Session } {
  const type = data.length === 0 ? scs.signedCommand : scs.sealedCommand;
  const sealed = data.length === 0 ? data : encryptCbc(session.keys.enc, inverted(session.heard), padded(data));
  let sent = session.sent;
  const whole = { ...frame, reply: false, security: { type, data: new Uint8Array() }, code, data: sealed };
  const bytes = encodeFrame(whole, (covered) => {
    sent = macOf(session.keys, session.heard, covered);
    return sent.subarray(0, 4);
  });
  return { bytes, session: { ...session, sent } };
}

/**
 * What a reply in a session says; null for one that the session's peripheral did not send as it stands. A reply that is signed
 * and not encrypted is as genuine as one that is both.
 */
export function unseal(session: Session, frame: HeardFrame): { message: OsdpMessage; session: Session } | null {
  const { security, mac, covered, code, data } = frame;
  if (security === null || mac === null || !frame.reply) return null;
  if (security.type !== scs.signedReply && security.type !== scs.sealedReply) return null;
  const heard = macOf(session.keys, session.sent, covered);
  if (!sameBytes(heard.subarray(0, 4), mac)) return null;
  const next = { ...session, heard };
  if (security.type === scs.signedReply || data.length === 0) return { message: { code, data }, session: next };
  if (data.length % blockBytes !== 0) return null;
  const plain = unpadded(decryptCbc(session.keys.enc, inverted(session.sent), data));
  return plain && { message: { code, data: plain }, session: next };
}

/** CBC with the first key, the last block with the second. */
export function macOf({ mac1, mac2 }: SessionKeys, before: Uint8Array, covered: Uint8Array): Uint8Array {
  const blocks = covered.length % blockBytes === 0 ? covered : padded(covered);
  const lastAt = blocks.length - blockBytes;
  const chained = lastAt === 0 ? before : encryptCbc(mac1, before, blocks.subarray(0, lastAt)).subarray(-blockBytes);
  return encryptCbc(mac2, chained, blocks.subarray(lastAt));
}

function padded(data: Uint8Array): Uint8Array {
  const whole = new Uint8Array((Math.floor(data.length / blockBytes) + 1) * blockBytes);
  whole.set(data);
  whole[data.length] = 0x80;
  return whole;
}

/** Null: it does not end as padded data do. */
function unpadded(data: Uint8Array): Uint8Array | null {
  const end = data.findLastIndex((byte) => byte !== 0);
  return data[end] === 0x80 ? data.slice(0, end) : null;
}

function inverted(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => ~byte);
}

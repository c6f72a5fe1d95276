import { randomBytes } from 'node:crypto';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { cbc, jamCrc, oddBytes, omac, padded, turned, unCbc, zeroBlock } from './card-crypto.ts';
import type { VirtualCard } from './virtual-pcsc.ts';

export interface DesfireParts {
  uid: string;
  /** As it is written, high byte first. */
  applicationId: string;
  /** With it the application is chosen by this name alone, and its files are read in ISO frames. */
  applicationName?: string;
  /** By number, in hex. */
  keys: Record<number, string>;
  files?: Record<number, { data: string; communication: 'plain' | 'mac' | 'encrypted' }>;
  /** What it shows instead of its number. */
  shownUid?: string;
  /** What it draws; random unless given. */
  rndB?: string;
  transactionId?: string;
  /** Reads are answered in frames of so many bytes. */
  frameBytes?: number;
  /** It only shows its number: somebody's copy on another card. */
  isCopy?: boolean;
}

/** A card on which every command was written down. */
export type DesfireCard = VirtualCard & { heard: string[] };

interface Session {
  mode: 'ev1' | 'ev2';
  /** EV1: of the session; EV2: for encryption. */
  key: Buffer;
  macKey: Buffer;
  transactionId: Buffer;
  counter: number;
  /** EV1. */
  iv: Buffer;
}

interface Handshake {
  mode: 'ev1' | 'ev2';
  key: Buffer;
  rndB: Buffer;
  challenge: Buffer;
}

/** The card's side of a MIFARE DESFire: one application with AES keys, both ways to authenticate, secure messaging, ISO wrapping. */
export function virtualDesfire(parts: DesfireParts): DesfireCard {
  const applicationId = Buffer.from(fromHex(parts.applicationId)).reverse();
  const heard: string[] = [];
  let isSelected = false;
  let handshake: Handshake | null = null;
  let session: Session | null = null;
  let waitingFrames: Buffer[] = [];

  function native(code: number, data: Buffer): string {
    if (code === 0xaf) {
      const [frame] = waitingFrames;
      if (frame !== undefined) {
        waitingFrames = waitingFrames.slice(1);
        return toHex(frame) + (waitingFrames.length > 0 ? '91AF' : '9100');
      }
      return finishHandshake(data);
    }
    handshake = null;
    waitingFrames = [];
    switch (code) {
      case 0x5a:
        session = null;
        if (parts.applicationName !== undefined) return '911C';
        isSelected = data.equals(applicationId);
        return isSelected ? '9100' : '91A0';
      case 0xaa:
      case 0x71:
        return beginHandshake(code === 0xaa ? 'ev1' : 'ev2', data);
      case 0x51:
        return secured(code, data, 0, 'encrypted', () => Buffer.from(fromHex(parts.uid)));
      case parts.applicationName === undefined ? 0xbd : 0xad: {
        const file = parts.files?.[data[0] ?? -1];
        if (file === undefined) return '91F0';
        const [offset, length] = [data.readUIntLE(1, 3), data.readUIntLE(4, 3)];
        const content = Buffer.from(fromHex(file.data));
        if (offset + length > content.length) return '91BE';
        return secured(code, data, 7, file.communication, () => content.subarray(offset, offset + length));
      }
      default:
        return '911C';
    }
  }

  function beginHandshake(mode: 'ev1' | 'ev2', data: Buffer): string {
    const key = parts.keys[data[0] ?? -1];
    if (!isSelected || key === undefined) return '9140';
    const rndB = parts.rndB === undefined ? randomBytes(16) : Buffer.from(parts.rndB, 'hex');
    const challenge = cbc(Buffer.from(key, 'hex'), zeroBlock, rndB);
    handshake = { mode, key: Buffer.from(key, 'hex'), rndB, challenge };
    session = null;
    return `${toHex(challenge)}91AF`;
  }

  function finishHandshake(cryptogram: Buffer): string {
    if (handshake === null || cryptogram.length !== 32) return '917E';
    const { mode, key, rndB, challenge } = handshake;
    handshake = null;
    const plain = unCbc(key, mode === 'ev1' ? challenge : zeroBlock, cryptogram);
    const rndA = plain.subarray(0, 16);
    if (!plain.subarray(16).equals(turned(rndB))) return '91AE';
    if (mode === 'ev1') {
      const sessionKey = Buffer.concat([rndA.subarray(0, 4), rndB.subarray(0, 4), rndA.subarray(12), rndB.subarray(12)]);
      session = { mode, key: sessionKey, macKey: sessionKey, transactionId: Buffer.alloc(0), counter: 0, iv: zeroBlock };
      return `${toHex(cbc(key, cryptogram.subarray(16), turned(rndA)))}9100`;
    }
    const mixed = Buffer.from(rndA.subarray(2, 8).map((byte, place) => byte ^ (rndB[place] ?? 0)));
    const body = Buffer.concat([Buffer.from('00010080', 'hex'), rndA.subarray(0, 2), mixed, rndB.subarray(6), rndA.subarray(8)]);
    const transactionId = parts.transactionId === undefined ? randomBytes(4) : Buffer.from(parts.transactionId, 'hex');
    session = {
      mode,
      key: omac(key, Buffer.concat([Buffer.from('A55A', 'hex'), body])),
      macKey: omac(key, Buffer.concat([Buffer.from('5AA5', 'hex'), body])),
      transactionId,
      counter: 0,
      iv: zeroBlock,
    };
    return `${toHex(cbc(key, zeroBlock, Buffer.concat([transactionId, turned(rndA), Buffer.alloc(12)])))}9100`;
  }

  /** `parameterBytes`: of the data, what stands before a checksum. */
  function secured(
    code: number,
    data: Buffer,
    parameterBytes: number,
    way: 'plain' | 'mac' | 'encrypted',
    content: () => Buffer,
  ): string {
    if (session === null) return '919D';
    const answer =
      session.mode === 'ev1'
        ? ev1Answer(session, code, data, way, content())
        : ev2Answer(session, code, data, parameterBytes, way, content);
    if (answer === null) {
      session = null;
      return '911E';
    }
    return inFrames(answer);
  }

  function ev1Answer(open: Session, code: number, data: Buffer, way: string, content: Buffer): Buffer {
    open.iv = omac(open.key, Buffer.concat([Buffer.of(code), data]), open.iv);
    const withStatus = Buffer.concat([content, Buffer.of(0)]);
    if (way !== 'encrypted') {
      open.iv = omac(open.key, withStatus, open.iv);
      return Buffer.concat([content, open.iv.subarray(0, 8)]);
    }
    const plain = Buffer.concat([content, jamCrc(withStatus)]);
    const encrypted = cbc(open.key, open.iv, Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)]));
    open.iv = encrypted.subarray(-16);
    return encrypted;
  }

  function ev2Answer(
    open: Session,
    code: number,
    data: Buffer,
    parameterBytes: number,
    way: string,
    content: () => Buffer,
  ): Buffer | null {
    const mac = (first: number, body: Uint8Array) =>
      oddBytes(
        omac(open.macKey, Buffer.concat([Buffer.of(first, open.counter & 0xff, open.counter >> 8), open.transactionId, body])),
      );
    const parameters = data.subarray(0, parameterBytes);
    if (way !== 'plain' && !data.subarray(parameterBytes).equals(mac(code, parameters))) return null;
    if (way === 'plain' && data.length !== parameterBytes) return null;
    open.counter += 1;
    if (way === 'plain') return content();
    const start = Buffer.concat([
      Buffer.from('5AA5', 'hex'),
      open.transactionId,
      Buffer.of(open.counter & 0xff, open.counter >> 8),
      Buffer.alloc(8),
    ]);
    const told = way === 'mac' ? content() : cbc(open.key, cbc(open.key, zeroBlock, start), padded(content()));
    return Buffer.concat([told, mac(0, told)]);
  }

  function inFrames(answer: Buffer): string {
    const size = parts.frameBytes ?? 59;
    const frames: Buffer[] = [];
    for (let at = 0; at < answer.length; at += size) frames.push(answer.subarray(at, at + size));
    waitingFrames = frames.slice(1);
    return toHex(frames[0] ?? Buffer.alloc(0)) + (waitingFrames.length > 0 ? '91AF' : '9100');
  }

  return {
    atr: fromHex('3B8180018080'),
    heard,
    answer(apdu) {
      const text = toHex(apdu);
      heard.push(text);
      if (text === 'FFCA000000') return fromHex(`${parts.shownUid ?? parts.uid}9000`);
      if (text.startsWith('FF')) return fromHex('9000');
      if (parts.applicationName !== undefined && text.startsWith('00A40400')) {
        session = null;
        isSelected = text.slice(10, -2) === parts.applicationName;
        return fromHex(isSelected ? '9000' : '6A82');
      }
      if (!text.startsWith('90') || parts.isCopy) return fromHex('6D00');
      const length = apdu.length > 5 ? (apdu[4] ?? 0) : 0;
      return fromHex(native(apdu[1] ?? 0, Buffer.from(apdu.subarray(5, 5 + length))));
    },
  };
}

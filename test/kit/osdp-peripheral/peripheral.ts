import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/ports/clock.ts';
import { createDevice, type DeviceFront, type DeviceOptions } from './device.ts';
import { createFaultyWay, type Faults, type FaultyWay } from './faults.ts';
import { type Frame, findFrame, frameBody, type SecurityBlock, withCheck } from './frame.ts';
import { ack, nak, nakCode, type Reply } from './reply.ts';
import {
  decryptData,
  defaultKey,
  encryptData,
  initialMac,
  macOf,
  panelCryptogram,
  peripheralCryptogram,
  type SessionKeys,
  sessionKeys,
} from './secure-session.ts';

export interface PeripheralOptions extends DeviceOptions {
  address?: number;
  /** The key of this very device; null when it was never paired. */
  scbk?: Uint8Array | null;
  /** Takes the key that everybody knows, until it is given one of its own. */
  installMode?: boolean;
  /** Without a secure session, answers to nothing but who it is, what it can do and the handshake. */
  secureOnly?: boolean;
  /** `checksum`: an old device that takes a CRC for a damaged frame. The other kind answers as it was asked. */
  checksum?: 'crc' | 'checksum';
  /** FF before every reply. */
  marks?: boolean;
  /** QUIRK: early OSDP.Net peripherals mark their last handshake reply as SCS_12 instead of SCS_14. */
  rmacAsScs12?: boolean;
  /** After power-on: only a panel that starts at 0, as the protocol wants it, or one that is anywhere. */
  firstSequence?: 'zero' | 'any';
  clientUid?: Uint8Array;
  /** The 8 random bytes of each handshake, for published vectors. */
  random?: () => Uint8Array;
  /** BUSY is numbered 0 by some devices, and as the command by others. */
  busySequence?: 'zero' | 'same';
  /** Half a frame is forgotten after this silence. */
  frameGapMs?: number;
}

/** A command that this peripheral took for its own. */
export interface HeardCommand {
  sequence: number;
  id: number;
  /** As the panel meant it: decrypted. */
  data: Uint8Array;
  isSecured: boolean;
  /** What it was answered with, before anything went wrong on the way. */
  reply: Reply;
}

export interface OsdpPeripheral extends DeviceFront, Faults {
  /** Loses its power: session, numbering, lights, outputs and what nobody fetched are gone; key and address stay. */
  reboot(): void;
  /** Neither listens nor answers. */
  setSilent(isSilent: boolean): void;
  setInstallMode(isOn: boolean): void;
  /** Refuses the next command and does not carry it out. */
  nakNext(code: number): void;
  /** Answers BUSY this often; carries nothing out meanwhile. */
  busyNext(times: number): void;
  /** Tells the panel that it did not prove its key, though it did. */
  failNextHandshake(): void;
  /** The answered commands, repetitions left out. */
  readonly commands: readonly HeardCommand[];
  /** How often the last reply was sent again because the panel repeated itself. */
  readonly repetitions: number;
  /** What a panel that follows the protocol never does, in words. */
  readonly violations: readonly string[];
  readonly address: number;
  readonly baudRate: number;
  readonly scbk: Uint8Array | null;
  readonly isSecured: boolean;
}

interface Handshake {
  keys: SessionKeys;
  keyType: number;
  expected: Uint8Array;
}

interface Session {
  keys: SessionKeys;
  /** The whole MAC of the last frame of either side. */
  mac: Uint8Array;
}

const broadcast = 0x7f;
const panelLostAfterMs = 8000;
const identify = 0x61;
const tellCapabilities = 0x62;
const setLine = 0x6e;
const setKey = 0x75;
const challenge = 0x76;
const prove = 0x77;
const openInSecureOnly = [identify, tellCapabilities, challenge, prove];
const refused = Symbol('refused');

/** A peripheral device by OSDP v2.2. `write` is its side of the wire; hand it what the others say with `hear`. */
export function createPeripheral(
  options: PeripheralOptions,
  write: (bytes: Uint8Array) => void,
  clock: Clock,
): OsdpPeripheral & { hear(bytes: Uint8Array): void } {
  const {
    secureOnly = false,
    checksum = 'crc',
    marks = true,
    rmacAsScs12 = false,
    firstSequence = 'zero',
    clientUid = Uint8Array.of(0x00, 0x00, 0x00, 0x15, 0xcd, 0x5b, 0x07, 0x00),
    random = () => randomBytes(8),
    frameGapMs = 100,
    busySequence = 'zero',
  } = options;
  let { address = 0, scbk = null, installMode = false } = options;
  const device = createDevice({ ...options, capabilities: options.capabilities ?? usualCapabilities(options) }, () =>
    clock.monotonicMs(),
  );
  const way: FaultyWay = createFaultyWay(write, (delayMs, run) => clock.after(delayMs, run));
  const commands: HeardCommand[] = [];
  const violations: string[] = [];
  const refusals: number[] = [];

  let pending = Buffer.alloc(0);
  let heardAtMs = 0;
  let addressedAtMs = 0;
  let last: { sequence: number; command: Uint8Array; reply: Uint8Array } | null = null;
  let handshake: Handshake | null = null;
  let session: Session | null = null;
  let repetitions = 0;
  let busyTimes = 0;
  let failsHandshake = false;
  let isSilent = false;
  let baudRate = 9600;

  function hear(bytes: Uint8Array): void {
    if (isSilent) return;
    const nowMs = clock.monotonicMs();
    if (nowMs - heardAtMs > frameGapMs) pending = Buffer.alloc(0);
    heardAtMs = nowMs;
    pending = Buffer.concat([pending, bytes]);
    let damaged: Pick<Frame, 'address' | 'isReply' | 'sequence' | 'hasCrc'> | null = null;
    for (;;) {
      const found = findFrame(pending);
      if (found.kind === 'nothing') pending = Buffer.alloc(0);
      if (found.kind === 'unfinished') pending = pending.subarray(found.at);
      if (found.kind === 'nothing' || found.kind === 'unfinished') break;
      if (found.kind === 'damaged') {
        damaged ??= found;
        // What took it for a start may have been noise: the frame proper may begin inside.
        pending = pending.subarray(found.at + 1);
        continue;
      }
      damaged = null;
      const whole = pending.subarray(0, found.end);
      pending = pending.subarray(found.end);
      if (!found.isReply) take(found, found.frame, whole);
    }
    if (damaged === null || damaged.isReply || damaged.address !== address) return;
    // Answering turns the line around: nothing that came before continues.
    pending = Buffer.alloc(0);
    sendPlain({ ...damaged, hasCrc: damaged.hasCrc && checksum === 'crc' }, nak(nakCode.badCheck));
  }

  function take(head: Pick<Frame, 'address' | 'sequence' | 'hasCrc'>, frame: Frame | null, whole: Uint8Array): void {
    if (head.address === broadcast) return takeBroadcast(frame);
    if (head.address !== address) return;
    if (head.hasCrc && checksum === 'checksum') return void sendPlain({ ...head, hasCrc: false }, nak(nakCode.badCheck));
    forgetLostPanel();
    const { sequence } = head;
    if (sequence !== 0 && last?.sequence === sequence) return repeat(last, whole);
    if (busyTimes > 0) {
      busyTimes -= 1;
      const numbered = busySequence === 'zero' ? 0 : sequence;
      return void sendPlain({ ...head, sequence: numbered }, { id: 0x79, data: new Uint8Array() });
    }
    if (isOutOfTurn(refusals[0])) return void sendPlain(head, nak(refusals.shift() ?? nakCode.badCheck));
    if (sequence === 0) endSession();
    const follows = sequence === 0 || (last === null ? firstSequence === 'any' : sequence === (last.sequence % 3) + 1);
    if (frame !== null && isSecuredType(frame) && session === null) {
      violations.push(`command ${hex(frame.id)} was secured, but there is no session`);
      const reply = sendPlain(head, nak(nakCode.needsSecureChannel));
      if (follows) last = { sequence, command: whole, reply };
      return;
    }
    if (!follows) {
      violations.push(`sequence ${sequence} came after ${last?.sequence ?? 'power-on'}`);
      return void sendPlain(head, nak(nakCode.badSequence));
    }
    const reply = frame === null ? sendPlain(head, nak(nakCode.badLength)) : answer(frame);
    last = { sequence, command: Uint8Array.from(whole), reply };
  }

  function takeBroadcast(frame: Frame | null): void {
    // Several devices that answered at once would talk over each other.
    const isSetLine = frame !== null && frame.id === setLine && frame.block === null;
    if (isSetLine && session === null && !secureOnly) moveTo(frame.data);
    else violations.push(`command ${frame === null ? 'without a body' : hex(frame.id)} was sent to everybody`);
  }

  function repeat({ command, reply }: { command: Uint8Array; reply: Uint8Array }, whole: Uint8Array): void {
    if (!Buffer.from(command).equals(whole)) violations.push('a new command came under the sequence number of the last');
    repetitions += 1;
    way.send(reply);
  }

  /** Sends the answer and returns it as it is on the wire. */
  function answer(frame: Frame): Uint8Array {
    if (isAboutSecurity(refusals[0])) {
      endSession();
      return sendPlain(frame, nak(refusals.shift() ?? nakCode.needsSecureChannel));
    }
    const data = isSecuredType(frame) ? unseal(frame) : admitPlain(frame) ? frame.data : refused;
    if (data === refused) return sendPlain(frame, nak(nakCode.needsSecureChannel));
    const isSecured = isSecuredType(frame);
    const forced = refusals.shift();
    const { reply, block } = forced === undefined ? carryOut(frame, data) : { reply: nak(forced), block: null };
    commands.push({ sequence: frame.sequence, id: frame.id, data: Uint8Array.from(data), isSecured, reply });
    const sent = isSecured ? sendSealed(frame, reply) : sendPlain(frame, reply, block);
    // A move is answered from the old address.
    if (frame.id === setLine && reply.id === 0x54) moveTo(data);
    return sent;
  }

  function admitPlain({ id, block }: Frame): boolean {
    if (block !== null && ![0x11, 0x13].includes(block.type)) {
      violations.push(`security block ${hex(block.type)} is no panel's`);
      return false;
    }
    if ((id === challenge) !== (block?.type === 0x11) || (id === prove) !== (block?.type === 0x13)) {
      violations.push(`command ${hex(id)} does not go with its security block`);
      return false;
    }
    if (session !== null && id !== challenge) {
      violations.push(`command ${hex(id)} came in the clear during a session`);
      return false;
    }
    return !secureOnly || openInSecureOnly.includes(id);
  }

  function carryOut(frame: Frame, data: Uint8Array): { reply: Reply; block: SecurityBlock | null } {
    const plain = (reply: Reply) => ({ reply, block: null });
    switch (frame.id) {
      case challenge:
        return isSecuredType(frame) ? plain(nak(nakCode.needsSecureChannel)) : beginHandshake(data, frame.block?.data[0]);
      case prove:
        return isSecuredType(frame) ? plain(nak(nakCode.needsSecureChannel)) : endHandshake(data);
      case setKey:
        return plain(takeKey(data, isSecuredType(frame)));
      case setLine:
        if (data.length !== 5) return plain(nak(nakCode.badLength));
        return plain((data[0] ?? broadcast) < broadcast ? { id: 0x54, data: Uint8Array.from(data) } : nak(nakCode.badRecord));
      default:
        return plain(device.execute(frame.id, data));
    }
  }

  function beginHandshake(panelRandom: Uint8Array, keyType: number | undefined): { reply: Reply; block: SecurityBlock | null } {
    endSession();
    if (panelRandom.length !== 8) return { reply: nak(nakCode.badLength), block: null };
    if (scbk === null && !installMode) return { reply: nak(nakCode.noSecureChannel), block: null };
    const key = keyType === 0 && installMode ? defaultKey : keyType === 1 ? scbk : null;
    if (key === null || keyType === undefined) return { reply: nak(nakCode.needsSecureChannel), block: null };
    const keys = sessionKeys(key, panelRandom);
    const ownRandom = random();
    handshake = { keys, keyType, expected: panelCryptogram(keys, panelRandom, ownRandom) };
    const data = Uint8Array.of(...clientUid, ...ownRandom, ...peripheralCryptogram(keys, panelRandom, ownRandom));
    return { reply: { id: 0x76, data }, block: { type: 0x12, data: Uint8Array.of(keyType) } };
  }

  function endHandshake(cryptogram: Uint8Array): { reply: Reply; block: SecurityBlock | null } {
    const begun = handshake;
    handshake = null;
    if (cryptogram.length !== 16) return { reply: nak(nakCode.badLength), block: null };
    if (begun === null) return { reply: nak(nakCode.needsSecureChannel), block: null };
    const isProven = Buffer.from(begun.expected).equals(cryptogram);
    if (!isProven) violations.push('the panel did not prove that it has the key');
    if (!isProven) return { reply: nak(nakCode.needsSecureChannel), block: null };
    const type = rmacAsScs12 ? 0x12 : 0x14;
    const mac = initialMac(begun.keys, cryptogram);
    if (failsHandshake) {
      failsHandshake = false;
      return { reply: { id: 0x78, data: mac }, block: { type, data: Uint8Array.of(0) } };
    }
    session = { keys: begun.keys, mac };
    return { reply: { id: 0x78, data: mac }, block: { type, data: Uint8Array.of(1) } };
  }

  function takeKey(data: Uint8Array, isSecured: boolean): Reply {
    if (!isSecured) return nak(nakCode.needsSecureChannel);
    if (data.length !== 18) return nak(nakCode.badLength);
    if (data[0] !== 1 || data[1] !== 16) return nak(nakCode.badRecord);
    scbk = Uint8Array.from(data.subarray(2));
    installMode = false;
    return ack;
  }

  function moveTo(data: Uint8Array): void {
    const bytes = Buffer.from(data);
    if (bytes.length !== 5 || bytes.readUInt8(0) >= broadcast) return;
    address = bytes.readUInt8(0);
    baudRate = bytes.readUInt32LE(1);
    endSession();
  }

  /** What the command says, or `refused` for one that nobody with the session's keys can have sent. */
  function unseal(frame: Frame): Uint8Array | typeof refused {
    if (session === null) return refused;
    const { keys, mac: previous } = session;
    const mac = macOf(keys, frame.covered, previous);
    if (!Buffer.from(frame.mac).equals(mac.subarray(0, 4))) return breakOff(`the MAC of command ${hex(frame.id)} is wrong`);
    const isEncrypted = frame.block?.type === 0x17;
    if (!isEncrypted && frame.data.length > 0) return breakOff(`the data of command ${hex(frame.id)} is not encrypted`);
    const data = isEncrypted ? decryptData(keys, frame.data, previous) : frame.data;
    if (data === null) return breakOff(`the data of command ${hex(frame.id)} is not padded as it should be`);
    session = { keys, mac };
    return data;
  }

  function breakOff(why: string): typeof refused {
    violations.push(why);
    endSession();
    return refused;
  }

  function sendPlain(
    to: Pick<Frame, 'address' | 'sequence' | 'hasCrc'>,
    { id, data }: Reply,
    block: SecurityBlock | null = null,
  ): Uint8Array {
    return sendBody(frameBody({ ...to, isReply: true, block, id, data }), to.hasCrc);
  }

  function sendSealed({ address: to, sequence, hasCrc }: Frame, { id, data: clear }: Reply): Uint8Array {
    if (session === null) throw new Error('nothing can be sealed without a session');
    const { keys, mac: previous } = session;
    const isEncrypted = clear.length > 0;
    const data = isEncrypted ? encryptData(keys, clear, previous) : clear;
    const block = { type: isEncrypted ? 0x18 : 0x16, data: new Uint8Array() };
    const body = frameBody({ address: to, isReply: true, sequence, hasCrc, block, id, data });
    const mac = macOf(keys, body, previous);
    session = { keys, mac };
    return sendBody(Uint8Array.of(...body, ...mac.subarray(0, 4)), hasCrc);
  }

  function sendBody(body: Uint8Array, hasCrc: boolean): Uint8Array {
    const frame = withCheck(body, hasCrc);
    const reply = marks ? Uint8Array.of(0xff, ...frame) : frame;
    way.send(reply);
    return reply;
  }

  function forgetLostPanel(): void {
    const nowMs = clock.monotonicMs();
    if (nowMs - addressedAtMs >= panelLostAfterMs) endSession();
    addressedAtMs = nowMs;
  }

  function endSession(): void {
    session = null;
    handshake = null;
  }

  return {
    hear,
    presentCard: device.presentCard,
    pressKeys: device.pressKeys,
    tamper: device.tamper,
    powerFail: device.powerFail,
    input: device.input,
    light: device.light,
    get outputs() {
      return device.outputs;
    },
    get outputChanges() {
      return device.outputChanges;
    },
    buzzes: device.buzzes,
    setReplyDelay: way.setReplyDelay,
    splitReplies: way.splitReplies,
    loseNextReply: way.loseNextReply,
    cutNextReplyAt: way.cutNextReplyAt,
    corruptNextReply: way.corruptNextReply,
    garbageBefore: way.garbageBefore,
    reboot() {
      endSession();
      device.reset();
      pending = Buffer.alloc(0);
      last = null;
      busyTimes = 0;
      refusals.length = 0;
    },
    setSilent(silent) {
      isSilent = silent;
      pending = Buffer.alloc(0);
    },
    setInstallMode(isOn) {
      installMode = isOn;
    },
    nakNext: (code) => void refusals.push(code),
    busyNext(times) {
      busyTimes = times;
    },
    failNextHandshake() {
      failsHandshake = true;
    },
    commands,
    get repetitions() {
      return repetitions;
    },
    violations,
    get address() {
      return address;
    },
    get baudRate() {
      return baudRate;
    },
    get scbk() {
      return scbk;
    },
    get isSecured() {
      return session !== null && clock.monotonicMs() - addressedAtMs < panelLostAfterMs;
    },
  };
}

const hex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();

/** The command counts as not heard: neither its number nor its MAC is taken over. */
const isOutOfTurn = (code: number | undefined) => code === nakCode.badCheck || code === nakCode.badSequence;

const isAboutSecurity = (code: number | undefined) => code === nakCode.noSecureChannel || code === nakCode.needsSecureChannel;

const isSecuredType = ({ block }: Frame) => block !== null && (block.type === 0x15 || block.type === 0x17);

/** As a keypad reader of Brivo's tells them, with what this device has. Source: OSDP.Net, a captured PDCAP. */
function usualCapabilities({
  inputs = 2,
  outputs = 2,
  checksum,
  scbk = null,
  installMode = false,
}: PeripheralOptions): Uint8Array {
  const contacts = [0x01, 0x01, inputs, 0x02, 0x01, outputs];
  const check = [0x08, checksum === 'checksum' ? 0 : 1, 0];
  const security = [0x09, scbk !== null || installMode ? 1 : 0, installMode ? 1 : 0];
  const reader = [0x03, 1, 1, 0x04, 4, 1, 0x05, 2, 1, 0x06, 0, 0, 0x07, 0, 0];
  return Uint8Array.of(...contacts, ...reader, ...check, ...security, 0x0a, 0xc2, 0x01);
}

import { sameBytes } from '../../src/lib/same-bytes.ts';
import type { BusEvent, BusSeat, BusSignal, BusStep, OrderOutcome } from '../../src/ports/bus.ts';
import { decodeFrames, encodeFrame, type HeardFrame, type SecurityBlock, scs } from './osdp-frame.ts';
import { command, nak, type OsdpMessage, type Reply, readReply, reply, request } from './osdp-message.ts';
import {
  clientCryptogram,
  defaultKey,
  firstMac,
  keyFromMaster,
  type Session,
  type SessionKeys,
  seal,
  serverCryptogram,
  sessionKeys,
  unseal,
} from './osdp-secure-channel.ts';

/**
 * The control panel's side of one OSDP peripheral (device-protocols section 8.4): who are you, what can you, the secure channel,
 * then polls. Under a key nothing is believed but what is signed with it; there is no way back to clear text.
 */
export interface Peripheral {
  seat: BusSeat;
  phase: 'closed' | 'identify' | 'capabilities' | 'challenge' | 'proof' | 'ready';
  /** Of the next command; 0 begins anew. */
  sequence: number;
  check: 'crc' | 'checksum';
  handshake: { panelRandom: Uint8Array; keys: SessionKeys | null; proof: Uint8Array };
  session: Session | null;
  /** The command that is not answered yet. */
  asked: Asked | null;
  orders: Order[];
  /** Commands that it is still to be asked, and those that it does not know. */
  questions: number[];
  unknownCommands: number[];
  questionsMs: number;
  dueMs: number;
  /** When it last answered as it must; null: never since the line opened. */
  heardMs: number | null;
  /** Until then, or until it has nothing to tell, it may hand over what it saw while nobody asked: that is old, and opens nothing. */
  catchesUpUntilMs: number;
  /** How often it was begun with in vain. */
  vain: number;
  told: { up: boolean; why: string } | null;
  identity: string | null;
  tamper: boolean;
  powerLow: boolean;
  /** Which of its readers are not well. */
  readers: string;
  formattedTold: boolean;
}

interface Order {
  message: OsdpMessage;
  /** null: nobody waits for what becomes of it. */
  order: number | null;
}

interface Asked extends Order {
  bytes: Uint8Array;
  tries: number;
  sinceMs: number;
  /** Both sides' MACs, the command's included; null: outside of a session. */
  session: Session | null;
  /** The conversation lasts: nobody else may speak. */
  open: boolean;
  /** It was answered by somebody without the key. */
  clear: boolean;
}

/** A step in the making. */
interface Work {
  p: Peripheral;
  nowMs: number;
  pollMs: number;
  send: Uint8Array | null;
  signals: BusSignal[];
}

/** Until the same command is said again, with the same sequence number: who heard it already answers again and does nothing. */
const retryMs = [50, 100, 200, 400, 800];
const triesToBegin = 3;
const backOffMs = [1_000, 2_000, 4_000, 5_000];
const busyMs = 100;
/** Silence after which both sides take the other for gone (OSDP 2.2, section 5.7). */
const goneMs = 8_000;
/** Whoever held a card to a reader that nobody asked for so long has turned away. */
const patienceMs = 2_000;
const questionsEveryMs = 30_000;
const mostOrders = 8;
const checkCapability = 8;

export function newPeripheral(seat: BusSeat): Peripheral {
  return {
    seat,
    phase: 'closed',
    sequence: 0,
    check: 'crc',
    handshake: { panelRandom: new Uint8Array(8), keys: null, proof: new Uint8Array(16) },
    session: null,
    asked: null,
    orders: [],
    questions: [],
    unknownCommands: [],
    questionsMs: 0,
    dueMs: Number.POSITIVE_INFINITY,
    heardMs: null,
    catchesUpUntilMs: 0,
    vain: 0,
    told: null,
    identity: null,
    tamper: false,
    powerLow: false,
    readers: '',
    formattedTold: false,
  };
}

export function stepPeripheral(before: Peripheral, event: BusEvent, nowMs: number, pollMs: number): BusStep<Peripheral> {
  const work: Work = { p: { ...before }, nowMs, pollMs, send: null, signals: [] };
  switch (event.kind) {
    case 'opened':
      work.p = { ...newPeripheral(before.seat), phase: 'identify', dueMs: nowMs };
      break;
    case 'closed':
      close(work, event.why);
      break;
    case 'turn':
      takeTurn(work, event.random);
      break;
    case 'silence':
      hearNothing(work);
      break;
    case 'heard':
      for (const frame of decodeFrames(event.frame.bytes).frames) hear(work, frame);
      break;
    case 'tell':
      queue(work, event);
      break;
    case 'give up':
      giveUp(work, event.order);
      break;
  }
  return { state: work.p, send: work.send, signals: work.signals };
}

export function dueMsOf({ asked, dueMs, orders, phase }: Peripheral): number {
  if (asked !== null) return asked.open ? Number.POSITIVE_INFINITY : dueMs;
  return phase === 'ready' && orders.length > 0 ? Number.NEGATIVE_INFINITY : dueMs;
}

// What is said.

function takeTurn(work: Work, random: Uint8Array): void {
  const { p, nowMs } = work;
  if (p.phase === 'closed') return;
  if (p.seat.installUntilMs !== undefined && nowMs >= p.seat.installUntilMs)
    return close(work, `the time for giving it a key is over; at last: ${p.told?.why ?? 'nothing was heard'}`);
  tellWhenGone(work);
  if (p.asked !== null) {
    p.asked = { ...p.asked, tries: p.asked.tries + 1, open: true };
    work.send = p.asked.bytes;
    return;
  }
  switch (p.phase) {
    case 'identify':
      return ask(work, request(command.identify));
    case 'capabilities':
      return ask(work, request(command.capabilities));
    case 'challenge':
      p.handshake = { ...p.handshake, panelRandom: random };
      // The block says which key is meant: 0 the one that all come with, 1 its own.
      return ask(work, { code: command.challenge, data: random }, blockOf(scs.challenge, isInstalling(p.seat) ? 0 : 1));
    case 'proof':
      return ask(work, { code: command.proof, data: p.handshake.proof }, blockOf(scs.proof, isInstalling(p.seat) ? 0 : 1));
    case 'ready':
      return askWhenReady(work);
  }
}

function askWhenReady(work: Work): void {
  const { p, nowMs } = work;
  // INVARIANT: under a key nothing is said but in a session.
  if (p.seat.secured && p.session === null) return refuse(work, 'it has no session');
  const [order, ...otherOrders] = p.orders;
  if (order !== undefined) {
    p.orders = otherOrders;
    return ask(work, order.message, null, order.order);
  }
  // A poll first: only what is answered under the key counts.
  if (p.told?.up && nowMs >= p.questionsMs) {
    p.questions = [command.localStatus, command.inputStatus].filter((code) => !p.unknownCommands.includes(code));
    p.questionsMs = nowMs + questionsEveryMs;
  }
  const [question, ...otherQuestions] = p.questions;
  p.questions = otherQuestions;
  ask(work, request(question ?? command.poll));
}

function ask(work: Work, message: OsdpMessage, security: SecurityBlock | null = null, order: number | null = null): void {
  const { p, nowMs } = work;
  const link = { address: p.seat.address, sequence: p.sequence, check: p.check };
  const sealed = p.session && seal(p.session, link, message);
  const bytes = sealed?.bytes ?? encodeFrame({ ...link, reply: false, security, ...message });
  p.asked = { message, order, bytes, tries: 1, sinceMs: nowMs, session: sealed?.session ?? null, open: true, clear: false };
  work.send = bytes;
}

// What is heard.

function hear(work: Work, frame: HeardFrame): void {
  const { p } = work;
  const { asked } = p;
  if (asked === null || !frame.reply || frame.address !== p.seat.address) return;
  if (frame.code === reply.busy && frame.security === null && (frame.sequence === 0 || frame.sequence === p.sequence))
    return waitForBusy(work, asked);
  if (frame.sequence !== p.sequence) return;
  if (asked.session !== null) return hearInSession(work, asked, asked.session, frame);
  // A signed reply outside of a session is somebody else's, or of a session that is over.
  if (frame.mac !== null) return;
  const said = readReply(frame.code, frame.data);
  if (said === null) return;
  if (said.kind === 'nak' && said.reason === nak.badCheck && p.phase !== 'identify') return sayAgain(work, asked);
  if (p.phase === 'challenge') return hearCryptogram(work, frame.security, said);
  if (p.phase === 'proof') return hearProven(work, frame.security, said);
  if (frame.security !== null) return;
  if (said.kind === 'nak') return hearNak(work, asked, said);
  accept(work, asked, { code: frame.code, data: frame.data }, said);
}

function hearInSession(work: Work, asked: Asked, session: Session, frame: HeardFrame): void {
  const { p } = work;
  const opened = unseal(session, frame);
  if (opened !== null) {
    const said = readReply(opened.message.code, opened.message.data);
    p.session = opened.session;
    if (said?.kind === 'nak') return hearNak(work, asked, said);
    return accept(work, asked, opened.message, said ?? { kind: 'other', code: opened.message.code });
  }
  if (frame.security !== null) return;
  const said = readReply(frame.code, frame.data);
  if (said?.kind !== 'nak') {
    p.asked = { ...asked, clear: true };
    return;
  }
  if (said.reason === nak.badCheck) return sayAgain(work, asked);
  // It has lost the session: it was switched off and on. What is not signed proves nothing, so the order may have been heard.
  beginAgain(work, `it ended the session: ${said.words}`);
}

function hearCryptogram(work: Work, security: SecurityBlock | null, said: Reply): void {
  const { p } = work;
  if (said.kind === 'nak') {
    const advice = isInstalling(p.seat)
      ? 'reset it to the key that it came with'
      : 'it holds no key or another one; give it its key with `gatehouse devices osdp-key`';
    return refuse(work, `it refused the secure channel (${said.words}): ${advice}`);
  }
  if (said.kind !== 'cryptogram' || security?.type !== scs.cryptogram)
    return refuse(work, 'it answered the secure channel in clear text, and is not believed');
  if (security.data[0] === 0 && !isInstalling(p.seat))
    return refuse(
      work,
      'it still has the key that every reader comes with, and is not believed: give it its own with `gatehouse devices osdp-key`',
    );
  const key = keyOf(p.seat, said.unit);
  if (key === null) return refuse(work, 'there is no key for it');
  const { panelRandom } = p.handshake;
  const keys = sessionKeys(key, panelRandom);
  if (!sameBytes(clientCryptogram(keys, panelRandom, said.random), said.cryptogram))
    return refuse(
      work,
      isInstalling(p.seat)
        ? 'it has a key of its own already: reset it to the key that it came with, as its manual says'
        : 'it has another key than its key file: nothing that it says is believed',
    );
  p.handshake = { ...p.handshake, keys, proof: serverCryptogram(keys, panelRandom, said.random) };
  goOn(work, 'proof');
}

function hearProven(work: Work, security: SecurityBlock | null, said: Reply): void {
  const { keys, proof } = work.p.handshake;
  // QUIRK: older peripherals send SCS_12 here.
  const isProof = security?.type === scs.cryptogram || (security?.type === scs.proven && security.data[0] === 1);
  if (said.kind === 'nak') return refuse(work, `it did not accept the key: ${said.words}`);
  if (keys === null || said.kind !== 'proven' || !isProof) return refuse(work, 'it did not accept the key');
  const mac = firstMac(keys, proof);
  if (!sameBytes(mac, said.mac)) return refuse(work, 'it began the session with a wrong MAC');
  goOn(work, 'ready');
  work.p.session = { keys, heard: mac, sent: mac };
}

function hearNak(work: Work, asked: Asked, { reason, words }: Reply & { kind: 'nak' }): void {
  const { p } = work;
  const wasHeardBefore = asked.tries > 1;
  if (p.phase === 'identify' && reason === nak.badCheck && p.check === 'crc') {
    Object.assign(p, { check: 'checksum', asked: null, dueMs: work.nowMs });
    return;
  }
  if (reason === nak.badCheck) return sayAgain(work, asked);
  if (reason === nak.sequence && p.phase !== 'identify') {
    if (!wasHeardBefore) settle(work, asked.order, 'refused', words);
    return beginAgain(work, `it lost count: ${words}`);
  }
  if (p.phase === 'identify' || p.phase === 'capabilities') return learn(work, { kind: 'ack' });
  if (reason === nak.secureChannelNeeded && !p.seat.secured)
    return refuse(work, 'it wants a secure channel: give it a key, and name the key file');
  answered(work);
  settle(work, asked.order, 'refused', words);
  const { code } = asked.message;
  if (code === command.poll) return refuse(work, `it does not want to be asked: ${words}`);
  if (asked.order !== null || p.unknownCommands.includes(code)) return;
  p.unknownCommands = [...p.unknownCommands, code];
  log(work, 'info', 'a peripheral does not know a command; it is not told again', { command: code, why: words });
}

/** A reply that may be believed. */
function accept(work: Work, asked: Asked, message: OsdpMessage, said: Reply): void {
  const { p } = work;
  if (p.phase !== 'ready') return learn(work, said);
  answered(work);
  settle(work, asked.order, 'done', '');
  // Whoever had something to tell may have more.
  if (said.kind !== 'ack') p.dueMs = work.nowMs;
  if (said.kind === 'formatted' && !p.formattedTold) {
    p.formattedTold = true;
    log(work, 'warn', 'a reader sends cards as text, which OSDP 2.2.2 does without: set it to send bits', {});
  }
  notice(work, said);
  p.vain = 0;
  tellUp(work);
  const isRead = said.kind === 'card' || said.kind === 'formatted' || said.kind === 'keys';
  if (isRead && work.nowMs < p.catchesUpUntilMs)
    return log(work, 'warn', 'a reader hands over what it read while nobody asked: nothing opens for it', {});
  if (said.kind === 'ack') p.catchesUpUntilMs = 0;
  if (said.kind !== 'ack' && said.kind !== 'busy') work.signals.push({ kind: 'said', message });
}

/** Who it is and what it can. Nothing that is said before the secure channel changes what is demanded of it. */
function learn(work: Work, said: Reply): void {
  const { p } = work;
  if (said.kind === 'identity') {
    const { vendor, model, version, serial, firmware } = said;
    p.identity = `vendor ${vendor}, model ${model}.${version}, serial ${serial}, firmware ${firmware}`;
  }
  if (said.kind === 'capabilities' && said.entries.some(({ code, compliance }) => code === checkCapability && compliance > 0))
    p.check = 'crc';
  if (p.phase === 'identify') goOn(work, 'capabilities');
  else goOn(work, p.seat.secured ? 'challenge' : 'ready');
}

function notice(work: Work, said: Reply): void {
  const { p } = work;
  if (said.kind === 'local') {
    if (said.tamper !== p.tamper)
      log(work, 'warn', said.tamper ? 'somebody opened the case of a peripheral' : 'the case of a peripheral is shut again', {});
    if (said.powerLow !== p.powerLow)
      log(work, 'warn', said.powerLow ? 'the power of a peripheral is low' : 'the power of a peripheral is well again', {});
    Object.assign(p, { tamper: said.tamper, powerLow: said.powerLow });
  }
  if (said.kind !== 'readers') return;
  const words = said.states
    .flatMap((state, reader) => (state === 0 ? [] : [`reader ${reader} ${readerWords(state)}`]))
    .join(', ');
  if (words !== p.readers) log(work, 'warn', 'the readers of a peripheral changed', { readers: words || 'well' });
  p.readers = words;
}

function readerWords(state: number): string {
  return state === 1 ? 'is not connected' : 'was tampered with';
}

// What becomes of it.

function waitForBusy(work: Work, asked: Asked): void {
  if (work.nowMs - asked.sinceMs >= goneMs) return beginAgain(work, 'it is busy and stays so');
  // It was not carried out: the same is said again, and counted from the beginning.
  work.p.asked = { ...asked, tries: 0, open: false };
  work.p.dueMs = work.nowMs + busyMs;
}

function sayAgain(work: Work, asked: Asked): void {
  const waitMs = retryMs[asked.tries - 1];
  const isLast = work.p.phase !== 'ready' && asked.tries >= triesToBegin;
  if (waitMs === undefined || isLast) return giveUpAsking(work, asked);
  work.p.asked = { ...asked, open: false };
  work.p.dueMs = work.nowMs + waitMs;
}

function hearNothing(work: Work): void {
  tellWhenGone(work);
  if (work.p.asked !== null) sayAgain(work, work.p.asked);
}

function giveUpAsking(work: Work, asked: Asked): void {
  const { p } = work;
  if (asked.clear) return refuse(work, 'it answers in clear text although it has a key, and is not believed');
  if (p.phase === 'ready') return beginAgain(work, 'it stopped answering');
  // Some know only the old check, and do not hear the new one at all.
  const check = p.phase === 'identify' && p.check === 'crc' ? 'checksum' : 'crc';
  const why = `no answer at address ${p.seat.address}: check power, the wires A, B and GND, the address and the baud rate`;
  if (!p.told?.up) tellDown(work, why);
  restart(work, backOff(work));
  p.check = check;
}

/** Something went wrong on the line; who was well is tried at once. */
function beginAgain(work: Work, why: string): void {
  const { p } = work;
  if (p.told?.up) log(work, 'info', 'the conversation with a peripheral begins anew', { why });
  else tellDown(work, why);
  restart(work, p.vain === 0 ? 0 : backOff(work));
}

/** It is there, and not as it must be. */
function refuse(work: Work, why: string): void {
  tellDown(work, why);
  restart(work, backOff(work));
}

function backOff({ p: { vain } }: Work): number {
  return backOffMs[Math.min(vain, backOffMs.length - 1)] ?? 0;
}

/** INVARIANT: what was to be said on the old connection is not said on the new one, so that nothing opens late. */
function restart(work: Work, afterMs: number): void {
  const { p, nowMs } = work;
  settle(work, p.asked?.order ?? null, 'unknown', 'it did not confirm');
  for (const { order } of p.orders) settle(work, order, 'not_said', 'the connection was lost');
  Object.assign(p, { phase: 'identify', sequence: 0, session: null, asked: null, orders: [], questions: [], questionsMs: 0 });
  p.dueMs = nowMs + afterMs;
  p.vain += 1;
}

function close(work: Work, why: string): void {
  restart(work, Number.POSITIVE_INFINITY);
  work.p.phase = 'closed';
  tellDown(work, why);
}

function answered(work: Work): void {
  const { p, nowMs } = work;
  p.dueMs = (p.asked?.sinceMs ?? nowMs) + work.pollMs;
  // What is said before the session proves nothing of whoever says it.
  if (p.phase === 'ready') p.heardMs = nowMs;
  Object.assign(p, { asked: null, sequence: (p.sequence % 3) + 1 });
}

function goOn(work: Work, phase: Peripheral['phase']): void {
  const { heardMs } = work.p;
  const isBack = heardMs === null || work.nowMs - heardMs > patienceMs;
  // Some never answer a poll with a mere ACK; what they kept is handed over within this time.
  if (phase === 'ready') work.p.catchesUpUntilMs = isBack ? work.nowMs + patienceMs : 0;
  answered(work);
  work.p.phase = phase;
  work.p.dueMs = work.nowMs;
}

// Orders.

function queue(work: Work, { message, order }: Order): void {
  const { p } = work;
  if (p.phase !== 'ready' || p.orders.length >= mostOrders)
    return settle(work, order, 'not_said', p.told?.up === false ? p.told.why : 'it is not ready');
  if (order === null && p.unknownCommands.includes(message.code)) return;
  // A gate before lamps and sounds.
  const waited = p.orders.filter((other) => other.order !== null);
  const others = p.orders.filter((other) => other.order === null);
  p.orders = order === null ? [...p.orders, { message, order }] : [...waited, { message, order }, ...others];
}

function giveUp(work: Work, order: number): void {
  const { p } = work;
  if (p.orders.some((waiting) => waiting.order === order)) {
    p.orders = p.orders.filter((waiting) => waiting.order !== order);
    return settle(work, order, 'not_said', 'it did not come to it in time');
  }
  // To say it once more could open for nobody; another command with its number would be taken for it. So all begins anew.
  if (p.asked?.order === order) beginAgain(work, 'it did not confirm a command in time');
}

function settle({ p, signals }: Work, order: number | null, outcome: OrderOutcome, why: string): void {
  if (order === null) return;
  if (p.asked?.order === order) p.asked = { ...p.asked, order: null };
  signals.push({ kind: 'settled', order, outcome, why });
}

// What is told of it.

function tellWhenGone(work: Work): void {
  const { p, nowMs } = work;
  if (p.told?.up && p.heardMs !== null && nowMs - p.heardMs >= goneMs)
    tellDown(work, `no answer for ${goneMs / 1000} s: check power and cable`);
}

function tellUp(work: Work): void {
  tell(work, true, whyUp(work.p));
}

function tellDown(work: Work, why: string): void {
  tell(work, false, why);
}

function tell({ p, signals }: Work, up: boolean, why: string): void {
  if (p.told?.up === up && p.told.why === why) return;
  p.told = { up, why };
  signals.push({ kind: up ? 'up' : 'down', why });
}

function whyUp({ seat, tamper, powerLow, readers, identity }: Peripheral): string {
  const channel = seat.secured
    ? isInstalling(seat)
      ? 'encrypted with the key that every reader comes with'
      : 'encrypted with a key of its own'
    : 'NOT ENCRYPTED: whoever reaches the cable can read cards and open the gate';
  const parts = [channel, tamper && 'its case is open', powerLow && 'its power is low', readers, identity];
  return parts.filter(Boolean).join('; ');
}

function log({ p, signals }: Work, level: 'info' | 'warn', message: string, fields: Record<string, unknown>): void {
  signals.push({ kind: 'log', level, message, fields: { address: p.seat.address, ...fields } });
}

function keyOf({ secrets, ...seat }: BusSeat, unit: Uint8Array): Uint8Array | null {
  const { key, masterKey } = secrets;
  if (isInstalling(seat)) return defaultKey;
  return key ?? (masterKey === undefined ? null : keyFromMaster(masterKey, unit));
}

function isInstalling({ installUntilMs }: Pick<BusSeat, 'installUntilMs'>): boolean {
  return installUntilMs !== undefined;
}

function blockOf(type: number, said: number): SecurityBlock {
  return { type, data: Uint8Array.of(said) };
}

import { toHex } from '../../src/lib/hex.ts';
import { joinBytes } from '../../src/lib/join-bytes.ts';
import type { Refused, Talk } from './card-talk.ts';
import {
  afterEv1Command,
  answerEv1Challenge,
  beginEv1Session,
  type Ev1Session,
  openEv1Enciphered,
  openEv1Mac,
} from './desfire-ev1.ts';
import {
  answerEv2Challenge,
  beginEv2Session,
  type Ev2Session,
  ev2CommandMac,
  nextEv2,
  openEv2Full,
  openEv2Mac,
} from './desfire-ev2.ts';
import { type CardAnswer, cardAnswer, selectName, wrapNative } from './iso-apdu.ts';

export type AuthenticationMode = 'ev1' | 'ev2';

/** How a file's data travels; the card knows it by the file, and both must agree. */
export type Communication = 'plain' | 'mac' | 'encrypted';

/** Native commands (NXP MF2DLHX0, section 10). */
const command = {
  selectApplication: 0x5a,
  authenticateAes: 0xaa,
  authenticateEv2First: 0x71,
  moreFrames: 0xaf,
  getCardUid: 0x51,
  readData: 0xbd,
  /** The same in ISO frames, which is all that DESFire Light and NTAG 424 know. */
  readDataIso: 0xad,
} as const;

const done = '9100';
const chosen = '9000';
const more = '91AF';
const blockBytes = 16;

/** Enough for any answer that is asked for here; a card that goes on is none of ours. */
const mostFrames = 8;

/** UIDs of DESFire cards. */
const uidBytes = 7;

const meanings: Record<string, string> = {
  '6300': 'the card was not reached: hold it still for a second',
  '6D00': 'this is no DESFire card',
  '6E00': 'this is no DESFire card',
  '6F00': 'this is no DESFire card',
  '6A81': 'this is no DESFire card',
  '6A82': 'there is no such application on the card: it is not one of these cards',
  '911C': 'the card does not know this command: an older card wants `authentication: ev1`',
  '911E': 'what was sent arrived damaged, or the file travels in another way than `communication` says',
  '9140': 'there is no such key on the card: `keyNumber` is wrong',
  '917E': 'the file travels in another way than `communication` says',
  '919D': 'this key may not do that: another `keyNumber` may, or the file is for another key',
  '91A0': 'there is no such application on the card: it is not one of these cards, or `applicationId` is wrong',
  '91AD': 'the card makes a pause after wrong keys: try again in a minute',
  '91AE': 'the key is wrong: it is not one of these cards, or the key file, `keyNumber` or `diversification` is',
  '91BE': 'the file ends before that: `offset` or `length` is wrong',
  '91CA': 'the card was moved too soon: hold it still for a second',
  '91F0': 'there is no such file on the card: `fileNumber` is wrong',
};

/** What an answer other than "done" means. `step`: what was asked, to stand after "when it was asked". */
export function refusalOf({ status }: Pick<CardAnswer, 'status'>, step: string): Refused {
  return { refused: `the card answered \`${status}\` when it was asked ${step}: ${meanings[status] ?? 'this is not expected'}` };
}

/** `applicationId`: 3 bytes as they are sent, the low one first. Null: chosen. */
export function* selectApplication(applicationId: Uint8Array): Talk<Refused | null> {
  const answer = cardAnswer(yield wrapNative(command.selectApplication, applicationId));
  return answer.status === done ? null : refusalOf(answer, `for application \`${toHex(applicationId.toReversed())}\``);
}

/** `name`: 5 to 16 bytes (ISO 7816-4), for cards that are chosen by it alone: DESFire Light, NTAG 424 DNA. Null: chosen. */
export function* selectApplicationByName(name: Uint8Array): Talk<Refused | null> {
  const answer = cardAnswer(yield selectName(name));
  return answer.status === chosen ? null : refusalOf(answer, `for application \`${toHex(name)}\``);
}

/** Somebody who has proven a key, and to whom the card has proven it. Good for one conversation. */
export interface DesfireSession {
  /** Asks for `length` bytes. The answer was checked in every way but `plain` of `ev2`, which checks nothing. */
  ask(code: number, parameters: Uint8Array, way: Communication, length: number): Talk<Uint8Array | Refused>;
}

/** Both prove to each other that they know the key. `rndA`: 16 bytes that nobody can guess. */
export function* authenticate(
  mode: AuthenticationMode,
  keyNumber: number,
  key: Uint8Array,
  rndA: Uint8Array,
): Talk<DesfireSession | Refused> {
  const step = `to prove key ${keyNumber}`;
  const first = cardAnswer(
    yield mode === 'ev1'
      ? wrapNative(command.authenticateAes, Uint8Array.of(keyNumber))
      : wrapNative(command.authenticateEv2First, Uint8Array.of(keyNumber, 0)),
  );
  if (first.status !== more) return refusalOf(first, step);
  if (first.data.length !== blockBytes) return { refused: `the card's challenge has ${first.data.length} bytes and not 16` };
  const answered = (mode === 'ev1' ? answerEv1Challenge : answerEv2Challenge)(key, first.data, rndA);
  const last = cardAnswer(yield wrapNative(command.moreFrames, answered.cryptogram));
  if (last.status !== done) return refusalOf(last, step);
  const session =
    mode === 'ev1'
      ? ev1Conversation(beginEv1Session(key, rndA, answered, last.data))
      : ev2Conversation(beginEv2Session(key, rndA, answered.rndB, last.data));
  return session ?? { refused: `the card did not prove that it knows key ${keyNumber}: it is not one of these cards` };
}

/** GetCardUID: the card's true number, also of one that shows a random one. */
export function* readCardUid(session: DesfireSession): Talk<Uint8Array | Refused> {
  return yield* session.ask(command.getCardUid, new Uint8Array(), 'encrypted', uidBytes);
}

export interface FilePart {
  /** Of a card that is chosen by name. */
  isIso: boolean;
  fileNumber: number;
  offset: number;
  length: number;
}

export function* readFile(session: DesfireSession, part: FilePart, way: Communication): Talk<Uint8Array | Refused> {
  const parameters = joinBytes(Uint8Array.of(part.fileNumber), threeBytes(part.offset), threeBytes(part.length));
  return yield* session.ask(part.isIso ? command.readDataIso : command.readData, parameters, way, part.length);
}

function ev1Conversation(begun: Ev1Session | null): DesfireSession | null {
  if (begun === null) return null;
  let session = begun;
  return {
    *ask(code, parameters, way, length) {
      session = afterEv1Command(session, Uint8Array.of(code, ...parameters));
      const answer = yield* allFrames(wrapNative(code, parameters));
      if (answer.status !== done) return refusalOf(answer, stepOf(code));
      const opened = way === 'encrypted' ? openEv1Enciphered(session, answer.data, length) : openEv1Mac(session, answer.data);
      session = opened.session;
      return checked(opened.data, length);
    },
  };
}

function ev2Conversation(begun: Ev2Session | null): DesfireSession | null {
  if (begun === null) return null;
  let session = begun;
  return {
    *ask(code, parameters, way, length) {
      const mac = way === 'plain' ? new Uint8Array() : ev2CommandMac(session, code, parameters);
      const answer = yield* allFrames(wrapNative(code, joinBytes(parameters, mac)));
      if (answer.status !== done) return refusalOf(answer, stepOf(code));
      const open = {
        plain: () => answer.data,
        mac: () => openEv2Mac(session, answer.data),
        encrypted: () => openEv2Full(session, answer.data),
      };
      const data = open[way]();
      session = nextEv2(session);
      return checked(data, length);
    },
  };
}

/** Everything that the card says to one command. */
function* allFrames(first: Uint8Array): Talk<CardAnswer> {
  let answer = cardAnswer(yield first);
  const data = [answer.data];
  while (answer.status === more && data.length < mostFrames) {
    answer = cardAnswer(yield wrapNative(command.moreFrames));
    data.push(answer.data);
  }
  return { status: answer.status, data: joinBytes(...data) };
}

function checked(data: Uint8Array | null, length: number): Uint8Array | Refused {
  if (data === null)
    return { refused: "the card's answer does not fit its checksum: hold it still for a second, or `communication` is wrong" };
  return data.length === length ? data : { refused: `the card gave ${data.length} bytes where ${length} were asked for` };
}

function stepOf(code: number): string {
  return code === command.getCardUid ? 'for its true number' : "for the file's data";
}

function threeBytes(number: number): Uint8Array {
  return Uint8Array.of(number & 0xff, (number >> 8) & 0xff, (number >> 16) & 0xff);
}

import type { JournalEntry } from '../../domain/journal/entry.ts';
import type { ScreenEvent } from '../../domain/kiosk/screen.ts';
import type { Language } from '../../domain/member/member.ts';
import type { Instant } from '../../domain/schedule/instant.ts';
import type { RowProblem } from '../../ports/club-snapshot/row-problem.ts';
import type { DemoEvent } from '../../ports/demo.ts';
import type { DeskStatus, FeedItem, LetIn, MoveCharge, TakeOut } from '../../ports/front-desk.ts';

/**
 * What pages and the central system send and are answered, as JSON. Types only, so that a browser can import them.
 * Instants are milliseconds since 1970. Whatever is refused is answered with a `Problem`.
 */

export type { DemoEvent, DemoGate, DemoGateState, DemoJournalLine, DemoPerson } from '../../ports/demo.ts';
/**
 * `GET /staff/api/search?text=&language=` answers a list of `DeskMember`, `GET /staff/api/visits/<number>/payers?language=` one of
 * `Payer`. `GET /staff/api/entries/<number>/explanation?language=`: 200 `DeskExplanation`, 404 where nothing is kept to explain.
 */
export type { DeskExplanation, DeskMember, DeskStatus, DeviceStatus, FeedItem, Payer } from '../../ports/front-desk.ts';

/** Any refusal: 4xx and 5xx. */
export interface Problem {
  /** Lower case, one sentence, says what to do. */
  problem: string;
}

/** 500 and 503: the same number stands in the gateway's log. */
export interface UnexpectedProblem extends Problem {
  id: string;
}

/** Every stream, every two seconds: silence means that nobody is there. */
export interface Beat {
  at: Instant;
}

/** `GET /kiosk/api/gates` answers a list of these. */
export interface KioskGate {
  id: string;
  direction: 'in' | 'out' | 'both';
}

/** First event of `GET /kiosk/api/stream?gate=`. */
export interface KioskHello {
  /** Of the program that serves the page: another one than before means that the page is old. */
  build: string;
  gate: string;
  /** IANA name of the zone that the screen's clock shows. */
  timeZone: string;
  /** Shown while the gateway does not answer. */
  moment: { language: Language; text: string }[];
}

/** Events of `GET /kiosk/api/stream?gate=` by name. Without `gate`: the first gate that people enter by. */
export interface KioskEvents {
  hello: KioskHello;
  screen: ScreenEvent;
  beat: Beat;
}

/** `POST /staff/api/sign-in`: 200 `SignedIn`, 401 `Problem`, 429 `SignInLocked`. */
export interface SignInRequest {
  name: string;
  pin: string;
}

/** Also `GET /staff/api/me`. */
export interface SignedIn {
  name: string;
}

export interface SignInLocked extends Problem {
  lockedUntil: Instant;
}

/** `POST /staff/api/let-in`: 200 `Recorded`, 409 (refused at the desk) or 422 (wrong request) `Problem`. */
export type LetInRequest = Omit<LetIn, 'staff'>;

/** `POST /staff/api/mode`: as `let-in`. */
export interface ModeRequest {
  gate: string;
  mode: DeskStatus['gates'][number]['mode'];
}

/** `POST /staff/api/move-charge`: as `let-in`. */
export type MoveChargeRequest = Omit<MoveCharge, 'staff'>;

/** `POST /staff/api/take-out`: as `let-in`. */
export type TakeOutRequest = Omit<TakeOut, 'staff'>;

/** `POST /staff/api/confirm-clock`, answered in kind: the status says whether the clock is trusted now. */
export type ConfirmClock = Record<string, never>;

/** It stands in the journal under this number. */
export interface Recorded {
  entry: number;
}

/** Events of `GET /staff/api/feed?language=` by name. The stream ends with the session. */
export interface FeedEvents {
  /** First: the newest 50, newest first. */
  items: FeedItem[];
  /** Replaces the item of the same `entry`, or is new. */
  item: FeedItem;
  status: DeskStatus;
  beat: Beat;
}

/** `POST /demo/api/tap`. */
export interface DemoTapRequest {
  gate: string;
  person: string;
}

/** `POST /demo/api/walk`. */
export interface DemoWalkRequest {
  gate: string;
}

/** `POST /demo/api/walks`. */
export interface DemoWalksRequest {
  gate: string;
  walks: boolean;
}

/** `POST /demo/api/plugged`. */
export interface DemoPluggedRequest {
  gate: string;
  plugged: boolean;
}

/** Every `POST` of the demo: 200 `DemoDone`, 409 or 422 `Problem`. */
export interface DemoDone {
  done: true;
}

/** Events of `GET /demo/api/stream` by name. */
export interface DemoEvents {
  wire: Extract<DemoEvent, { kind: 'wire' }>;
  gate: Extract<DemoEvent, { kind: 'gate' }>;
  journal: Extract<DemoEvent, { kind: 'journal' }>;
  beat: Beat;
}

/** `POST /v1/changes`: 200 `ChangesApplied`, 422 `ChangesRefused`. */
export interface ChangesApplied {
  rows: number;
  deleted: number;
  warnings: RowProblem[];
}

export interface ChangesRefused extends Problem {
  problems: RowProblem[];
}

/** `GET /v1/journal?after=&limit=`. Entries are exactly what their hashes cover. */
export interface JournalPage {
  entries: JournalEntry[];
  newest: number;
  more: boolean;
}

/** `GET /healthz`. Nothing personal. */
export interface Health {
  gateway: string;
  startedAt: Instant;
  gates: { id: string; mode: string }[];
  devices: { up: number; down: number; unknown: number };
}

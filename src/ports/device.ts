import type { z } from 'zod';
import type { Read } from '../domain/member/credential.ts';

/**
 * What a product's file says of it. A profile is knowledge, not a process: it opens no port, keeps nothing between calls,
 * reads no clock. One file per product under `devices/`, named after its id; there is no list to edit.
 */

/** A product's settings as its schema gave them. */
export type DeviceSettings = z.output<z.ZodObject>;

/** A reader that sends bytes by itself over a line (serial, TCP). */
export interface StreamReader<Settings extends z.ZodObject = z.ZodObject> {
  does: 'read';
  speaks: 'stream';
  id: string;
  name: string;
  /** Line settings the product needs unless the installer says otherwise. */
  serial: { baudRate: number };
  /** Every key with a default and an explanation (`.describe`), so that a device needs no settings to work. */
  settings: Settings;
  /**
   * Takes everything heard and not yet used. `rest` is what may be the beginning of more; it never grows beyond a bound
   * of the product's own. Bytes that mean nothing are dropped and the frame after them is still found.
   */
  decode(pending: Uint8Array, settings: z.output<Settings>): Decoded;
  /** The product repeats a present card; silence longer than this means it was taken away. Omitted: one frame per presentation. */
  repeatsWithinMs?: number;
  /** A frame that stays unfinished longer than this is noise. */
  frameTimeoutMs: number;
  examples: StreamExample[];
}

export interface Decoded {
  reads: Read[];
  rest: Uint8Array;
}

/** A real capture or published vector: bytes in hex (spaces allowed) and what they say. */
export interface StreamExample {
  wire: string;
  reads: Read[];
  /** Only the keys that differ from the defaults. */
  settings?: Record<string, unknown>;
  source: string;
}

/** A reader whose cards are asked with APDUs (PC/SC). */
export interface ExchangeReader<Settings extends z.ZodObject = z.ZodObject> {
  does: 'read';
  speaks: 'exchange';
  id: string;
  name: string;
  settings: Settings;
  /** Yields an APDU, is handed the answer (status bytes included), returns what was read. */
  exchange(card: { atr: Uint8Array }, settings: z.output<Settings>): Generator<Uint8Array, CardResult, Uint8Array>;
  examples: ExchangeExample[];
}

/** A read, or why this card gives none, in words for the installer's log. */
export type CardResult = { read: Read } | { refused: string };

export interface ExchangeExample {
  atr: string;
  /** Command and answer in hex, in turn. */
  transcript: [command: string, answer: string][];
  result: CardResult;
  settings?: Record<string, unknown>;
  source: string;
}

/** What a relay or contact tells of itself. */
export type RelaySignal =
  /** By the product's own word (last will, status line). */
  | { kind: 'online'; online: boolean }
  /** It did what it was told, or would not. `id`: which command, from products that echo it; without, the last one. */
  | { kind: 'answered'; ok: boolean; id?: number }
  /** The contact that sees a person go through changed to "passed". */
  | { kind: 'passage'; direction: 'in' | 'out' | null };

/** `itself`: the product times the pulse. `on-command`: the gateway sends `off` after the pulse, at start, on reconnect and at stop. */
export type Releases = 'itself' | 'on-command';

/** A relay on a line. */
export interface LineRelay<Settings extends z.ZodObject = z.ZodObject> {
  does: 'open';
  speaks: 'stream';
  id: string;
  name: string;
  serial: { baudRate: number };
  releases: Releases;
  settings: Settings;
  /** Bytes that close the contact (and, with `releases: 'itself'`, have it open after `pulseMs`). */
  on(settings: z.output<Settings>, pulseMs: number): Uint8Array;
  off(settings: z.output<Settings>): Uint8Array;
  examples: RelayExample[];
}

export interface RelayExample {
  command: 'on' | 'off';
  pulseMs?: number;
  wire: string;
  settings?: Record<string, unknown>;
  source: string;
}

/** A relay, or only a passage contact, behind an MQTT broker. */
export interface MqttRelay<Settings extends z.ZodObject = z.ZodObject> {
  does: 'open';
  speaks: 'mqtt';
  id: string;
  name: string;
  settings: Settings;
  releases(settings: z.output<Settings>): Releases;
  /** `id` tells one command's answer from another's, for products that echo it. */
  on(settings: z.output<Settings>, pulseMs: number, id: number): MqttMessage;
  off(settings: z.output<Settings>, id: number): MqttMessage;
  /** Sent once whenever the broker connection comes up: asks for state, sets the timer. */
  hello(settings: z.output<Settings>): MqttMessage[];
  topics(settings: z.output<Settings>): string[];
  /** What a message on one of those topics means; `retained` messages are old news and never a passage. */
  hear(message: MqttMessage & { retained: boolean }, settings: z.output<Settings>): RelaySignal[];
  /** Whether a command that is carried out is answered. */
  answers(settings: z.output<Settings>): boolean;
  /** Whether the product says when it goes offline; without, `online` never comes. */
  reportsOnline(settings: z.output<Settings>): boolean;
  /** True when these settings make the product report passages. */
  reportsPassage(settings: z.output<Settings>): boolean;
  examples: MqttExample[];
}

export interface MqttMessage {
  topic: string;
  payload: string;
  qos?: 0 | 1;
}

export type MqttExample =
  | { command: 'on' | 'off'; pulseMs?: number; message: MqttMessage; settings?: Record<string, unknown>; source: string }
  | { heard: MqttMessage; retained?: boolean; signals: RelaySignal[]; settings?: Record<string, unknown>; source: string };

export type ReaderProfile = StreamReader | ExchangeReader;
export type RelayProfile = LineRelay | MqttRelay;

/** Every product there is, by id. */
export interface Profiles {
  readers: ReadonlyMap<string, ReaderProfile>;
  relays: ReadonlyMap<string, RelayProfile>;
}

export function defineStreamReader<S extends z.ZodObject>(profile: Omit<StreamReader<S>, 'does' | 'speaks'>): StreamReader<S> {
  return { does: 'read', speaks: 'stream', ...profile };
}

export function defineExchangeReader<S extends z.ZodObject>(
  profile: Omit<ExchangeReader<S>, 'does' | 'speaks'>,
): ExchangeReader<S> {
  return { does: 'read', speaks: 'exchange', ...profile };
}

export function defineLineRelay<S extends z.ZodObject>(profile: Omit<LineRelay<S>, 'does' | 'speaks'>): LineRelay<S> {
  return { does: 'open', speaks: 'stream', ...profile };
}

export function defineMqttRelay<S extends z.ZodObject>(profile: Omit<MqttRelay<S>, 'does' | 'speaks'>): MqttRelay<S> {
  return { does: 'open', speaks: 'mqtt', ...profile };
}

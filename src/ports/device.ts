import type { z } from 'zod';
import type { Contact, ContactName, ContactSignal } from '../domain/gate/contacts.ts';
import type { Read } from '../domain/member/credential.ts';
import type { BusMessage, BusProfile } from './bus.ts';
import type { SecretNeed } from './secret-need.ts';

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
  /** Keys pressed on a keypad, in order: `0` to `9`, `*` (begin again) and `#` (done). Left out: none. */
  keys?: string;
  rest: Uint8Array;
}

/** A reader that shows itself as a USB HID device and sends reports. `decode` is handed framed reports (`lib/framed.ts`), never a part of one. */
export interface HidReader<Settings extends z.ZodObject = z.ZodObject>
  extends Pick<StreamReader<Settings>, 'does' | 'id' | 'name' | 'settings' | 'decode' | 'repeatsWithinMs' | 'frameTimeoutMs'> {
  speaks: 'hid';
  /** Which of a device's interfaces it is: HID usage page and usage of its top collection. */
  usages: { page: number; usage: number }[];
  /** What `rest` says when nothing more came within `frameTimeoutMs`, for products that need not send an end. Left out: nothing. */
  atSilence?(rest: Uint8Array, settings: z.output<Settings>): Read[];
  /** `wire`: reports in hex, each on its own between `|`. */
  examples: StreamExample[];
}

/** A real capture or published vector: bytes in hex (spaces allowed) and what they say. */
export interface StreamExample {
  wire: string;
  reads: Read[];
  keys?: string;
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
  exchange(card: PresentedTo, settings: z.output<Settings>, given: Given): Generator<Uint8Array, CardResult, Uint8Array>;
  /** The keys it needs, by the name they have under `secrets` in the configuration. */
  secrets?: Record<string, SecretNeed>;
  /** Commands for the reader's lamp and buzzer, sent while the card lies there; what they answer does not matter. A card that was not read is `denied`. */
  feedback?(card: PresentedTo, answer: Answer, settings: z.output<Settings>): Uint8Array[];
  examples: ExchangeExample[];
}

export interface PresentedTo {
  atr: Uint8Array;
  /** The reader's name as PC/SC gives it. */
  reader: string;
}

/** What a conversation may need besides the settings; a profile has no randomness and no files of its own. */
export interface Given {
  /** The bytes of each key, by its name in `secrets`. One that is optional may be missing. */
  secrets: Readonly<Record<string, Uint8Array>>;
  /** So many bytes that nobody can guess. */
  random(bytes: number): Uint8Array;
}

/** How a tap ended, for lamps and buzzers. */
export type Answer = 'granted' | 'denied' | 'ask_staff';

/** A read, or why this card gives none, in words for the installer's log. */
export type CardResult = { read: Read } | { refused: string };

export interface ExchangeExample {
  atr: string;
  /** Command and answer in hex, in turn. */
  transcript: [command: string, answer: string][];
  result: CardResult;
  settings?: Record<string, unknown>;
  /** Keys in hex, by name. */
  secrets?: Record<string, string>;
  /** What `random` gives, in turn, in hex. */
  random?: string[];
  source: string;
}

/** A reader whose reads come through an MQTT broker. */
export interface MqttReader<Settings extends z.ZodObject = z.ZodObject> {
  does: 'read';
  speaks: 'mqtt';
  id: string;
  name: string;
  settings: Settings;
  topics(settings: z.output<Settings>): string[];
  /** What a message on one of those topics means. A `retained` message is old news and never a read. */
  hear(message: MqttMessage & { retained: boolean }, settings: z.output<Settings>): ReaderSignal[];
  /** The product repeats a present card; silence longer than this means it was taken away. */
  repeatsWithinMs?: number;
  examples: MqttReadExample[];
}

/** What a reader behind a broker or a bus tells. */
export type ReaderSignal = { kind: 'read'; read: Read } | { kind: 'keys'; keys: string } | { kind: 'online'; online: boolean };

export interface MqttReadExample {
  heard: MqttMessage;
  retained?: boolean;
  signals: ReaderSignal[];
  settings?: Record<string, unknown>;
  source: string;
}

/** What a relay or contact tells of itself. */
export type RelaySignal =
  /** By the product's own word (last will, status line). */
  | { kind: 'online'; online: boolean }
  /** It did what it was told, or would not and `why` in words. `id`: which command, from products that echo it; without, the last one. */
  | { kind: 'answered'; ok: boolean; id?: number; why?: string }
  /** The contact that sees a person go through changed to "passed". */
  | { kind: 'passage'; direction: 'in' | 'out' | null }
  /** How one of its inputs stands (`closed`: the contact on it is closed), by the product's own numbering. Told on change, or again and again. */
  | { kind: 'input'; input: number; closed: boolean };

/** `itself`: the product times the pulse. `on-command`: the gateway sends `off` after the pulse, at start, on reconnect and at stop. */
export type Releases = 'itself' | 'on-command';

/** A relay on a line. Several of one board may share a line, each with its own channel in its settings. */
export interface LineRelay<Settings extends z.ZodObject = z.ZodObject> {
  does: 'open';
  speaks: 'stream';
  id: string;
  name: string;
  serial: { baudRate: number };
  settings: Settings;
  releases(settings: z.output<Settings>): Releases;
  /** Bytes that close the contact (and, with `releases: 'itself'`, have it open after `pulseMs`). */
  on(settings: z.output<Settings>, pulseMs: number): Uint8Array;
  off(settings: z.output<Settings>): Uint8Array;
  /** For products that answer: what they said. Left out: the product says nothing. */
  answers?: LineAnswers<Settings>;
  examples: RelayExample[];
}

/** A product on a line that answers each request before it takes the next. */
export interface LineAnswers<Settings extends z.ZodObject = z.ZodObject> {
  /** Silence that the product needs before a request. */
  quietMs: number;
  /** How long an answer may take, from the last byte sent. */
  withinMs: number;
  /**
   * Takes everything heard since `request` was sent. `done`: the whole answer is there, and what it says; null: not yet. Done
   * with nothing heard: this request is never answered. Noise before and after the answer is passed over; an answer to
   * another request is none.
   */
  hear(request: Uint8Array, pending: Uint8Array, settings: z.output<Settings>): { signals: RelaySignal[] } | null;
  /** Ends what a broken line may have left half said; sent when the line opens and when the product did not answer. Moves nothing. */
  clear?: Uint8Array;
  /**
   * Asks how the contact stands; moves nothing. `hear` makes of the answer `answered`, ok when it is closed, or no signal
   * where it proves nothing. Asked after `on` and `off`: `always`, or when these themselves brought no verdict.
   */
  confirm(settings: z.output<Settings>): { request: Uint8Array; when: 'always' | 'without verdict' };
  /** Asks how the inputs stand, in turn, again and again; left out or empty: these settings name no input. Moves nothing. */
  ask?(settings: z.output<Settings>): Uint8Array[];
  askEveryMs?: number;
}

export type RelayExample =
  | {
      command: 'on' | 'off' | 'ask' | 'confirm';
      pulseMs?: number;
      wire: string;
      settings?: Record<string, unknown>;
      source: string;
    }
  /** What came back when `request` had been sent. */
  | { request: string; answer: string; signals: RelaySignal[]; settings?: Record<string, unknown>; source: string };

/** A relay that shows itself as a USB HID device. None of them times a pulse itself. */
export interface HidRelay<Settings extends z.ZodObject = z.ZodObject> {
  does: 'open';
  speaks: 'hid';
  id: string;
  name: string;
  /** Which devices it may be; nothing is ever sent to another one. */
  models: HidModel[];
  settings: Settings;
  /** An output report, its report id first. */
  on(settings: z.output<Settings>): Uint8Array;
  off(settings: z.output<Settings>): Uint8Array;
  /** How to see in a feature report whether the contact is closed (null: it does not say); left out: the product does not tell. */
  state?: { reportId: number; bytes: number; isOn(report: Uint8Array, settings: z.output<Settings>): boolean | null };
  examples: HidRelayExample[];
}

/** Ids are shared by products that have nothing to do with one another, so the name counts too. */
export interface HidModel {
  /** Four hex digits, lower case. */
  vendorId: string;
  productId: string;
  /** How its name begins; null: it has none. An installer may name another one. */
  product: string | null;
}

export type HidRelayExample =
  | { command: 'on' | 'off'; wire: string; settings?: Record<string, unknown>; source: string }
  | { state: string; isOn: boolean | null; settings?: Record<string, unknown>; source: string };

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
  /** True when these settings make the product tell of its inputs; left out: it never does. */
  reportsInputs?(settings: z.output<Settings>): boolean;
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

/**
 * A make of turnstile, or a door: how it wants to be told, how long it waits, what its contacts say. It hangs on a relay's
 * contact and has no wire of its own.
 */
export interface TurnstileProfile<Settings extends z.ZodObject = z.ZodObject> {
  does: 'turn';
  id: string;
  name: string;
  settings: Settings;
  traits(settings: z.output<Settings>): TurnstileTraits;
  examples: TurnstileExample[];
}

export interface TurnstileTraits {
  pulse: PulseBounds;
  /** How long it stays open for somebody who does not come; `while_told`: as long as the contact is closed. */
  waitMs: number | 'while_told';
  /** What a contact that never opens again does, if the gateway or its cable dies during a pulse. */
  whenHeld: 'ignored' | 'stays_open' | 'unknown';
  /** It counts pulses: one sent while a person is awaited lets a second person through. */
  storesPulses: boolean;
  /** One or two: which of its inputs opens which way, and which output tells that somebody went that way, in its manual's words. */
  sides: { opens: string; tells: string }[];
  /** How each of its contacts stands when it says what its name says, and how long it bounces. */
  contacts: Record<ContactName, Omit<Contact, 'name' | 'input'>>;
  /** What it means that both passage contacts change at once; it is never a visit. */
  bothAtOnce: string;
}

/** How long the contact that opens it is closed. null: its manual names no bound. */
export interface PulseBounds {
  minMs: number | null;
  maxMs: number | null;
  suggestedMs: number;
  /** What happens beyond the bounds, to follow "because". */
  why: string;
}

export interface TurnstileExample {
  /** What its contacts do, from how they stand at first; `closed` is the contact's, whatever it means. */
  contacts: [atMs: number, contact: ContactName, closed: boolean][];
  /** What that says, a second after the last. */
  signals: ContactSignal[];
  /** Only the keys that differ from the defaults. */
  settings?: Record<string, unknown>;
  source: string;
}

/** Which device on a bus a reader or relay is a part of. */
export interface BusPlace {
  address: number;
  /** `reader 0`: of which there is one on the device. */
  part: string;
  /** Nothing is said or believed but under a key of the device's own. */
  secured: boolean;
}

/** A reader on a line that it shares with other devices. */
export interface BusReader<Settings extends z.ZodObject = z.ZodObject> {
  does: 'read';
  speaks: 'bus';
  /** The bus it is made for. */
  bus: string;
  id: string;
  name: string;
  settings: Settings;
  place(settings: z.output<Settings>): BusPlace;
  /** What it means when the device says that. */
  hear(message: BusMessage, settings: z.output<Settings>): ReaderSignal[];
  /** Commands for its lamps and buzzer; what it answers does not matter. */
  feedback(answer: Answer, settings: z.output<Settings>): BusMessage[];
  examples: BusReadExample[];
}

/** Messages as hex: the code, then its data. */
export type BusReadExample =
  | { heard: string; signals: ReaderSignal[]; settings?: Record<string, unknown>; source: string }
  | { answer: Answer; told: string[]; settings?: Record<string, unknown>; source: string };

/** A contact of a device on a line that it shares with others. It tells how the device's inputs stand, and ends the pulse by itself. */
export interface BusRelay<Settings extends z.ZodObject = z.ZodObject> {
  does: 'open';
  speaks: 'bus';
  bus: string;
  id: string;
  name: string;
  settings: Settings;
  place(settings: z.output<Settings>): BusPlace;
  /** Closes the contact, and has the device open it after `pulseMs`. */
  on(settings: z.output<Settings>, pulseMs: number): BusMessage;
  hear(message: BusMessage, settings: z.output<Settings>): RelaySignal[];
  examples: BusRelayExample[];
}

export type BusRelayExample =
  | { pulseMs: number; told: string; settings?: Record<string, unknown>; source: string }
  | { heard: string; signals: RelaySignal[]; settings?: Record<string, unknown>; source: string };

export type ReaderProfile = StreamReader | HidReader | ExchangeReader | MqttReader | BusReader;
export type RelayProfile = LineRelay | HidRelay | MqttRelay | BusRelay;

/** Every product there is, by id. */
export interface Profiles {
  readers: ReadonlyMap<string, ReaderProfile>;
  relays: ReadonlyMap<string, RelayProfile>;
  turnstiles: ReadonlyMap<string, TurnstileProfile>;
  buses: ReadonlyMap<string, BusProfile>;
  /** What is known and not supported, and why, by every name it goes by. */
  refused?: ReadonlyMap<string, string>;
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

export function defineHidReader<S extends z.ZodObject>(profile: Omit<HidReader<S>, 'does' | 'speaks'>): HidReader<S> {
  return { does: 'read', speaks: 'hid', ...profile };
}

export function defineMqttReader<S extends z.ZodObject>(profile: Omit<MqttReader<S>, 'does' | 'speaks'>): MqttReader<S> {
  return { does: 'read', speaks: 'mqtt', ...profile };
}

export function defineHidRelay<S extends z.ZodObject>(profile: Omit<HidRelay<S>, 'does' | 'speaks'>): HidRelay<S> {
  return { does: 'open', speaks: 'hid', ...profile };
}

export function defineTurnstile<S extends z.ZodObject>(profile: Omit<TurnstileProfile<S>, 'does'>): TurnstileProfile<S> {
  return { does: 'turn', ...profile };
}

export function defineBusReader<S extends z.ZodObject>(profile: Omit<BusReader<S>, 'does' | 'speaks'>): BusReader<S> {
  return { does: 'read', speaks: 'bus', ...profile };
}

export function defineBusRelay<S extends z.ZodObject>(profile: Omit<BusRelay<S>, 'does' | 'speaks'>): BusRelay<S> {
  return { does: 'open', speaks: 'bus', ...profile };
}

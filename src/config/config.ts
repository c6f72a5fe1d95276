import type { Contact } from '../domain/gate/contacts.ts';
import type { GateSettings, Rules, ZoneSettings } from '../domain/gate/gate-settings.ts';
import type { KeypadSettings } from '../domain/gate/keypad.ts';
import type { CardSpelling } from '../domain/member/card-number.ts';
import type { Language } from '../domain/member/member.ts';
import type { BusProfile } from '../ports/bus.ts';
import type {
  BusReader,
  BusRelay,
  ExchangeReader,
  HidReader,
  HidRelay,
  LineRelay,
  MqttReader,
  MqttRelay,
  StreamReader,
  TurnstileTraits,
} from '../ports/device.ts';
import type { HidAddress } from '../ports/transport.ts';

/** A configuration that was checked: defaults filled in, products looked up, their settings parsed, paths absolute. */
export interface Config extends Omit<Rules, 'gate' | 'zone'> {
  branch: string;
  /** How the club's list writes its cards. */
  cardNumbers: { spelled: CardSpelling[] };
  dataFolder: string;
  http: { host: string; port: number };
  /** Null: no device speaks MQTT. */
  mqtt: MqttConfig | null;
  kiosk: KioskConfig;
  readers: ReaderConfig[];
  buses: BusConfig[];
  gates: GateConfig[];
  /** Every zone that a gate enters or the file names. */
  zones: ZoneSettings[];
  desk: { moveChargeWithinHours: number };
}

/** Sign-in of the gateway at a broker, or, when the broker is embedded, of the devices at this box. */
export type MqttConfig = ({ embedded: false; url: string } | { embedded: true; host: string; port: number }) & {
  username: string | null;
  passwordFile: string | null;
};

export interface KioskConfig {
  /** The first is the default one. */
  languages: [Language, ...Language[]];
  names: 'full' | 'first' | 'none';
  photos: boolean;
  resultSeconds: number;
}

export type ReaderConfig = {
  id: string;
  gate: string;
  /** Null where the gate has one direction, or does not care. */
  direction: 'in' | 'out' | null;
  keypad: KeypadSettings;
  settings: Record<string, unknown>;
} & (
  | { speaks: 'stream'; profile: StreamReader; line: LineAddress }
  | { speaks: 'hid'; profile: HidReader; hid: HidAddress }
  | { speaks: 'mqtt'; profile: MqttReader }
  /** `secrets`: the file of each key, absolute. */
  | { speaks: 'exchange'; profile: ExchangeReader; pcscReader: string | null; secrets: Record<string, string> }
  | { speaks: 'bus'; profile: BusReader; bus: string; secrets: Record<string, string> }
);

/** A line that several devices share. */
export interface BusConfig {
  id: string;
  profile: BusProfile;
  settings: Record<string, unknown>;
  line: LineAddress;
  /** `secrets`: the file of each key, absolute. */
  devices: { address: number; secured: boolean; secrets: Record<string, string> }[];
}

export type LineAddress = { kind: 'serial'; path: string; baudRate: number } | { kind: 'tcp'; host: string; port: number };

export interface GateConfig {
  settings: GateSettings;
  /** Null: the gate only shows its answer. */
  relay: RelayConfig | null;
  /** Of a gate for both ways: what opens the way out. Null: `relay` opens both. */
  relayOut: RelayConfig | null;
  passageFrom: { profile: MqttRelay; settings: Record<string, unknown> } | null;
  /** Null: the make is not known. */
  turnstile: TurnstileConfig | null;
  /** Its contacts that are wired to inputs. */
  contacts: Contact[];
}

export interface TurnstileConfig {
  id: string;
  name: string;
  traits: TurnstileTraits;
}

/** `fallback`: told when the relay surely did not open; it has none itself. */
export type RelayConfig = { settings: Record<string, unknown>; pulseMs: number; fallback: RelayConfig | null } & (
  | { speaks: 'stream'; profile: LineRelay; line: LineAddress }
  | { speaks: 'hid'; profile: HidRelay; hid: HidAddress }
  | { speaks: 'mqtt'; profile: MqttRelay }
  | { speaks: 'bus'; profile: BusRelay; bus: string; secrets: Record<string, string> }
);

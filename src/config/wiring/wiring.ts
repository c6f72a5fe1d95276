import type { Contact } from '../../domain/gate/contacts.ts';
import type { BusConfig, GateConfig, ReaderConfig, RelayConfig, TurnstileConfig } from '../config.ts';
import type { Path } from '../place.ts';
import type { BusFile, GateFile, ReaderFile } from '../schema.ts';

/** The well-shaped part of a file. */
export interface WiringFile {
  gates: Map<string, GateFile>;
  readers: Map<string, ReaderFile>;
  buses: Map<string, BusFile>;
  /** Of all gates, well-shaped or not. */
  gateNames: string[];
  /** Of all buses, well-shaped or not. */
  busNames: string[];
  hasMqtt: boolean;
  wires: 'real' | 'simulated';
  /** What relative paths start from. */
  folder: string;
}

export interface Wiring {
  readers: ReaderConfig[];
  buses: BusConfig[];
  /** By gate. */
  relays: Map<string, RelayConfig>;
  /** By gate. */
  relaysOut: Map<string, RelayConfig>;
  /** By gate. */
  passageFrom: Map<string, NonNullable<GateConfig['passageFrom']>>;
  /** By gate. */
  turnstiles: Map<string, TurnstileConfig>;
  /** By gate. */
  contacts: Map<string, Contact[]>;
}

/** Every relay with where it stands in the file, those that stand behind another too. */
export function relaysIn({ relays, relaysOut }: Wiring): { at: Path; relay: RelayConfig }[] {
  const gates = new Set([...relays.keys(), ...relaysOut.keys()]);
  return [...gates].flatMap((id) => relaysOf(id, { relay: relays.get(id), relayOut: relaysOut.get(id) }));
}

/** The same of one gate. */
export function relaysOf(
  gate: string,
  relays: Record<'relay' | 'relayOut', RelayConfig | null | undefined>,
): { at: Path; relay: RelayConfig }[] {
  return (['relay', 'relayOut'] as const).flatMap((key) => {
    const relay = relays[key] ?? null;
    if (relay === null) return [];
    const at: Path = ['gates', gate, key];
    return [{ at, relay }, ...(relay.fallback === null ? [] : [{ at: [...at, 'fallback'], relay: relay.fallback }])];
  });
}

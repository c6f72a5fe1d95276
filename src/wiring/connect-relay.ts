import { createHidLine } from '../adapters/transport/hid-line.ts';
import { hearPassages } from '../app/hear-passages.ts';
import type { Bus } from '../app/run-bus.ts';
import { runBusRelay } from '../app/run-bus-relay.ts';
import { relayId } from '../app/run-front-desk.ts';
import { runHidRelay } from '../app/run-hid-relay.ts';
import { runMqttRelay } from '../app/run-mqtt-relay.ts';
import { runTwoSides } from '../app/run-two-sides.ts';
import type { Health } from '../app/watch-health.ts';
import { withFallback } from '../app/with-fallback.ts';
import type { Config, RelayConfig } from '../config/config.ts';
import type { Broker } from '../ports/broker.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import { busDevice, busPlace } from './bus-device.ts';
import { lineOf } from './line-of.ts';
import type { BoardOf } from './share-boards.ts';

export interface RelayWiring {
  config: Config;
  gate: string;
  broker: Broker | null;
  /** The boards that relays of this gateway share. */
  boardOf: BoardOf;
  buses: ReadonlyMap<string, Bus>;
  clock: Clock;
  log: Log;
  health: Health;
}

/** Connects what opens a gate and what sees people go through it; null: the gate only shows its answers. */
export function connectRelay(wiring: RelayWiring, gateSignals: GateSignals): Relay | null {
  const { config, gate, broker, clock, health } = wiring;
  const gateConfig = config.gates.find(({ settings }) => settings.id === gate);
  if (gateConfig?.passageFrom && broker) {
    const { profile, settings } = gateConfig.passageFrom;
    const device = health.register({ id: `passage ${gate}`, product: profile.name, where: 'through the MQTT broker' });
    hearPassages(profile, settings, broker, device, gateSignals);
  }
  // The contacts of a gate are wired to one device: the one that is there for it.
  const signals = gateConfig?.passageFrom ? withoutInputs(gateSignals) : gateSignals;
  const { relay = null, relayOut = null } = gateConfig ?? {};
  if (relay === null) return null;
  const one = connectWithFallback(wiring, relay, gate, signals);
  if (relayOut === null) return one;
  const other = connectWithFallback(wiring, relayOut, `${gate} out`, withoutInputs(gateSignals));
  return runTwoSides({ in: { relay: one, pulseMs: relay.pulseMs }, out: { relay: other, pulseMs: relayOut.pulseMs } }, clock);
}

/** Who stands behind a relay opens, and tells nothing. */
const opensOnly: GateSignals = { passage() {}, input() {}, inputsLost() {} };

/** `name`: the gate, or its way out. */
function connectWithFallback(wiring: RelayWiring, relay: RelayConfig, name: string, signals: GateSignals): Relay {
  const first = connectOne(wiring, relay, relayId(name), signals);
  if (relay.fallback === null) return first;
  const second = connectOne(wiring, relay.fallback, `fallback ${name}`, opensOnly);
  return withFallback(first, second, { id: wiring.gate, log: wiring.log });
}

/** `id`: as what it stands on the status page. */
function connectOne(wiring: RelayWiring, relay: RelayConfig, id: string, signals: GateSignals): Relay {
  const { gate, broker, boardOf, buses, clock, log, health } = wiring;
  const device = health.register({ id, product: relay.profile.name, where: placeOf(relay) });
  const parts = { id: gate, pulseMs: relay.pulseMs, clock, health: device, log };
  if (relay.speaks === 'stream') return boardOf(relay.profile, relay.line).relay(relay.settings, parts, signals);
  if (relay.speaks === 'hid') return runHidRelay(relay.profile, relay.settings, createHidLine(relay.hid, relay.profile), parts);
  if (relay.speaks === 'bus') return runBusRelay(relay.profile, relay.settings, busDevice(relay, buses), parts, signals);
  // INVARIANT: the configuration was checked: a relay that speaks MQTT comes with a broker.
  if (broker === null)
    throw new Failure('bad_input', `gate \`${gate}\` has an MQTT relay, and there is no \`mqtt\``, { retry: false });
  return runMqttRelay(relay.profile, relay.settings, broker, parts, signals);
}

function withoutInputs({ passage }: GateSignals): GateSignals {
  return { passage, input() {}, inputsLost() {} };
}

function placeOf(relay: RelayConfig): string {
  switch (relay.speaks) {
    case 'stream':
      return lineOf(relay.line).name;
    case 'hid':
      return createHidLine(relay.hid, relay.profile).name;
    case 'mqtt':
      return 'through the MQTT broker';
    case 'bus':
      return busPlace(relay);
  }
}

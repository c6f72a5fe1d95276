import type { BusRelay, DeviceSettings } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import type { RelayParts } from './relay-parts.ts';
import type { BusDevice } from './run-bus.ts';

/** A contact of a device on a bus, which times the pulse itself. The bus is stopped by itself. */
export function runBusRelay(
  profile: BusRelay,
  settings: DeviceSettings,
  device: BusDevice,
  { id, pulseMs, health, log }: RelayParts,
  signals: GateSignals,
): Relay {
  device.listen({
    up: health.up,
    down(why) {
      health.down(why);
      signals.inputsLost();
    },
    heard: health.heard,
    said(message) {
      for (const signal of profile.hear(message, settings)) {
        if (signal.kind === 'input') signals.input(signal.input, signal.closed);
        if (signal.kind === 'passage') signals.passage(signal.direction);
      }
    },
  });

  return {
    async pulse() {
      const { outcome, why } = await device.order(profile.on(settings, pulseMs));
      if (outcome === 'not_said')
        throw new Failure('absent', `the relay of gate \`${id}\` was not told to open: ${why}`, { retry: true });
      if (outcome === 'refused')
        throw new Failure('refused', `the relay of gate \`${id}\` refused the command: ${why}`, { retry: false });
      if (outcome === 'done') return 'told';
      log.error('the relay did not answer: whether it opened is unknown, and it is not told again', { gate: id, why });
      return 'unknown';
    },
    async stop() {},
  };
}

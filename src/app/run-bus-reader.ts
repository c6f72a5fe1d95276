import type { BusReader, DeviceSettings } from '../ports/device.ts';
import type { BusDevice } from './run-bus.ts';
import type { ReaderParts } from './run-reader.ts';

/** Runs a reader that is a part of a device on a bus; after a tap its lamps and buzzer say how it ended. The bus is stopped by itself. */
export function runBusReader(
  profile: BusReader,
  settings: DeviceSettings,
  device: BusDevice,
  { id, health, log, read }: ReaderParts,
): void {
  device.listen({
    up: health.up,
    down: health.down,
    heard: health.heard,
    said(message) {
      try {
        for (const signal of profile.hear(message, settings)) {
          if (signal.kind !== 'read') continue;
          const answer = read(signal.read);
          for (const command of profile.feedback(answer, settings)) device.tell(command);
        }
      } catch (error) {
        log.error('a reader sent what could not be handled', { reader: id, why: String(error) });
      }
    },
  });
}

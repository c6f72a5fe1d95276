import type { Answer, BusReader, DeviceSettings } from '../ports/device.ts';
import type { BusDevice } from './run-bus.ts';
import type { ReaderParts } from './run-reader.ts';

/** Runs a reader that is a part of a device on a bus; after a tap its lamps and buzzer say how it ended. The bus is stopped by itself. */
export function runBusReader(
  profile: BusReader,
  settings: DeviceSettings,
  device: BusDevice,
  { id, health, log, read, keys }: ReaderParts,
): void {
  function show(answer: Answer | null): void {
    for (const command of answer === null ? [] : profile.feedback(answer, settings)) device.tell(command);
  }

  device.listen({
    up: health.up,
    down: health.down,
    heard: health.heard,
    said(message) {
      try {
        for (const signal of profile.hear(message, settings)) {
          if (signal.kind === 'read') show(read(signal.read));
          // A PIN is answered with its last key.
          if (signal.kind === 'keys') show(keys(signal.keys));
        }
      } catch (error) {
        log.error('a reader sent what could not be handled', { reader: id, why: String(error) });
      }
    },
  });
}

import type { Bus, BusDevice } from '../app/run-bus.ts';
import type { ReaderConfig, RelayConfig } from '../config/config.ts';
import { Failure } from '../ports/failure.ts';

type OnBus = (ReaderConfig | RelayConfig) & { speaks: 'bus' };

/** The device that a reader or relay is a part of. */
export function busDevice({ bus, profile, settings }: OnBus, buses: ReadonlyMap<string, Bus>): BusDevice {
  const held = buses.get(bus);
  // INVARIANT: the configuration was checked: whoever hangs on a bus names one that is there.
  if (held === undefined) throw new Failure('bad_input', `there is no bus \`${bus}\``, { retry: false });
  return held.at(profile.place(settings).address);
}

/** What an installer recognises it by. */
export function busPlace({ bus, profile, settings }: OnBus): string {
  const { address, part } = profile.place(settings);
  return `bus ${bus}, address ${address}, ${part}`;
}

import { randomBytes } from 'node:crypto';
import { type Bus, runBus } from '../app/run-bus.ts';
import type { Health } from '../app/watch-health.ts';
import type { BusConfig, Config } from '../config/config.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import { lineOf } from './line-of.ts';
import { readSecrets } from './read-secrets.ts';

/** Buses by the installer's names, silent until they are started. Throws `Failure` (`bad_input`) for a key that cannot be used. */
export function prepareBuses(
  configs: readonly BusConfig[],
  { clock, log }: { clock: Clock; log: Log },
): ReadonlyMap<string, Bus> {
  return new Map(configs.map((config) => [config.id, prepareBus(config, clock, log)]));
}

function prepareBus({ id, profile, settings, line, devices }: BusConfig, clock: Clock, log: Log): Bus {
  const seats = devices.map(({ address, secured, secrets: files }) => {
    const secrets = readSecrets(profile.secrets, files);
    const problem = profile.refuseKeys(secrets);
    if (problem === null) return { address, secured, secrets };
    const named = Object.values(files).map((file) => `\`${file}\``);
    throw new Failure('bad_input', `the key in ${named.join(', ')} is not taken: ${problem}`, { retry: false });
  });
  const baudRate = line.kind === 'serial' ? line.baudRate : profile.serial.baudRate;
  return runBus(profile, settings, lineOf(line), seats, { id, clock, log, random: randomBytes, baudRate });
}

/** Opens every bus, each a line of the status page. */
export function startBuses(
  { buses: configs }: Pick<Config, 'buses'>,
  buses: ReadonlyMap<string, Bus>,
  health: Health,
  closers: (() => unknown)[],
): void {
  for (const { id, profile, line } of configs) {
    const bus = buses.get(id);
    closers.push(() => bus?.stop());
    bus?.start(health.register({ id: `bus ${id}`, product: profile.name, where: lineOf(line).name }));
  }
}

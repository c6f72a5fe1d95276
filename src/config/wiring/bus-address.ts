import { resolve } from 'node:path';
import { pathText } from '../../lib/path-text.ts';
import type { BusReader, BusRelay, Profiles } from '../../ports/device.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import { suggestion } from './find-profile.ts';
import type { WiringFile } from './wiring.ts';

/** The bus that a device hangs on; reports and gives null when there is none, or one of another kind. */
export function busOf(
  profile: BusReader | BusRelay,
  { bus }: { bus?: string | undefined },
  file: WiringFile,
  profiles: Profiles,
  at: Path,
  { report }: Findings,
): string | null {
  if (bus === undefined) {
    const remedy = `name one of \`buses\`: ${suggestion('', file.busNames)}`;
    report(at, `\`${pathText(at)}\` needs \`bus\`, the line that \`${profile.id}\` shares with other devices: ${remedy}`, 'key');
    return null;
  }
  if (!file.busNames.includes(bus)) {
    report([...at, 'bus'], `there is no bus \`${bus}\`: ${suggestion(bus, file.busNames)}`);
    return null;
  }
  const device = file.buses.get(bus)?.device;
  // One that is not there is reported at the bus itself.
  if (device === undefined || device === profile.bus || !profiles.buses.has(device)) return bus;
  report([...at, 'bus'], `\`${profile.id}\` speaks \`${profile.bus}\`, and \`buses.${bus}\` is \`${device}\``);
  return null;
}

/** Each key's file of a device on a bus, as an absolute path. Which keys it needs is known when all devices are. */
export function busSecretsOf(
  profile: BusReader | BusRelay,
  files: Record<string, string>,
  folder: string,
  profiles: Profiles,
  at: Path,
  { report }: Findings,
): Record<string, string> {
  const names = Object.keys(profiles.buses.get(profile.bus)?.secrets ?? {});
  for (const name of Object.keys(files)) {
    if (names.includes(name)) continue;
    report([...at, 'secrets', name], `\`${profile.id}\` has no key \`${name}\`: ${suggestion(name, names)}`, 'key');
  }
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, resolve(folder, file)]));
}

import { resolve } from 'node:path';
import type { Profiles, ReaderProfile } from '../../ports/device.ts';
import type { ReaderConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { ReaderFile } from '../schema.ts';
import { busOf, busSecretsOf } from './bus-address.ts';
import { hidOf, lineOf, needBroker, refuseKeys } from './device-address.ts';
import { profileOf, settingsOf, suggestion } from './find-profile.ts';
import type { WiringFile } from './wiring.ts';

/** A reader with its product, settings and place; reports and gives null when something is wrong with it. */
export function resolveReader(
  id: string,
  reader: ReaderFile,
  file: WiringFile,
  profiles: Profiles,
  findings: Findings,
): ReaderConfig | null {
  const at: Path = ['readers', id];
  const profile = profileOf(reader.device, 'reader', profiles.readers, profiles.relays, profiles.refused, at, findings);
  if (profile === null) return null;
  const settings = settingsOf(profile, reader.settings, at, findings);
  const secrets =
    profile.speaks === 'bus'
      ? busSecretsOf(profile, reader.secrets, file.folder, profiles, at, findings)
      : secretsOf(profile, reader.secrets, file.folder, at, findings);
  const common = { id, gate: reader.gate, direction: reader.direction ?? null, keypad: reader.keypad ?? { length: null } };
  switch (profile.speaks) {
    case 'stream': {
      const problem = `\`${profile.id}\` sends bytes over a line: give \`serial\` or \`tcp\` instead of`;
      refuseKeys(reader, ['hid', 'pcsc', 'bus'], problem, at, findings);
      const line = lineOf(profile, reader, at, findings);
      return line && settings && { ...common, speaks: 'stream', profile, settings, line };
    }
    case 'hid': {
      refuseKeys(
        reader,
        ['serial', 'tcp', 'pcsc', 'bus'],
        `\`${profile.id}\` is a HID device: give \`hid\` instead of`,
        at,
        findings,
      );
      const hid = hidOf(profile, reader, at, findings);
      return hid && settings && { ...common, speaks: 'hid', profile, settings, hid };
    }
    case 'mqtt':
      refuseKeys(reader, ['serial', 'tcp', 'hid', 'pcsc', 'bus'], `\`${profile.id}\` speaks MQTT: remove`, at, findings);
      needBroker(profile, file.hasMqtt, at, findings);
      return settings && { ...common, speaks: 'mqtt', profile, settings };
    case 'exchange': {
      const problem = `\`${profile.id}\` is served by PC/SC: give \`pcsc\` instead of`;
      refuseKeys(reader, ['serial', 'tcp', 'hid', 'bus'], problem, at, findings);
      if (reader.keypad !== undefined)
        findings.report([...at, 'keypad'], `\`${profile.id}\` has no keys: remove \`keypad\``, 'key');
      const pcscReader = reader.pcsc?.reader ?? null;
      return settings && { ...common, speaks: 'exchange', profile, settings, pcscReader, secrets };
    }
    case 'bus': {
      const problem = `\`${profile.id}\` hangs on a bus, which says where it is: give \`bus\` instead of`;
      refuseKeys(reader, ['serial', 'tcp', 'hid', 'pcsc'], problem, at, findings);
      const bus = busOf(profile, reader, file, profiles, at, findings);
      return bus === null ? null : settings && { ...common, speaks: 'bus', profile, settings, bus, secrets };
    }
  }
}

/** Each key's file as an absolute path. */
function secretsOf(
  profile: ReaderProfile,
  files: Record<string, string>,
  folder: string,
  at: Path,
  { report }: Findings,
): Record<string, string> {
  const needs = profile.speaks === 'exchange' ? (profile.secrets ?? {}) : {};
  for (const name of Object.keys(files)) {
    if (!Object.hasOwn(needs, name))
      report(
        [...at, 'secrets', name],
        `\`${profile.id}\` has no key \`${name}\`: ${suggestion(name, Object.keys(needs))}`,
        'key',
      );
  }
  for (const [name, { optional, explanation }] of Object.entries(needs)) {
    if (optional || Object.hasOwn(files, name)) continue;
    const remedy = `write the key as hex into a file that only the gateway may read, and name the file as \`secrets.${name}\``;
    report([...at, 'secrets'], `\`${profile.id}\` needs the key \`${name}\` (${explanation}): ${remedy}`);
  }
  return Object.fromEntries(Object.entries(files).map(([name, file]) => [name, resolve(folder, file)]));
}

import type { Profiles } from '../../ports/device.ts';
import type { GateConfig, RelayConfig, TurnstileConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { GateFile } from '../schema.ts';
import { busOf, busSecretsOf } from './bus-address.ts';
import { hidOf, lineOf, needBroker, refuseKeys } from './device-address.ts';
import { profileOf, settingsOf } from './find-profile.ts';
import { pulseOf } from './resolve-turnstile.ts';
import type { WiringFile } from './wiring.ts';

/** `undefined`: the gate has none; `null`: something is wrong with it. */
export function resolveRelay(
  id: string,
  key: 'relay' | 'relayOut',
  { [key]: relay }: GateFile,
  turnstile: TurnstileConfig | null | undefined,
  file: WiringFile,
  profiles: Profiles,
  findings: Findings,
): RelayConfig | null | undefined {
  if (relay === undefined) return undefined;
  const at: Path = ['gates', id, key];
  const pulseMs = pulseOf(relay, turnstile ?? null, at, findings);
  const resolved = resolvePlace(relay, pulseMs, at, file, profiles, findings);
  if (relay.fallback === undefined) return resolved;
  const fallback = resolvePlace(relay.fallback, pulseMs, [...at, 'fallback'], file, profiles, findings);
  return resolved && fallback && { ...resolved, fallback };
}

/** One relay with its product, settings and place. */
function resolvePlace(
  relay: Omit<NonNullable<GateFile['relay']>, 'pulseMs' | 'fallback'>,
  pulseMs: number,
  at: Path,
  file: WiringFile,
  profiles: Profiles,
  findings: Findings,
): RelayConfig | null {
  const profile = profileOf(relay.device, 'relay', profiles.relays, profiles.readers, profiles.refused, at, findings);
  if (profile === null) return null;
  const settings = settingsOf(profile, relay.settings, at, findings);
  const common = { pulseMs, fallback: null };
  switch (profile.speaks) {
    case 'stream': {
      refuseKeys(relay, ['hid', 'bus'], `\`${profile.id}\` hangs on a line: give \`serial\` or \`tcp\` instead of`, at, findings);
      const line = lineOf(profile, relay, at, findings);
      return line && settings && { ...common, speaks: 'stream', profile, settings, line };
    }
    case 'hid': {
      refuseKeys(relay, ['serial', 'tcp', 'bus'], `\`${profile.id}\` is a HID device: give \`hid\` instead of`, at, findings);
      const hid = hidOf(profile, relay, at, findings);
      return hid && settings && { ...common, speaks: 'hid', profile, settings, hid };
    }
    case 'mqtt':
      refuseKeys(relay, ['serial', 'tcp', 'hid', 'bus'], `\`${profile.id}\` speaks MQTT: remove`, at, findings);
      needBroker(profile, file.hasMqtt, at, findings);
      return settings && { ...common, speaks: 'mqtt', profile, settings };
    case 'bus': {
      const problem = `\`${profile.id}\` hangs on a bus, which says where it is: give \`bus\` instead of`;
      refuseKeys(relay, ['serial', 'tcp', 'hid'], problem, at, findings);
      const bus = busOf(profile, relay, file, profiles, at, findings);
      const secrets = busSecretsOf(profile, relay.secrets, file.folder, profiles, at, findings);
      return bus === null ? null : settings && { ...common, speaks: 'bus', profile, settings, bus, secrets };
    }
  }
}

/** `undefined`: the gate has none; `null`: something is wrong with it. */
export function resolvePassageFrom(
  id: string,
  { passageFrom, contacts }: GateFile,
  hasMqtt: boolean,
  profiles: Profiles,
  findings: Findings,
): GateConfig['passageFrom'] | undefined {
  if (passageFrom === undefined) return undefined;
  const at: Path = ['gates', id, 'passageFrom'];
  const profile = profileOf(passageFrom.device, 'relay', profiles.relays, profiles.readers, profiles.refused, at, findings);
  if (profile === null) return null;
  if (profile.speaks !== 'mqtt') {
    findings.report([...at, 'device'], `\`${profile.id}\` reports no passages: name a device that speaks MQTT`);
    return null;
  }
  needBroker(profile, hasMqtt, at, findings);
  const settings = settingsOf(profile, passageFrom.settings, at, findings);
  if (settings === null || profile.reportsPassage(settings)) return settings && { profile, settings };
  if (contacts !== undefined && profile.reportsInputs?.(settings)) return { profile, settings };
  const problem = `\`${profile.id}\` reports no passages with these settings: see \`gatehouse devices profiles\``;
  findings.report([...at, 'settings'], problem);
  return null;
}

import { pathText } from '../../lib/path-text.ts';
import type { BusPlace, Profiles } from '../../ports/device.ts';
import { checkShape } from '../check-shape.ts';
import type { BusConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import { lineOf } from './device-address.ts';
import { suggestion } from './find-profile.ts';
import { relaysIn, type Wiring, type WiringFile } from './wiring.ts';

/** A reader or relay that hangs on a bus. */
interface BusUser {
  at: Path;
  bus: string;
  place: BusPlace;
  secrets: Record<string, string>;
}

/** Every bus with the devices on it; reports those that cannot work, and readers and relays that do not agree on their device. */
export function resolveBuses(wiring: Wiring, file: WiringFile, profiles: Profiles, findings: Findings): BusConfig[] {
  const users = usersIn(wiring);
  return [...file.buses].flatMap(([id, bus]) => {
    const at: Path = ['buses', id];
    const profile = profiles.buses.get(bus.device);
    if (profile === undefined) {
      findings.report(
        [...at, 'device'],
        `there is no bus \`${bus.device}\`: ${suggestion(bus.device, [...profiles.buses.keys()])}`,
      );
      return [];
    }
    const own = users.filter((user) => user.bus === id);
    const names = [...file.readers.values(), ...[...file.gates.values()].flatMap(({ relay, relayOut }) => [relay, relayOut])];
    if (file.wires === 'real' && !names.some((device) => device?.bus === id))
      findings.warn(at, `no reader or relay hangs on bus \`${id}\`: give one of them the line \`bus: ${id}\``);
    const line = lineOf(profile, bus, at, findings);
    const settings = checkShape(profile.settings.strict(), bus.settings, [...at, 'settings'], findings.locate);
    if ('problems' in settings) findings.problems.push(...settings.problems);
    const devices = devicesOf(own, Object.keys(profile.secrets), findings);
    return line && 'value' in settings ? [{ id, profile, settings: settings.value, line, devices }] : [];
  });
}

function usersIn(wiring: Wiring): BusUser[] {
  return [
    ...wiring.readers.flatMap((reader) => {
      if (reader.speaks !== 'bus') return [];
      const { id, bus, secrets, profile, settings } = reader;
      return [{ at: ['readers', id], bus, secrets, place: profile.place(settings) }];
    }),
    ...relaysIn(wiring).flatMap(({ at, relay }) => {
      if (relay.speaks !== 'bus') return [];
      const { bus, secrets, profile, settings } = relay;
      return [{ at, bus, secrets, place: profile.place(settings) }];
    }),
  ];
}

function devicesOf(users: readonly BusUser[], secretNames: string[], findings: Findings): BusConfig['devices'] {
  const addresses = new Set(users.map(({ place }) => place.address));
  return [...addresses].map((address) => {
    const [first, ...others] = users.filter(({ place }) => place.address === address);
    // INVARIANT: an address is there because somebody has it.
    if (first === undefined) throw new Error(`nobody has address ${address}`);
    for (const [index, other] of others.entries()) checkAgreement(other, [first, ...others.slice(0, index)], findings);
    const secrets: Record<string, string> = Object.assign({}, ...[first, ...others].map((user) => user.secrets));
    if (first.place.secured && Object.keys(secrets).length === 0) {
      const keys = secretNames.map((name) => `\`secrets.${name}\``).join(' or ');
      const remedy = `name the file with it as ${keys}, or say \`secureChannel: off\` where the device knows no encryption`;
      findings.report(first.at, `\`${pathText(first.at)}\` needs the key of the device at address ${address}: ${remedy}`, 'key');
    }
    return { address, secured: first.place.secured, secrets };
  });
}

/** Parts of one device are spoken with in one way. */
function checkAgreement({ at, place, secrets }: BusUser, others: readonly BusUser[], { report }: Findings): void {
  for (const other of others) {
    const they = `\`${pathText(other.at)}\``;
    if (other.place.part === place.part)
      report(at, `this is ${place.part} of address ${place.address}, as ${they} is: give each its own`, 'key');
    if (other.place.secured !== place.secured)
      report(
        [...at, 'settings'],
        `${they} is at address ${place.address} too, and one of them has \`secureChannel: off\`: they are one device, say the same of both`,
        'key',
      );
    const differing = Object.keys(secrets).find((name) => secrets[name] !== (other.secrets[name] ?? secrets[name]));
    if (differing !== undefined)
      report(
        [...at, 'secrets', differing],
        `${they} is at address ${place.address} too, with another file: they are one device, and have one key`,
      );
  }
}

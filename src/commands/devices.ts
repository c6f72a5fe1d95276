import type { Command } from 'commander';
import type { BusProfile } from '../ports/bus.ts';
import type { ReaderProfile, RelayProfile, TurnstileProfile } from '../ports/device.ts';
import { addDevicesLearn } from './devices-learn.ts';
import { addDevicesList } from './devices-list.ts';
import { addDevicesListen } from './devices-listen.ts';
import { addOsdpKey } from './devices-osdp-key.ts';
import { addDevicesRecord, addDevicesReplay } from './devices-record.ts';
import { addDevicesTest } from './devices-test.ts';
import type { Terminal } from './terminal.ts';

export function addDevices(program: Command, terminal: Terminal): void {
  const devices = program.command('devices').description('readers and relays: what is plugged in, what it says');
  addDevicesList(devices, terminal);
  addDevicesListen(devices, terminal);
  addOsdpKey(devices, terminal);
  addDevicesLearn(devices, terminal);
  addDevicesTest(devices, terminal);
  addDevicesRecord(devices, terminal);
  addDevicesReplay(devices, terminal);
  devices
    .command('profiles')
    .summary('list the products and what each can be told')
    .description('Lists every product that can be named as `device`, with its settings, their defaults and what they mean.')
    .action(async () => {
      const { loadProfiles } = await import('../load-profiles.ts');
      const { readers, relays, turnstiles, buses } = await loadProfiles();
      terminal.out('Readers (under `readers`)');
      for (const profile of readers.values()) for (const line of await linesOf(profile)) terminal.out(line);
      terminal.out('');
      terminal.out('Relays (`gates.<id>.relay`, and `passageFrom` for those that report passages)');
      for (const profile of relays.values()) for (const line of await linesOf(profile)) terminal.out(line);
      terminal.out('');
      terminal.out('Turnstiles and doors (`gates.<id>.turnstile`)');
      for (const profile of turnstiles.values()) for (const line of await linesOf(profile)) terminal.out(line);
      terminal.out('');
      terminal.out('Lines that several devices share (under `buses`)');
      for (const profile of buses.values()) for (const line of await linesOf(profile)) terminal.out(line);
    });
}

async function linesOf(profile: ReaderProfile | RelayProfile | TurnstileProfile | BusProfile): Promise<string[]> {
  const { settingsOf } = await import('../config/list-settings.ts');
  return [
    '',
    `  ${profile.id}  ${profile.name}${profile.does === 'turn' ? '' : `; connected by ${connectionOf(profile)}`}`,
    ...(profile.does === 'turn' ? [`    ${mannersOf(profile)}`] : []),
    ...settingsOf(profile).flatMap(({ key, allowed, standard, explanation }) => [
      `    ${key}: ${standard}    (${allowed})`,
      `      ${explanation}`,
    ]),
  ];
}

/** What a turnstile with the usual settings wants and does. */
function mannersOf(profile: TurnstileProfile): string {
  const { pulse, waitMs, sides } = profile.traits(profile.settings.parse({}));
  const bounds = [
    ...(pulse.minMs === null ? [] : [`at least ${pulse.minMs}`]),
    ...(pulse.maxMs === null ? [] : [`at most ${pulse.maxMs}`]),
    `${pulse.suggestedMs} unless you say otherwise`,
  ];
  const wait = waitMs === 'while_told' ? 'as long as it is told' : `${waitMs / 1000} s`;
  const wires = sides.map(({ opens, tells }) => `${opens} opens, ${tells} tells`).join('; ');
  return `pulseMs ${bounds.join(', ')}; stays open ${wait}; ${wires}`;
}

function connectionOf(profile: ReaderProfile | RelayProfile | BusProfile): string {
  if (profile.does === 'carry') return lineOf(profile);
  switch (profile.speaks) {
    case 'stream':
      return lineOf(profile);
    case 'exchange':
      return 'pcsc';
    default:
      return profile.speaks;
  }
}

function lineOf({ serial }: { serial: { baudRate: number } }): string {
  return `serial (${serial.baudRate} baud) or tcp`;
}

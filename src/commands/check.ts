import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config, GateConfig, LineAddress, ReaderConfig, RelayConfig } from '../config/config.ts';
import type { RowProblem } from '../ports/club-snapshot.ts';
import type { HidAddress } from '../ports/transport.ts';
import { readConfig } from './read-config.ts';
import { readInput } from './read-input.ts';
import { showRows } from './show-rows.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export function addCheck(program: Command, terminal: Terminal): void {
  const check = program
    .command('check')
    .summary('check a configuration or a club snapshot')
    .description(
      'Checks a configuration and says everything that is wrong with it, with line and column. Nothing is started or changed.',
    )
    .argument('<file>', 'the configuration')
    .usage('<file> | snapshot <file>')
    .action(async (path: string) => {
      if (await isSnapshot(path)) {
        terminal.err(`${path}: this is a club snapshot: check it with \`gatehouse check snapshot ${path}\``);
        terminal.exitCode = exitCodes.wrongUse;
        return;
      }
      const config = await readConfig(path, terminal);
      if (config !== null) for (const line of summaryOf(config)) terminal.out(line);
    });

  check
    .command('snapshot')
    .description(
      'Checks a club snapshot row by row. Ends with 1 when something has to be put right: rows that would be left out, that open ' +
        'nothing, that contradict themselves or one another, or hold a value no reader gives; with 0 when there is nothing or only ' +
        'warnings, such as a reference to a row that is not there; with 2 when the file cannot be used at all.',
    )
    .argument('<file>', 'the snapshot, JSON')
    .action(async (path: string) => {
      const { readSnapshot } = await import('../ports/club-snapshot.ts');
      const reading = readSnapshot(readInput(path));
      if (reading.snapshot === null) {
        showRows(path, [reading.fatal], '', terminal);
        terminal.exitCode = exitCodes.wrongUse;
        return;
      }
      const toPutRight = [...reading.problems, ...reading.faults].sort(byPlace);
      showRows(path, toPutRight, '', terminal);
      showRows(path, reading.warnings, 'warning: ', terminal);
      const counts = Object.entries(reading.snapshot.rows).map(([entity, rows]) => `${rows.length} ${entity}`);
      terminal.out(`${toPutRight.length === 0 ? 'ok' : `to put right: ${toPutRight.length}; rows held`}: ${counts.join(', ')}`);
      if (toPutRight.length > 0) terminal.exitCode = exitCodes.faults;
    });
}

/** A snapshot read as YAML would take minutes, to be called a configuration in which every key is unknown. */
async function isSnapshot(path: string): Promise<boolean> {
  const { snapshotFormat } = await import('../ports/club-snapshot.ts');
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null && 'format' in value && value.format === snapshotFormat;
  } catch {
    // Not to be read, or no JSON: what is wrong with it is for the check of configurations to say.
    return false;
  }
}

function byPlace(a: RowProblem, b: RowProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function summaryOf({ gateway, branch, dataFolder, http, mqtt, buses, gates, readers }: Config): string[] {
  const broker = mqtt === null ? 'none' : mqtt.embedded ? `in this box, ${mqtt.host}:${mqtt.port}` : mqtt.url;
  return [
    `ok: gateway ${gateway} at branch ${branch}`,
    `  data    ${dataFolder}`,
    `  screens http://${http.host}:${http.port}`,
    `  broker  ${broker}`,
    ...buses.map(({ id, profile, line }) => `  bus ${id}: ${profile.name}, ${lineText(line)}`),
    ...gates.flatMap((gate) => [
      gateLine(gate),
      ...readers
        .filter((reader) => reader.gate === gate.settings.id)
        .map((reader) => `    reader ${reader.id}: ${readerText(reader)}`),
      `    relay: ${openedBy(gate)}`,
      ...(gate.turnstile === null && gate.contacts.length === 0 ? [] : [`    turnstile: ${turnstileText(gate)}`]),
    ]),
  ];
}

function gateLine({ settings: { id, direction, zone, services, charge, passage } }: GateConfig): string {
  const spentOn = services.length === 0 ? 'general entry' : services.join(', ');
  return `  gate ${id}: ${direction}, zone ${zone}, ${spentOn}, charge ${charge}, passage ${passage}`;
}

function readerText(reader: ReaderConfig): string {
  return `${reader.profile.name} (${reader.profile.id}), ${readerPlace(reader)}`;
}

function readerPlace(reader: ReaderConfig): string {
  switch (reader.speaks) {
    case 'stream':
      return lineText(reader.line);
    case 'hid':
      return hidText(reader.hid);
    case 'mqtt':
      return 'MQTT';
    case 'exchange':
      return `PC/SC, ${reader.pcscReader ?? 'any reader'}`;
    case 'bus':
      return busText(reader);
  }
}

function hidText(address: HidAddress): string {
  const known = Object.entries(address).filter(([, part]) => part !== null);
  return `HID ${known.map(([key, part]) => `${key} ${part}`).join(', ')}`;
}

function turnstileText({ settings, turnstile, contacts }: GateConfig): string {
  const make = turnstile === null ? 'of an unnamed make' : `${turnstile.name} (${turnstile.id})`;
  const wired = contacts.map(({ name, input, activeWhenClosed, debounceMs }) => {
    return `${name} at input ${input} while ${activeWhenClosed ? 'closed' : 'open'}, after ${debounceMs} ms`;
  });
  return `${make}, awaited for ${settings.passageTimeoutSeconds} s; ${wired.length === 0 ? 'no contacts' : wired.join(', ')}`;
}

function openedBy({ relay, relayOut, passageFrom }: GateConfig): string {
  if (relay === null) return 'none, the gate only shows';
  const sensor = passageFrom === null ? '' : `; passages from ${passageFrom.profile.name} (${passageFrom.profile.id})`;
  return `${contactText(relay)}${relayOut === null ? '' : `; the way out: ${contactText(relayOut)}`}${sensor}`;
}

function contactText(relay: RelayConfig): string {
  const fallback = relay.fallback === null ? '' : `; behind it ${relayText(relay.fallback)}`;
  return `${relayText(relay)}, ${relay.pulseMs} ms${fallback}`;
}

function relayText(relay: RelayConfig): string {
  return `${relay.profile.name} (${relay.profile.id}), ${relayPlace(relay)}`;
}

function relayPlace(relay: RelayConfig): string {
  switch (relay.speaks) {
    case 'stream':
      return lineText(relay.line);
    case 'hid':
      return hidText(relay.hid);
    case 'mqtt':
      return 'MQTT';
    case 'bus':
      return busText(relay);
  }
}

function busText({ bus, profile, settings }: (ReaderConfig | RelayConfig) & { speaks: 'bus' }): string {
  const { address, part, secured } = profile.place(settings);
  return `bus ${bus}, address ${address}, ${part}, ${secured ? 'encrypted' : 'NOT ENCRYPTED'}`;
}

function lineText(line: LineAddress): string {
  return line.kind === 'serial' ? `${line.path} at ${line.baudRate} baud` : `${line.host}:${line.port}`;
}

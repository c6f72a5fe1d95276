import type { Command } from 'commander';
import type { Config, GateConfig, LineAddress, ReaderConfig } from '../config/config.ts';
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
      const config = await readConfig(path, terminal);
      if (config !== null) for (const line of summaryOf(config)) terminal.out(line);
    });

  check
    .command('snapshot')
    .description(
      'Checks a club snapshot row by row. Ends with 1 when rows would be left out, with 2 when the file cannot be used at all.',
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
      showRows(path, reading.problems, '', terminal);
      showRows(path, reading.warnings, 'warning: ', terminal);
      const counts = Object.entries(reading.snapshot.rows).map(([entity, rows]) => `${rows.length} ${entity}`);
      terminal.out(
        `${reading.problems.length === 0 ? 'ok' : `rows with mistakes: ${reading.problems.length}; good ones`}: ${counts.join(', ')}`,
      );
      if (reading.problems.length > 0) terminal.exitCode = exitCodes.faults;
    });
}

function summaryOf({ gateway, branch, dataFolder, http, mqtt, gates, readers }: Config): string[] {
  const broker = mqtt === null ? 'none' : mqtt.embedded ? `in this box, ${mqtt.host}:${mqtt.port}` : mqtt.url;
  return [
    `ok: gateway ${gateway} at branch ${branch}`,
    `  data    ${dataFolder}`,
    `  screens http://${http.host}:${http.port}`,
    `  broker  ${broker}`,
    ...gates.flatMap((gate) => [
      gateLine(gate),
      ...readers
        .filter((reader) => reader.gate === gate.settings.id)
        .map((reader) => `    reader ${reader.id}: ${readerText(reader)}`),
      `    relay: ${relayText(gate)}`,
    ]),
  ];
}

function gateLine({ settings: { id, direction, zone, services, charge, passage } }: GateConfig): string {
  const spentOn = services.length === 0 ? 'general entry' : services.join(', ');
  return `  gate ${id}: ${direction}, zone ${zone}, ${spentOn}, charge ${charge}, passage ${passage}`;
}

function readerText(reader: ReaderConfig): string {
  const where = reader.speaks === 'stream' ? lineText(reader.line) : `PC/SC, ${reader.pcscReader ?? 'any reader'}`;
  return `${reader.profile.name} (${reader.profile.id}), ${where}`;
}

function relayText({ relay, passageFrom }: GateConfig): string {
  if (relay === null) return 'none, the gate only shows';
  const where = relay.speaks === 'stream' ? lineText(relay.line) : 'MQTT';
  const sensor = passageFrom === null ? '' : `; passages from ${passageFrom.profile.name} (${passageFrom.profile.id})`;
  return `${relay.profile.name} (${relay.profile.id}), ${where}, ${relay.pulseMs} ms${sensor}`;
}

function lineText(line: LineAddress): string {
  return line.kind === 'serial' ? `${line.path} at ${line.baudRate} baud` : `${line.host}:${line.port}`;
}

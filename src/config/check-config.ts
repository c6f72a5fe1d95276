import { resolve } from 'node:path';
import type { z } from 'zod';
import type { GateSettings, ZoneSettings } from '../domain/gate/gate-settings.ts';
import { nearest } from '../lib/nearest.ts';
import type { Profiles } from '../ports/device.ts';
import { checkShape } from './check-shape.ts';
import type { Config, MqttConfig } from './config.ts';
import { type Findings, noFindings } from './findings.ts';
import { inOrder, type Locate, type Problem } from './place.ts';
import { busSchema, type ConfigFile, configSchema, gateSchema, readerSchema, zoneSchema } from './schema.ts';
import { checkWiring } from './wiring/check-wiring.ts';
import { usualTimeoutSeconds } from './wiring/resolve-turnstile.ts';
import type { Wiring } from './wiring/wiring.ts';

/** Problems and warnings stand in the order of the file. */
export type ConfigAnswer = { config: Config; warnings: Problem[] } | { problems: Problem[]; warnings: Problem[] };

export interface CheckConfigOptions {
  profiles: Profiles;
  /** Where a key of the value stands in its file. */
  locate: Locate;
  /** What relative paths start from. */
  folder: string;
  /** `simulated`: gates need no readers, relays and passage reports of their own, as in a scenario. */
  wires: 'real' | 'simulated';
}

/** Checks a configuration as it was read and says everything that is wrong with it, or gives it with its defaults filled in. */
export function checkConfigValue(value: unknown, options: CheckConfigOptions): ConfigAnswer {
  const { profiles, locate, folder, wires } = options;
  const findings = noFindings(locate);
  const { problems, warnings } = findings;

  const shape = checkShape(configSchema, value, [], locate);
  if ('problems' in shape) problems.push(...shape.problems);

  // What is well-shaped by itself is checked on, whatever stands beside it, so that one run shows every problem.
  const file = {
    gates: wellShaped(gateSchema, keyOf(value, 'gates')),
    readers: wellShaped(readerSchema, keyOf(value, 'readers')),
    buses: wellShaped(busSchema, keyOf(value, 'buses')),
    busNames: namesIn(keyOf(value, 'buses')),
    gateNames: namesIn(keyOf(value, 'gates')),
    hasMqtt: keyOf(value, 'mqtt') !== undefined,
    wires,
    folder,
  };
  const wiring = checkWiring(file, profiles, findings);
  if ('value' in shape) warnOfUnusedZones(shape.value, findings);
  const mqtt = 'value' in shape ? checkMqtt(shape.value.mqtt, folder, findings) : null;

  if ('problems' in shape || problems.length > 0) return { problems: inOrder(problems), warnings: inOrder(warnings) };
  const { branch, data, http, kiosk, gates, zones, ...club } = shape.value;
  const settings = Object.entries(gates).map(([id, gate]) => gateSettings(id, branch, gate, wiring));
  const config: Config = {
    ...club,
    branch,
    dataFolder: resolve(folder, data),
    http,
    mqtt,
    kiosk: { ...kiosk, languages: kiosk.languages as Config['kiosk']['languages'] },
    readers: wiring.readers,
    buses: wiring.buses,
    gates: settings.map((one) => ({
      settings: one,
      relay: wiring.relays.get(one.id) ?? null,
      relayOut: wiring.relaysOut.get(one.id) ?? null,
      passageFrom: wiring.passageFrom.get(one.id) ?? null,
      turnstile: wiring.turnstiles.get(one.id) ?? null,
      contacts: wiring.contacts.get(one.id) ?? [],
    })),
    zones: zonesOf(zones, settings),
  };
  return { config, warnings: inOrder(warnings) };
}

function gateSettings(id: string, branch: string, file: ConfigFile['gates'][string], wiring: Wiring): GateSettings {
  const {
    relay: _relay,
    relayOut: _relayOut,
    passageFrom: _passageFrom,
    turnstile: _turnstile,
    contacts: _contacts,
    ...gate
  } = file;
  const { denyFromAmount } = gate.debt;
  return {
    ...gate,
    id,
    branch: gate.branch ?? branch,
    passageTimeoutSeconds: gate.passageTimeoutSeconds ?? usualTimeoutSeconds(wiring.turnstiles.get(id), wiring.relays.get(id)),
    debt: { ...gate.debt, denyFromAmount: denyFromAmount === null ? null : decimalText(denyFromAmount) },
  };
}

/** A number as the digits that stand in the file, never as `1e+21`. */
function decimalText(amount: number | string): string {
  return typeof amount === 'string' ? amount : new Intl.NumberFormat('en', decimalDigits).format(amount);
}

const decimalDigits = { useGrouping: false, maximumFractionDigits: 20 } as const;

/** A zone that the file does not name has the defaults. */
function zonesOf(named: ConfigFile['zones'], gates: readonly GateSettings[]): ZoneSettings[] {
  const ids = new Set([...Object.keys(named), ...gates.map(({ zone }) => zone)]);
  return [...ids].map((id) => ({ id, ...(named[id] ?? zoneSchema.parse({})) }));
}

function warnOfUnusedZones({ gates, zones }: ConfigFile, { warn }: Findings): void {
  const entered = [...new Set(Object.values(gates).map(({ zone }) => zone))];
  for (const id of Object.keys(zones).filter((zone) => !entered.includes(zone))) {
    const meant = nearest(id, entered);
    const suggestion = meant === null ? '' : `did you mean \`${meant}\`? `;
    const named = entered.map((zone) => `\`${zone}\``).join(', ');
    warn(['zones', id], `no gate enters the zone \`${id}\`, so nobody is ever counted in it: ${suggestion}gates enter ${named}`);
  }
}

function checkMqtt(mqtt: ConfigFile['mqtt'], folder: string, { report }: Findings): MqttConfig | null {
  if (mqtt === undefined) return null;
  const { embedded, username } = mqtt;
  const passwordFile = mqtt.passwordFile === null ? null : resolve(folder, mqtt.passwordFile);
  for (const key of embedded ? (['url'] as const) : (['host', 'port'] as const)) {
    if (mqtt[key] === undefined) continue;
    report(['mqtt', key], `\`mqtt.${key}\` means nothing with \`embedded: ${embedded}\`: remove it`, 'key');
  }
  if ((username === null) !== (passwordFile === null)) {
    const [given, missing] = username === null ? ['passwordFile', 'username'] : ['username', 'passwordFile'];
    report(['mqtt', given], `\`mqtt.${given}\` needs \`mqtt.${missing}\` beside it`, 'key');
  }
  if (!embedded) return { embedded, url: mqtt.url ?? 'mqtt://127.0.0.1:1883', username, passwordFile };
  const host = mqtt.host ?? '127.0.0.1';
  if (username === null && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    report(
      ['mqtt', 'host'],
      `anybody who reaches \`${host}\` could open the gates: give \`mqtt.username\` and \`mqtt.passwordFile\`, or listen at \`127.0.0.1\``,
    );
  }
  return { embedded, host, port: mqtt.port ?? 1883, username, passwordFile };
}

function wellShaped<S extends z.ZodType>(schema: S, group: unknown): Map<string, z.output<S>> {
  const entries = namesIn(group).map((name) => [name, schema.safeParse(keyOf(group, name))] as const);
  return new Map(entries.flatMap(([name, parsed]) => (parsed.success ? [[name, parsed.data]] : [])));
}

function namesIn(group: unknown): string[] {
  return group !== null && typeof group === 'object' ? Object.keys(group) : [];
}

function keyOf(group: unknown, key: string): unknown {
  return group !== null && typeof group === 'object' ? (group as Record<string, unknown>)[key] : undefined;
}

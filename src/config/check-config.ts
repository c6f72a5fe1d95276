import { resolve } from 'node:path';
import type { z } from 'zod';
import type { Profiles } from '../ports/device.ts';
import { checkShape } from './check-shape.ts';
import { checkWiring } from './check-wiring.ts';
import type { Config, MqttConfig } from './config.ts';
import { type Findings, noFindings } from './findings.ts';
import { notEnforcedProblems } from './not-enforced.ts';
import { inOrder, type Locate, type Problem } from './place.ts';
import { type ConfigFile, configSchema, gateSchema, readerSchema } from './schema.ts';

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
  const misshapen = new Set(problems.map(({ place }) => placeKey(place)));
  problems.push(...notEnforcedProblems(value, locate).filter(({ place }) => !misshapen.has(placeKey(place))));

  // What is well-shaped by itself is checked on, whatever stands beside it, so that one run shows every problem.
  const file = {
    gates: wellShaped(gateSchema, keyOf(value, 'gates')),
    readers: wellShaped(readerSchema, keyOf(value, 'readers')),
    gateNames: namesIn(keyOf(value, 'gates')),
    hasMqtt: keyOf(value, 'mqtt') !== undefined,
    wires,
  };
  const wiring = checkWiring(file, profiles, findings);
  const mqtt = 'value' in shape ? checkMqtt(shape.value.mqtt, folder, findings) : null;

  if ('problems' in shape || problems.length > 0) return { problems: inOrder(problems), warnings: inOrder(warnings) };
  const { gateway, branch, data, http, kiosk, clubCard, warnings: endingSoon, chooseOrder, gates } = shape.value;
  const config: Config = {
    gateway,
    branch,
    dataFolder: resolve(folder, data),
    http,
    mqtt,
    kiosk: { ...kiosk, languages: kiosk.languages as Config['kiosk']['languages'] },
    readers: wiring.readers,
    gates: Object.entries(gates).map(([id, { relay, passageFrom, ...gate }]) => ({
      settings: gateSettings(id, branch, gate),
      relay: wiring.relays.get(id) ?? null,
      passageFrom: wiring.passageFrom.get(id) ?? null,
    })),
    clubCard,
    warnings: endingSoon,
    chooseOrder,
  };
  return { config, warnings: inOrder(warnings) };
}

function gateSettings(id: string, branch: string, gate: Omit<ConfigFile['gates'][string], 'relay' | 'passageFrom'>) {
  return {
    id,
    branch: gate.branch ?? branch,
    direction: gate.direction,
    zone: gate.zone,
    services: gate.services,
    charge: gate.charge,
    sessionMinutes: gate.sessionMinutes,
    passage: gate.passage,
    passageTimeoutSeconds: gate.passageTimeoutSeconds,
    onRestart: gate.onRestart,
    doubleReadSeconds: gate.doubleReadSeconds,
    frozen: gate.frozen,
  };
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

function placeKey(place: Problem['place']): string {
  return place === null ? '' : `${place.line}:${place.column}`;
}

import { nearest } from '../lib/nearest.ts';
import { pathText } from '../lib/path-text.ts';
import type { LineRelay, MqttRelay, Profiles, ReaderProfile, RelayProfile, StreamReader } from '../ports/device.ts';
import { checkShape } from './check-shape.ts';
import type { GateConfig, LineAddress, ReaderConfig, RelayConfig } from './config.ts';
import type { Findings } from './findings.ts';
import type { Path } from './place.ts';
import type { GateFile, ReaderFile } from './schema.ts';

/** The well-shaped part of a file. */
export interface WiringFile {
  gates: Map<string, GateFile>;
  readers: Map<string, ReaderFile>;
  /** Of all gates, well-shaped or not. */
  gateNames: string[];
  hasMqtt: boolean;
  wires: 'real' | 'simulated';
}

export interface Wiring {
  readers: ReaderConfig[];
  /** By gate. */
  relays: Map<string, RelayConfig>;
  /** By gate. */
  passageFrom: Map<string, NonNullable<GateConfig['passageFrom']>>;
}

/** Which device hangs where: products, their settings, their lines, and who reports a passage. */
export function checkWiring(file: WiringFile, profiles: Profiles, findings: Findings): Wiring {
  const wiring: Wiring = { readers: [], relays: new Map(), passageFrom: new Map() };
  for (const [id, reader] of file.readers) {
    checkReaderGate(id, reader, file, findings);
    const resolved = resolveReader(id, reader, profiles, findings);
    if (resolved !== null) wiring.readers.push(resolved);
  }
  for (const [id, gate] of file.gates) {
    const relay = resolveRelay(id, gate, file.hasMqtt, profiles, findings);
    const passageFrom = resolvePassageFrom(id, gate, file.hasMqtt, profiles, findings);
    if (relay) wiring.relays.set(id, relay);
    if (passageFrom) wiring.passageFrom.set(id, passageFrom);
    if (relay !== null && passageFrom !== null) checkPassage(id, gate, relay, passageFrom, file.wires, findings);
    if (file.wires === 'real') warnOfLooseEnds(id, gate, file, findings);
  }
  checkSharedLines(wiring, findings);
  checkSharedMqttRelays(wiring, findings);
  checkSharedPcsc(wiring.readers, findings);
  return wiring;
}

function checkReaderGate(
  id: string,
  { gate, direction }: ReaderFile,
  { gateNames, gates }: WiringFile,
  { report }: Findings,
): void {
  if (!gateNames.includes(gate)) {
    report(['readers', id, 'gate'], `there is no gate \`${gate}\`: ${suggestion(gate, gateNames)}`);
    return;
  }
  const gateDirection = gates.get(gate)?.direction ?? 'both';
  if (direction === undefined || gateDirection === 'both') return;
  const problem = `\`readers.${id}.direction\` means nothing at a gate whose direction is \`${gateDirection}\`: remove it`;
  report(['readers', id, 'direction'], problem, 'key');
}

function resolveReader(id: string, reader: ReaderFile, profiles: Profiles, findings: Findings): ReaderConfig | null {
  const at: Path = ['readers', id];
  const profile = profileOf(reader.device, 'reader', profiles.readers, profiles.relays, at, findings);
  if (profile === null) return null;
  const settings = settingsOf(profile, reader.settings, at, findings);
  const common = { id, gate: reader.gate, direction: reader.direction ?? null };
  if (profile.speaks === 'stream') {
    refuseKeys(
      reader,
      ['pcsc'],
      `\`${profile.id}\` sends bytes over a line: give \`serial\` or \`tcp\` instead of`,
      at,
      findings,
    );
    const line = lineOf(profile, reader, at, findings);
    return line && settings && { ...common, speaks: 'stream', profile, settings, line };
  }
  refuseKeys(reader, ['serial', 'tcp'], `\`${profile.id}\` is served by PC/SC: give \`pcsc\` instead of`, at, findings);
  return settings && { ...common, speaks: 'exchange', profile, settings, pcscReader: reader.pcsc?.reader ?? null };
}

/** `undefined`: the gate has none; `null`: something is wrong with it. */
function resolveRelay(
  id: string,
  { relay }: GateFile,
  hasMqtt: boolean,
  profiles: Profiles,
  findings: Findings,
): RelayConfig | null | undefined {
  if (relay === undefined) return undefined;
  const at: Path = ['gates', id, 'relay'];
  const profile = profileOf(relay.device, 'relay', profiles.relays, profiles.readers, at, findings);
  if (profile === null) return null;
  const settings = settingsOf(profile, relay.settings, at, findings);
  const { pulseMs } = relay;
  if (profile.speaks === 'stream') {
    const line = lineOf(profile, relay, at, findings);
    return line && settings && { speaks: 'stream', profile, settings, pulseMs, line };
  }
  refuseKeys(relay, ['serial', 'tcp'], `\`${profile.id}\` speaks MQTT: remove`, at, findings);
  needBroker(profile, hasMqtt, at, findings);
  return settings && { speaks: 'mqtt', profile, settings, pulseMs };
}

/** `undefined`: the gate has none; `null`: something is wrong with it. */
function resolvePassageFrom(
  id: string,
  { passageFrom }: GateFile,
  hasMqtt: boolean,
  profiles: Profiles,
  findings: Findings,
): GateConfig['passageFrom'] | undefined {
  if (passageFrom === undefined) return undefined;
  const at: Path = ['gates', id, 'passageFrom'];
  const profile = profileOf(passageFrom.device, 'relay', profiles.relays, profiles.readers, at, findings);
  if (profile === null) return null;
  if (profile.speaks !== 'mqtt') {
    findings.report([...at, 'device'], `\`${profile.id}\` reports no passages: name a device that speaks MQTT`);
    return null;
  }
  needBroker(profile, hasMqtt, at, findings);
  const settings = settingsOf(profile, passageFrom.settings, at, findings);
  if (settings === null || profile.reportsPassage(settings)) return settings && { profile, settings };
  const problem = `\`${profile.id}\` reports no passages with these settings: see \`gatehouse devices profiles\``;
  findings.report([...at, 'settings'], problem);
  return null;
}

function checkPassage(
  id: string,
  { passage }: GateFile,
  relay: RelayConfig | undefined,
  passageFrom: GateConfig['passageFrom'] | undefined,
  wires: 'real' | 'simulated',
  { report, warn }: Findings,
): void {
  const at: Path = ['gates', id, 'passageFrom'];
  const relayReports = relay?.speaks === 'mqtt' && relay.profile.reportsPassage(relay.settings);
  if (relayReports && passageFrom)
    report(at, 'the relay reports passages too, each would be told twice: keep one of them', 'key');
  if (passage === 'assumed' && passageFrom) {
    warn(at, `nobody listens to \`${pathText(at)}\` while \`passage\` is \`assumed\`: set it to \`reported\``);
  }
  if (passage === 'assumed' || wires === 'simulated' || relayReports || passageFrom) return;
  const remedy = 'add `passageFrom`, give the relay `settings` that report passages, or write `assumed`';
  report(['gates', id, 'passage'], `\`gates.${id}.passage\` is \`reported\`, but no device reports: ${remedy}`);
}

function warnOfLooseEnds(id: string, gate: GateFile, { readers }: WiringFile, { warn }: Findings): void {
  const at: Path = ['gates', id];
  if (![...readers.values()].some((reader) => reader.gate === id)) {
    warn(at, `gate \`${id}\` has no reader: nobody can tap there; give one of \`readers\` the line \`gate: ${id}\``);
  }
  if (gate.relay === undefined) warn(at, `gate \`${id}\` has no \`relay\`: it shows its answers and opens nothing`);
}

function profileOf<Profile>(
  device: string,
  kind: 'reader' | 'relay',
  profiles: ReadonlyMap<string, Profile>,
  otherProfiles: ReadonlyMap<string, unknown>,
  at: Path,
  { report }: Findings,
): Profile | null {
  const profile = profiles.get(device);
  if (profile !== undefined) return profile;
  const what = otherProfiles.has(device) ? `\`${device}\` is not a ${kind}` : `there is no ${kind} \`${device}\``;
  report([...at, 'device'], `${what}: ${suggestion(device, [...profiles.keys()])}`);
  return null;
}

function settingsOf(
  profile: ReaderProfile | RelayProfile,
  settings: Record<string, unknown>,
  at: Path,
  { locate, problems }: Findings,
): Record<string, unknown> | null {
  const answer = checkShape(profile.settings.strict(), settings, [...at, 'settings'], locate);
  if ('value' in answer) return answer.value;
  problems.push(...answer.problems);
  return null;
}

function lineOf(
  profile: StreamReader | LineRelay,
  { serial, tcp }: Pick<ReaderFile, 'serial' | 'tcp'>,
  at: Path,
  { report }: Findings,
): LineAddress | null {
  if (serial && tcp) report([...at, 'tcp'], 'one line is enough: keep `serial` or `tcp`', 'key');
  else if (serial) return { kind: 'serial', path: serial.path, baudRate: serial.baudRate ?? profile.serial.baudRate };
  else if (tcp) return { kind: 'tcp', ...tcp };
  else report(at, `\`${pathText(at)}\` needs \`serial\` or \`tcp\`: where \`${profile.id}\` is connected`, 'key');
  return null;
}

function refuseKeys(
  entry: Partial<ReaderFile>,
  keys: (keyof ReaderFile)[],
  problem: string,
  at: Path,
  { report }: Findings,
): void {
  for (const key of keys) if (entry[key] !== undefined) report([...at, key], `${problem} \`${key}\``, 'key');
}

function needBroker(profile: MqttRelay, hasMqtt: boolean, at: Path, { report }: Findings): void {
  if (!hasMqtt) report([...at, 'device'], `\`${profile.id}\` speaks MQTT, but no broker is named: add \`mqtt\` at the top`);
}

function checkSharedLines({ readers, relays }: Wiring, { report }: Findings): void {
  const users: { at: Path; line: LineAddress }[] = [
    ...readers.flatMap((reader) => (reader.speaks === 'stream' ? [{ at: ['readers', reader.id], line: reader.line }] : [])),
    ...[...relays].flatMap(([id, relay]) =>
      relay.speaks === 'stream' ? [{ at: ['gates', id, 'relay'], line: relay.line }] : [],
    ),
  ];
  const firstUsers = new Map<string, Path>();
  for (const { at, line } of users) {
    const name = line.kind === 'serial' ? line.path : `${line.host}:${line.port}`;
    const first = firstUsers.get(name);
    if (first === undefined) firstUsers.set(name, at);
    else report([...at, line.kind], `\`${name}\` is already used by \`${pathText(first)}\`: a line serves one device`, 'key');
  }
}

function checkSharedMqttRelays({ relays }: Wiring, { report }: Findings): void {
  const firstUsers = new Map<string, string>();
  for (const [id, relay] of relays) {
    if (relay.speaks !== 'mqtt') continue;
    const { topic } = relay.profile.on(relay.settings, relay.pulseMs, 1);
    const told = `${topic} ${JSON.stringify(relay.settings)}`;
    const first = firstUsers.get(told);
    if (first === undefined) firstUsers.set(told, id);
    else
      report(
        ['gates', id, 'relay'],
        `this is the relay of \`gates.${first}\` too: one tap would open both; give each its own`,
        'key',
      );
  }
}

function checkSharedPcsc(readers: ReaderConfig[], { report }: Findings): void {
  const pcscReaders = readers.flatMap((reader) => (reader.speaks === 'exchange' ? [reader] : []));
  for (const [index, { id, pcscReader }] of pcscReaders.entries()) {
    const rival = pcscReaders.slice(0, index).find((other) => mayBeOne(other.pcscReader, pcscReader));
    if (rival === undefined) continue;
    const problem = `this may be the PC/SC reader of \`readers.${rival.id}\` too: give each a \`pcsc.reader\` of its own`;
    report(['readers', id, 'pcsc'], problem, 'key');
  }
}

function mayBeOne(a: string | null, b: string | null): boolean {
  return a === null || b === null || a.includes(b) || b.includes(a);
}

function suggestion(word: string, known: string[]): string {
  const meant = nearest(word, known);
  const list = known.length === 0 ? 'there are none' : `there are ${known.map((name) => `\`${name}\``).join(', ')}`;
  return meant === null ? list : `did you mean \`${meant}\`? ${list}`;
}

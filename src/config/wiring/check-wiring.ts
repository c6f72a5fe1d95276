import { pathText } from '../../lib/path-text.ts';
import type { Profiles } from '../../ports/device.ts';
import type { GateConfig, RelayConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { GateFile, ReaderFile } from '../schema.ts';
import { checkShared } from './check-shared.ts';
import { suggestion } from './find-profile.ts';
import { resolveBuses } from './resolve-buses.ts';
import { checkInputs, resolveContacts } from './resolve-contacts.ts';
import { resolveReader } from './resolve-reader.ts';
import { resolvePassageFrom, resolveRelay } from './resolve-relay.ts';
import { resolveTurnstile, warnOfHeldContact, warnOfShortWait, warnOfStoredPulse } from './resolve-turnstile.ts';
import { warnOfWeakReaders } from './warn-of-weak-readers.ts';
import { relaysOf, type Wiring, type WiringFile } from './wiring.ts';

/** Which device hangs where: products, their settings, their lines, and who reports a passage. */
export function checkWiring(file: WiringFile, profiles: Profiles, findings: Findings): Wiring {
  const wiring: Wiring = {
    readers: [],
    buses: [],
    relays: new Map(),
    relaysOut: new Map(),
    passageFrom: new Map(),
    turnstiles: new Map(),
    contacts: new Map(),
  };
  for (const [id, reader] of file.readers) {
    checkReaderGate(id, reader, file, findings);
    const resolved = resolveReader(id, reader, file, profiles, findings);
    if (resolved !== null) wiring.readers.push(resolved);
  }
  for (const [id, gate] of file.gates) {
    const turnstile = resolveTurnstile(id, gate, profiles, findings);
    const relay = resolveRelay(id, 'relay', gate, turnstile, file, profiles, findings);
    const relayOut = resolveRelay(id, 'relayOut', gate, turnstile, file, profiles, findings);
    const passageFrom = resolvePassageFrom(id, gate, file.hasMqtt, profiles, findings);
    if (relay) wiring.relays.set(id, relay);
    if (relayOut) wiring.relaysOut.set(id, relayOut);
    checkWayOut(id, gate, findings);
    if (passageFrom) wiring.passageFrom.set(id, passageFrom);
    if (turnstile) wiring.turnstiles.set(id, turnstile);
    wiring.contacts.set(id, resolveContacts(id, gate, turnstile, passageFrom ?? relay, findings));
    if (turnstile) for (const one of relaysOf(id, { relay, relayOut })) warnOfHeldContact(one.at, one.relay, turnstile, findings);
    if (turnstile) warnOfShortWait(id, gate, turnstile, findings);
    if (turnstile) warnOfStoredPulse(id, gate, turnstile, findings);
    if (relay !== null && passageFrom !== null) {
      checkPassage(id, gate, relay, passageFrom, file.wires, findings);
      if (file.wires === 'real') checkInputs(id, gate, relay, passageFrom, findings);
    }
    if (file.wires === 'real') warnOfLooseEnds(id, gate, file, findings);
  }
  wiring.buses.push(...resolveBuses(wiring, file, profiles, findings));
  if (file.wires === 'real') warnOfWeakReaders(file, wiring.readers, findings);
  checkShared(wiring, findings);
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

function checkWayOut(id: string, { direction, relay, relayOut }: GateFile, { report }: Findings): void {
  if (relayOut === undefined) return;
  const at: Path = ['gates', id, 'relayOut'];
  const name = `\`${pathText(at)}\``;
  if (direction !== 'both') report(at, `${name} means nothing at a gate whose direction is \`${direction}\`: remove it`, 'key');
  else if (relay === undefined) report(at, `${name} opens the way out only: give \`relay\` for the way in too`, 'key');
}

function checkPassage(
  id: string,
  { passage, direction, contacts }: GateFile,
  relay: RelayConfig | undefined,
  passageFrom: GateConfig['passageFrom'] | undefined,
  wires: 'real' | 'simulated',
  { report, warn }: Findings,
): void {
  const at: Path = ['gates', id, 'passageFrom'];
  const seen = waysSeen(contacts);
  const relayReports = relay?.speaks === 'mqtt' && relay.profile.reportsPassage(relay.settings);
  const sensorReports = passageFrom?.profile.reportsPassage(passageFrom.settings) ?? false;
  if (relayReports && sensorReports)
    report(at, 'the relay reports passages too, each would be told twice: keep one of them', 'key');
  if ((relayReports || sensorReports) && seen.length > 0) {
    const who = sensorReports ? '`passageFrom`' : 'the relay';
    report(['gates', id, 'contacts'], `${who} reports passages by itself, each would be told twice: keep one of them`, 'key');
  }
  if (passage === 'assumed') {
    for (const path of [...(sensorReports ? [at] : []), ...(seen.length > 0 ? [['gates', id, 'contacts']] : [])])
      warn(path, `nobody listens to \`${pathText(path)}\` while \`passage\` is \`assumed\`: set it to \`reported\``);
    return;
  }
  if (wires === 'simulated' || relayReports || sensorReports) return;
  const unseen = (direction === 'both' ? (['in', 'out'] as const) : [direction]).filter((way) => !seen.includes(way));
  if (unseen.length === 0) return;
  const name = `\`gates.${id}.passage\` is \`reported\``;
  const remedy = 'add `contacts` or `passageFrom`, give the relay `settings` that report passages, or write `assumed`';
  if (seen.length === 0) report(['gates', id, 'passage'], `${name}, but no device reports: ${remedy}`);
  else {
    const missing = unseen.map((way) => `\`contacts.${way === 'in' ? 'passIn' : 'passOut'}\``).join(' and ');
    report(['gates', id, 'contacts'], `${name}, but nothing sees people go ${unseen.join(' and ')}: add ${missing}`, 'key');
  }
}

/** Which ways somebody who goes through is seen by a contact. */
function waysSeen(contacts: GateFile['contacts']): ('in' | 'out')[] {
  if (contacts?.pass) return ['in', 'out'];
  return [...(contacts?.passIn ? (['in'] as const) : []), ...(contacts?.passOut ? (['out'] as const) : [])];
}

function warnOfLooseEnds(id: string, gate: GateFile, { readers }: WiringFile, { warn }: Findings): void {
  const at: Path = ['gates', id];
  if (![...readers.values()].some((reader) => reader.gate === id)) {
    warn(at, `gate \`${id}\` has no reader: nobody can tap there; give one of \`readers\` the line \`gate: ${id}\``);
  }
  if (gate.relay === undefined) warn(at, `gate \`${id}\` has no \`relay\`: it shows its answers and opens nothing`);
}

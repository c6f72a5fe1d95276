import { pathText } from '../../lib/path-text.ts';
import type { Profiles } from '../../ports/device.ts';
import type { GateConfig, RelayConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { GateFile, ReaderFile } from '../schema.ts';
import { checkShared } from './check-shared.ts';
import { suggestion } from './find-profile.ts';
import { resolveReader } from './resolve-reader.ts';
import { resolvePassageFrom, resolveRelay } from './resolve-relay.ts';
import type { Wiring, WiringFile } from './wiring.ts';

/** Which device hangs where: products, their settings, their lines, and who reports a passage. */
export function checkWiring(file: WiringFile, profiles: Profiles, findings: Findings): Wiring {
  const wiring: Wiring = { readers: [], relays: new Map(), passageFrom: new Map() };
  for (const [id, reader] of file.readers) {
    checkReaderGate(id, reader, file, findings);
    const resolved = resolveReader(id, reader, file, profiles, findings);
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

import { pathText } from '../../lib/path-text.ts';
import type { LineAddress, ReaderConfig, RelayConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import { checkSharedHid } from './check-shared-hid.ts';
import { relaysIn, type Wiring } from './wiring.ts';

/** Reports every two devices that cannot work side by side: one line, one HID device, one MQTT relay, one PC/SC reader for both. */
export function checkShared(wiring: Wiring, findings: Findings): void {
  checkSharedLines(wiring, findings);
  checkSharedHid(wiring, findings);
  checkSharedMqttRelays(wiring, findings);
  checkSharedPcsc(wiring.readers, findings);
}

interface LineUser {
  at: Path;
  line: LineAddress;
  /** Null: a reader or a bus. */
  relay: (RelayConfig & { speaks: 'stream' }) | null;
}

function checkSharedLines(wiring: Wiring, findings: Findings): void {
  const users: LineUser[] = [
    ...wiring.readers.flatMap((reader) =>
      reader.speaks === 'stream' ? [{ at: ['readers', reader.id], line: reader.line, relay: null }] : [],
    ),
    ...relaysIn(wiring).flatMap(({ at, relay }) => (relay.speaks === 'stream' ? [{ at, line: relay.line, relay }] : [])),
    ...wiring.buses.map(({ id, line }) => ({ at: ['buses', id], line, relay: null })),
  ];
  for (const [index, user] of users.entries()) {
    const earlier = users.slice(0, index).filter(({ line }) => nameOf(line) === nameOf(user.line));
    const [first] = earlier;
    if (first !== undefined) checkSharedLine(user, first, earlier, findings);
  }
}

function checkSharedLine({ at, line, relay }: LineUser, first: LineUser, earlier: LineUser[], { report }: Findings): void {
  const name = nameOf(line);
  if (relay === null || first.relay === null || relay.profile.id !== first.relay.profile.id) {
    const problem = `\`${name}\` is already used by \`${pathText(first.at)}\`: a line serves one reader, or relays of one board`;
    return report([...at, line.kind], problem, 'key');
  }
  if (line.kind === 'serial' && first.line.kind === 'serial' && line.baudRate !== first.line.baudRate) {
    const problem = `\`${name}\` has ${first.line.baudRate} baud at \`${pathText(first.at)}\` and ${line.baudRate} here: give both the same`;
    return report([...at, line.kind, 'baudRate'], problem, 'key');
  }
  const rival = earlier.find((other) => other.relay !== null && opensAlike(other.relay, relay));
  if (rival === undefined) return;
  report(at, `this is the relay of \`${pathText(rival.at)}\` too: one tap would open both; give each its own \`channel\``, 'key');
}

function opensAlike(a: RelayConfig & { speaks: 'stream' }, b: RelayConfig & { speaks: 'stream' }): boolean {
  const [one, other] = [a, b].map(({ profile, settings }) => Buffer.from(profile.off(settings)));
  return one !== undefined && other !== undefined && one.equals(other);
}

function nameOf(line: LineAddress): string {
  return line.kind === 'serial' ? line.path : `${line.host}:${line.port}`;
}

function checkSharedMqttRelays(wiring: Wiring, { report }: Findings): void {
  const firstUsers = new Map<string, Path>();
  for (const { at, relay } of relaysIn(wiring)) {
    if (relay.speaks !== 'mqtt') continue;
    const { topic } = relay.profile.on(relay.settings, relay.pulseMs, 1);
    const told = `${topic} ${JSON.stringify(relay.settings)}`;
    const first = firstUsers.get(told);
    if (first === undefined) firstUsers.set(told, at);
    else report(at, `this is the relay of \`${pathText(first)}\` too: one tap would open both; give each its own`, 'key');
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

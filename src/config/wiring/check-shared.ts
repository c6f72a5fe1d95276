import { pathText } from '../../lib/path-text.ts';
import type { LineAddress, ReaderConfig } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { Wiring } from './wiring.ts';

/** Reports every two devices that cannot work side by side: one line, one MQTT relay, one PC/SC reader for both. */
export function checkShared(wiring: Wiring, findings: Findings): void {
  checkSharedLines(wiring, findings);
  checkSharedMqttRelays(wiring, findings);
  checkSharedPcsc(wiring.readers, findings);
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

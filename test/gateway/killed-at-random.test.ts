import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { importSnapshotFile } from '../../src/adapters/store/import-snapshot-file.ts';
import { openJournal } from '../../src/adapters/store/journal-store.ts';
import type { JournalEntry } from '../../src/domain/journal/entry.ts';
import { freePort } from '../kit/free-port.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { annasCard, piotrsCard, relayOn, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

const program = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const kills = 8;

describeWith('python3', 'a gateway that is killed at random instants while people tap', () => {
  it('the journal has no gap, no pulse went unwritten, and each visit is settled once', async () => {
    const folder = temporaryFolder();
    const data = join(folder, 'data');
    const config = join(folder, 'gatehouse.yaml');
    const club = smallClub();
    writeFileSync(join(folder, 'club.json'), JSON.stringify(club));
    const reader = await openPseudoTerminal({ link: join(folder, 'reader') });
    const relay = await openPseudoTerminal({ link: join(folder, 'relay') });
    let told = Buffer.alloc(0);
    relay.onBytes((bytes) => (told = Buffer.concat([told, bytes])));
    writeFileSync(
      config,
      `branch: center
data: ${data}
http: { port: ${await freePort()} }
mqtt: { embedded: true, port: ${await freePort()} }
readers: { entrance: { gate: main-in, device: rdm6300, serial: { path: ${reader.path} } } }
gates:
  main-in:
    charge: per_entry
    passage: reported
    passageTimeoutSeconds: 1
    doubleReadSeconds: 0
    relay: { device: lcus, serial: { path: ${relay.path} }, pulseMs: 100 }
    passageFrom: { device: generic-mqtt, settings: { commandTopic: gate/none, passageTopic: gate/passed } }
`,
    );

    const entries = () => {
      const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-1' });
      try {
        const { faults } = journal.verify();
        return { faults, all: journal.after(0, 100_000), open: journal.openReservations() };
      } finally {
        journal.close();
      }
    };

    for (let kill = 0; kill < kills; kill += 1) {
      const gateway = start(config);
      await until('the relay is told off: the gateway is up', () => told.length > 0);
      if (kill === 0) importSnapshotFile(join(folder, 'club.json'), join(data, 'club.db'), Date.now());
      // Both cards in turn, so that one never lies on the reader; the gate is free again after a second.
      const taps = setInterval(() => reader.write(Math.random() < 0.5 ? annasCard.frame : piotrsCard.frame), 60);
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1500));
      gateway.kill('SIGKILL');
      clearInterval(taps);
      await once(gateway, 'exit');
      await new Promise((resolve) => setTimeout(resolve, 50));

      const { faults, all } = entries();
      expect(faults).toEqual([]);
      expect(all.map(({ number }) => number)).toEqual(all.map((_, index) => index + 1));
      pulses += count(told, relayOn);
      told = Buffer.alloc(0);
      // The entry is on disk before the relay moves: never more pulses than visits.
      expect(pulses).toBeLessThanOrEqual(all.filter(({ visitNumber }) => visitNumber !== null).length);
    }

    const last = start(config);
    await until('the relay is told off: the gateway is up', () => told.length > 0);
    last.kill('SIGTERM');
    await once(last, 'exit');
    const { faults, all, open } = entries();
    expect(faults).toEqual([]);
    expect(open).toEqual([]);
    const made = all.flatMap(({ visitNumber }) => (visitNumber === null ? [] : [visitNumber]));
    expect(made.length).toBeGreaterThan(kills / 2);
    expect(made).toEqual(made.map((_, index) => index + 1));
    expect(settledVisits(all)).toEqual(made);
  }, 120_000);

  let pulses = 0;

  function start(config: string): ChildProcess {
    const child = spawn(process.execPath, [program, 'start', '--config', config], { stdio: ['ignore', 'ignore', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    return child;
  }
});

function count(haystack: Buffer, needle: Buffer): number {
  let found = 0;
  for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) found += 1;
  return found;
}

function settledVisits(entries: readonly JournalEntry[]): number[] {
  const settled = entries.flatMap(({ event }) =>
    (event.kind === 'passage' || event.kind === 'release') && event.visit !== null ? [event.visit] : [],
  );
  return settled.sort((a, b) => a - b);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClubStore } from './adapters/store/club-store.ts';
import { importSnapshotFile } from './adapters/store/import-snapshot-file.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { rulesFor } from './app/box-settings.ts';
import { gatherFacts, quietGate } from './app/gather-facts.ts';
import { checkConfigValue } from './config/check-config.ts';
import type { Config } from './config/config.ts';
import { decide } from './domain/access/decide.ts';
import type { Decision } from './domain/access/decision.ts';
import type { Read } from './domain/member/credential.ts';
import type { Instant } from './domain/schedule/instant.ts';
import { loadProfiles } from './load-profiles.ts';
import type { RowProblem } from './ports/club-snapshot.ts';
import { Failure } from './ports/failure.ts';

export interface OneTap {
  /** Path of a club snapshot. */
  snapshot: string;
  /** null: the gate has the default settings, in the snapshot's first branch. */
  config: Config | null;
  gate: string;
  read: Read;
  at: Instant;
}

export interface OneAnswer {
  decision: Decision;
  /** Of memberships by their id. */
  titles: ReadonlyMap<string, string>;
  /** IANA name: that of the entered branch. */
  timeZone: string;
}

/**
 * What a gateway without any visits of its own would answer. `reported` is called with every row of the snapshot that is
 * left out. Rejects with `Failure` (`bad_input`) for a snapshot that cannot be used and a gate that is not configured.
 */
export async function decideOnce(tap: OneTap, reported: (problem: RowProblem) => void = () => {}): Promise<OneAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-decide-'));
  try {
    const clubPath = join(folder, 'club.db');
    const answer = importSnapshotFile(tap.snapshot, clubPath, tap.at);
    if (!answer.done) {
      const { line, column, problem } = answer.fatal;
      throw new Failure('bad_input', `${tap.snapshot}:${line ?? 1}:${column ?? 1}: ${problem}`, { retry: false });
    }
    for (const problem of answer.problems) reported(problem);
    const clubData = openClubStore(clubPath);
    const journal = openJournal(join(folder, 'gate.db'), { gateway: 'none' });
    try {
      const config = tap.config ?? (await defaultConfig(tap.gate, clubData.branches()[0]?.id ?? null));
      const gate = config.gates.find(({ settings }) => settings.id === tap.gate)?.settings;
      if (gate === undefined) {
        const gates = config.gates.map(({ settings }) => `\`${settings.id}\``).join(', ');
        throw new Failure('bad_input', `there is no gate \`${tap.gate}\` in the configuration; there are ${gates}`, {
          retry: false,
        });
      }
      const gateFacts = { ...quietGate, direction: gate.direction === 'out' ? ('out' as const) : ('in' as const) };
      // One tap out of nothing: the data is as fresh as the file, and the instant that was given is the right one.
      const contact = { contactAt: () => tap.at, alone: () => false };
      const rules = rulesFor(config, gate);
      const sources = { clubData, journal, contact, clockTrusted: () => true, cardNumbers: config.cardNumbers };
      const facts = gatherFacts(sources, { rules, read: tap.read, gateFacts, now: tap.at });
      const memberships = facts.credentials.flatMap((holder) => holder.memberships.map(({ membership }) => membership));
      const titles = new Map(memberships.map(({ id, title }) => [id, title || id]));
      return { decision: decide(facts, rules), titles, timeZone: facts.branch?.timeZone ?? 'UTC' };
    } finally {
      journal.close();
      clubData.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function defaultConfig(gate: string, branch: string | null): Promise<Config> {
  const value = { branch: branch ?? 'none', gates: { [gate]: {} } };
  const locate = () => ({ line: 1, column: 1 });
  const answer = checkConfigValue(value, { profiles: await loadProfiles(), locate, folder: '.', wires: 'simulated' });
  if ('config' in answer) return answer.config;
  throw new Failure('bad_input', answer.problems.map(({ problem }) => problem).join('; '), { retry: false });
}

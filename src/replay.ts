import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { openClubDatabase, openClubStore } from './adapters/store/club-store.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { changeClub, replaceClub } from './adapters/store/write-club.ts';
import { createVirtualClock, type VirtualClock } from './adapters/system/virtual-clock.ts';
import { holdMemberships } from './app/gather-facts.ts';
import { type Box, type BoxSettings, runBox } from './app/run-box.ts';
import { checkConfigValue } from './config/check-config.ts';
import type { Problem } from './config/place.ts';
import { type Action, readScenario, type Scenario, type Step } from './config/scenario.ts';
import { leftOf } from './domain/access/balance.ts';
import type { Decision } from './domain/access/decision.ts';
import { standingOf } from './domain/access/standing.ts';
import { clubDate } from './domain/schedule/local-time.ts';
import { canonicalJson } from './lib/canonical-json.ts';
import { loadProfiles } from './load-profiles.ts';
import type { ClubDataWriter } from './ports/club-data.ts';
import type { Log } from './ports/log.ts';

/** What became of one step. `failed` says for each expectation that did not hold what was expected and what was found. */
export interface StepResult {
  step: number;
  /** Virtual instant, ISO. */
  at: string;
  did: string;
  result: Record<string, unknown>;
  failed: string[];
}

export type ReplayAnswer = { title: string; results: StepResult[] } | { problems: Problem[] };

/**
 * Runs a scenario file through a whole gateway: real store, real rules, real gate machine; the wires are simulated and the
 * clock is virtual, so a day takes a moment. `told` is called after every step.
 */
export async function replayScenario(path: string, told: (result: StepResult) => void = () => {}): Promise<ReplayAnswer> {
  const answer = readScenario(path);
  if ('problems' in answer) return answer;
  const { scenario } = answer;
  const folder = dirname(resolve(path));
  const checked = checkConfigValue(scenario.config, {
    profiles: await loadProfiles(),
    locate: (key, part) => scenario.locate(['config', ...key], part),
    folder,
    wires: 'simulated',
  });
  if ('problems' in checked) return { problems: checked.problems };
  const settings = { ...checked.config, gates: checked.config.gates.map((gate) => gate.settings) };

  const data = mkdtempSync(join(tmpdir(), 'gatehouse-replay-'));
  try {
    const stage = openStage(data, settings, createVirtualClock(scenario.startsAt));
    try {
      const snapshot = snapshotOf(scenario, folder);
      if (typeof snapshot === 'string')
        return { problems: [{ place: scenario.locate(['snapshot'], 'value'), problem: snapshot }] };
      const problems = stage.load(snapshot);
      if (problems.length > 0)
        return { problems: problems.map((problem) => ({ place: scenario.locate(['snapshot'], 'key'), problem })) };
      const results: StepResult[] = [];
      for (const [index, step] of scenario.steps.entries()) {
        const result = await stage.play(step, index + 1);
        results.push(result);
        told(result);
      }
      return { title: scenario.title, results };
    } finally {
      await stage.close();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** The snapshot's bytes, or what is wrong with its path. */
function snapshotOf({ snapshot }: Scenario, folder: string): Uint8Array | string {
  if (typeof snapshot !== 'string') return Buffer.from(JSON.stringify(snapshot));
  const path = resolve(folder, snapshot);
  if (!existsSync(path)) return `there is no file \`${path}\`: check the path, which starts from the scenario's folder`;
  return readFileSync(path);
}

const silent: Log = { info() {}, warn() {}, error() {} };

/** A gateway on data of its own, with simulated relays that always open. */
function openStage(data: string, settings: BoxSettings, clock: VirtualClock) {
  const clubPath = join(data, 'club.db');
  const club = openClubDatabase(clubPath);
  const clubData = openClubStore(clubPath);
  let opened = 0;
  let lastGate = settings.gates[0]?.id ?? '';
  let running = start();

  function start() {
    const journal = openJournal(join(data, 'gate.db'), { gateway: settings.gateway });
    const relay = { pulse: async () => ((opened += 1), 'told' as const), stop: async () => {} };
    const box = runBox({
      settings,
      clock,
      log: silent,
      clubData,
      writer: noWriter,
      journal,
      newKey: () => 'photo',
      relayOf: () => relay,
    });
    return { journal, box };
  }

  return {
    load(snapshot: Uint8Array): string[] {
      const answer = replaceClub(club, snapshot, clock.now());
      if (!answer.done) return [`the snapshot cannot be used: ${answer.fatal.problem}`];
      return answer.problems.map(({ path, problem }) => `snapshot ${path}: ${problem}`);
    },

    async play(step: Step, number: number): Promise<StepResult> {
      if (step.when !== null) {
        const ms = 'at' in step.when ? step.when.at - clock.now() : step.when.afterMs;
        if (ms < 0)
          return {
            step: number,
            at: iso(clock.now()),
            did: 'nothing',
            result: {},
            failed: ['`at` lies before the step before it'],
          };
        await clock.advanceSlowly(ms);
      }
      const before = opened;
      const did = step.does === null ? { did: 'looked', result: {} } : await act(step.does);
      // Relays answer in a later turn.
      await clock.advanceSlowly(0);
      const refused = step.does?.kind === 'tap' && did.result.outcome !== 'granted' ? { visit: 'none' } : {};
      const known = { ...stateNow(), ...refused, ...('outcome' in did.result ? { opened: opened > before } : {}), ...did.result };
      return { step: number, at: iso(clock.now()), did: did.did, result: did.result, failed: compare(step.expect ?? {}, known) };
    },

    async close() {
      await running.box.stop();
      running.journal.close();
      clubData.close();
      club.close();
    },
  };

  async function act(action: Action): Promise<{ did: string; result: Record<string, unknown> }> {
    const { box } = running;
    if ('gate' in action) {
      if (!box.gates.has(action.gate)) return failedAct(action.kind, `there is no gate \`${action.gate}\``);
      lastGate = action.gate;
    }
    switch (action.kind) {
      case 'tap':
        return {
          did: `tap ${action.read.kind}:${action.read.value} at ${action.gate}`,
          result: resultOf(box.tap(action.gate, action.read, null)),
        };
      case 'passed':
        box.gates.get(action.gate)?.passage(action.direction);
        return { did: `passed ${action.gate}`, result: {} };
      case 'change': {
        const answer = changeClub(club, Buffer.from(JSON.stringify(action.rows)), clock.now());
        return answer.done
          ? { did: 'change', result: { rows: answer.rows, deleted: answer.deleted } }
          : failedAct('change', answer.problems[0]?.problem ?? '');
      }
      case 'restart':
        // Died without warning: nothing is settled, released or said; the next start finds what is on disk.
        for (const gate of running.box.gates.values()) gate.stop();
        running.journal.close();
        running = start();
        return { did: 'restart', result: {} };
      case 'mode':
        return answerOf('mode', box.frontDesk.setMode({ gate: action.gate, mode: action.set, staff: 'scenario' }));
      case 'override': {
        const { gate, staff, reason, member, charge } = action;
        const answer = box.frontDesk.letIn({ gate, staff, reason, memberId: member, answers: null, charge });
        return answerOf('override', answer, answer.done ? overrideResult(answer.entry) : {});
      }
      case 'show':
        return { did: `show ${action.membership}`, result: showMembership(action.membership) };
    }
  }

  function overrideResult(number: number): Record<string, unknown> {
    const event = running.journal.entry(number)?.event;
    const paid = event?.kind === 'override' ? event.visit.charges[0] : undefined;
    const left = paid ? showMembership(paid.membershipId).left : null;
    return {
      outcome: 'granted',
      code: 'STAFF_OVERRIDE',
      membership: paid?.membershipId ?? null,
      charge: paid?.charge ?? 0,
      left,
    };
  }

  /** What an expectation may look at without a tap: the last gate named, and the journal. */
  function stateNow(): Record<string, unknown> {
    const { journal } = running;
    return { visit: journal.newestVisit(lastGate)?.state ?? 'none', journal: journal.newest()?.number ?? 0 };
  }

  function showMembership(id: string): Record<string, unknown> {
    const gate = settings.gates[0];
    const branch = gate ? clubData.branch(gate.branch) : null;
    const membership = clubData.membership(id);
    if (membership === null || branch === null || gate === undefined) return { problem: `there is no membership \`${id}\`` };
    const now = clock.now();
    const today = clubDate(now, branch.timeZone, branch.dayStartsAt);
    const held = holdMemberships(running.journal, [membership]).get(id) ?? { membership, charges: [] };
    const { activated, startsOn, endsOn } = standingOf(held, {
      now,
      today,
      branch,
      gate: { ...gate, services: [] },
      services: [],
      memberId: null,
    });
    return { left: leftOf(held, null), activated, startsOn, endsOn };
  }
}

const noWriter: ClubDataWriter = {
  replace: () => Promise.reject(new Error('a scenario changes its club itself')),
  apply: () => Promise.reject(new Error('a scenario changes its club itself')),
  close: async () => {},
};

function failedAct(did: string, problem: string) {
  return { did, result: { problem } };
}

function answerOf(did: string, answer: ReturnType<Box['frontDesk']['letIn']>, more: Record<string, unknown> = {}) {
  return answer.done ? { did, result: { entry: answer.entry, ...more } } : failedAct(did, answer.problem);
}

function resultOf(decision: Decision): Record<string, unknown> {
  const { outcome, code, membershipId, entitlement, charge, left, warnings, nextAllowedAt, refusals } = decision;
  return { outcome, code, membership: membershipId, entitlement, charge, left, warnings, nextAllowedAt, refusals };
}

/** Only the named keys are compared; warnings as a set, everything else whole. */
function compare(expected: Record<string, unknown>, found: Record<string, unknown>): string[] {
  const failed = typeof found.problem === 'string' ? [found.problem] : [];
  for (const [key, value] of Object.entries(expected)) {
    const same = key === 'warnings' ? sameSet(value, found[key]) : canonicalJson(value) === canonicalJson(found[key] ?? null);
    if (!same) failed.push(`${key}: expected ${shown(key, value)}, found ${shown(key, found[key])}`);
  }
  return failed;
}

function sameSet(expected: unknown, found: unknown): boolean {
  const sorted = (list: unknown) =>
    canonicalJson(Array.isArray(list) ? list.map(String).sort((a, b) => a.localeCompare(b)) : null);
  return sorted(expected) === sorted(found);
}

function shown(key: string, value: unknown): string {
  return key === 'nextAllowedAt' && typeof value === 'number' ? iso(value) : JSON.stringify(value ?? null);
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

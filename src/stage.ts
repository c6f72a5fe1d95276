import { join } from 'node:path';
import { openClubDatabase, openClubStore } from './adapters/store/club-store.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { changeClub, replaceClub } from './adapters/store/write-club.ts';
import { createVirtualClock } from './adapters/system/virtual-clock.ts';
import type { BoxSettings } from './app/box-settings.ts';
import { holdMemberships } from './app/gather-facts.ts';
import { runBox } from './app/run-box.ts';
import { watchClock } from './app/watch-clock.ts';
import type { Contact } from './app/watch-contact.ts';
import type { Action, ScenarioPeerVisit, Step } from './config/scenario.ts';
import { leftOf } from './domain/access/balance.ts';
import type { Decision, PlannedCharge } from './domain/access/decision.ts';
import { scopeText } from './domain/access/entitlement.ts';
import { memberKey } from './domain/access/facts.ts';
import { standingOf } from './domain/access/standing.ts';
import { lastReset } from './domain/access/zone-reset.ts';
import type { Read } from './domain/member/credential.ts';
import { totpCode } from './domain/member/one-time-code.ts';
import type { Instant } from './domain/schedule/instant.ts';
import { clubDate } from './domain/schedule/local-time.ts';
import { canonicalJson } from './lib/canonical-json.ts';
import type { ClubDataWriter } from './ports/club-data.ts';
import type { RowProblem } from './ports/club-snapshot.ts';
import type { DeskAnswer } from './ports/front-desk.ts';
import type { Log } from './ports/log.ts';
import type { TimeSync } from './ports/time-sync.ts';

/** What became of one step. `failed` says for each expectation that did not hold what was expected and what was found. */
export interface StepResult {
  step: number;
  /** True instant, ISO, whatever the box's clock shows. */
  at: string;
  did: string;
  result: Record<string, unknown>;
  failed: string[];
}

/** Where a scenario is played. */
export interface Stage {
  /** Takes a snapshot in. `problems`: rows that were left out, or why it cannot be used at all; `warnings`: rows that open nothing. */
  load(snapshot: Uint8Array): { problems: RowProblem[]; warnings: RowProblem[] };
  play(step: Step, number: number): Promise<StepResult>;
  close(): Promise<void>;
}

/** A whole gateway on data of its own, with simulated relays that always open, a hub that is a switch and a clock that is moved. */
export function openStage(data: string, settings: BoxSettings, startsAt: Instant): Stage {
  const clock = createVirtualClock(startsAt);
  const trueNow = () => startsAt + clock.monotonicMs();
  const clubPath = join(data, 'club.db');
  const club = openClubDatabase(clubPath);
  const clubData = openClubStore(clubPath);
  const hub = hubSwitch(() => clock.now());
  /** By gate: the answer to the newest tap or override. */
  const answers = new Map<string, Record<string, unknown>>();
  /** By gate: the visit of the newest tap or override; null: it made none. */
  const newestVisits = new Map<string, number | null>();
  let clockSpoilt = false;
  let opened = 0;
  let lastGate = settings.gates[0]?.id ?? '';
  let running = start();

  function start() {
    const journal = openJournal(join(data, 'gate.db'), { gateway: settings.gateway });
    const watch = watchClock({ clock, timeSync: unsaid, journal, builtAt: 0, log: silent, changed() {} });
    const relay = { pulse: async () => ((opened += 1), 'told' as const), stop: async () => {} };
    const box = runBox({
      settings,
      clock,
      log: silent,
      clubData,
      writer: noWriter,
      journal,
      contact: hub.contact,
      clockWatch: { ...watch, trusted: () => watch.trusted() && !clockSpoilt },
      newKey: () => 'photo',
      relayOf: () => relay,
    });
    return { journal, box, watch };
  }

  return {
    load(snapshot) {
      const answer = replaceClub(club, snapshot, clock.now());
      return answer.done ? answer : { problems: [answer.fatal], warnings: [] };
    },

    async play(step, number) {
      if (step.when !== null) {
        const ms = 'at' in step.when ? step.when.at - trueNow() : step.when.afterMs;
        if (ms < 0) {
          // INVARIANT: a scenario whose steps go back in time is refused before it is played.
          throw new Error(`step ${number} lies before the step before it`);
        }
        await clock.advanceSlowly(ms);
      }
      const before = opened;
      const { did, result } = step.does === null ? { did: 'looked', result: {} } : act(step.does);
      // Relays answer in a later turn.
      await clock.advanceSlowly(0);
      if ('outcome' in result) answers.set(lastGate, { ...result, opened: opened > before });
      const failed = compare(step.expect ?? {}, { ...answers.get(lastGate), ...stateNow(), ...result });
      return { step: number, at: iso(trueNow()), did, result: inWriting(result), failed };
    },

    async close() {
      running.watch.stop();
      await running.box.stop();
      running.journal.close();
      clubData.close();
      club.close();
    },
  };

  function act(action: Action): Act {
    if ('gate' in action) {
      if (!running.box.gates.has(action.gate)) return failedAct(action.kind, `there is no gate \`${action.gate}\``);
      lastGate = action.gate;
    }
    switch (action.kind) {
      case 'tap':
        return tap(action.gate, action.read, action.direction);
      case 'passed':
        running.box.gates.get(action.gate)?.passage(action.direction);
        return { did: `passed ${action.gate}`, result: {} };
      case 'change':
        return change(action.rows);
      case 'restart':
        return restart();
      case 'mode':
        return answerOf('mode', running.box.frontDesk.setMode({ gate: action.gate, mode: action.set, staff: 'scenario' }));
      case 'override':
        return override(action);
      case 'link':
        hub.set(action.state);
        return { did: `link ${action.state}`, result: {} };
      case 'clock':
        return setClock(action.set);
      case 'peer':
        running.box.hearPeer(action.gateway, action.visits.map(peerVisit));
        return { did: `peer ${action.gateway}`, result: { visits: action.visits.length } };
      case 'show':
        return { did: `show ${action.what} ${action.id}`, result: show(action.what, action.id) };
    }
  }

  function tap(gate: string, read: Read, direction: 'in' | 'out' | null): Act {
    const decision = running.box.tap(gate, withCode(read), direction);
    if (decision.code !== 'DUPLICATE_READ' && decision.code !== 'GATE_BUSY') {
      const entry = running.journal.newest();
      newestVisits.set(gate, entry?.event.kind === 'decision' ? entry.visitNumber : null);
    }
    const visit = decision.outcome === 'granted' ? {} : { visit: 'none' };
    const term = decision.membershipId === null ? {} : termOf(decision.membershipId);
    return { did: `tap ${read.kind}:${read.value} at ${gate}`, result: { ...resultOf(decision), ...term, ...visit } };
  }

  /** `totp:<credential id>.auto` is what the phone shows at the true time. */
  function withCode(read: Read): Read {
    const credentialId = read.kind === 'totp' ? /^(.+)\.auto$/.exec(read.value)?.[1] : undefined;
    if (credentialId === undefined) return read;
    const named = clubData.credentials({ kind: 'totp', value: `${credentialId}.000000` })[0]?.credential;
    const code = named === undefined ? null : totpCode(named.value, trueNow());
    return code === null ? read : { kind: 'totp', value: `${credentialId}.${code}` };
  }

  function change(rows: unknown): Act {
    const answer = changeClub(club, Buffer.from(JSON.stringify(rows)), clock.now());
    return answer.done
      ? { did: 'change', result: { rows: answer.rows, deleted: answer.deleted } }
      : failedAct('change', answer.problems[0]?.problem ?? '');
  }

  /** Died without warning: nothing is settled, released or said; the next start finds what is on disk. */
  function restart(): Act {
    for (const gate of running.box.gates.values()) gate.stop();
    running.watch.stop();
    running.journal.close();
    running = start();
    return { did: 'restart', result: {} };
  }

  function setClock(set: (Action & { kind: 'clock' })['set']): Act {
    if (set === 'untrusted') clockSpoilt = true;
    else if (set === 'trusted') {
      clockSpoilt = false;
      clock.jumpTo(trueNow());
      running.watch.confirm();
    } else clock.jumpTo(set.jumpTo);
    return { did: `clock ${typeof set === 'string' ? set : `jumped to ${iso(set.jumpTo)}`}`, result: {} };
  }

  function override({ gate, staff, reason, member, charge }: Action & { kind: 'override' }): Act {
    const waits = running.box.gates.get(gate)?.isWaiting() ?? false;
    if (waits) return { did: 'override', result: { outcome: 'denied', code: 'GATE_BUSY', visit: 'none' } };
    const answer = running.box.frontDesk.letIn({ gate, staff, reason, memberId: member, answers: null, charge });
    if (!answer.done) return answerOf('override', answer);
    const entry = running.journal.entry(answer.entry);
    newestVisits.set(gate, entry?.visitNumber ?? null);
    const event = entry?.event;
    const paid = event?.kind === 'override' ? event.visit.charges[0] : undefined;
    const left = paid ? showMembership(paid.membershipId).left : null;
    const took = {
      membership: paid?.membershipId ?? null,
      entitlement: paid ? entitlementOf(paid) : null,
      charge: paid?.charge ?? 0,
      left,
      ...(paid ? termOf(paid.membershipId) : {}),
    };
    const answered = { outcome: 'granted', code: 'STAFF_OVERRIDE', warnings: [], refusals: {}, nextAllowedAt: null };
    return { did: 'override', result: { entry: answer.entry, ...answered, ...took } };
  }

  function peerVisit({ number, membership, member, service, at, charge }: ScenarioPeerVisit) {
    const branchId = settings.branch;
    return { number, membershipId: membership, memberId: member, branchId, serviceId: service, at, charge };
  }

  /** What an expectation may look at without a tap: the last gate named, and the journal. */
  function stateNow(): Record<string, unknown> {
    const { journal } = running;
    const newest = journal.newest();
    const visit = newestVisits.get(lastGate) ?? null;
    const code = newest?.event.gate === lastGate && 'code' in newest.event ? { code: newest.event.code } : {};
    return {
      visit: visit === null ? 'none' : (journal.visit(visit)?.state ?? 'none'),
      inside: insideOf(zoneOfLastGate()),
      journal: newest?.number ?? 0,
      ...code,
    };
  }

  function zoneOfLastGate(): string {
    return settings.gates.find(({ id }) => id === lastGate)?.zone ?? '';
  }

  function insideOf(zone: string): number {
    return running.journal.presence(zone).count(resetOf(zone));
  }

  function resetOf(zone: string): Instant {
    const gate = settings.gates.find((one) => one.zone === zone);
    const branch = gate ? clubData.branch(gate.branch) : null;
    const reset = settings.zones.find(({ id }) => id === zone);
    return branch && reset ? lastReset(reset, branch, clock.now()) : Number.NEGATIVE_INFINITY;
  }

  function show(what: (Action & { kind: 'show' })['what'], id: string): Record<string, unknown> {
    switch (what) {
      case 'membership':
        return showMembership(id);
      case 'member':
        return showMember(id);
      case 'gate':
        if (!running.box.gates.has(id)) return { problem: `there is no gate \`${id}\`` };
        lastGate = id;
        return { mode: running.box.gates.get(id)?.mode() };
      case 'zone':
        if (!settings.zones.some((zone) => zone.id === id)) return { problem: `there is no zone \`${id}\`` };
        return { inside: insideOf(id) };
    }
  }

  /** `inside`: 1 while the member is in the zone of the gate named last. */
  function showMember(id: string): Record<string, unknown> {
    if (clubData.member(id) === null) return { problem: `there is no member \`${id}\`` };
    const zone = zoneOfLastGate();
    const entered = running.journal.presence(zone).of(memberKey(id));
    return { inside: entered !== null && entered.since >= resetOf(zone) ? 1 : 0 };
  }

  function termOf(membershipId: string): Record<string, unknown> {
    const { activated, startsOn, endsOn } = showMembership(membershipId);
    return { activated, startsOn, endsOn };
  }

  function entitlementOf({ membershipId, entitlement }: PlannedCharge): string | null {
    const terms = clubData.membership(membershipId)?.terms;
    const scope = entitlement === null ? null : (terms?.entitlements[entitlement]?.scope ?? null);
    return scope && scopeText(scope);
  }

  function showMembership(id: string): Record<string, unknown> {
    const gate = settings.gates[0];
    const branch = gate ? clubData.branch(gate.branch) : null;
    const membership = clubData.membership(id);
    if (membership === null || branch === null || gate === undefined) return { problem: `there is no membership \`${id}\`` };
    const now = clock.now();
    const today = clubDate(now, branch.timeZone, branch.dayStartsAt);
    const held = holdMemberships(running.journal, [membership]).get(id) ?? { membership, charges: [] };
    const anyGate = { ...gate, services: [] };
    const seen = { now, today, branch, gate: anyGate, services: [], memberId: null, chosen: null, clockTrusted: true };
    const { activated, startsOn, endsOn } = standingOf(held, seen);
    return { left: leftOf(held, null), activated, startsOn, endsOn };
  }
}

interface Act {
  did: string;
  result: Record<string, unknown>;
}

/** The hub as a scenario has it: while the link is up every moment is contact, and what peers do is heard while it is down. */
function hubSwitch(now: () => Instant): { contact: Contact; set(state: 'up' | 'down'): void } {
  let downSince: Instant | null = null;
  let peerHeard = false;
  return {
    set(state) {
      downSince = state === 'up' ? null : (downSince ?? now());
      peerHeard = false;
    },
    contact: {
      contactAt: () => downSince ?? now(),
      alone: () => downSince !== null && !peerHeard,
      inTouch() {},
      heardPeer: () => {
        peerHeard = true;
      },
    },
  };
}

const silent: Log = { info() {}, warn() {}, error() {} };

/** A scenario's machine says nothing of its clock: `clock` steps do. */
const unsaid: TimeSync = { synchronised: () => null, askAgain() {} };

const noWriter: ClubDataWriter = {
  replace: () => Promise.reject(new Error('a scenario changes its club itself')),
  apply: () => Promise.reject(new Error('a scenario changes its club itself')),
  contacted: async () => {},
  close: async () => {},
};

function failedAct(did: string, problem: string): Act {
  return { did, result: { problem } };
}

function answerOf(did: string, answer: DeskAnswer): Act {
  return answer.done ? { did, result: { entry: answer.entry } } : failedAct(did, answer.problem);
}

function resultOf(decision: Decision): Record<string, unknown> {
  const { outcome, code, membershipId, entitlement, charge, left, warnings, nextAllowedAt, refusals } = decision;
  return { outcome, code, membership: membershipId, entitlement, charge, left, warnings, nextAllowedAt, refusals };
}

/** A result as it is printed: instants are written out. */
function inWriting(result: Record<string, unknown>): Record<string, unknown> {
  const { nextAllowedAt } = result;
  return typeof nextAllowedAt === 'number' ? { ...result, nextAllowedAt: iso(nextAllowedAt) } : result;
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

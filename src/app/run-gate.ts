import type { Decision } from '../domain/access/decision.ts';
import type { GateFacts } from '../domain/access/facts.ts';
import { type GateEffect, type GateEvent, type GateState, idleGate, nextTickMs, step, waitingFor } from '../domain/gate/gate.ts';
import type { GateSettings } from '../domain/gate/gate-settings.ts';
import { defaultMode, type GateMode } from '../domain/gate/mode.ts';
import type { JournalEntry, JournalEvent } from '../domain/journal/entry.ts';
import type { Read } from '../domain/member/credential.ts';
import { credentialKey } from '../domain/member/one-time-code.ts';
import { type Instant, secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Journal } from '../ports/journal.ts';
import type { Log } from '../ports/log.ts';
import type { Relay } from '../ports/relay.ts';
import type { News } from './news.ts';

/** One gate at work: carries out the gate machine's effects on the journal and the relay, and remembers the last reads. */
export interface Gate {
  readonly settings: GateSettings;
  /** What a decision needs to know of the gate. */
  facts(read: Read, direction: 'in' | 'out'): GateFacts;
  /** The mode that holds now. */
  mode(): GateMode;
  /** The mode that was set; a fire overrules it while it lasts. */
  modeSet(): GateMode;
  /** The last read that was answered; null: none yet. */
  lastRead(): Read | null;
  /** Someone is awaited: nobody else can be let in now. */
  isWaiting(): boolean;
  /** Keeps the answer to a read, for double reads (rule 25). */
  remember(read: Read, at: Instant, decision: Decision): void;
  /** Lets one person through for a visit that is on disk. */
  open(visit: OpenedVisit): void;
  /** Fails open: lets somebody through although nothing could be journalled. */
  openUnrecorded(direction: 'in' | 'out'): void;
  /** The contact saw somebody go through. */
  passage(direction: 'in' | 'out' | null): void;
  setMode(mode: GateMode): void;
  /** The fire contact of the turnstile: while it is on the gate is in emergency, whatever was set. */
  setFire(on: boolean): void;
  /** Why the turnstile would not open for anybody; null: it would. */
  hinder(why: string | null): void;
  /** Calls off what is pending; open reservations are settled at the next start. */
  stop(): void;
}

export interface OpenedVisit {
  visit: number;
  /** null: let in without a credential. */
  read: Read | null;
  direction: 'in' | 'out';
  /** A passage will be reported: the visit is reserved until then. */
  awaited: boolean;
}

export interface GateParts {
  settings: GateSettings;
  /** null: a gate that only shows. */
  relay: Relay | null;
  mode: GateMode | undefined;
  clock: Clock;
  clockTrusted(): boolean;
  journal: Journal;
  news: News;
  log: Log;
  /** Whether what a released visit took is still there to be taken again (rule 27). */
  canStillPay(visit: number): boolean;
}

export function runGate({ settings, relay, clock, clockTrusted, journal, news, log, canStillPay, ...start }: GateParts): Gate {
  const times = { passageTimeoutMs: settings.passageTimeoutSeconds * secondMs };
  const rememberedMs = Math.max(settings.doubleReadSeconds, settings.passageTimeoutSeconds) * secondMs;
  const isAwaited = (read: string) => waitingFor(state)?.read === read;
  const lastReads = new Map<string, { at: Instant; decision: Decision }>();
  let modeSet = start.mode ?? defaultMode;
  let fire = false;
  let hindrance: string | null = null;
  const mode = (): GateMode => (fire ? 'emergency' : modeSet);
  const isFree = () => mode() === 'free' || mode() === 'emergency';
  let lastRead: Read | null = null;
  let state: GateState = idleGate;
  let callOffTick: (() => void) | null = null;

  function happen(event: GateEvent): void {
    const stepped = step(state, event, clock.monotonicMs(), times);
    state = stepped.state;
    for (const effect of stepped.effects) carryOut(effect);
    callOffTick?.();
    const tickMs = nextTickMs(state);
    callOffTick = tickMs === null ? null : clock.after(Math.max(0, tickMs - clock.monotonicMs()), () => happen({ kind: 'tick' }));
  }

  function carryOut(effect: GateEffect): void {
    switch (effect.kind) {
      case 'open':
        return tellRelay(effect);
      case 'commit':
        return commit(effect);
      case 'release':
        return release(effect);
      case 'unexpected':
        return reportUnawaited(effect.direction);
    }
  }

  function tellRelay({ visit, read, direction, awaited }: GateEffect & { kind: 'open' }): void {
    pulse(direction)?.then(
      () => happen({ kind: 'opened', visit }),
      (error: unknown) => {
        const why = error instanceof Failure ? error.message : String(error);
        log.error('the gate did not open', { gate: settings.id, visit, why });
        happen({ kind: 'failed', visit, read, awaited });
      },
    );
  }

  function pulse(direction: 'in' | 'out'): Promise<unknown> | undefined {
    // Entry fails closed, exit and free gates fail open: a turnstile that gives an alarm may yet open.
    if (hindrance === null || direction === 'out' || isFree()) return relay?.pulse(direction);
    return Promise.reject(new Failure('refused', `the turnstile was not told to open: ${hindrance}`, { retry: true }));
  }

  function commit({ visit, because, direction }: GateEffect & { kind: 'commit' }): void {
    if (because === 'late_arm' && !canStillPay(visit)) return reportUnawaited(direction);
    const entry = record({ kind: 'passage', gate: settings.id, code: 'PASSED', direction, visit, because });
    if (entry) news.tell({ kind: 'settled', gate: settings.id, visit, entry, state: 'committed' });
  }

  function release({ visit, read, because }: GateEffect & { kind: 'release' }): void {
    // The gate did not serve them: they may tap again at once.
    if (read !== null) lastReads.delete(read);
    const entry = record({ kind: 'release', gate: settings.id, code: 'NOT_PASSED', visit, because });
    if (entry) news.tell({ kind: 'settled', gate: settings.id, visit, entry, state: 'released' });
  }

  function reportUnawaited(direction: 'in' | 'out' | null): void {
    // Where the arm is free, people go through; that is no alarm, and nobody's visit.
    const code = isFree() ? 'PASSED' : 'UNEXPECTED_PASSAGE';
    const entry = record({ kind: 'passage', gate: settings.id, code, direction, visit: null, because: 'arm_turned' });
    if (entry) news.tell({ kind: 'unexpected', gate: settings.id, entry });
  }

  /** A settlement that cannot be written leaves the visit reserved on disk; the next start settles it. */
  function record(event: JournalEvent): JournalEntry | null {
    try {
      return journal.append(clock.now(), event, clockTrusted());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      log.error('the journal could not be written', { gate: settings.id, event: event.kind, why: error.message });
      return null;
    }
  }

  /** Another mode gives other answers: the old ones are not repeated, but to whoever the gate waits for. */
  function forgetReads(): void {
    for (const key of lastReads.keys()) if (!isAwaited(key)) lastReads.delete(key);
  }

  return {
    settings,
    facts: (read, direction) => ({
      direction,
      mode: mode(),
      waitingFor: waitingFor(state),
      lastRead: lastReads.get(credentialKey(read)) ?? null,
    }),
    mode,
    modeSet: () => modeSet,
    lastRead: () => lastRead,
    isWaiting: () => waitingFor(state) !== null,
    remember(read, at, decision) {
      for (const [key, last] of lastReads) if (at - last.at > rememberedMs && !isAwaited(key)) lastReads.delete(key);
      lastReads.set(credentialKey(read), { at, decision });
      lastRead = read;
    },
    open: ({ visit, read, direction, awaited }) =>
      happen({ kind: 'granted', visit, read: read && credentialKey(read), direction, awaited }),
    openUnrecorded(direction) {
      relay
        ?.pulse(direction)
        .catch((error: unknown) => log.error('the exit did not open', { gate: settings.id, why: String(error) }));
    },
    passage: (direction) => happen({ kind: 'passage', direction }),
    setMode(next) {
      modeSet = next;
      forgetReads();
    },
    setFire(on) {
      fire = on;
      forgetReads();
    },
    hinder(why) {
      hindrance = why;
    },
    stop() {
      callOffTick?.();
      callOffTick = null;
    },
  };
}

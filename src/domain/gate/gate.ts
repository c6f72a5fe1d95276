import { secondMs } from '../schedule/instant.ts';

/**
 * One gate's passage (rule 27): a grant reserves, the relay is told once, the gate waits, and the visit is committed when
 * the arm turned or released when the time ran out. Pure: `nowMs` is monotonic, effects are carried out by whoever calls.
 */
export interface GateState {
  phase: Idle | Expecting;
  /** The visit released last, while a late arm may still claim it. */
  released: { visit: number; direction: 'in' | 'out'; claimableUntilMs: number } | null;
  lastPassageMs: number | null;
}

export interface Idle {
  name: 'idle';
}

/** `opening`: the relay was told and has not confirmed yet. `waiting`: open for this one person. */
export interface Expecting {
  name: 'opening' | 'waiting';
  visit: number;
  /** `credentialKey` of the read; null for somebody let in without one. */
  read: string | null;
  direction: 'in' | 'out';
  untilMs: number;
}

export type GateEvent =
  /** Journalled. `awaited`: a passage will be reported; otherwise the visit was committed with its entry. */
  | { kind: 'granted'; visit: number; read: string | null; direction: 'in' | 'out'; awaited: boolean }
  | { kind: 'opened'; visit: number }
  /** The relay surely did not open for this visit: also one that was committed with its entry is given back. */
  | { kind: 'failed'; visit: number; read: string | null; awaited: boolean }
  | { kind: 'passage'; direction: 'in' | 'out' | null }
  /** Time went by. */
  | { kind: 'tick' };

export type GateEffect =
  | { kind: 'open'; visit: number; read: string | null; direction: 'in' | 'out'; awaited: boolean }
  | { kind: 'commit'; visit: number; because: 'arm_turned' | 'late_arm'; direction: 'in' | 'out' | null }
  | { kind: 'release'; visit: number; read: string | null; because: 'timed_out' | 'gate_failed' }
  | { kind: 'unexpected'; direction: 'in' | 'out' | null };

export interface GateTimes {
  /** How long the gate waits for the person, from the grant. */
  passageTimeoutMs: number;
}

/** After the time-out a turning arm still counts for the reservation just released (rule 27). */
export const lateArmMs = 2 * secondMs;

/** One passage makes one signal; a contact that bounces says it again within this time. */
export const bounceMs = 100;

export const idleGate: GateState = { phase: { name: 'idle' }, released: null, lastPassageMs: null };

export interface Stepped {
  state: GateState;
  effects: GateEffect[];
}

export function step(state: GateState, event: GateEvent, nowMs: number, times: GateTimes): Stepped {
  // Time that went by before the event happened first: an arm that turns after the time-out is late, whatever the timer did.
  const timed = runOut(state, nowMs);
  const next = react(timed.state, event, nowMs, times);
  return { state: next.state, effects: [...timed.effects, ...next.effects] };
}

/** When `tick` should come next, on the monotonic clock; null: nothing is pending. */
export function nextTickMs({ phase }: GateState): number | null {
  return phase.name === 'idle' ? null : phase.untilMs;
}

/** Whom the gate is open for, by `credentialKey` (null: let in without one); null when nobody. */
export function waitingFor({ phase }: GateState): { read: string | null } | null {
  return phase.name === 'idle' ? null : phase;
}

/** What becomes of a reservation that was open when the process died: settled once, by the gate's policy. */
export function settleAfterRestart(policy: 'release' | 'commit'): 'released' | 'committed' {
  return policy === 'commit' ? 'committed' : 'released';
}

function runOut(state: GateState, nowMs: number): Stepped {
  const { phase } = state;
  if (phase.name === 'idle' || nowMs < phase.untilMs) return { state, effects: [] };
  const { visit, direction, untilMs } = phase;
  return {
    state: { ...state, phase: { name: 'idle' }, released: { visit, direction, claimableUntilMs: untilMs + lateArmMs } },
    effects: [releaseOf(phase)],
  };
}

function react(state: GateState, event: GateEvent, nowMs: number, times: GateTimes): Stepped {
  const { phase } = state;
  switch (event.kind) {
    case 'granted': {
      const { visit, read, direction, awaited } = event;
      const open: GateEffect = { kind: 'open', visit, read, direction, awaited };
      if (!awaited) return { state, effects: [open] };
      // INVARIANT: taps and overrides are refused while somebody is awaited; should one come through, the earlier visit is given back.
      const effects: GateEffect[] = phase.name === 'idle' ? [open] : [releaseOf(phase), open];
      return {
        state: { ...state, phase: { name: 'opening', visit, read, direction, untilMs: nowMs + times.passageTimeoutMs } },
        effects,
      };
    }
    case 'opened':
      return phase.name === 'opening' && phase.visit === event.visit
        ? { state: { ...state, phase: { ...phase, name: 'waiting' } }, effects: [] }
        : { state, effects: [] };
    case 'failed': {
      const effects: GateEffect[] = [{ kind: 'release', visit: event.visit, read: event.read, because: 'gate_failed' }];
      if (!event.awaited) return { state, effects };
      // Already settled: the arm turned or the time ran out before the failure was known.
      if (phase.name === 'idle' || phase.visit !== event.visit) return { state, effects: [] };
      return { state: { ...state, phase: { name: 'idle' } }, effects };
    }
    case 'passage':
      return passTheArm(state, event.direction, nowMs);
    case 'tick':
      return { state, effects: [] };
  }
}

function releaseOf({ visit, read }: Expecting): GateEffect {
  return { kind: 'release', visit, read, because: 'timed_out' };
}

function passTheArm(state: GateState, direction: 'in' | 'out' | null, nowMs: number): Stepped {
  const { phase, released, lastPassageMs } = state;
  if (lastPassageMs !== null && nowMs - lastPassageMs < bounceMs) return { state, effects: [] };
  const turned = { ...state, lastPassageMs: nowMs };
  if (phase.name !== 'idle' && (direction === null || direction === phase.direction)) {
    return {
      state: { ...turned, phase: { name: 'idle' }, released: null },
      effects: [{ kind: 'commit', visit: phase.visit, because: 'arm_turned', direction }],
    };
  }
  const isTheirs = released !== null && (direction === null || direction === released.direction);
  if (phase.name === 'idle' && isTheirs && nowMs <= released.claimableUntilMs) {
    return {
      state: { ...turned, released: null },
      effects: [{ kind: 'commit', visit: released.visit, because: 'late_arm', direction }],
    };
  }
  return { state: turned, effects: [{ kind: 'unexpected', direction }] };
}

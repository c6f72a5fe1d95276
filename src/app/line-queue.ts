import type { Clock } from '../ports/clock.ts';
import type { RelaySignal } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { OpenLine } from '../ports/transport.ts';

/** Who goes first: the question about the command just sent, then what lets go, then what opens, then what only asks. */
const urgencies = ['confirm', 'off', 'pulse', 'ask'] as const;

/** Who asked, and what is said to the product on the line. */
export interface LineRequest {
  owner: unknown;
  urgency: (typeof urgencies)[number];
  bytes: Uint8Array;
  /** Takes everything heard since: done, or not yet. */
  hear(pending: Uint8Array): { signals: RelaySignal[] } | null;
  /** The bytes are out. */
  sent?(): void;
}

export type Outcome =
  | { kind: 'answered'; signals: RelaySignal[] }
  | { kind: 'unanswered' }
  /** It surely never went out. */
  | { kind: 'unsent'; why: Failure };

/** One request at a time on a line, with the silence before it and the answer after it. What nobody asked for is passed over. */
export interface LineQueue {
  opened(line: OpenLine): void;
  closed(): void;
  bytes(chunk: Uint8Array): void;
  send(request: LineRequest): Promise<Outcome>;
  /** While it is held nothing opens. */
  hold(held: boolean): void;
  /** Takes back what did not go out yet. */
  takeBack(which: (request: LineRequest) => boolean): void;
}

export interface LineQueueParts {
  name: string;
  quietMs: number;
  withinMs: number;
  clock: Clock;
}

/** A pulse that waited longer would open for somebody who gave up. */
const pulseWaitsMs = 1000;
/** A line that is never silent keeps no contact closed, and nobody waiting. */
const quietWaitsMs = 300;
/** More than any answer; what is heard before the last so many bytes is noise. */
const keptBytes = 512;

interface Waiting {
  request: LineRequest;
  sinceMs: number;
  settle(outcome: Outcome): void;
}

export function createLineQueue({ name, quietMs, withinMs, clock }: LineQueueParts): LineQueue {
  const waiting: Waiting[] = [];
  let line: OpenLine | null = null;
  let held = false;
  let current: Waiting | null = null;
  let pending: Uint8Array = new Uint8Array();
  let usedMs = Number.NEGATIVE_INFINITY;
  let callOffWait: (() => void) | null = null;

  function next(): Waiting | undefined {
    const allowed = waiting.filter(({ request }) => !held || request.urgency !== 'pulse');
    return urgencies
      .map((urgency) => allowed.find(({ request }) => request.urgency === urgency))
      .find((one) => one !== undefined);
  }

  function pump(): void {
    callOffWait?.();
    callOffWait = null;
    const one = line === null || current !== null ? undefined : next();
    if (one === undefined) return;
    const nowMs = clock.monotonicMs();
    const waitsForSilence = one.request.urgency === 'pulse' || one.request.urgency === 'ask';
    const longestMs = waitsForSilence ? Number.POSITIVE_INFINITY : one.sinceMs + quietWaitsMs;
    const fromMs = Math.min(usedMs + quietMs, longestMs);
    if (fromMs > nowMs) callOffWait = clock.after(fromMs - nowMs, pump);
    else start(one);
  }

  function start(one: Waiting): void {
    waiting.splice(waiting.indexOf(one), 1);
    current = one;
    pending = new Uint8Array();
    // INVARIANT: `line` is open, and handed the bytes at once: `pump` looked.
    line?.write(one.request.bytes).then(
      () => {
        one.request.sent?.();
        usedMs = clock.monotonicMs();
        if (current !== one || hear(one)) return;
        const callOff = clock.after(withinMs, () => finish(one, { kind: 'unanswered' }));
        const { settle } = one;
        one.settle = (outcome) => {
          callOff();
          settle(outcome);
        };
      },
      (error: unknown) => {
        const why = error instanceof Failure ? error : new Failure('absent', String(error), { retry: true, cause: error });
        finish(one, { kind: 'unsent', why });
      },
    );
  }

  /** Whether that was the whole answer. */
  function hear(one: Waiting): boolean {
    const heard = one.request.hear(pending);
    if (heard !== null) finish(one, { kind: 'answered', ...heard });
    return heard !== null;
  }

  function finish(one: Waiting, outcome: Outcome): void {
    if (current !== one) return;
    current = null;
    one.settle(outcome);
    // After whoever waited for it, who may have more to ask about the same command.
    queueMicrotask(pump);
  }

  function takeBack(which: (request: LineRequest) => boolean, why: string): void {
    for (const one of waiting.filter(({ request }) => which(request))) {
      waiting.splice(waiting.indexOf(one), 1);
      one.settle({ kind: 'unsent', why: new Failure('absent', why, { retry: true }) });
    }
  }

  return {
    opened(opened) {
      line = opened;
      pump();
    },
    closed() {
      line = null;
      if (current !== null) finish(current, { kind: 'unanswered' });
      takeBack(() => true, `not sent: \`${name}\` is not connected`);
    },
    bytes(chunk) {
      usedMs = clock.monotonicMs();
      // INVARIANT: what comes while nothing is asked, a late answer say, is credited to nobody.
      if (current === null) return;
      pending = new Uint8Array(Buffer.concat([pending, chunk]).subarray(-keptBytes));
      hear(current);
    },
    send(request) {
      return new Promise((resolve) => {
        const one: Waiting = { request, sinceMs: clock.monotonicMs(), settle: resolve };
        if (line === null) {
          const why = new Failure('absent', `not sent: \`${name}\` is not connected`, { retry: true });
          return resolve({ kind: 'unsent', why });
        }
        waiting.push(one);
        if (request.urgency === 'pulse') {
          const callOff = clock.after(pulseWaitsMs, () =>
            takeBack((other) => other === request, `not sent within ${pulseWaitsMs} ms: \`${name}\` was busy or gave no answer`),
          );
          one.settle = (outcome) => {
            callOff();
            resolve(outcome);
          };
        }
        pump();
      });
    },
    hold(next) {
      held = next;
      pump();
    },
    takeBack: (which) => takeBack(which, `taken back before it was sent to \`${name}\``),
  };
}

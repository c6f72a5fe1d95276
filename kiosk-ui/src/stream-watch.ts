/**
 * What is known of a server's event stream, as one pure step: when to open it, when to give it up and try again. Time is
 * an argument, in milliseconds of any clock that never goes back.
 */
export type StreamState =
  /** No connection; the next one is opened at `openAtMs`. */
  | { phase: 'waiting'; openAtMs: number; failures: number }
  /** A connection was asked for and not answered yet. */
  | { phase: 'opening'; sinceMs: number; failures: number }
  /** The server spoke within the last `beatTimeoutMs`. */
  | { phase: 'live'; heardAtMs: number };

/** `heard`: the gateway answered or sent an event, the beat included. `failed`: the browser says that the connection broke. */
export type StreamInput = 'tick' | 'heard' | 'failed';

export type StreamEffect = 'open' | 'close' | null;

/** The server beats every 2 s; silence longer than this means that nobody is there. */
export const beatTimeoutMs = 5_000;

/** The waits between attempts; the last one repeats for ever. */
export const retryDelaysMs = [500, 1_000, 2_000] as const;

/** A stream that is opened by the first tick. */
export function startStream(nowMs: number): StreamState {
  return { phase: 'waiting', openAtMs: nowMs, failures: 0 };
}

export function stepStream(state: StreamState, input: StreamInput, nowMs: number): { state: StreamState; effect: StreamEffect } {
  switch (state.phase) {
    case 'waiting':
      if (input !== 'tick' || nowMs < state.openAtMs) return { state, effect: null };
      return { state: { phase: 'opening', sinceMs: nowMs, failures: state.failures }, effect: 'open' };
    case 'opening':
      if (input === 'heard') return { state: { phase: 'live', heardAtMs: nowMs }, effect: null };
      if (input === 'failed' || nowMs - state.sinceMs > beatTimeoutMs) return giveUp(state.failures, nowMs);
      return { state, effect: null };
    case 'live':
      if (input === 'heard') return { state: { phase: 'live', heardAtMs: nowMs }, effect: null };
      if (input === 'failed' || nowMs - state.heardAtMs > beatTimeoutMs) return giveUp(0, nowMs);
      return { state, effect: null };
  }
}

function giveUp(failures: number, nowMs: number): { state: StreamState; effect: StreamEffect } {
  const delayMs = retryDelaysMs[Math.min(failures, retryDelaysMs.length - 1)] ?? 0;
  return { state: { phase: 'waiting', openAtMs: nowMs + delayMs, failures: failures + 1 }, effect: 'close' };
}

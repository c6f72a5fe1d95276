/** How a turnstile and the person before it behave; milliseconds. */
export interface TurnstileSettings {
  /** A contact closed for less does nothing: 100 ms on PERCo turnstiles. */
  minPulseMs: number;
  /** How long the arm stays released for a person who does not come: 5 s on PERCo and Oxgard tripods. */
  waitMs: number;
  /** From the first push to the end of the turn. */
  turnMs: number;
  /** How long the passage contact stays closed after a turn. */
  passageMs: number;
  /** Whether somebody walks through by themselves, so long after the arm was released. */
  walks: boolean;
  walkAfterMs: number;
}

export interface TurnstileState {
  arm: 'locked' | 'released' | 'turning';
  /** When the release contact closed; null while it is open, and once the pulse has done its work. */
  pulseSinceMs: number | null;
  /** When the arm locks again, or ends its turn. */
  armDueMs: number | null;
  /** When the person pushes. */
  walkDueMs: number | null;
  /** When the passage contact opens again. */
  passageDueMs: number | null;
}

export type TurnstileEvent =
  /** The gateway's relay. */
  | { kind: 'contact'; closed: boolean }
  /** Somebody pushes the arm. */
  | { kind: 'push' }
  /** Somebody breaks through, locked or not. */
  | { kind: 'force' }
  /** Time has passed. */
  | { kind: 'time' };

export type TurnstileEffect = { kind: 'arm'; arm: TurnstileState['arm'] } | { kind: 'passage'; closed: boolean };

export const lockedTurnstile: TurnstileState = {
  arm: 'locked',
  pulseSinceMs: null,
  armDueMs: null,
  walkDueMs: null,
  passageDueMs: null,
};

/** When something happens by itself next, or null. */
export function nextDueMs(state: TurnstileState, settings: TurnstileSettings): number | null {
  const pulseDueMs = state.pulseSinceMs === null ? null : state.pulseSinceMs + settings.minPulseMs;
  const due = [pulseDueMs, state.armDueMs, state.walkDueMs, state.passageDueMs].filter((ms) => ms !== null);
  return due.length === 0 ? null : Math.min(...due);
}

/**
 * A tripod turnstile in pulse mode: a long enough pulse releases the arm for one turn, an arm that nobody turns locks again, the
 * passage contact closes when a turn ends. A pulse while the arm is not locked does nothing (PERCo TTR-04CW manual, "pulse mode").
 */
export function stepTurnstile(
  state: TurnstileState,
  event: TurnstileEvent,
  nowMs: number,
  settings: TurnstileSettings,
): { state: TurnstileState; effects: TurnstileEffect[] } {
  const turning = (): TurnstileState => ({
    ...state,
    arm: 'turning',
    pulseSinceMs: null,
    armDueMs: nowMs + settings.turnMs,
    walkDueMs: null,
  });
  const turns = () => ({ state: turning(), effects: [{ kind: 'arm', arm: 'turning' } as const] });
  const stays = (next: TurnstileState = state) => ({ state: next, effects: [] });
  const isDue = (dueMs: number | null) => dueMs !== null && dueMs <= nowMs;

  switch (event.kind) {
    case 'contact':
      return stays({ ...state, pulseSinceMs: event.closed && state.arm === 'locked' ? nowMs : null });
    case 'push':
      return state.arm === 'released' ? turns() : stays();
    case 'force':
      return state.arm === 'turning' ? stays() : turns();
    case 'time':
      if (isDue(state.passageDueMs))
        return { state: { ...state, passageDueMs: null }, effects: [{ kind: 'passage', closed: false }] };
      if (state.pulseSinceMs !== null && isDue(state.pulseSinceMs + settings.minPulseMs)) {
        return {
          state: {
            ...state,
            arm: 'released',
            pulseSinceMs: null,
            armDueMs: nowMs + settings.waitMs,
            walkDueMs: settings.walks ? nowMs + settings.walkAfterMs : null,
          },
          effects: [{ kind: 'arm', arm: 'released' }],
        };
      }
      if (isDue(state.walkDueMs)) return turns();
      if (isDue(state.armDueMs)) {
        const passed = state.arm === 'turning';
        return {
          state: {
            ...state,
            arm: 'locked',
            armDueMs: null,
            walkDueMs: null,
            passageDueMs: passed ? nowMs + settings.passageMs : state.passageDueMs,
          },
          effects: [{ kind: 'arm', arm: 'locked' }, ...(passed ? [{ kind: 'passage', closed: true } as const] : [])],
        };
      }
      return stays();
  }
}

import type { Clock } from '../../ports/clock.ts';
import {
  lockedTurnstile,
  nextDueMs,
  stepTurnstile,
  type TurnstileEffect,
  type TurnstileEvent,
  type TurnstileSettings,
  type TurnstileState,
} from './turnstile-step.ts';

/** A turnstile with somebody before it. Wire its contact to a simulated relay and its passages to a simulated input. */
export interface SimulatedTurnstile {
  arm(): TurnstileState['arm'];
  /** The relay's contact on the release input. */
  contact(closed: boolean): void;
  /** Somebody pushes the arm. Returns whether it gave way. */
  push(): boolean;
  /** Somebody breaks through, locked or not. */
  force(): void;
  /** Whether people go by themselves once the arm is released; holds from the next release on. */
  setWalks(walks: boolean): void;
  onArm(changed: (arm: TurnstileState['arm']) => void): void;
  /** The passage contact: closed for a moment after every turn. */
  onPassage(changed: (closed: boolean) => void): void;
}

const usual: TurnstileSettings = { minPulseMs: 100, waitMs: 5_000, turnMs: 600, passageMs: 200, walks: true, walkAfterMs: 900 };

export function simulateTurnstile(options: { clock: Clock; settings?: Partial<TurnstileSettings> }): SimulatedTurnstile {
  const { clock } = options;
  let settings = { ...usual, ...options.settings };
  let state = lockedTurnstile;
  let callOff = () => {};
  const armWatchers: ((arm: TurnstileState['arm']) => void)[] = [];
  const passageWatchers: ((closed: boolean) => void)[] = [];

  const show = (effect: TurnstileEffect) => {
    if (effect.kind === 'arm') for (const changed of armWatchers) changed(effect.arm);
    else for (const changed of passageWatchers) changed(effect.closed);
  };
  const handle = (event: TurnstileEvent) => {
    const step = stepTurnstile(state, event, clock.monotonicMs(), settings);
    state = step.state;
    callOff();
    const dueMs = nextDueMs(state, settings);
    if (dueMs !== null) callOff = clock.after(Math.max(0, dueMs - clock.monotonicMs()), () => handle({ kind: 'time' }));
    for (const effect of step.effects) show(effect);
  };

  return {
    arm: () => state.arm,
    contact: (closed) => handle({ kind: 'contact', closed }),
    push() {
      const gaveWay = state.arm === 'released';
      handle({ kind: 'push' });
      return gaveWay;
    },
    force: () => handle({ kind: 'force' }),
    setWalks(walks) {
      settings = { ...settings, walks };
    },
    onArm(changed) {
      armWatchers.push(changed);
    },
    onPassage(changed) {
      passageWatchers.push(changed);
    },
  };
}

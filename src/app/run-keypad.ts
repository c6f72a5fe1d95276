import type { Decision } from '../domain/access/decision.ts';
import { idleKeypad, judged, type KeypadSettings, lockMs, mostWrongPins, type PinVerdict, press } from '../domain/gate/keypad.ts';
import type { Read } from '../domain/member/credential.ts';
import { secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Answer } from '../ports/device.ts';
import type { Log } from '../ports/log.ts';
import type { DeviceHealth } from './watch-health.ts';

export interface KeypadParts {
  /** The installer's name for the reader. */
  id: string;
  settings: KeypadSettings;
  clock: Clock;
  log: Log;
  /** Called at the first key: most readers have none. */
  register(): DeviceHealth;
  tap(read: Read): Decision;
}

/**
 * Makes PINs of the keys that a reader hands on, and taps with them. A PIN stands in no log and on no screen. What comes back is
 * the answer to the last PIN that these keys completed; null: none.
 */
export function runKeypad({ id, settings, clock, log, register, tap }: KeypadParts): (keys: string) => Answer | null {
  let state = idleKeypad;
  let health: DeviceHealth | null = null;

  function enter(pin: string): Answer {
    const decision = tap({ kind: 'pin', value: pin });
    const next = judged(state, verdictOn(decision), clock.monotonicMs());
    state = next.state;
    if (next.locked) lock();
    return decision.outcome;
  }

  function lock(): void {
    const why = `${mostWrongPins} wrong PINs in a row: no key counts for ${lockMs / secondMs} s`;
    log.warn('a keypad is locked', { reader: id, why });
    health?.down(why);
    clock.after(lockMs, () => health?.up('it takes keys again'));
  }

  return (keys) => {
    if (keys === '') return null;
    if (health === null) {
      health = register();
      health.up('keys were pressed');
    }
    health.heard();
    let answer: Answer | null = null;
    for (const key of keys) {
      const pressed = press(state, key, clock.monotonicMs(), settings);
      state = pressed.state;
      if (pressed.pin !== null) answer = enter(pressed.pin);
    }
    return answer;
  };
}

/** A gate that is closed or busy asks nobody, and a wrong PIN typed twice is a double read, judged once. */
function verdictOn({ code, credentialId }: Decision): PinVerdict {
  if (code === 'UNKNOWN_CREDENTIAL' || code === 'CREDENTIAL_INACTIVE') return 'wrong';
  return credentialId === null ? 'unjudged' : 'right';
}

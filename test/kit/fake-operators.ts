import { minuteMs } from '../../src/domain/schedule/instant.ts';
import type { Operators } from '../../src/ports/operators.ts';

export interface FakeOperators extends Operators {
  token: string;
  /** Ends every session, as a new PIN or idleness does. */
  endSessions(): void;
  /** How many PINs and tokens were compared. */
  comparisons: number;
}

/** Ewa, whose PIN is 4711. Five wrong ones lock her name for a minute. */
export function fakeOperators(): FakeOperators {
  const pins = new Map([['Ewa', '4711']]);
  const wrong = new Map<string, number>();
  const lockedUntil = new Map<string, number>();
  const sessions = new Map<string, string>();
  let made = 0;
  const operators: FakeOperators = {
    token: 'token-of-box-1',
    comparisons: 0,
    endSessions: () => sessions.clear(),
    names: () => [...pins.keys()],
    async setPin(name) {
      pins.set(name, '0815');
      return '0815';
    },
    async signIn(name, pin, now) {
      const locked = lockedUntil.get(name) ?? 0;
      if (locked > now) return { done: false, lockedUntil: locked };
      operators.comparisons += 1;
      if (pins.get(name) === pin) {
        made += 1;
        const session = `session-${made}`;
        sessions.set(session, name);
        return { done: true, session };
      }
      wrong.set(name, (wrong.get(name) ?? 0) + 1);
      if ((wrong.get(name) ?? 0) < 5) return { done: false, lockedUntil: null };
      lockedUntil.set(name, now + minuteMs);
      return { done: false, lockedUntil: now + minuteMs };
    },
    session(key) {
      const name = sessions.get(key);
      return name === undefined ? null : { name };
    },
    signOut: (key) => void sessions.delete(key),
    newToken: () => operators.token,
    hasToken: () => true,
    checkToken(token) {
      operators.comparisons += 1;
      return token === operators.token;
    },
  };
  return operators;
}

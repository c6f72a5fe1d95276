import type { Instant } from '../domain/schedule/instant.ts';

/** Who may sign in at the desk, and the central system's token. PINs and tokens are kept as slow or one-way hashes only. */
export interface Operators {
  names(): string[];
  /** Creates the account or gives it a new PIN; returns the PIN, which is shown once. */
  setPin(name: string): Promise<string>;
  /** Wrong PINs lock the name: five tries, then a minute, doubling up to an hour; kept over restarts. */
  signIn(name: string, pin: string, now: Instant): Promise<SignIn>;
  /** The signed-in person behind a session key; null when it ended. Each call keeps the session alive. */
  session(key: string, now: Instant): { name: string } | null;
  signOut(key: string): void;
  /** Creates the central system's token anew; returns it, which is shown once. */
  newToken(): string;
  hasToken(): boolean;
  checkToken(token: string): boolean;
}

export type SignIn = { done: true; session: string } | { done: false; lockedUntil: Instant | null };

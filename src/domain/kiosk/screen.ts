import type { Code } from '../access/code.ts';
import type { Language } from '../member/member.ts';
import type { Instant } from '../schedule/instant.ts';

/**
 * What stands on a gate's screen, as plain data: every word is already in its language, the browser only draws it.
 * Tone is told by symbol and words too, never by colour alone.
 */
export type Screen =
  /** Nobody is there: how to begin, in each of the club's languages. */
  | { kind: 'idle'; lines: { language: Language; text: string }[]; gateClosed: boolean }
  /** A tap was answered. */
  | {
      kind: 'result';
      tone: 'welcome' | 'stop' | 'ask';
      code: Code;
      language: Language;
      /** "Welcome, Anna" · "Not today" · "Please ask at the desk". */
      headline: string;
      /** Why, in one sentence; empty on a plain welcome. */
      reason: string;
      /** When it will work again, in one sentence; empty when nobody can say. */
      nextTime: string;
      /** First name or full name as the club wants it shown; empty when unknown. */
      name: string;
      /** A URL path that shows the photo for as long as this screen stands, or null. */
      photo: string | null;
      membership: string;
      /** "Visits left: 4" · "Unlimited"; empty when it does not matter. */
      visitsLeft: string;
      /** "Valid until 30 June"; empty when it does not matter. */
      validUntil: string;
      /** "This was your last visit", …  */
      warnings: string[];
      /** What the gate does now: "Please walk through" while it waits; empty otherwise. */
      gate: string;
      /** Whether the person has gone through: `null` where nobody reports it or nothing was opened. */
      passage: 'waiting' | 'passed' | 'not_passed' | null;
    };

/** What the kiosk's stream sends: the screen, and since when it stands. It stands until the gateway replaces it. */
export interface ScreenEvent {
  gate: string;
  screen: Screen;
  at: Instant;
}

import type { ScreenEvent } from '../domain/kiosk/screen.ts';
import type { Language } from '../domain/member/member.ts';

/** What a kiosk screen is fed from. */
export interface Kiosk {
  gates(): { id: string; direction: 'in' | 'out' | 'both' }[];
  /** IANA name of the zone that a gate's screen tells the time in. */
  timeZone(gate: string): string;
  /** The screen that stands at this gate now; null for a gate that does not exist. */
  current(gate: string): ScreenEvent | null;
  /** Calls `show` on every new screen of the gate. Returns the way to stop. */
  watch(gate: string, show: (event: ScreenEvent) => void): () => void;
  /** The path of the photo file behind a screen's `photo`, while that screen stands. */
  photoFile(key: string): string | null;
  /** Shown while the gateway does not answer: the page keeps these words. */
  momentWords(): { language: Language; text: string }[];
}

/** The words between the gateway and its PC/SC process. Both sides are started from the same build. */

/** The process says `alive` this often, for as long as it is not stuck in the PC/SC library. */
export const aliveEveryMs = 1_000;

/** One APDU for a card; answered by `answer` with the same `id`, also when the card has gone. */
export interface PcscRequest {
  id: number;
  card: number;
  apdu: Uint8Array;
}

/** `card` numbers one presentation: a card that is taken away and held there again has a new number. */
export type PcscReport =
  | { kind: 'alive' }
  | { kind: 'service'; up: boolean; why: string }
  | { kind: 'reader'; name: string; present: boolean }
  | { kind: 'card'; card: number; reader: string; atr: Uint8Array }
  /** `failed`: what the library says; null when there is an answer. */
  | { kind: 'answer'; id: number; answer: Uint8Array; failed: null }
  | { kind: 'answer'; id: number; answer: null; failed: string };

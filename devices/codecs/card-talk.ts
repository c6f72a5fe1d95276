/** A part of a conversation with a card: yields commands, is handed answers. */
export type Talk<Result> = Generator<Uint8Array, Result, Uint8Array>;

/** Why it went no further, in words for the installer's log; never with anything of a key in them. */
export interface Refused {
  refused: string;
}

export function isRefused(result: object): result is Refused {
  return 'refused' in result;
}

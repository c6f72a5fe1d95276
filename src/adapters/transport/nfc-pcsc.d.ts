/** What is used of nfc-pcsc 0.8.1, which brings no types of its own. */
declare module 'nfc-pcsc' {
  import type { EventEmitter } from 'node:events';

  /** Connects to the PC/SC service when constructed; blocks the thread for ever when that is not running. */
  export class NFC extends EventEmitter<{ reader: [Reader]; error: [Error] }> {}

  export class Reader extends EventEmitter<{ card: [{ atr?: Buffer }]; 'card.off': []; error: [Error]; end: [] }> {
    readonly name: string;
    /** `true` by default: the library then talks to the card by itself, and drops those it does not understand. */
    autoProcessing: boolean;
    /** Throws or rejects when no card is there. */
    transmit(apdu: Buffer, longestAnswer: number): Promise<Buffer>;
  }
}

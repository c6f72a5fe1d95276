/** What lets one person through a gate: tells a contact to close for a moment, and never leaves it closed. */
export interface Relay {
  /**
   * Tells the relay once to let one person through that way; a gate with one contact for both ways closes that one. Resolves `told` when the command is out (and confirmed, where the
   * product confirms), `unknown` when no confirmation came: it may have opened, and is never told again. Rejects with a
   * `Failure` when it surely did not open.
   */
  pulse(direction: 'in' | 'out'): Promise<'told' | 'unknown'>;
  /** Opens the contact and lets go of the line. */
  stop(): Promise<void>;
}

/** What a relay, or another device at the gate, sees. */
export interface GateSignals {
  /** Somebody went through. */
  passage(direction: 'in' | 'out' | null): void;
  /** How an input stands, by the product's own numbering; told on change, or again and again. */
  input(input: number, closed: boolean): void;
  /** Whoever tells of the inputs is gone: how they stand is unknown until each is told anew. */
  inputsLost(): void;
}

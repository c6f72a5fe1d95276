/** What lets one person through a gate: tells the contact to close for a moment, and never leaves it closed. */
export interface Relay {
  /**
   * Tells the relay once to let one person through. Resolves `told` when the command is out (and confirmed, where the
   * product confirms), `unknown` when no confirmation came: it may have opened, and is never told again. Rejects with a
   * `Failure` when it surely did not open.
   */
  pulse(): Promise<'told' | 'unknown'>;
  /** Opens the contact and lets go of the line. */
  stop(): Promise<void>;
}

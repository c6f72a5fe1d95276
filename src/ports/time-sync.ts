/** What the machine says of its own clock. */
export interface TimeSync {
  /**
   * Whether a time server keeps the clock right, as the machine said last; null: it does not say. Answers at once, from
   * memory; what it knows is kept fresh in the background.
   */
  synchronised(): boolean | null;
  /**
   * The clock was set since: what was said of it counts no longer, and is asked for anew. Until the answer is there,
   * `synchronised` is never true.
   */
  askAgain(): void;
}

/** A key in a file of its own, as hex; never in the configuration, never in a log. */
export interface SecretNeed {
  /** How long it may be. */
  bytes: number[];
  optional?: true;
  explanation: string;
}

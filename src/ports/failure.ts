/** Why an operation failed; supervisors in `app/` act on the code, never on the text. */
export type FailureCode =
  /** The device, file or host is not there now; it may come back. */
  | 'absent'
  /** It is there and would not do it. */
  | 'refused'
  /** No answer in time: what became of it is unknown. */
  | 'no_answer'
  /** What was given is wrong; trying again will not help. */
  | 'bad_input'
  /** Another process holds it. */
  | 'in_use'
  /** A native part is not installed. */
  | 'not_installed';

/** The one class for operational failures. `message` is lower case, quotes the input in backticks and says what to do. */
export class Failure extends Error {
  readonly code: FailureCode;
  readonly retry: boolean;

  constructor(code: FailureCode, message: string, options: { retry: boolean; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Failure';
    this.code = code;
    this.retry = options.retry;
  }
}

/** What goes wrong on the way from the peripheral to the panel. Each but the delay and the split ends with the next reply. */
export interface Faults {
  /** Every reply from now on leaves this late. */
  setReplyDelay(ms: number): void;
  /** Every reply from now on pauses after `at` bytes; null ends it. */
  splitReplies(split: { at: number; pauseMs: number } | null): void;
  /** The command is carried out, but the panel never hears so. */
  loseNextReply(): void;
  /** Only the first `bytes` of the reply go out. */
  cutNextReplyAt(bytes: number): void;
  /** One bit of the byte `at` arrives wrong; from the end when negative. */
  corruptNextReply(at?: number): void;
  /** These go out directly before the reply. */
  garbageBefore(bytes: Uint8Array): void;
}

export interface FaultyWay extends Faults {
  /** Sends through whatever is wrong at the moment. */
  send(reply: Uint8Array): void;
}

export function createFaultyWay(
  write: (bytes: Uint8Array) => void,
  after: (delayMs: number, run: () => void) => unknown,
): FaultyWay {
  let replyDelayMs = 0;
  let split: { at: number; pauseMs: number } | null = null;
  const damages: ((reply: Uint8Array) => Uint8Array)[] = [];
  const later = (delayMs: number, run: () => void) => (delayMs > 0 ? void after(delayMs, run) : run());

  return {
    setReplyDelay(ms) {
      replyDelayMs = ms;
    },
    splitReplies(wanted) {
      split = wanted;
    },
    loseNextReply: () => void damages.push(() => new Uint8Array()),
    cutNextReplyAt: (bytes) => void damages.push((reply) => reply.subarray(0, bytes)),
    corruptNextReply(at = -1) {
      damages.push((reply) => {
        const wrong = Uint8Array.from(reply);
        const index = at < 0 ? reply.length + at : at;
        wrong[index] = (wrong[index] ?? 0) ^ 0x10;
        return wrong;
      });
    },
    garbageBefore: (bytes) => void damages.push((reply) => Uint8Array.of(...bytes, ...reply)),
    send(reply) {
      const sent = damages.splice(0).reduce((bytes, damage) => damage(bytes), reply);
      if (sent.length === 0) return;
      const { at, pauseMs } = split ?? { at: sent.length, pauseMs: 0 };
      later(replyDelayMs, () => {
        write(sent.subarray(0, at));
        if (at < sent.length) later(pauseMs, () => write(sent.subarray(at)));
      });
    },
  };
}

import { Worker } from 'node:worker_threads';
import type { Clock } from '../../ports/clock.ts';
import type { ApplyAnswer, ClubDataWriter, ReplaceAnswer } from '../../ports/club-data.ts';
import { Failure } from '../../ports/failure.ts';
import type { Log } from '../../ports/log.ts';
import type { NumberedRequest, WriterAnswer, WriterReply, WriterRequest, WriterSetup } from './club-writer-worker.ts';

export interface ClubWriterOptions {
  clubPath: string;
  /** Databases whose write-ahead logs are copied back from here, so that no tap ever does it. */
  checkpoint: readonly string[];
  checkpointEveryMs?: number;
  clock: Clock;
  log: Log;
}

/**
 * Writes the club's data in a thread of its own, in the order of the calls. Calls reject with `Failure` when the disk refuses, and
 * with `no_answer` when the thread dies; the next call starts another. `replace` takes its bytes over: the array is empty
 * afterwards. `apply` copies them.
 */
export function startClubWriter({
  clubPath,
  checkpoint,
  checkpointEveryMs = 30_000,
  clock,
  log,
}: ClubWriterOptions): ClubDataWriter {
  const setup: WriterSetup = { clubPath, checkpoint, checkpointEveryMs };
  const waiting = new Map<number, Waiting>();
  let requests = 0;
  let worker: Worker | null = start();
  let closed: Promise<void> | null = null;

  function start(): Worker {
    const started = new Worker(workerFile, { workerData: setup });
    started.on('message', settle);
    started.on('error', (cause) => {
      worker = null;
      log.error('the writer of the club data stopped', { why: String(cause) });
      const failure = new Failure('no_answer', 'the writer of the club data stopped; try again', { retry: true, cause });
      for (const { reject } of waiting.values()) reject(failure);
      waiting.clear();
    });
    return started;
  }

  function settle(reply: WriterReply): void {
    if ('answer' in reply) {
      take(reply.number)?.resolve(reply.answer);
      return;
    }
    const { code, message, retry } = reply.failure;
    if (reply.number === null) log.warn('a write-ahead log was not copied back', { why: message });
    else take(reply.number)?.reject(new Failure(code, message, { retry }));
  }

  function take(number: number): Waiting | undefined {
    const asked = waiting.get(number);
    waiting.delete(number);
    return asked;
  }

  function ask<A extends WriterAnswer>(requestOf: (number: number) => NumberedRequest, transfer: ArrayBuffer[] = []) {
    if (closed) throw new Error('the writer of the club data was closed before this call');
    const number = ++requests;
    worker ??= start();
    worker.postMessage(requestOf(number), transfer);
    // The worker answers each request with the answer of its kind.
    return new Promise<A>((resolve, reject) => waiting.set(number, { resolve: (answer) => resolve(answer as A), reject }));
  }

  return {
    replace: (bytes) =>
      ask<ReplaceAnswer>((number) => ({ does: 'replace', number, bytes, now: clock.now() }), wholeBufferOf(bytes)),
    apply: (bytes) => ask<ApplyAnswer>((number) => ({ does: 'apply', number, bytes, now: clock.now() })),
    contacted: async (at) => {
      await ask<null>((number) => ({ does: 'note-contact', number, at }));
    },
    close: () => {
      closed ??= new Promise((resolve) => {
        if (worker === null) return resolve();
        worker.once('exit', () => resolve());
        worker.postMessage({ does: 'close' } satisfies WriterRequest);
      });
      return closed;
    },
  };
}

interface Waiting {
  resolve(answer: WriterAnswer): void;
  reject(error: Failure): void;
}

/** Node 20 runs no TypeScript, and a worker does not share its parent's loader: from sources, the compiled worker is started. */
const compiledWorker = './club-writer-worker.js';
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? `../../../dist/src/adapters/store/${compiledWorker}` : compiledWorker,
  import.meta.url,
);

/** The buffer to hand over, unless other arrays live in it too, as with small `Buffer`s. */
function wholeBufferOf({ buffer, byteLength }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}

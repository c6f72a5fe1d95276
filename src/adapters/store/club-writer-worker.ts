import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import type { Instant } from '../../domain/schedule/instant.ts';
import type { ApplyAnswer, ReplaceAnswer } from '../../ports/club-data.ts';
import { Failure, type FailureCode } from '../../ports/failure.ts';
import { checkpointsOf } from './checkpoint.ts';
import { writeContact } from './club-state.ts';
import { openClubDatabase } from './club-store.ts';
import { orFailure } from './disk-failure.ts';
import { changeClub, replaceClub } from './write-club.ts';

/** What the worker is started with. */
export interface WriterSetup {
  clubPath: string;
  /** Databases whose write-ahead logs it copies back while it has nothing else to do. */
  checkpoint: readonly string[];
  checkpointEveryMs: number;
}

export type WriterRequest = NumberedRequest | { does: 'close' };

export type NumberedRequest =
  | { does: 'replace' | 'apply'; number: number; bytes: Uint8Array; now: Instant }
  | { does: 'note-contact'; number: number; at: Instant };

/** Null: it was done. */
export type WriterAnswer = ReplaceAnswer | ApplyAnswer | null;

/** `number` of the request; null: something failed by itself. */
export type WriterReply =
  | { number: number; answer: WriterAnswer }
  | { number: number | null; failure: { code: FailureCode; message: string; retry: boolean } };

const port = parentPort;
if (!port) throw new Error('`club-writer-worker` runs as a worker of `club-writer`');
const { clubPath, checkpoint, checkpointEveryMs } = workerData as WriterSetup;

// QUIRK: on Linux a niceness set for "this process" is that of the calling thread alone (setpriority(2), BUGS): taps come first.
if (process.platform === 'linux') setPriority(10);

const checkpoints = checkpointsOf(checkpoint);
const timer = setInterval(() => checkpointWhenIdle(), checkpointEveryMs);
let opened: Database | null = null;

port.on('message', (request: WriterRequest) => {
  if (request.does !== 'close') return answer(request);
  clearInterval(timer);
  checkpoints.close();
  opened?.close();
  port.close();
});

function answer(request: NumberedRequest): void {
  const { number } = request;
  replyWith(number, () => {
    opened ??= openClubDatabase(clubPath);
    const db = opened;
    send({ number, answer: orFailure(clubPath, () => write(db, request)) });
  });
}

function write(db: Database, request: NumberedRequest): WriterAnswer {
  switch (request.does) {
    case 'replace':
      return replaceClub(db, request.bytes, request.now);
    case 'apply':
      return changeClub(db, request.bytes, request.now);
    case 'note-contact':
      writeContact(db, request.at);
      return null;
  }
}

function checkpointWhenIdle(): void {
  replyWith(null, () => checkpoints.run());
}

/** Only what the disk or another process refuses is reported; a bug ends the worker. */
function replyWith(number: number | null, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, message, retry } = error;
    send({ number, failure: { code, message, retry } });
  }
}

function send(reply: WriterReply): void {
  port?.postMessage(reply);
}

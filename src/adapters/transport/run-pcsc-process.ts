import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../ports/clock.ts';
import { Failure } from '../../ports/failure.ts';
import type { CardEvents } from '../../ports/transport.ts';
import { aliveEveryMs, type PcscReport, type PcscRequest } from './pcsc-messages.ts';

export interface PcscProcessEvents extends CardEvents {
  /** Called once when the process is gone, unless it was stopped. Every reader was reported gone before. */
  ended(why: string): void;
}

/** Longer than any card takes for one APDU. */
const answerWithinMs = 2_000;

const silentBeats = 3;

/** A box that starts up is slow to start a process. */
const silentBeatsAtStart = 15;

// The source in tests, the compiled file in a build: whichever lies beside this one.
const program = fileURLToPath(import.meta.url.replace(/run-(pcsc-process\.[jt]s)$/, '$1'));

/** One life of the PC/SC process. It is killed when it is silent or a card's answer does not come in time. Returns the way to stop it. */
export function runPcscProcess(clock: Clock, heard: PcscProcessEvents): () => Promise<void> {
  // The library prints to stdout; that is ours alone.
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const readers = new Set<string>();
  const waiting = new Map<number, { resolve(answer: Uint8Array): void; reject(failure: Failure): void }>();
  let requests = 0;
  let missedBeats = 0;
  let beatsAllowed = silentBeatsAtStart;
  let why = 'the PC/SC process ended';
  let stopped = false;

  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  let callOffWatch = clock.after(aliveEveryMs, watch);

  function kill(because: string): void {
    why = because;
    child.kill('SIGKILL');
  }

  function watch(): void {
    // Beats are counted, not time: a gateway that was held up itself finds the process's words waiting.
    missedBeats++;
    if (missedBeats > beatsAllowed) kill('the PC/SC process did not answer and was replaced');
    else callOffWatch = clock.after(aliveEveryMs, watch);
  }

  function loseReaders(): void {
    for (const request of waiting.values()) request.reject(notAsked('the PC/SC service is gone'));
    for (const name of readers) heard.reader(name, false);
    readers.clear();
  }

  child.on('message', (report: PcscReport) => {
    missedBeats = 0;
    beatsAllowed = silentBeats;
    if (stopped) return;
    switch (report.kind) {
      case 'alive':
        break;
      case 'service':
        if (!report.up) {
          why = report.why;
          loseReaders();
        }
        heard.service({ up: report.up, why: report.why });
        break;
      case 'reader':
        if (report.present) readers.add(report.name);
        else readers.delete(report.name);
        heard.reader(report.name, report.present);
        break;
      case 'card':
        heard.card({ reader: report.reader, atr: report.atr, transmit: (apdu) => transmit(report.card, apdu) });
        break;
      case 'answer': {
        const request = waiting.get(report.id);
        if (report.failed === null) request?.resolve(report.answer);
        else request?.reject(notAsked(report.failed));
        break;
      }
    }
  });

  void gone.then(() => {
    callOffWatch();
    if (stopped) readers.clear();
    loseReaders();
    if (!stopped) heard.ended(why);
  });

  function transmit(card: number, apdu: Uint8Array): Promise<Uint8Array> {
    const id = ++requests;
    const answer = new Promise<Uint8Array>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      child.send({ id, card, apdu } satisfies PcscRequest, (error) => {
        if (error !== null) reject(notAsked('the PC/SC service is gone'));
      });
    });
    const callOff = clock.after(answerWithinMs, () => {
      const advice = 'unplug the card reader and plug it in again';
      waiting.get(id)?.reject(new Failure('no_answer', `the card was asked and no answer came: ${advice}`, { retry: true }));
      kill('a card reader did not answer in time and the PC/SC process was replaced');
    });
    return answer.finally(() => {
      callOff();
      waiting.delete(id);
    });
  }

  return async () => {
    stopped = true;
    child.kill('SIGKILL');
    await gone;
  };
}

function notAsked(why: string): Failure {
  return new Failure('absent', `the card could not be asked: ${why}; hold it to the reader again`, { retry: true });
}

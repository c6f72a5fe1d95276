/** A process of its own that holds the PC/SC library, which can hang. Started, watched and replaced by `run-pcsc-process.ts`. */
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Reader } from 'nfc-pcsc';
import { aliveEveryMs, type PcscReport, type PcscRequest } from './pcsc-messages.ts';

/** Where pcsc-lite's own client library looks (pcsc-lite, PCSCLITE_CSOCK_NAME). */
const serviceSocket = process.env['PCSCLITE_CSOCK_NAME'] ?? '/run/pcscd/pcscd.comm';
const lookAgainMs = 1_000;

/** 256 bytes and the two status bytes: the longest answer to a short APDU (ISO 7816-4). */
const longestAnswer = 258;

const cards = new Map<number, Reader>();
let presentations = 0;

process.on('disconnect', () => process.exit());
process.on('message', (request: PcscRequest) => void answer(request));
setInterval(() => tell({ kind: 'alive' }), aliveEveryMs);
await run();

async function run(): Promise<void> {
  const library = await import('nfc-pcsc').catch((error: unknown) => {
    const advice = 'run `sudo apt install pcscd libpcsclite-dev build-essential python3` and `npm rebuild @pokusew/pcsclite`';
    leave(`not installed: ${advice} (${wordsOf(error)})`);
  });
  if (!library) return;
  for (let why = await whyNoService(); why !== null; why = await whyNoService()) {
    tell({ kind: 'service', up: false, why });
    await wait(lookAgainMs);
  }
  try {
    const nfc = new library.NFC();
    nfc.on('reader', serve);
    nfc.on('error', (error) => leave(`the PC/SC service is gone: ${error.message}`));
    tell({ kind: 'service', up: true, why: 'connected' });
  } catch (error) {
    leave(`the PC/SC service refuses: ${wordsOf(error)}`);
  }
}

function serve(reader: Reader): void {
  reader.on('error', (error) => leave(`the PC/SC service lost \`${reader.name}\`: ${error.message}`));
  // The slot for a security module that some readers have besides the one for members' cards.
  if (reader.name.includes('SAM')) return;
  reader.autoProcessing = false;
  tell({ kind: 'reader', name: reader.name, present: true });
  let card: number | null = null;

  const forget = () => {
    if (card !== null) cards.delete(card);
    card = null;
  };
  reader.on('card', ({ atr }) => {
    forget();
    // QUIRK: nfc-pcsc 0.8.1 also announces a card that was taken away while it connected, without an answer to reset.
    if (atr === undefined) return;
    card = ++presentations;
    cards.set(card, reader);
    tell({ kind: 'card', card, reader: reader.name, atr });
  });
  reader.on('card.off', forget);
  reader.on('end', () => {
    forget();
    tell({ kind: 'reader', name: reader.name, present: false });
  });
}

async function answer({ id, card, apdu }: PcscRequest): Promise<void> {
  try {
    const reader = cards.get(card);
    if (reader === undefined) return tell({ kind: 'answer', id, answer: null, failed: 'it was taken away' });
    tell({ kind: 'answer', id, answer: await reader.transmit(Buffer.from(apdu), longestAnswer), failed: null });
  } catch (error) {
    tell({ kind: 'answer', id, answer: null, failed: wordsOf(error) });
  }
}

/** Null when the service takes connections. Asked first, because the library waits for it for ever, and with it this process. */
function whyNoService(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(serviceSocket, () => {
      socket.destroy();
      resolve(null);
    });
    socket.once('error', (error) =>
      resolve(`the PC/SC service is not running: run \`sudo systemctl enable --now pcscd.socket\` (${error.message})`),
    );
  });
}

function tell(report: PcscReport): void {
  // A gateway that is gone needs no word; `disconnect` ends this process.
  process.send?.(report, undefined, undefined, () => {});
}

/** Ends this process: the library does not recover in it, only a new one reads cards again. */
function leave(why: string): void {
  process.send?.({ kind: 'service', up: false, why } satisfies PcscReport, undefined, undefined, () => process.exit(1));
}

function wordsOf(error: unknown): string {
  const cause = error instanceof Error && 'previous' in error ? error.previous : error;
  return cause instanceof Error ? cause.message : String(cause);
}

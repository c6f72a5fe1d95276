import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished, vi } from 'vitest';
import { havePeer } from './peers.ts';

export interface VirtualCard {
  /** Answer to reset. */
  atr: Uint8Array;
  answer(apdu: Uint8Array): Uint8Array;
}

/** A PC/SC service of this test alone: the real `pcscd`, with readers that exist in software (vsmartcard's vpcd). */
export interface VirtualPcsc {
  /** The reader's name as PC/SC gives it. */
  reader: string;
  /** Lays a card on; resolves when the service has seen it. */
  insertCard(card: VirtualCard): Promise<void>;
  /** Takes the card away; resolves when the service has seen it, for it would take the next card for the same one until then. */
  removeCard(): Promise<void>;
  /** Ends the service without a farewell. */
  kill(): Promise<void>;
  start(): void;
  /** From the next `start` on there is no reader; a running pcscd takes only USB readers away. */
  unplugReader(): void;
  /** From the next `start` on there is one again. */
  plugReader(): void;
  /** The service takes connections and does not answer. */
  freeze(): void;
  thaw(): void;
}

const launcher = fileURLToPath(new URL('./pcscd.py', import.meta.url));
const runTypescript = new URL('./run-typescript.mjs', import.meta.url).href;
const driver = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so';

/**
 * Prepares a service; the PC/SC process that the test starts finds it through its environment. Needs no rights: its socket
 * lies in a temporary folder. `reader` may hold anything that a product calls itself.
 */
export async function openVirtualPcsc({ reader = 'Gate Reader', running = true } = {}): Promise<VirtualPcsc> {
  const pcscd = havePeer('pcscd');
  if (pcscd === null) throw new Error('`pcscd` is missing: use `describeWith`');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-pcsc-'));
  const socketPath = join(folder, 'pcscd.comm');
  const port = await freePortPair();
  const readers = join(folder, 'readers');
  writeFileSync(readers, readerConfiguration(reader, port));
  vi.stubEnv('PCSCLITE_CSOCK_NAME', socketPath);
  vi.stubEnv('NODE_OPTIONS', `--import=${runTypescript}`);

  const seen = new EventEmitter();
  let service: ChildProcess | null = null;
  let card: Socket | null = null;

  function start(): void {
    service = spawn('python3', [launcher, socketPath, pcscd ?? '', '--foreground', '--info', '--config', readers], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { stdout } = service;
    if (stdout === null) return;
    createInterface({ input: stdout }).on('line', (line) => {
      if (line.includes('Card inserted')) seen.emit('insertion');
      if (line.includes('Card Removed')) seen.emit('removal');
    });
  }
  async function kill(): Promise<void> {
    if (service === null) return;
    const gone = once(service, 'exit');
    service.kill('SIGKILL');
    await gone;
    service = null;
  }
  async function removeCard(): Promise<void> {
    if (card === null || service === null) return;
    const removal = once(seen, 'removal');
    card.destroy();
    card = null;
    await removal;
  }

  onTestFinished(async () => {
    card?.destroy();
    await kill();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  if (running) start();

  return {
    reader: `${reader} 00 00`,
    async insertCard(inserted) {
      // A card that lies there when the service first looks is no insertion to it; it asks for the answer to reset all the same.
      const insertion = once(seen, 'insertion');
      const asked = once(seen, 'asked');
      card = await present(inserted, port, () => seen.emit('asked'));
      await Promise.race([insertion, asked]);
    },
    removeCard,
    kill,
    start,
    unplugReader: () => writeFileSync(readers, ''),
    plugReader: () => writeFileSync(readers, readerConfiguration(reader, port)),
    freeze: () => void service?.kill('SIGSTOP'),
    thaw: () => void service?.kill('SIGCONT'),
  };
}

/** Two slots, on this port and the next (vsmartcard `ifd-vpcd.c`). */
function readerConfiguration(name: string, port: number): string {
  return `FRIENDLYNAME "${name}"\nDEVICENAME /dev/null:${port}\nLIBPATH ${driver}\nCHANNELID ${port}\n`;
}

/** Connecting is laying the card on; the messages are vsmartcard's `vpcd.h`: a length in two bytes, then a command byte or an APDU. */
async function present(card: VirtualCard, port: number, asked: () => void): Promise<Socket> {
  const socket = await connected(port);
  let pending: Buffer = Buffer.alloc(0);
  const send = (bytes: Uint8Array) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    socket.write(Buffer.concat([length, bytes]));
  };
  const hear = (message: Uint8Array) => {
    const [command] = message;
    if (message.length > 1) send(card.answer(message));
    else if (command === 4) {
      send(card.atr);
      asked();
    }
  };
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE()) {
      const end = 2 + pending.readUInt16BE();
      const message = pending.subarray(2, end);
      pending = pending.subarray(end);
      hear(message);
    }
  });
  return socket;
}

/** A service that has just been started opens its readers a moment later. */
function connected(port: number): Promise<Socket> {
  return vi.waitFor(
    () =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
        socket.once('error', reject);
      }),
    { timeout: 10_000 },
  );
}

async function freePortPair(): Promise<number> {
  const first = await listen(0);
  const { port } = first.address() as AddressInfo;
  const second = await listen(port + 1).catch(() => null);
  first.close();
  second?.close();
  return second === null ? freePortPair() : port;
}

async function listen(port: number) {
  const server = createServer().listen(port);
  await once(server, 'listening');
  return server;
}

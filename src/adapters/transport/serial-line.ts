import { constants, readSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { Failure } from '../../ports/failure.ts';
import type { LineEvents, LineTransport, OpenLine } from '../../ports/transport.ts';

export interface SerialLineOptions {
  /** `/dev/serial/by-id/…` stays the same after a replug; `/dev/ttyUSB0` may not. */
  path: string;
  baudRate: number;
}

/** How long a port may refuse bytes. Bytes that wait longer could open a gate for nobody, so they are thrown away. */
const takesWithinMs = 500;

const readBytes = 4096;

/**
 * A serial port: 8 data bits, no parity, 1 stop bit, no flow control, held for this process alone. `open` rejects with a
 * `Failure`: `absent`, `refused` (no permission), `in_use`, `bad_input` (not a serial port) or `not_installed`.
 */
export function createSerialLine({ path, baudRate }: SerialLineOptions): LineTransport {
  return {
    name: path,
    async open(heard) {
      return carry(await hold(path, baudRate), path, heard);
    },
  };
}

type HeldPort = Awaited<ReturnType<typeof hold>>;

async function hold(path: string, baudRate: number) {
  // A box without serial devices need not have the native part.
  const { SerialPort } = await import('serialport').catch((cause: unknown) => {
    const advice = 'run `npm rebuild @serialport/bindings-cpp`';
    throw new Failure('not_installed', `serial ports cannot be used here: ${advice}`, { retry: false, cause });
  });
  try {
    const port = await SerialPort.binding.open({ path, baudRate, lock: true });
    if (!('poller' in port)) throw new Failure('not_installed', 'serial ports work on Linux only', { retry: false });
    return port;
  } catch (cause) {
    throw cause instanceof Failure ? cause : await whyNotHeld(path, cause);
  }
}

/**
 * Reads and writes in the calling thread. The port never blocks, and a tap does not wait for the four threads that hash
 * PINs and read files: with those busy, a read that goes through them was measured to take more than a second.
 */
function carry(port: HeldPort, path: string, heard: LineEvents): OpenLine {
  const buffer = new Uint8Array(readBytes);
  let closing: Promise<void> | null = null;
  let unfinished: Promise<void> | null = null;

  function close({ discard = false } = {}): Promise<void> {
    closing ??= (discard ? port.flush().catch(() => {}) : Promise.resolve()).then(() => port.close());
    return closing;
  }

  function end(why: string, { discard = false } = {}): void {
    if (closing !== null) return;
    // Told when the lock is let go, so that it can be opened again; a port that is gone may refuse to be closed.
    void close({ discard })
      .catch(() => {})
      .then(() => heard.closed(why));
  }

  function listen(): void {
    // QUIRK: what is thrown into the binding's native callback aborts the process without a trace; from a microtask it does not.
    port.poller.once('readable', (error) => queueMicrotask(() => hear(error)));
  }

  function hear(error: Error | null): void {
    const count = error === null ? read() : 0;
    // QUIRK: Linux tty drivers: an unplugged port says "end of file", again and again, or fails.
    if (count === 0) return end(`\`${path}\` was unplugged`);
    listen();
    if (count !== null) heard.bytes(buffer.slice(0, count));
  }

  /** How many bytes came; 0 when the port is gone, null when there is nothing to read after all. */
  function read(): number | null {
    try {
      return port.fd === null ? 0 : readSync(port.fd, buffer);
    } catch (error) {
      return codeOf(error) === 'EAGAIN' ? null : 0;
    }
  }

  /** How many of the bytes the system took. */
  function hand(bytes: Uint8Array): number {
    try {
      if (closing === null && port.fd !== null) return writeSync(port.fd, bytes);
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return 0;
      end(`\`${path}\` was unplugged`);
    }
    throw new Failure('absent', `\`${path}\` is not open: plug the device in again`, { retry: true });
  }

  async function handRest(rest: Uint8Array): Promise<void> {
    while (rest.length > 0) {
      await room();
      rest = rest.subarray(hand(rest));
    }
  }

  /** Resolves when the system may take bytes again. */
  function room(): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        end(`\`${path}\` takes no bytes: check the device`, { discard: true });
        reject(new Failure('no_answer', `\`${path}\` takes no bytes: check the device`, { retry: true }));
      }, takesWithinMs);
      port.poller.once('writable', () => {
        clearTimeout(giveUp);
        resolve();
      });
    });
  }

  listen();
  return {
    async write(bytes) {
      while (unfinished !== null) await unfinished.catch(() => {});
      const sent = hand(bytes);
      if (sent === bytes.length) return;
      unfinished = handRest(bytes.subarray(sent)).finally(() => {
        unfinished = null;
      });
      await unfinished;
    },
    close: () => close(),
  };
}

/** The binding tells failures by text only: opening once more, just to look, tells them by code. */
async function whyNotHeld(path: string, cause: unknown): Promise<Failure> {
  try {
    const look = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    const isSerial = isatty(look.fd);
    await look.close();
    if (isSerial) return inUse(path, cause);
    const advice = 'choose one that `ls /dev/serial/by-id` shows';
    return new Failure('bad_input', `\`${path}\` is not a serial port: ${advice}`, { retry: false, cause });
  } catch (error) {
    switch (codeOf(error)) {
      case 'EBUSY':
        return inUse(path, cause);
      case 'EACCES':
      case 'EPERM': {
        const advice = 'add the user that runs the gateway to the group `dialout`, and start it again';
        return new Failure('refused', `no permission for \`${path}\`: ${advice}`, { retry: true, cause: error });
      }
      default:
        return new Failure('absent', `\`${path}\` is not there: plug the device in`, { retry: true, cause: error });
    }
  }
}

function inUse(path: string, cause: unknown): Failure {
  const advice = `stop it (\`fuser -v ${path}\` shows it)`;
  return new Failure('in_use', `another program holds \`${path}\`: ${advice}`, { retry: true, cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

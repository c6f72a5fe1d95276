import { connect, type Socket } from 'node:net';
import { Failure } from '../../ports/failure.ts';
import type { LineEvents, LineTransport, OpenLine } from '../../ports/transport.ts';
import { unacknowledgedBytes } from './unacknowledged-bytes.ts';

export interface TcpLineOptions {
  host: string;
  port: number;
}

const connectWithinMs = 5_000;

/** A silent far end is asked after this long whether it is still there; ten questions a second apart must stay unanswered (Node's own figures). */
const silentMs = 5_000;

/** Bytes that the far end has not confirmed by then are thrown away with the connection: an "open" must not arrive minutes late. */
const acknowledgedWithinMs = 2_000;

/** A serial device behind a serial-to-Ethernet converter, as a raw TCP socket. `open` rejects with a `Failure` (`absent`). */
export function createTcpLine({ host, port }: TcpLineOptions): LineTransport {
  const name = `${host}:${port}`;
  return {
    name,
    open(heard) {
      return new Promise((resolve, reject) => {
        const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: silentMs });
        const fail = (why: string, cause?: unknown) => {
          clearTimeout(giveUp);
          socket.destroy();
          reject(new Failure('absent', `\`${name}\` ${why}: check address, cable and power`, { retry: true, cause }));
        };
        const giveUp = setTimeout(() => fail(`does not answer within ${connectWithinMs / 1000} s`), connectWithinMs);
        const refuse = (error: Error) => fail('cannot be reached', error);
        socket.once('error', refuse);
        socket.once('connect', () => {
          clearTimeout(giveUp);
          socket.off('error', refuse);
          resolve(carry(socket, name, heard));
        });
      });
    },
  };
}

function carry(socket: Socket, name: string, heard: LineEvents): OpenLine {
  let why = `\`${name}\` closed the connection`;
  let letGo = false;

  socket.on('data', (chunk) => {
    if (!letGo) heard.bytes(chunk);
  });
  socket.on('error', (error) => {
    why =
      codeOf(error) === 'ETIMEDOUT'
        ? `\`${name}\` does not answer any more`
        : `the connection to \`${name}\` broke: ${error.message}`;
  });
  socket.on('close', () => {
    if (!letGo) heard.closed(why);
  });

  function expectConfirmation(): void {
    const written = socket.bytesWritten;
    const check = () => {
      const writtenSince = socket.bytesWritten - written;
      if (socket.destroyed || socket.writableLength + unacknowledgedBytes(socket) <= writtenSince) return;
      why = `\`${name}\` does not take what it is sent`;
      socket.resetAndDestroy();
    };
    setTimeout(check, acknowledgedWithinMs).unref();
  }

  return {
    write(bytes) {
      return new Promise((resolve, reject) => {
        socket.write(bytes, (cause) => {
          if (cause === null || cause === undefined) resolve();
          else reject(new Failure('absent', `nothing was sent to \`${name}\`: ${cause.message}`, { retry: true, cause }));
        });
        expectConfirmation();
      });
    },
    close() {
      return new Promise((resolve) => {
        letGo = true;
        if (socket.closed) return resolve();
        const giveUp = setTimeout(() => socket.resetAndDestroy(), acknowledgedWithinMs);
        socket.once('close', () => {
          clearTimeout(giveUp);
          resolve();
        });
        socket.end();
      });
    },
  };
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}

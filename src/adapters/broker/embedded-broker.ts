import { timingSafeEqual } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { Aedes, type AuthenticateError } from 'aedes';
import { sha256 } from '../../lib/sha256.ts';
import { Failure } from '../../ports/failure.ts';

export interface EmbeddedBroker {
  url: string;
  port: number;
  close(): Promise<void>;
}

export interface EmbeddedBrokerOptions {
  /** Default 127.0.0.1: only this machine. */
  host?: string;
  /** 0: any free port. */
  port: number;
  /** Without, everybody who reaches the port may do everything. */
  user?: { name: string; password: string };
}

/**
 * An MQTT 3.1.1 broker in this process, for the demo and for clubs with one box. It keeps everything in memory; MQTT 5 clients are
 * refused. Throws `Failure` (`in_use`, `refused`) when the port cannot be had.
 */
export async function startEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const { host = '127.0.0.1', user } = options;
  const broker = await Aedes.createBroker({
    authenticate(_client, name, password, done) {
      if (user === undefined || (same(name ?? '', user.name) && same(password?.toString() ?? '', user.password)))
        return done(null, true);
      done(badUserNameOrPassword(), false);
    },
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port, host, resolve));
  } catch (error) {
    await new Promise<void>((resolve) => broker.close(resolve));
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    throw new Failure(
      inUse ? 'in_use' : 'refused',
      `the broker cannot listen on \`${host}:${options.port}\`: ${inUse ? 'another program does; choose another port' : String(error)}`,
      { retry: false, cause: error },
    );
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;

  return {
    url: `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
}

function badUserNameOrPassword(): AuthenticateError {
  return Object.assign(new Error('wrong user name or password'), { returnCode: 4 });
}

/** Takes the same time whatever the difference is. */
function same(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(given)), Buffer.from(sha256(expected)));
}

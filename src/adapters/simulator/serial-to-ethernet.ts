import { createServer, type Server, type Socket } from 'node:net';
import { Failure } from '../../ports/failure.ts';

/** A converter with one serial device behind it: whoever connects gets the device's bytes, and the device gets theirs. */
export interface SerialToEthernet {
  /** Where to connect to, on 127.0.0.1. The same after `unplug` and `plug`. */
  readonly port: number;
  /** Whether anybody is connected. */
  isConnected(): boolean;
  send(bytes: Uint8Array): void;
  /** The converter goes dark: connections break off, the port refuses. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
}

/** Listens on `port` (0: any free one). Throws `Failure` (`in_use`) when the port is taken. */
export async function startSerialToEthernet(port: number, received: (bytes: Uint8Array) => void): Promise<SerialToEthernet> {
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  const listen = async (wanted: number) => {
    const listening = createServer((socket) => {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('data', received);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => listening.once('error', reject).listen(wanted, '127.0.0.1', resolve)).catch(
      (cause: unknown) => {
        throw new Failure('in_use', `a simulated device cannot listen on port \`${wanted}\`: choose another port`, {
          retry: false,
          cause,
        });
      },
    );
    server = listening;
    const address = listening.address();
    return typeof address === 'object' && address !== null ? address.port : wanted;
  };
  const chosen = await listen(port);

  return {
    port: chosen,
    isConnected: () => sockets.size > 0,
    send(bytes) {
      for (const socket of sockets) socket.write(bytes);
    },
    async unplug() {
      const listening = server;
      server = null;
      const closed = new Promise<void>((resolve) => (listening === null ? resolve() : listening.close(() => resolve())));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async plug() {
      if (server === null) await listen(chosen);
    },
  };
}

import { connect } from 'node:net';
import { expect } from 'vitest';

/** A bare TCP connection to a simulated device: what a gateway's port would see. */
export interface WireClient {
  /** Everything received so far. */
  received(): Buffer;
  /** Resolves when that many bytes have come. */
  bytes(count: number): Promise<Buffer>;
  send(bytes: Uint8Array): void;
  /** Resolves when the other side ended the connection. */
  ended: Promise<void>;
  close(): void;
}

/** Resolves when the device has taken the connection; rejects when nothing listens. */
export async function openWire(device: { port: number; isConnected(): boolean }): Promise<WireClient> {
  const socket = connect(device.port, '127.0.0.1');
  let received = Buffer.of();
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  await expect.poll(() => device.isConnected(), { interval: 2 }).toBe(true);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  return {
    received: () => received,
    async bytes(count) {
      await expect.poll(() => received.length, { interval: 2 }).toBeGreaterThanOrEqual(count);
      return received;
    },
    send: (bytes) => socket.write(bytes),
    ended,
    close: () => socket.destroy(),
  };
}

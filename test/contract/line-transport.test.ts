import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSerialLine } from '../../src/adapters/transport/serial-line.ts';
import { createTcpLine } from '../../src/adapters/transport/tcp-line.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { describeLineTransport } from './line-transport.ts';

describeWith('python3', 'on a pseudo-terminal', () => {
  describeLineTransport('serial port', {
    async connect() {
      const far = await openPseudoTerminal();
      return { line: createSerialLine({ path: far.path, baudRate: 9600 }), far };
    },
    absent: async () => createSerialLine({ path: join(temporaryFolder(), 'ttyUSB0'), baudRate: 9600 }),
  });
});

describeLineTransport('TCP', {
  async connect() {
    const device = await openTcpDevice();
    return { line: createTcpLine({ host: '127.0.0.1', port: device.port }), far: device };
  },
  async absent() {
    const device = await openTcpDevice();
    await device.close();
    return createTcpLine({ host: '127.0.0.1', port: device.port });
  },
});

describeLineTransport('in memory', {
  async connect() {
    const line = createFakeLine();
    return { line, far: line.far };
  },
  async absent() {
    const line = createFakeLine();
    line.far.unplug();
    return line;
  },
});

async function openTcpDevice() {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  let current: Socket | null = null;
  const server = createServer((socket) => {
    current = socket;
    socket.setNoDelay();
    socket.on('data', (bytes) => {
      for (const heard of listeners) heard(bytes);
    });
    socket.on('error', () => {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    current?.destroy();
    server.close();
  };
  onTestFinished(close);
  return {
    port: (server.address() as AddressInfo).port,
    // The connection may still be on its way from the listening queue.
    async write(bytes: Uint8Array) {
      if (current === null) await once(server, 'connection');
      current?.write(bytes);
    },
    onBytes: (heard: (bytes: Uint8Array) => void) => void listeners.push(heard),
    unplug: close,
    close,
  };
}

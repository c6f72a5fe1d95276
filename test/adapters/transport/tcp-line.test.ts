import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTcpLine } from '../../../src/adapters/transport/tcp-line.ts';
import { record } from '../../contract/line-transport.ts';

describe('a serial device behind an Ethernet converter', () => {
  it('is named by its address', () => {
    expect(createTcpLine({ host: '10.0.0.5', port: 4001 }).name).toBe('10.0.0.5:4001');
  });

  it('an "open" that the far end did not take within two seconds is never delivered later', async () => {
    const { line, device } = await connectedLine();
    const { closed, events } = record();
    const open = await line.open(events);
    const socket = await device;
    let received = 0;
    socket.on('data', (bytes) => {
      received += bytes.length;
    });
    socket.pause();

    let handed = 0;
    let refused = false;
    while (!refused) {
      // Fills the far end's window first; what comes after stays in this box.
      const written = open.write(Buffer.alloc(1 << 20)).catch(() => {
        refused = true;
      });
      await Promise.race([written, new Promise((resolve) => setTimeout(resolve, 50))]);
      handed += 1 << 20;
    }

    await vi.waitFor(() => expect(closed).toEqual([expect.stringContaining('does not take what it is sent')]));
    const gone = once(socket, 'close');
    socket.resume();
    await gone;
    expect(received).toBeLessThan(handed);
  });

  it('a far end that keeps taking bytes is not given up, however much is on its way', async () => {
    const { line, device } = await connectedLine();
    const { closed, events } = record();
    const open = await line.open(events);
    (await device).resume();
    const longerThanTheLimitMs = 2_300;
    const until = Date.now() + longerThanTheLimitMs;
    while (Date.now() < until) {
      void open.write(Buffer.alloc(4 << 20));
      await open.write(Buffer.from('open'));
    }
    expect(closed).toEqual([]);
    await open.close();
  });

  it('a converter that restarts without a farewell is told in words', async () => {
    const { line, device } = await connectedLine();
    const { closed, events } = record();
    await line.open(events);
    (await device).resetAndDestroy();
    await vi.waitFor(() => expect(closed).toEqual([expect.stringMatching(/^the connection to `127\.0\.0\.1:\d+` broke/)]));
  });

  it('a host name that does not exist is absent, not a crash', async () => {
    const failure = await createTcpLine({ host: 'converter.invalid', port: 4001 })
      .open(record().events)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'absent', message: expect.stringContaining('`converter.invalid:4001`') });
  });
});

async function connectedLine() {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const device = once(server, 'connection').then(([socket]: Socket[]) => {
    if (socket === undefined) throw new Error('nobody connected');
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    return socket;
  });
  return { line: createTcpLine({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }), device };
}

import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startClubWebServer } from '../../kit/club-web-server.ts';
import { openEventStream } from '../../kit/event-stream-reader.ts';

describe('the web server', () => {
  it('says where a browser finds it', async () => {
    const server = await startClubWebServer({ host: '0.0.0.0' });
    expect(server.url).toBe(`http://localhost:${server.port}`);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('names the address that another program uses, and what to do', async () => {
    const { port } = await startClubWebServer();
    await expect(startClubWebServer({ port })).rejects.toMatchObject({
      name: 'Failure',
      code: 'in_use',
      message: `\`127.0.0.1:${port}\` is used by another program: stop that one or choose another port`,
    });
  });

  it('names an address that this machine does not have', async () => {
    await expect(startClubWebServer({ host: '192.0.2.1' })).rejects.toMatchObject({
      code: 'absent',
      message: '`192.0.2.1:0` is no address of this machine: use `127.0.0.1`, `0.0.0.0` or one that it has',
    });
  });

  it('closes within a second, ending streams, idle connections and requests that never end', async () => {
    const server = await startClubWebServer();
    const page = await openEventStream(`${server.url}/kiosk/api/stream`);
    await page.next();
    await page.next();
    const idle = connect(server.port, '127.0.0.1');
    const unfinished = connect(server.port, '127.0.0.1');
    unfinished.on('error', () => {});
    await new Promise<void>((resolve) =>
      unfinished.write(
        'POST /staff/api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
        () => resolve(),
      ),
    );

    const startedAt = performance.now();
    await server.close();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(await page.next()).toBeNull();
    expect(server.kiosk.watchers.count()).toBe(0);
    expect(server.clock.nextTimerMs()).toBeNull();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    idle.destroy();
    await server.close();
  });
});

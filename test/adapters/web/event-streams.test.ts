import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { startClubWebServer } from '../../kit/club-web-server.ts';
import { openEventStream } from '../../kit/event-stream-reader.ts';
import { fakeKiosk, idleScreen } from '../../kit/fake-kiosk.ts';

const stream = '/kiosk/api/stream?gate=main-in';

it('a page hears a beat every two seconds', async () => {
  const server = await startClubWebServer();
  const page = await openEventStream(server.url + stream);
  await page.next();
  await page.next();
  for (let second = 2; second <= 6; second += 2) {
    server.clock.advance(1_999);
    server.clock.advance(1);
    expect(await page.next()).toEqual({ event: 'beat', data: { at: server.clock.now() } });
  }
});

it('a page that is closed leaves nothing behind', async () => {
  const server = await startClubWebServer();
  const page = await openEventStream(server.url + stream);
  await page.next();
  expect(server.kiosk.watchers.count()).toBe(1);
  expect(server.clock.nextTimerMs()).toBe(2_000);

  page.leave();
  await server.kiosk.watchers.until(0);
  expect(server.clock.nextTimerMs()).toBeNull();
});

it('one page that is closed does not end the others', async () => {
  const server = await startClubWebServer();
  const leaving = await openEventStream(server.url + stream);
  const staying = await openEventStream(server.url + stream);
  await server.kiosk.watchers.until(2);
  leaving.leave();
  await server.kiosk.watchers.until(1);

  await staying.next();
  await staying.next();
  server.kiosk.show({ ...idleScreen('main-in'), at: 7 });
  expect((await staying.next())?.data).toMatchObject({ at: 7 });
});

it('a page that stops reading is let go before its events pile up', async () => {
  const server = await startClubWebServer();
  const socket = connect(server.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(`GET ${stream} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await server.kiosk.watchers.until(1);

  const bigText = 'x'.repeat(64 * 1024);
  const bigScreen = {
    ...idleScreen('main-in'),
    screen: { kind: 'idle' as const, lines: [{ language: 'en' as const, text: bigText }], gateClosed: false },
  };
  let shown = 0;
  // The system's own socket buffers take a few megabytes first.
  while (server.kiosk.watchers.count() > 0 && shown < 1_000) {
    server.kiosk.show(bigScreen);
    shown += 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(server.kiosk.watchers.count()).toBe(0);
  expect(server.clock.nextTimerMs()).toBeNull();
  expect(server.log.lines).toMatchObject([{ level: 'warn', message: 'a page reads its events too slowly and was let go' }]);
});

it('asking for the head of a stream subscribes nobody', async () => {
  const server = await startClubWebServer();
  const answer = await fetch(server.url + stream, { method: 'HEAD' });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(server.kiosk.watchers.count()).toBe(0);
  expect(server.clock.nextTimerMs()).toBeNull();
});

it('a stream that fails to start is dropped and logged, and the server goes on', async () => {
  const kiosk = fakeKiosk();
  const broken = {
    ...kiosk,
    momentWords: () => {
      throw new Error('no words');
    },
  };
  const server = await startClubWebServer({ kiosk: broken });
  const page = await openEventStream(server.url + stream);
  expect(await page.next().catch(() => null)).toBeNull();
  expect(server.log.lines).toMatchObject([
    { level: 'error', message: 'an event stream failed', fields: { path: '/kiosk/api/stream' } },
  ]);
  expect((await fetch(`${server.url}/kiosk/api/gates`)).status).toBe(200);
});

import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScreenEvent } from '../../../src/domain/kiosk/screen.ts';
import { startClubWebServer } from '../../kit/club-web-server.ts';
import { openEventStream } from '../../kit/event-stream-reader.ts';
import { fakeKiosk, idleScreen } from '../../kit/fake-kiosk.ts';

describe('the kiosk screen', () => {
  it('is greeted, shown the screen that stands, and then every new one', async () => {
    const server = await startClubWebServer();
    const page = await openEventStream(`${server.url}/kiosk/api/stream?gate=main-in`);
    expect(page.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(page.response.headers.get('cache-control')).toBe('no-store');
    expect(await page.next()).toEqual({
      event: 'hello',
      data: { build: 'build-1', gate: 'main-in', timeZone: 'Europe/Warsaw', moment: [{ language: 'en', text: 'One moment' }] },
    });
    expect(await page.next()).toEqual({ event: 'screen', data: idleScreen('main-in') });

    const closed: ScreenEvent = { ...idleScreen('main-in'), screen: { kind: 'idle', lines: [], gateClosed: true } };
    server.kiosk.show(idleScreen('main-out'));
    server.kiosk.show(closed);
    expect(await page.next()).toEqual({ event: 'screen', data: closed });
  });

  it('of no gate in particular shows the first one that people enter by', async () => {
    const server = await startClubWebServer();
    const page = await openEventStream(`${server.url}/kiosk/api/stream`);
    expect((await page.next())?.data).toMatchObject({ gate: 'main-in' });
  });

  it('of a gate that does not exist is told which gates there are', async () => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/kiosk/api/stream?gate=mian-in`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ problem: 'no gate `mian-in`; there is `main-out`, `main-in`' });
  });

  it('of a gateway without gates says so', async () => {
    const server = await startClubWebServer({ kiosk: fakeKiosk([]) });
    const answer = await fetch(`${server.url}/kiosk/api/stream`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ problem: 'this gateway has no gates' });
  });

  it('can ask which gates there are', async () => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/kiosk/api/gates`);
    expect(await answer.json()).toEqual([
      { id: 'main-out', direction: 'out' },
      { id: 'main-in', direction: 'in' },
    ]);
  });
});

describe("a member's photo", () => {
  const picture = Buffer.from('a picture');

  async function serverWithFiles(files: string[]) {
    const server = await startClubWebServer();
    for (const file of files) {
      const path = join(server.photoDir, file);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, picture);
    }
    return server;
  }

  it('is shown while its screen stands and never kept by the browser', async () => {
    const server = await serverWithFiles(['members/m1.jpg']);
    server.kiosk.photos.set('k1', 'members/m1.jpg');
    const answer = await fetch(`${server.url}/kiosk/photo/k1`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture);

    server.kiosk.photos.delete('k1');
    expect((await fetch(`${server.url}/kiosk/photo/k1`)).status).toBe(404);
  });

  it.each([
    '../secret.jpg',
    '/etc/hostname',
    '../photos-of-others/m1.jpg',
    'link.jpg',
    'folder.jpg',
    'absent.jpg',
    'a\0.jpg',
    '.',
    '',
  ])('named `%s` is not shown', async (name) => {
    const server = await serverWithFiles(['m1.jpg', '../secret.jpg', '../photos-of-others/m1.jpg', 'folder.jpg/m1.jpg']);
    await symlink(join(server.photoDir, '../secret.jpg'), join(server.photoDir, 'link.jpg'));
    server.kiosk.photos.set('k1', name);
    const answer = await fetch(`${server.url}/kiosk/photo/k1`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('picture');
  });

  it('is a picture and nothing else', async () => {
    const server = await serverWithFiles(['page.html']);
    server.kiosk.photos.set('k1', 'page.html');
    expect((await fetch(`${server.url}/kiosk/photo/k1`)).status).toBe(404);
  });

  it('that is a drawing runs no script it may carry', async () => {
    const server = await serverWithFiles(['drawing.svg']);
    server.kiosk.photos.set('k1', 'drawing.svg');
    const answer = await fetch(`${server.url}/kiosk/photo/k1`);
    expect(answer.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
  });

  it('is not shown by a club that shows none', async () => {
    const server = await startClubWebServer({ photoDir: null });
    server.kiosk.photos.set('k1', 'm1.jpg');
    expect((await fetch(`${server.url}/kiosk/photo/k1`)).status).toBe(404);
  });
});

import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type ClubWebServer, startClubWebServer } from '../../kit/club-web-server.ts';

async function serverWithPages(): Promise<ClubWebServer> {
  const server = await startClubWebServer();
  const files = {
    'index.html': 'kiosk',
    'staff/index.html': 'desk',
    'demo/index.html': 'demo',
    'assets/kiosk-1a2b.js': 'js',
    'icon.svg': 'svg',
    '../secret.txt': 'secret',
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(server.staticDir, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return server;
}

describe('the pages', () => {
  it.each([
    ['/', 'kiosk'],
    ['/staff', 'desk'],
    ['/staff/', 'desk'],
    ['/demo', 'demo'],
    ['/demo/', 'demo'],
  ])('%s is fresh on every visit', async (path, content) => {
    const server = await serverWithPages();
    const answer = await fetch(server.url + path);
    expect(await answer.text()).toBe(content);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
  });

  it('load scripts that are kept for long, because their names change with their content', async () => {
    const server = await serverWithPages();
    const answer = await fetch(`${server.url}/assets/kiosk-1a2b.js`);
    expect(await answer.text()).toBe('js');
    expect(answer.headers.get('content-type')).toMatch(/javascript/);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const icon = await fetch(`${server.url}/icon.svg`);
    expect(icon.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(icon.headers.get('cache-control')).toBe('no-cache');
  });

  it('may talk to this gateway only and be framed by nobody else', async () => {
    const server = await serverWithPages();
    for (const path of ['/', '/assets/kiosk-1a2b.js', '/healthz', '/nothing', '/kiosk/api/gates']) {
      const { headers } = await fetch(server.url + path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'self';.*frame-ancestors 'self'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('say how to build them when they were not built', async () => {
    const server = await startClubWebServer();
    for (const path of ['/', '/staff', '/demo']) {
      const answer = await fetch(server.url + path);
      expect(answer.status).toBe(503);
      expect(await answer.text()).toContain('npm run setup');
    }
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e%5csecret.txt',
    '/%00',
    '/%zz',
    '/assets',
    '//etc/hostname',
  ])('are all there is: not %s', async (path) => {
    const server = await serverWithPages();
    // A browser or fetch would tidy such a path up before sending it.
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1.1 40[04] /);
    expect(answer).not.toContain('secret\r\n');
  });
});

describe('an address where nothing is', () => {
  it('says so in words to a program and to a person', async () => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/v2/members?name=Anna`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ problem: 'there is nothing at `GET /v2/members`' });
    const page = await fetch(`${server.url}/stuff`, { headers: { accept: 'text/html,*/*' } });
    expect(page.status).toBe(404);
    expect(page.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(await page.text()).toContain('the desk at /staff');
  });
});

import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startWebServer, type WebServer, type WebServerOptions } from '../../src/adapters/web/start-web-server.ts';
import { type FakeCentral, fakeCentral } from './fake-central.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { type FakeDemo, fakeDemo } from './fake-demo.ts';
import { type FakeFrontDesk, fakeFrontDesk } from './fake-front-desk.ts';
import { type FakeKiosk, fakeKiosk } from './fake-kiosk.ts';
import { type FakeLog, fakeLog } from './fake-log.ts';
import { type FakeOperators, fakeOperators } from './fake-operators.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface ClubWebServer extends WebServer {
  kiosk: FakeKiosk;
  frontDesk: FakeFrontDesk;
  central: FakeCentral;
  operators: FakeOperators;
  demo: FakeDemo;
  clock: FakeClock;
  log: FakeLog;
  staticDir: string;
  photoDir: string;
  /** `POST` of JSON, as a page of this server does it unless `headers` say otherwise. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Signs Ewa in; the `cookie` header of her browser. */
  signIn(): Promise<string>;
}

/** The web server on a free port with fakes behind it, until the test ends. */
export async function startClubWebServer(overrides: Partial<WebServerOptions> = {}): Promise<ClubWebServer> {
  const folder = temporaryFolder();
  const demo = fakeDemo();
  const parts = {
    kiosk: fakeKiosk(),
    frontDesk: fakeFrontDesk(),
    central: fakeCentral(),
    operators: fakeOperators(),
    demo,
    clock: fakeClock(),
    log: fakeLog(),
    staticDir: join(folder, 'pages'),
    photoDir: join(folder, 'photos'),
  };
  const server = await startWebServer({ host: '127.0.0.1', port: 0, build: 'build-1', ...parts, ...overrides });
  onTestFinished(() => server.close());

  const post: ClubWebServer['post'] = (path, body, headers = {}) =>
    fetch(server.url + path, {
      method: 'POST',
      headers: { origin: server.url, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {
    ...server,
    ...parts,
    post,
    async signIn() {
      const answer = await post('/staff/api/sign-in', { name: 'Ewa', pin: '4711' });
      return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    },
  };
}

import { describe, expect, it } from 'vitest';
import type { DemoEvent } from '../../../src/ports/demo.ts';
import { startClubWebServer } from '../../kit/club-web-server.ts';
import { openEventStream } from '../../kit/event-stream-reader.ts';

describe('the demo page', () => {
  it('learns who there is to try, in its language', async () => {
    const server = await startClubWebServer();
    const get = async (path: string): Promise<unknown> => (await fetch(`${server.url}/demo/api/${path}`)).json();
    expect(await get('now')).toEqual({ gates: [], journal: [], signIn: { name: 'Ewa', pin: '4711' } });
    expect(await get('gates')).toMatchObject([{ id: 'main-in', title: 'Entrance' }]);
    expect(await get('cast?language=uk')).toMatchObject([{ name: 'Anna', story: 'speaks uk' }]);
    expect(await get('cast')).toMatchObject([{ story: 'speaks en' }]);
    expect(await get('search?text=Kowal&language=pl')).toMatchObject([{ story: 'Kowal in pl' }]);
    expect(await get('cast?language=xx')).toEqual({ problem: '`language`: must be one of ru, uk, pl, en, not `xx`' });
  });

  it('taps cards, pushes the arm, lets people walk and pulls the cable', async () => {
    const server = await startClubWebServer();
    const requests = {
      tap: { gate: 'main-in', person: 'm1' },
      walk: { gate: 'main-in' },
      walks: { gate: 'main-in', walks: false },
      plugged: { gate: 'main-in', plugged: false },
    };
    for (const [path, body] of Object.entries(requests)) {
      const answer = await server.post(`/demo/api/${path}`, body);
      expect([path, answer.status, await answer.json()]).toEqual([path, 200, { done: true }]);
    }
    expect(server.demo.asked).toEqual(Object.values(requests));
  });

  it('is told why something could not be done', async () => {
    const server = await startClubWebServer();
    const answer = await server.post('/demo/api/tap', { gate: 'main-in', person: 'nobody' });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ problem: 'there is no such person' });
    expect((await server.post('/demo/api/tap', { gate: 'main-in' })).status).toBe(422);
  });

  it('sees wires, gates and journal move, until it is closed', async () => {
    const server = await startClubWebServer();
    const page = await openEventStream(`${server.url}/demo/api/stream`);
    const events: DemoEvent[] = [
      { kind: 'wire', at: 1, gate: 'main-in', device: 'rdm6300', direction: 'to gateway', bytes: '02 30' },
      { kind: 'gate', state: { gate: 'main-in', arm: 'released', walks: true, plugged: true } },
      { kind: 'journal', line: { number: 1, at: 1, gate: 'main-in', kind: 'decision', text: 'OK Anna', hash: 'ab' } },
    ];
    for (const event of events) {
      server.demo.watchers.tell(event);
      expect(await page.next()).toEqual({ event: event.kind, data: event });
    }
    page.leave();
    await server.demo.watchers.until(0);
  });

  it('is not there at a real club', async () => {
    const server = await startClubWebServer({ demo: null });
    for (const path of ['/demo', '/demo/', '/demo/index.html', '/demo/api/now']) {
      const answer = await fetch(server.url + path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).toContain('npm run demo');
    }
    expect((await server.post('/demo/api/tap', { gate: 'main-in', person: 'm1' })).status).toBe(404);
  });
});

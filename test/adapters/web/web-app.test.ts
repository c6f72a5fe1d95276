import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startClubWebServer } from '../../kit/club-web-server.ts';

describe('whatever goes wrong', () => {
  it('is answered with a number that stands in the log, and with nothing else', async () => {
    const server = await startClubWebServer();
    server.central.answer = new Error('row 17 of `/data/club.db`');
    const headers = { authorization: 'Bearer token-of-box-1' };
    const answer = await server.post('/v1/changes', {}, headers);
    expect(answer.status).toBe(500);
    const body = (await answer.json()) as { problem: string; id: string };
    expect(body).toEqual({ problem: `something went wrong: give your installer the id \`${body.id}\``, id: body.id });
    expect(server.log.lines).toEqual([
      {
        level: 'error',
        message: 'a request failed',
        fields: { id: body.id, method: 'POST', path: '/v1/changes', error: server.central.answer },
      },
    ]);
  });

  it('what was searched for does not get into the log', async () => {
    const server = await startClubWebServer();
    server.frontDesk.search = () => {
      throw new Error('no');
    };
    const answer = await fetch(`${server.url}/staff/api/search?text=Kowalska`, { headers: { cookie: await server.signIn() } });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(server.log.lines)).not.toContain('Kowalska');
  });

  it('a sender who leaves in the middle is no failure', async () => {
    const server = await startClubWebServer();
    const sender = connect(server.port, '127.0.0.1');
    const head = 'POST /staff/api/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{';
    await new Promise<void>((resolve) => sender.write(head, () => resolve()));
    // Each answer comes after what the server was told before it.
    await fetch(`${server.url}/healthz`);
    sender.destroy();
    await fetch(`${server.url}/healthz`);
    await fetch(`${server.url}/healthz`);
    expect(server.log.lines).toEqual([]);
  });

  it('a body larger than any page sends is refused', async () => {
    const server = await startClubWebServer();
    const answer = await server.post('/staff/api/sign-in', { name: 'Ewa', pin: 'x'.repeat(20_000) });
    expect(answer.status).toBe(413);
    expect(server.operators.comparisons).toBe(0);
  });
});

describe('whoever watches machines', () => {
  it('learns whether gates and devices are well, and nothing about people', async () => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/healthz`);
    expect(await answer.json()).toEqual({
      gateway: 'box-1',
      startedAt: 1_000,
      gates: [{ id: 'main-in', mode: 'controlled' }],
      devices: { up: 1, down: 2, unknown: 0 },
    });
  });
});

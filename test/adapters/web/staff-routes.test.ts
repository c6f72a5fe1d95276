import { describe, expect, it } from 'vitest';
import type { DeskExplanation } from '../../../src/ports/front-desk.ts';
import { type ClubWebServer, startClubWebServer } from '../../kit/club-web-server.ts';
import { openEventStream } from '../../kit/event-stream-reader.ts';
import { deskStatus, feedItem } from '../../kit/fake-front-desk.ts';

const letIn = { gate: 'main-in', reason: 'forgot the card', memberId: 'm1', answers: null, charge: true };

const move = { visit: 7, to: 'p2', reason: 'Anna asked for it' };

const explanation: DeskExplanation = {
  entry: 2,
  at: 0,
  gate: 'main-in',
  outcome: 'denied',
  who: 'Anna K.',
  reason: 'Frozen',
  tap: [],
  memberships: [],
  choice: [],
  nextAllowedAt: null,
};

function signIn(server: ClubWebServer, pin: string, name = 'Ewa'): Promise<Response> {
  return server.post('/staff/api/sign-in', { name, pin });
}

describe('signing in', () => {
  it('with the right PIN gives a cookie that only the desk pages of this server send back', async () => {
    const server = await startClubWebServer();
    const answer = await signIn(server, '4711');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ name: 'Ewa' });
    expect(answer.headers.get('set-cookie')).toBe('gatehouse=session-1; Path=/staff; HttpOnly; SameSite=Strict');
  });

  it('behind an https proxy gives a cookie that never travels in the clear', async () => {
    const server = await startClubWebServer();
    const https = { 'x-forwarded-proto': 'https' };
    const answer = await server.post('/staff/api/sign-in', { name: 'Ewa', pin: '4711' }, https);
    expect(answer.headers.get('set-cookie')).toBe('__Host-gatehouse=session-1; Path=/; HttpOnly; Secure; SameSite=Strict');
    const me = await fetch(`${server.url}/staff/api/me`, { headers: { ...https, cookie: '__Host-gatehouse=session-1' } });
    expect(await me.json()).toEqual({ name: 'Ewa' });
  });

  it('with a wrong PIN or name is refused in the same words', async () => {
    const server = await startClubWebServer();
    for (const answer of [await signIn(server, '1234'), await signIn(server, '4711', 'Nobody')]) {
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ problem: 'name or PIN is wrong' });
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it('five times wrong is locked, also for the right PIN, and says until when', async () => {
    const server = await startClubWebServer();
    for (let tries = 1; tries <= 4; tries += 1) expect((await signIn(server, '1234')).status).toBe(401);
    const lockedUntil = server.clock.now() + 60_000;
    for (const pin of ['1234', '4711']) {
      const answer = await signIn(server, pin);
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('60');
      expect(await answer.json()).toEqual({ problem: 'too many wrong tries: wait 60 s and try again', lockedUntil });
    }
  });

  it('with ever new names from one address is slowed before a PIN is compared', async () => {
    const server = await startClubWebServer();
    for (let tries = 0; tries < 20; tries += 1) await signIn(server, '1234', `name ${tries}`);
    expect(server.operators.comparisons).toBe(20);
    const answer = await signIn(server, '1234', 'name 20');
    expect(answer.status).toBe(429);
    expect(await answer.json()).toMatchObject({ lockedUntil: server.clock.now() + 3_000 });
    expect(server.operators.comparisons).toBe(20);
    server.clock.advance(3_000);
    expect((await signIn(server, '4711')).status).toBe(200);
  });

  it('never writes a PIN or a name into the log', async () => {
    const server = await startClubWebServer();
    await signIn(server, '1234', 'typed-my-pin-4711-here');
    expect(server.log.lines).toHaveLength(1);
    expect(JSON.stringify(server.log.lines)).not.toMatch(/1234|4711/);
  });

  it('again ends the session before', async () => {
    const server = await startClubWebServer();
    const before = await server.signIn();
    const answer = await server.post('/staff/api/sign-in', { name: 'Ewa', pin: '4711' }, { cookie: before });
    expect(answer.headers.get('set-cookie')).toContain('session-2');
    expect((await fetch(`${server.url}/staff/api/me`, { headers: { cookie: before } })).status).toBe(401);
  });

  it.each([['not json'], [{ name: 'Ewa' }], [{ name: 'Ewa', pin: 4711 }], [['Ewa', '4711']], ['null']])(
    'needs a name and a PIN, not %j',
    async (body) => {
      const server = await startClubWebServer();
      const answer = await server.post('/staff/api/sign-in', body);
      expect(answer.status).toBe(422);
      expect(server.operators.comparisons).toBe(0);
    },
  );
});

describe('signing out', () => {
  it('ends the session and takes the cookie away', async () => {
    const server = await startClubWebServer();
    const cookie = await server.signIn();
    const answer = await fetch(`${server.url}/staff/api/sign-out`, { method: 'POST', headers: { cookie } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^gatehouse=; Max-Age=0; Path=\/staff/);
    expect((await fetch(`${server.url}/staff/api/me`, { headers: { cookie } })).status).toBe(401);
  });
});

describe('without a session', () => {
  it.each(['me', 'feed', 'search?text=a', 'entries/2/explanation', 'visits/2/payers'])('nobody reads %s', async (path) => {
    const server = await startClubWebServer();
    for (const cookie of ['', 'gatehouse=session-1', 'gatehouse=']) {
      const answer = await fetch(`${server.url}/staff/api/${path}`, { headers: { cookie } });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ problem: 'please sign in' });
    }
    expect(server.frontDesk.watchers.count()).toBe(0);
  });

  it('nobody is let in, no mode is set, no charge is moved, nobody is taken out, no clock is confirmed', async () => {
    const server = await startClubWebServer();
    expect((await server.post('/staff/api/let-in', letIn)).status).toBe(401);
    expect((await server.post('/staff/api/mode', { gate: 'main-in', mode: 'free' })).status).toBe(401);
    expect((await server.post('/staff/api/move-charge', move)).status).toBe(401);
    expect((await server.post('/staff/api/take-out', { zone: 'club', memberId: null })).status).toBe(401);
    expect((await server.post('/staff/api/confirm-clock', {})).status).toBe(401);
    expect(server.frontDesk.asked).toEqual([]);
  });
});

describe('at the desk', () => {
  it('the live list starts with the newest items, then tells each change, until the page is closed', async () => {
    const server = await startClubWebServer();
    const feed = await openEventStream(`${server.url}/staff/api/feed?language=pl`, { cookie: await server.signIn() });
    expect(await feed.next()).toEqual({ event: 'items', data: [feedItem(2), feedItem(1)] });
    expect(await feed.next()).toEqual({ event: 'status', data: deskStatus });
    server.frontDesk.watchers.tell({ ...feedItem(2), visit: 'committed' });
    expect(await feed.next()).toEqual({ event: 'item', data: { ...feedItem(2), visit: 'committed' } });
    server.frontDesk.statusWatchers.tell({ ...deskStatus, journal: { newest: 3 } });
    expect(await feed.next()).toEqual({ event: 'status', data: { ...deskStatus, journal: { newest: 3 } } });

    feed.leave();
    await Promise.all([server.frontDesk.watchers.until(0), server.frontDesk.statusWatchers.until(0)]);
  });

  it('the live list ends when the session has ended', async () => {
    const server = await startClubWebServer();
    const feed = await openEventStream(`${server.url}/staff/api/feed`, { cookie: await server.signIn() });
    await feed.next();
    await feed.next();
    server.clock.advance(2_000);
    expect(await feed.next()).toMatchObject({ event: 'beat' });
    server.operators.endSessions();
    server.clock.advance(2_000);
    expect(await feed.next()).toBeNull();
    expect(server.frontDesk.watchers.count()).toBe(0);
  });

  it('the live list comes in the languages of the club only', async () => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/staff/api/feed?language=de`, { headers: { cookie: await server.signIn() } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ problem: '`language`: must be one of ru, uk, pl, en, not `de`' });
  });

  it('members are found by name', async () => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/staff/api/search?text=${encodeURIComponent('Ann К')}`, {
      headers: { cookie: await server.signIn() },
    });
    expect(await answer.json()).toEqual([{ id: 'm1', name: 'Anna who is "Ann К"', memberships: ['Morning 8, 5 left'] }]);
  });

  it('who lets somebody in is who signed in', async () => {
    const server = await startClubWebServer();
    const answer = await server.post('/staff/api/let-in', letIn, { cookie: await server.signIn() });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ entry: 3 });
    expect(server.frontDesk.asked).toEqual([{ letIn: { ...letIn, staff: 'Ewa' } }]);
  });

  it('nobody acts in the name of another', async () => {
    const server = await startClubWebServer();
    const cookie = await server.signIn();
    const letInAnswer = await server.post('/staff/api/let-in', { ...letIn, staff: 'Boss' }, { cookie });
    expect(letInAnswer.status).toBe(422);
    expect(await letInAnswer.json()).toEqual({ problem: '`staff` means nothing here: leave it out' });
    const modeAnswer = await server.post('/staff/api/mode', { gate: 'main-in', mode: 'free', staff: 'Boss' }, { cookie });
    expect(modeAnswer.status).toBe(422);
    expect(server.frontDesk.asked).toEqual([]);
  });

  it('a refusal of the desk is told in its own words', async () => {
    const server = await startClubWebServer();
    server.frontDesk.answer = { done: false, problem: 'a reason of three letters is needed' };
    const cookie = await server.signIn();
    for (const answer of [
      await server.post('/staff/api/let-in', { ...letIn, reason: '' }, { cookie }),
      await server.post('/staff/api/mode', { gate: 'nowhere', mode: 'free' }, { cookie }),
    ]) {
      expect(answer.status).toBe(409);
      expect(await answer.json()).toEqual({ problem: 'a reason of three letters is needed' });
    }
  });

  it('a gate is set to one of the four modes', async () => {
    const server = await startClubWebServer();
    const cookie = await server.signIn();
    expect(await (await server.post('/staff/api/mode', { gate: 'main-in', mode: 'emergency' }, { cookie })).json()).toEqual({
      entry: 3,
    });
    expect(server.frontDesk.asked).toEqual([{ setMode: { gate: 'main-in', mode: 'emergency', staff: 'Ewa' } }]);
    const answer = await server.post('/staff/api/mode', { gate: 'main-in', mode: 'open' }, { cookie });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ problem: '`mode`: must be one of controlled, free, closed, emergency, not `open`' });
  });

  it.each([{ answers: 0 }, { answers: 1.5 }, { charge: 'yes' }, { memberId: 7 }, { gate: null }, { reason: 'x'.repeat(501) }])(
    'a request to let somebody in with %j is refused',
    async (wrong) => {
      const server = await startClubWebServer();
      const answer = await server.post('/staff/api/let-in', { ...letIn, ...wrong }, { cookie: await server.signIn() });
      expect(answer.status).toBe(422);
      expect(((await answer.json()) as { problem: string }).problem).toContain(`\`${Object.keys(wrong)[0]}\``);
      expect(server.frontDesk.asked).toEqual([]);
    },
  );

  it('an answer is explained in the language of the page', async () => {
    const server = await startClubWebServer();
    server.frontDesk.explanations.set(2, explanation);
    const answer = await fetch(`${server.url}/staff/api/entries/2/explanation?language=pl`, {
      headers: { cookie: await server.signIn() },
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ ...explanation, reason: 'Frozen (pl)' });
  });

  it.each([
    ['entries/3/explanation', 404, 'nothing is kept that would explain entry 3'],
    ['entries/two/explanation', 404, 'there is nothing at `GET /staff/api/entries/two/explanation`'],
    ['entries/-2/explanation', 404, 'there is nothing at'],
    ['entries/2/explanation?language=de', 400, '`language`: must be one of ru, uk, pl, en, not `de`'],
    ['visits/2/payers?language=de', 400, '`language`: must be one of ru, uk, pl, en, not `de`'],
    ['visits/2/payers?text=a', 400, '`text` means nothing here'],
  ])('%s is answered %i and why', async (path, status, problem) => {
    const server = await startClubWebServer();
    server.frontDesk.explanations.set(2, explanation);
    const answer = await fetch(`${server.url}/staff/api/${path}`, { headers: { cookie: await server.signIn() } });
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { problem: string }).problem).toContain(problem);
  });

  it('who could pay for a visit instead is told with each membership', async () => {
    const server = await startClubWebServer();
    server.frontDesk.payers.set(7, [{ id: 'p2', title: 'Morning 8', text: 'Morning 8 · 5 visits left', mayPay: true }]);
    const headers = { cookie: await server.signIn() };
    const ask = async (visit: number) => (await fetch(`${server.url}/staff/api/visits/${visit}/payers`, { headers })).json();
    expect(await ask(7)).toEqual([{ id: 'p2', title: 'Morning 8', text: 'Morning 8 · 5 visits left (en)', mayPay: true }]);
    expect(await ask(8)).toEqual([]);
  });

  it('who moves a charge, or takes somebody out of a zone, is who signed in', async () => {
    const server = await startClubWebServer();
    const cookie = await server.signIn();
    const outside = { zone: 'club', memberId: 'm1' };
    for (const answer of [
      await server.post('/staff/api/move-charge', move, { cookie }),
      await server.post('/staff/api/take-out', outside, { cookie }),
      await server.post('/staff/api/take-out', { ...outside, memberId: null }, { cookie }),
    ])
      expect([answer.status, await answer.json()]).toEqual([200, { entry: 3 }]);
    expect(server.frontDesk.asked).toEqual([
      { moveCharge: { ...move, staff: 'Ewa' } },
      { takeOut: { ...outside, staff: 'Ewa' } },
      { takeOut: { zone: 'club', memberId: null, staff: 'Ewa' } },
    ]);
  });

  it('a charge that is not moved and somebody who is not taken out are answered with why', async () => {
    const server = await startClubWebServer();
    server.frontDesk.answer = { done: false, problem: 'there is no visit 7' };
    const cookie = await server.signIn();
    for (const answer of [
      await server.post('/staff/api/move-charge', move, { cookie }),
      await server.post('/staff/api/take-out', { zone: 'club', memberId: null }, { cookie }),
    ])
      expect([answer.status, await answer.json()]).toEqual([409, { problem: 'there is no visit 7' }]);
  });

  it('somebody who looked at the clock says that it is right', async () => {
    const server = await startClubWebServer();
    const answer = await server.post('/staff/api/confirm-clock', {}, { cookie: await server.signIn() });
    expect([answer.status, await answer.json()]).toEqual([200, {}]);
    expect(server.frontDesk.asked).toEqual(['confirmClock']);
  });

  it.each<[string, unknown]>([
    ['move-charge', 'not json'],
    ['move-charge', { to: 'p2', reason: 'Anna asked for it' }],
    ['move-charge', { ...move, visit: 0 }],
    ['move-charge', { ...move, visit: '7' }],
    ['move-charge', { ...move, to: null }],
    ['move-charge', { ...move, reason: 'x'.repeat(501) }],
    ['move-charge', { ...move, staff: 'Boss' }],
    ['take-out', { zone: 'club' }],
    ['take-out', { zone: 'club', memberId: 7 }],
    ['take-out', { zone: 'club', memberId: null, staff: 'Boss' }],
    ['confirm-clock', { trusted: true }],
    ['confirm-clock', 'null'],
  ])('a request to %s of %j is refused', async (path, body) => {
    const server = await startClubWebServer();
    const answer = await server.post(`/staff/api/${path}`, body, { cookie: await server.signIn() });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ problem: expect.any(String) });
    expect(server.frontDesk.asked).toEqual([]);
  });

  it.each(['move-charge', 'take-out', 'confirm-clock'])('%s is only ever posted', async (path) => {
    const server = await startClubWebServer();
    const answer = await fetch(`${server.url}/staff/api/${path}`, { headers: { cookie: await server.signIn() } });
    expect(answer.status).toBe(404);
    expect(server.frontDesk.asked).toEqual([]);
  });
});

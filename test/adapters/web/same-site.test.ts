import { describe, expect, it } from 'vitest';
import { isCrossSite } from '../../../src/adapters/web/same-site.ts';
import { startClubWebServer } from '../../kit/club-web-server.ts';

const letIn = { gate: 'main-in', reason: 'forgot the card', memberId: null, answers: null, charge: false };

function crossSite(headers: Record<string, string>): boolean {
  return isCrossSite((name) => headers[name]);
}

describe('a page of another site', () => {
  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://box.club:8080' },
    { origin: 'http://evil.example' },
    { origin: 'http://box.club' },
    { origin: 'http://box.club:8081' },
    { origin: 'http://box.club:8080.evil.example' },
    { origin: 'null' },
    { origin: '' },
  ])('is recognised by %j', (headers) => {
    expect(crossSite({ host: 'box.club:8080', ...headers })).toBe(true);
  });

  it.each([
    { 'sec-fetch-site': 'same-origin', origin: 'https://club.example' },
    { origin: 'http://box.club:8080' },
    { origin: 'https://box.club', host: 'box.club' },
    { origin: 'http://box.club', host: 'Box.club:80' },
    {},
  ])('is not what sends %j', (headers) => {
    expect(crossSite({ host: 'box.club:8080', ...headers })).toBe(false);
  });

  it('cannot change anything, neither by a form nor by JSON, also with the cookie', async () => {
    const server = await startClubWebServer();
    const cookie = await server.signIn();
    const forms = ['application/x-www-form-urlencoded', 'text/plain', 'application/json'];
    for (const type of forms) {
      for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        for (const path of [
          '/staff/api/let-in',
          '/staff/api/mode',
          '/staff/api/sign-in',
          '/staff/api/sign-out',
          '/demo/api/tap',
          '/v1/changes',
        ]) {
          const answer = await server.post(path, letIn, { cookie, 'content-type': type, ...headers });
          expect([path, type, answer.status]).toEqual([path, type, 403]);
        }
      }
    }
    expect(server.frontDesk.asked).toEqual([]);
    expect(server.demo.asked).toEqual([]);
    expect((await fetch(`${server.url}/staff/api/me`, { headers: { cookie } })).status).toBe(200);
  });

  it('gets nowhere with a form even where no browser names the site', async () => {
    const server = await startClubWebServer();
    const cookie = await server.signIn();
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data', '']) {
      const answer = await server.post('/staff/api/let-in', letIn, { cookie, 'content-type': type });
      expect(answer.status).toBe(415);
    }
    expect(server.frontDesk.asked).toEqual([]);
  });
});

import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { chainFault } from '../../../src/domain/journal/chain.ts';
import type { JournalEntry } from '../../../src/domain/journal/entry.ts';
import { Failure } from '../../../src/ports/failure.ts';
import { type ClubWebServer, startClubWebServer } from '../../kit/club-web-server.ts';
import { passed } from '../../kit/journal-events.ts';

const authorization = 'Bearer token-of-box-1';

function push(
  server: ClubWebServer,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}/v1/changes`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body,
  });
}

function readJournal(server: ClubWebServer, query: string): Promise<Response> {
  return fetch(`${server.url}/v1/journal${query}`, { headers: { authorization } });
}

/** People walk out and in unexpectedly. */
function happen(server: ClubWebServer, times: number): void {
  for (let at = 1; at <= times; at += 1) server.central.journal.append(at, passed(null));
}

describe('pushing changes', () => {
  it('hands on the very bytes that were sent and tells what became of them', async () => {
    const server = await startClubWebServer();
    const warning = {
      entity: 'members' as const,
      id: 'm2',
      path: 'members[1].language',
      line: 3,
      column: 9,
      problem: 'not known',
    };
    server.central.answer = { done: true, rows: 2, deleted: 1, warnings: [warning] };
    const body = '{ "members" : [ {"id":"m1","name":"Аня"} ] }\n';
    const answer = await push(server, body, { 'content-type': 'application/json; charset=utf-8' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ rows: 2, deleted: 1, warnings: [warning] });
    expect(server.central.pushed).toEqual([body]);
  });

  it('is refused whole with every bad row named', async () => {
    const server = await startClubWebServer();
    const problems = [
      { entity: 'members' as const, id: 'm1', path: 'members[0].name', line: 1, column: 14, problem: 'must be text' },
      { entity: null, id: null, path: '', line: 2, column: 1, problem: 'unknown entity `people`' },
    ];
    server.central.answer = { done: false, problems };
    const answer = await push(server, '{}');
    expect(answer.status).toBe(422);
    expect(await answer.json()).toEqual({ problem: 'nothing was applied: 2 problems to put right', problems });
  });

  it('of eight megabytes is taken, of one byte more is not', async () => {
    const server = await startClubWebServer();
    const most = 8 * 1024 * 1024;
    expect((await push(server, new Uint8Array(most))).status).toBe(200);
    expect(server.central.pushed.map((body) => body.length)).toEqual([most]);
    const answer = await push(server, new Uint8Array(most + 1));
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({
      problem: 'the body is larger than 8388608 bytes: send the changes in several requests',
    });
    expect(server.central.pushed).toHaveLength(1);
  });

  it('of unknown length is stopped at eight megabytes too', async () => {
    const server = await startClubWebServer();
    const piece = new Uint8Array(1024 * 1024);
    let left = 9;
    const body = new ReadableStream({
      pull(controller) {
        if (left === 0) return controller.close();
        left -= 1;
        controller.enqueue(piece);
      },
    });
    const request = { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body, duplex: 'half' };
    expect((await fetch(`${server.url}/v1/changes`, request as RequestInit)).status).toBe(413);
    expect(server.central.pushed).toEqual([]);
  });

  it.each([{ 'content-type': 'text/csv' }, { 'content-type': '' }, { 'content-encoding': 'gzip' }])(
    'as %j is refused',
    async (headers) => {
      const server = await startClubWebServer();
      const answer = await push(server, '{}', headers);
      expect(answer.status).toBe(415);
      expect(server.central.pushed).toEqual([]);
    },
  );

  it('is asked for again when the disk is busy, and nothing of the failure is told but its number', async () => {
    const server = await startClubWebServer();
    server.central.answer = new Failure('absent', 'disk `/data/club.db` is full', { retry: true });
    const answer = await push(server, '{}');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    const { problem, id } = (await answer.json()) as { problem: string; id: string };
    expect(problem).not.toContain('/data');
    expect(server.log.lines).toMatchObject([{ level: 'error', fields: { id, path: '/v1/changes' } }]);
  });
});

describe('without the token', () => {
  it('nothing is told and nothing is taken', async () => {
    const server = await startClubWebServer();
    const requests = [
      () => push(server, '{}', { authorization: '' }),
      () => push(server, '{}', { authorization: 'Bearer token-of-box-2' }),
      () => push(server, '{}', { authorization: 'Basic token-of-box-1' }),
      () => fetch(`${server.url}/v1/journal`),
      () => fetch(`${server.url}/v1/journal?token=token-of-box-1`),
    ];
    for (const request of requests) {
      const answer = await request();
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="gatehouse"/);
    }
    expect(server.central.pushed).toEqual([]);
  });

  it('guessing is slowed after ten wrong ones, before a token is compared', async () => {
    const server = await startClubWebServer();
    for (let guess = 0; guess < 10; guess += 1)
      expect((await push(server, '{}', { authorization: `Bearer guess-${guess}` })).status).toBe(401);
    for (const token of ['guess-10', 'token-of-box-1']) {
      const answer = await push(server, '{}', { authorization: `Bearer ${token}` });
      expect(answer.status).toBe(429);
      expect(answer.headers.get('retry-after')).toBe('6');
    }
    expect(server.operators.comparisons).toBe(10);
    server.clock.advance(6_000);
    expect((await push(server, '{}')).status).toBe(200);
  });

  it('is not what a busy central system is taken for', async () => {
    const server = await startClubWebServer();
    for (let request = 0; request < 30; request += 1) expect((await readJournal(server, '')).status).toBe(200);
  });

  it('is never written into the log', async () => {
    const server = await startClubWebServer();
    await push(server, '{}', { authorization: 'Bearer almost-the-token' });
    expect(server.log.lines).toHaveLength(1);
    expect(JSON.stringify(server.log.lines)).not.toContain('almost-the-token');
  });
});

describe('fetching the journal', () => {
  it('gives entries exactly as they were hashed, so that the chain can be checked', async () => {
    const server = await startClubWebServer();
    happen(server, 3);
    const answer = await readJournal(server, '?after=0');
    expect(answer.headers.get('content-type')).toBe('application/json');
    const page = (await answer.json()) as { entries: JournalEntry[] };
    expect(page).toEqual({ entries: server.central.journal.after(0, 3), newest: 3, more: false });
    page.entries.forEach((entry, index) => {
      expect(chainFault(entry, page.entries[index - 1] ?? null)).toBeNull();
    });
  });

  it('can be checked with anybody’s arithmetic, also where the clock was not trusted', async () => {
    const server = await startClubWebServer();
    const { journal } = server.central;
    journal.append(1, passed(null));
    journal.append(2, passed(null), false);
    journal.append(3, passed(null), true);
    const { entries } = (await (await readJournal(server, '')).json()) as { entries: JournalEntry[] };
    expect(entries.map(({ clockTrusted }) => clockTrusted)).toEqual([true, false, true]);
    for (const { hash, clockTrusted, ...rest } of entries) {
      const hashed = canonicalize(clockTrusted ? rest : { ...rest, clockTrusted }) ?? '';
      expect(createHash('sha256').update(hashed).digest('hex')).toBe(hash);
    }
  });

  it('goes on page by page until there is no more', async () => {
    const server = await startClubWebServer();
    happen(server, 5);
    const seen: number[] = [];
    let after = 0;
    for (let more = true; more; ) {
      const page = (await (await readJournal(server, `?after=${after}&limit=2`)).json()) as {
        entries: JournalEntry[];
        newest: number;
        more: boolean;
      };
      expect(page.newest).toBe(5);
      expect(page.entries.length).toBeLessThanOrEqual(2);
      seen.push(...page.entries.map(({ number }) => number));
      after = seen.at(-1) ?? after;
      more = page.more;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('gives 500 entries unless asked for more, read in steps that a tap can get between', async () => {
    const server = await startClubWebServer();
    happen(server, 501);
    const page = (await (await readJournal(server, '')).json()) as { entries: JournalEntry[]; more: boolean };
    expect([page.entries.length, page.more]).toEqual([500, true]);
    expect(server.central.longestRead).toBe(100);
    const short = (await (await readJournal(server, '?limit=150')).json()) as { entries: JournalEntry[]; more: boolean };
    expect([short.entries.length, short.more]).toEqual([150, true]);
    const whole = (await (await readJournal(server, '?limit=5000')).json()) as { entries: JournalEntry[]; more: boolean };
    expect([whole.entries.length, whole.more]).toEqual([501, false]);
  });

  it('of a box where nothing happened yet is empty, also beyond its end', async () => {
    const server = await startClubWebServer();
    expect(await (await readJournal(server, '?after=7')).json()).toEqual({ entries: [], newest: 0, more: false });
  });

  it.each([
    ['?after=-1', '`after`: must be a whole number from 0 to 9007199254740991, not `-1`'],
    ['?after=last', '`after`: must be a whole number from 0 to 9007199254740991, not `last`'],
    ['?after=', '`after`: must be a whole number from 0 to 9007199254740991, not ``'],
    ['?after=1e3', '`after`: must be a whole number from 0 to 9007199254740991, not `1e3`'],
    ['?limit=0', '`limit`: must be a whole number from 1 to 5000, not `0`'],
    ['?limit=5001', '`limit`: must be a whole number from 1 to 5000, not `5001`'],
    ['?afer=3', '`afer` means nothing here: leave it out'],
  ])('with %s is refused and told why', async (query, problem) => {
    const server = await startClubWebServer();
    const answer = await readJournal(server, query);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ problem });
  });
});

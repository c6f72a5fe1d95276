import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askToMove } from '../../../src/adapters/web/ask-control.ts';
import { serveControl } from '../../../src/adapters/web/serve-control.ts';
import { fakeFrontDesk } from '../../kit/fake-front-desk.ts';
import { fakeLog } from '../../kit/fake-log.ts';
import { requestOverSocket } from '../../kit/request-over-socket.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const move = { visit: 7, to: 'p2', reason: 'Anna asked for it', staff: 'Ewa' };

async function served(path = join(temporaryFolder(), 'control.sock')) {
  const frontDesk = fakeFrontDesk();
  const log = fakeLog();
  const control = await serveControl({ path, frontDesk, log });
  onTestFinished(() => control.close());
  return { path, frontDesk, log, control };
}

describe('the command line asks the running gateway', () => {
  it('to move a charge, and hears the journal number', async () => {
    const { path, frontDesk } = await served();
    expect(await askToMove(path, move)).toEqual({ done: true, entry: 3 });
    expect(frontDesk.asked).toEqual([{ moveCharge: move }]);
  });

  it('and hears why it refuses, in its words', async () => {
    const { path, frontDesk } = await served();
    frontDesk.answer = { done: false, problem: 'there is no visit 7' };
    expect(await askToMove(path, move)).toEqual({ done: false, problem: 'there is no visit 7' });
  });

  it('and is told what is wrong with the request', async () => {
    const { path, frontDesk } = await served();
    await expect(askToMove(path, { ...move, staff: '  ' })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('`staff`'),
    });
    expect(frontDesk.asked).toEqual([]);
  });

  it('and hears of a fault without its inside, which stands in the log', async () => {
    const { path, frontDesk, log } = await served();
    frontDesk.moveCharge = () => {
      throw new Error('a secret');
    };
    await expect(askToMove(path, move)).rejects.toMatchObject({
      code: 'no_answer',
      message: expect.not.stringContaining('secret'),
    });
    expect(log.lines).toMatchObject([{ level: 'error', fields: { path: '/visits/move' } }]);
  });

  it('where nobody answers it says so', async () => {
    const folder = temporaryFolder();
    await expect(askToMove(join(folder, 'control.sock'), move)).rejects.toMatchObject({ code: 'absent' });
    const { path, control } = await served(join(folder, 'gone.sock'));
    await control.close();
    expect(existsSync(path)).toBe(false);
    await expect(askToMove(path, move)).rejects.toMatchObject({ code: 'absent' });
  });

  it('where something else answers it does not take that for done', async () => {
    const path = join(temporaryFolder(), 'other.sock');
    const other = createServer((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi')),
    );
    await new Promise<void>((listening) => other.listen(path, listening));
    onTestFinished(() => void other.close());
    await expect(askToMove(path, move)).rejects.toMatchObject({ code: 'no_answer' });
    const mute = join(temporaryFolder(), 'mute.sock');
    const hangsUp = createServer((socket) => socket.once('data', () => socket.destroy()));
    await new Promise<void>((listening) => hangsUp.listen(mute, listening));
    onTestFinished(() => void hangsUp.close());
    await expect(askToMove(mute, move)).rejects.toMatchObject({ code: 'no_answer' });
  });
});

describe('the control socket', () => {
  it('is for nobody but the user that runs the gateway', async () => {
    const { path } = await served();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is made anew where one was left behind', async () => {
    const path = join(temporaryFolder(), 'control.sock');
    writeFileSync(path, 'left behind');
    await served(path);
    expect(await askToMove(path, move)).toEqual({ done: true, entry: 3 });
  });

  it('is refused where it cannot be, with what is wrong', async () => {
    const parts = { frontDesk: fakeFrontDesk(), log: fakeLog() };
    await expect(serveControl({ ...parts, path: join(temporaryFolder(), 'x'.repeat(108)) })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('longer than 107 bytes'),
    });
    await expect(serveControl({ ...parts, path: join(temporaryFolder(), 'nowhere', 'control.sock') })).rejects.toMatchObject({
      code: 'refused',
    });
  });

  it.each<[string, Parameters<typeof requestOverSocket>[1], number]>([
    ['what is not JSON', { body: 'visit 7' }, 422],
    ['a missing field', { body: JSON.stringify({ ...move, to: undefined }) }, 422],
    ['a field that it does not know', { body: JSON.stringify({ ...move, gate: 'main-in' }) }, 422],
    ['a visit that is no number', { body: JSON.stringify({ ...move, visit: '7' }) }, 422],
    ['what does not say that it is JSON', { body: JSON.stringify(move), type: 'text/plain' }, 415],
    ['another method', { method: 'PUT', body: JSON.stringify(move) }, 404],
    ['to let somebody in', { path: '/staff/api/let-in', body: '{}' }, 404],
  ])('refuses %s', async (_what, request, status) => {
    const { path, frontDesk } = await served();
    const answer = await requestOverSocket(path, { path: '/visits/move', ...request });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ problem: expect.any(String) });
    expect(frontDesk.asked).toEqual([]);
  });
});

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../src/domain/journal/chain.ts';
import type { JournalEntry } from '../../src/domain/journal/entry.ts';
import { runningGateway, smallClub, startOn } from '../kit/running-gateway.ts';

const config = { gates: { 'main-in': {} } };
const newcomer = {
  members: [{ id: 'olena', name: 'Олена Шевченко', language: 'uk' }],
  credentials: [{ id: 'olenas-card', kind: 'rfid', value: '0F0184F07A', memberId: 'olena', status: 'active' }],
  memberships: [
    {
      id: 'olenas-pass',
      typeId: 'any',
      memberIds: ['olena'],
      state: 'active',
      startsOn: '2020-01-01',
      endsOn: '2099-12-31',
      visits: { left: 3 },
    },
  ],
};

describe('the central system at a running gateway', () => {
  async function connected() {
    const gateway = await runningGateway(config, smallClub());
    const token = gateway.firstSignIn?.centralToken ?? '';
    const push = (changes: unknown) =>
      fetch(`${gateway.url}/v1/changes`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(changes),
      });
    const fetchAfter = async (number: number) => {
      const answer = await fetch(`${gateway.url}/v1/journal?after=${number}`, { headers: { authorization: `Bearer ${token}` } });
      return (await answer.json()) as { entries: JournalEntry[]; newest: number; more: boolean };
    };
    const tap = () => gateway.box.tap('main-in', { kind: 'rfid', value: '0F0184F07A' }, null);
    return { gateway, push, fetchAfter, tap };
  }

  it('a membership that was just sold opens the gate as soon as the push is answered', async () => {
    const { push, tap } = await connected();
    const answer = await push(newcomer);
    expect(await answer.json()).toMatchObject({ rows: 3, deleted: 0, warnings: [] });
    expect(tap()).toMatchObject({ outcome: 'granted', code: 'OK', left: 2 });
  });

  it('the same push again changes nothing', async () => {
    const { push, tap } = await connected();
    await push(newcomer);
    await push(newcomer);
    expect(tap()).toMatchObject({ left: 2 });
  });

  it('a deleted card is unknown', async () => {
    const { push, tap } = await connected();
    await push(newcomer);
    await push({ delete: [{ entity: 'credentials', id: 'olenas-card' }] });
    expect(tap()).toMatchObject({ outcome: 'denied', code: 'UNKNOWN_CREDENTIAL' });
  });

  it('one bad row refuses the whole push, names every bad row, and leaves nothing behind', async () => {
    const { push, tap } = await connected();
    const answer = await push({
      ...newcomer,
      memberships: [
        { ...newcomer.memberships[0], visits: {} },
        { id: 'other', memberIds: [], state: 'active', visits: { left: -1.5 } },
      ],
    });
    expect(answer.status).toBe(422);
    const { problems } = (await answer.json()) as { problems: { entity: string; id: string; path: string }[] };
    expect(new Set(problems.map(({ id }) => id))).toEqual(new Set(['olenas-pass', 'other']));
    expect(problems.map(({ path }) => path)).toContain('memberships[0].visits.left');
    expect(tap()).toMatchObject({ outcome: 'denied', code: 'UNKNOWN_CREDENTIAL' });
  });

  it('what happened is fetched without gaps, and its chain can be checked by whoever fetched it', async () => {
    const { gateway, push, fetchAfter, tap } = await connected();
    await push(newcomer);
    tap();
    gateway.box.frontDesk.setMode({ gate: 'main-in', mode: 'closed', staff: 'desk' });
    const { entries, newest } = await fetchAfter(0);
    expect(entries.map(({ number }) => number)).toEqual([1, 2]);
    expect(newest).toBe(2);
    for (const { hash, ...entry } of entries) expect(hashOf(entry)).toBe(hash);
    expect((await fetchAfter(1)).entries).toEqual(entries.slice(1));
  });

  it('a PIN and a token are made at the first start only, for their owner alone to read', async () => {
    const { gateway } = await connected();
    const file = join(gateway.data, 'first-sign-in.txt');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain(gateway.firstSignIn?.pin);
    await gateway.stop();
    const again = await startOn(gateway.data, config);
    expect(again.firstSignIn).toBeNull();
    expect(existsSync(file)).toBe(true);
  });

  it('without the token nothing is told', async () => {
    const { gateway } = await connected();
    expect((await fetch(`${gateway.url}/v1/journal?after=0`)).status).toBe(401);
  });
});

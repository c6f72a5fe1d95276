import { expect, test } from 'vitest';
import lcus from '../../../devices/relays/lcus.ts';
import { type ContactChange, type SimulatedLcus, simulateLcus } from '../../../src/adapters/simulator/simulated-lcus.ts';
import { fromHex } from '../../../src/lib/hex.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { openWire } from '../../kit/wire-client.ts';

function watch(board: SimulatedLcus): ContactChange[] {
  const changes: ContactChange[] = [];
  board.onContact((change) => changes.push(change));
  return changes;
}

test('the contact closes and opens on command, and each is seen at its time', async () => {
  const clock = fakeClock();
  const board = await simulateLcus({ clock });
  const changes = watch(board);
  const gateway = await openWire(board);
  gateway.send(lcus.on(lcus.settings.parse({}), 500));
  await expect.poll(() => changes.length, { interval: 2 }).toBe(1);
  expect(board.isClosed(1)).toBe(true);
  clock.advance(500);
  gateway.send(lcus.off(lcus.settings.parse({})));
  await expect.poll(() => changes.length, { interval: 2 }).toBe(2);
  expect(changes).toEqual([
    { channel: 1, closed: true, atMs: 0 },
    { channel: 1, closed: false, atMs: 500 },
  ]);
  gateway.close();
  await board.unplug();
});

test('commands are found between noise, cut anywhere; those with a wrong sum or state or for another board do nothing', async () => {
  const board = await simulateLcus({ clock: fakeClock(), channels: 2 });
  const changes = watch(board);
  const gateway = await openWire(board);
  const noise = 'A0 55';
  const wrong = ['A0 02 00 A3', 'A0 03 01 A4', 'A0 02 02 A4'];
  const stream = [noise, 'A0 02 01 A3', ...wrong, 'A0 A0 01 01 A2', 'A0 01 01 A2', 'A0 02 00 A2'].join('');
  for (const byte of fromHex(stream)) gateway.send(Uint8Array.of(byte));
  await expect.poll(() => changes.length, { interval: 2 }).toBe(3);
  expect(changes.map(({ channel, closed }) => [channel, closed])).toEqual([
    [2, true],
    [1, true],
    [2, false],
  ]);
  gateway.close();
  await board.unplug();
});

test('a board with several channels answers how they stand, a board with one says nothing', async () => {
  const two = await simulateLcus({ clock: fakeClock(), channels: 2 });
  const shown: string[] = [];
  two.onWire(({ direction, bytes }) => shown.push(`${direction}: ${bytes}`));
  const gateway = await openWire(two);
  gateway.send(fromHex('A0 02 01 A3 FF'));
  expect((await gateway.bytes(18)).toString('latin1')).toBe('CH1: OFF\r\nCH2: ON\r\n');
  expect(shown).toEqual(['from gateway: A0 02 01 A3 FF', 'to gateway: CH1: OFF\\r\\nCH2: ON\\r\\n']);
  gateway.close();
  await two.unplug();

  const one = await simulateLcus({ clock: fakeClock() });
  const changes = watch(one);
  const other = await openWire(one);
  other.send(fromHex('FF A0 01 01 A2'));
  await expect.poll(() => changes.length, { interval: 2 }).toBe(1);
  expect(other.received()).toHaveLength(0);
  other.close();
  await one.unplug();
});

test('a board without power lets go of everything, and forgets half a command', async () => {
  const board = await simulateLcus({ clock: fakeClock(), channels: 2 });
  const changes = watch(board);
  const gateway = await openWire(board);
  gateway.send(fromHex('A0 01 01 A2 A0 01'));
  await expect.poll(() => changes.length, { interval: 2 }).toBe(1);
  await board.unplug();
  expect(changes.at(-1)).toMatchObject({ channel: 1, closed: false });
  await board.plug();
  const again = await openWire(board);
  again.send(fromHex('01 A2 FF'));
  expect((await again.bytes(20)).toString('latin1')).toBe('CH1: OFF\r\nCH2: OFF\r\n');
  again.close();
  await board.unplug();
});

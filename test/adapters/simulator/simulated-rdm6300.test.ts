import { expect, test } from 'vitest';
import rdm6300 from '../../../devices/readers/rdm6300.ts';
import { simulateRdm6300 } from '../../../src/adapters/simulator/simulated-rdm6300.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { openWire } from '../../kit/wire-client.ts';

const settings = rdm6300.settings.parse({});

test('a card held to the reader is sent as published, again every 65 ms, and no more when it is gone', async () => {
  const clock = fakeClock();
  const reader = await simulateRdm6300({ clock });
  const shown: string[] = [];
  reader.onWire(({ bytes }) => shown.push(bytes));
  const gateway = await openWire(reader);
  reader.present('62E3086CED', { forMs: 200 });
  expect((await gateway.bytes(14)).toString('latin1')).toBe('\x0262E3086CED08\x03');
  for (const [afterMs, frames] of [
    [64, 1],
    [1, 2],
    [65, 3],
    [65, 4],
    [1000, 4],
  ] as const) {
    clock.advance(afterMs);
    expect(shown).toHaveLength(frames);
  }
  expect(shown[0]).toBe('02 36 32 45 33 30 38 36 43 45 44 30 38 03');
  expect(rdm6300.decode(await gateway.bytes(4 * 14), settings).reads).toEqual(
    Array.from({ length: 4 }, () => ({ kind: 'rfid', value: '62E3086CED' })),
  );
  gateway.close();
  await reader.unplug();
});

test('the next card takes the place of the one before', async () => {
  const clock = fakeClock();
  const reader = await simulateRdm6300({ clock });
  const gateway = await openWire(reader);
  reader.present('0F0184F07A', { forMs: 10_000 });
  reader.present('55007ee424', { forMs: 100 });
  clock.advance(10_000);
  const { reads } = rdm6300.decode(await gateway.bytes(3 * 14), settings);
  expect(reads.map(({ value }) => value)).toEqual(['0F0184F07A', '55007EE424', '55007EE424']);
  gateway.close();
  await reader.unplug();
});

test('an unplugged reader breaks off, refuses, and comes back on the same port', async () => {
  const clock = fakeClock();
  const reader = await simulateRdm6300({ clock });
  const shown: string[] = [];
  reader.onWire(({ bytes }) => shown.push(bytes));
  const gateway = await openWire(reader);
  await reader.unplug();
  await gateway.ended;
  await expect(openWire(reader)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  reader.present('0F0184F07A');
  expect(shown).toEqual([]);
  clock.advance(1000);

  await reader.plug();
  const again = await openWire(reader);
  reader.present('0F0184F07A');
  await again.bytes(14);
  again.close();
  await reader.unplug();
});

test('what is no card number is refused', async () => {
  const reader = await simulateRdm6300({ clock: fakeClock() });
  expect(() => reader.present('0F0184F0')).toThrow(RangeError);
  await reader.unplug();
});

test('a port that another device has is refused', async () => {
  const reader = await simulateRdm6300({ clock: fakeClock() });
  await expect(simulateRdm6300({ clock: fakeClock(), port: reader.port })).rejects.toMatchObject({ code: 'in_use' });
  await reader.unplug();
});

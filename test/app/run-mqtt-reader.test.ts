import { describe, expect, it } from 'vitest';
import esphome from '../../devices/readers/esphome-reader.ts';
import generic from '../../devices/readers/generic-mqtt-reader.ts';
import { runMqttReader } from '../../src/app/run-mqtt-reader.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { MqttReader } from '../../src/ports/device.ts';
import { fakeBrokerServer } from '../kit/fake-broker.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeLog } from '../kit/fake-log.ts';

async function atWork(profile: MqttReader = esphome, prepare?: (server: ReturnType<typeof fakeBrokerServer>) => void) {
  const clock = fakeClock();
  const server = fakeBrokerServer();
  prepare?.(server);
  const log = fakeLog();
  const health = createHealth({ clock, log });
  const reads: string[] = [];
  const device = server.connect();
  const stop = runMqttReader(profile, profile.settings.parse({}), server.connect(), {
    id: 'entrance',
    clock,
    health: health.register({ id: 'reader', product: profile.name, where: '' }),
    log,
    read({ value }) {
      reads.push(value);
      return 'granted';
    },
    keys: () => null,
    frameComes() {},
  });
  await clock.advanceSlowly(0);
  const present = async (payload: string, topic = 'esphome/tag') => {
    device.publish({ topic, payload, qos: 0 });
    await clock.advanceSlowly(0);
  };
  return { clock, server, log, health: () => health.get('reader'), reads, present, stop };
}

describe('a reader behind a broker', () => {
  it('presents a card that lies on it once, and again after it was taken away', async () => {
    const { clock, reads, present } = await atWork();
    for (let repeat = 0; repeat < 5; repeat++) {
      await present('74-10-37-94');
      clock.advance(1_000);
    }
    expect(reads).toEqual(['74103794']);
    clock.advance(3_000);
    await present('74-10-37-94');
    await present('04-11-22-33');
    await present('74-10-37-94');
    expect(reads).toEqual(['74103794', '74103794', '04112233', '74103794']);
  });

  it('a card that the broker kept is no tap, also when the broker comes back', async () => {
    const { clock, reads, server } = await atWork(esphome, (broker) => broker.retain('esphome/tag', '74-10-37-94'));
    server.stop();
    server.start();
    await clock.advanceSlowly(10);
    expect(reads).toEqual([]);
  });

  it('says whether it is online, by its own word kept at the broker', async () => {
    const { server, health, present, clock } = await atWork(esphome, (broker) => broker.retain('esphome/status', 'offline'));
    expect(health()).toMatchObject({ state: 'down', why: 'it says that it is offline' });
    await present('online', 'esphome/status');
    expect(health()).toMatchObject({ state: 'up', why: 'it says that it is online' });
    server.stop();
    expect(health()).toMatchObject({ state: 'down', why: expect.stringContaining('the broker is not connected') });
    server.start();
    await clock.advanceSlowly(0);
    expect(health()).toMatchObject({ state: 'down', why: 'it says that it is offline' });
  });

  it('one that goes mad does not fill the journal', async () => {
    const { reads, present, log, clock } = await atWork(generic);
    for (let card = 0; card < 100; card++) await present(`0000${1000 + card}`, 'gatehouse/reader');
    expect(reads).toHaveLength(20);
    expect(log.lines.filter(({ message }) => message.includes('more cards than people can tap'))).toHaveLength(1);
    clock.advance(1_000);
    await present('04A1B2C3', 'gatehouse/reader');
    expect(reads.at(-1)).toBe('04A1B2C3');
  });

  it('stopped it reads no more', async () => {
    const { reads, present, stop } = await atWork();
    await stop();
    await present('74-10-37-94');
    expect(reads).toEqual([]);
  });
});

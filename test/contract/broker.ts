import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Broker, HeardMessage } from '../../src/ports/broker.ts';

/** A broker that can be stopped, and ways to it. */
export interface BrokerWorld {
  connect(options: { clientId: string; presence?: { topic: string; online: string; offline: string } }): Broker;
  /** Has the broker keep a message. Resolves when it has it. */
  retain(topic: string, payload: string): Promise<void>;
  /** The broker dies without a word. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** What every `Broker` promises, and every broker behind it must allow. */
export function brokerContract(startWorld: () => Promise<BrokerWorld>): void {
  let world: BrokerWorld;
  const opened: Broker[] = [];

  const open = async (clientId: string, presence?: { topic: string; online: string; offline: string }) => {
    const broker = world.connect({ clientId, ...(presence === undefined ? {} : { presence }) });
    opened.push(broker);
    await connected(broker);
    return broker;
  };
  const ear = (broker: Broker, filter: string) => {
    const heard: HeardMessage[] = [];
    broker.subscribe(filter, (message) => heard.push(message));
    return heard;
  };

  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(async () => {
    for (const broker of opened.splice(0)) await broker.close();
    await world.end();
  });

  test('what one box says the others hear, in order, as news', async () => {
    const gateway = await open('gateway');
    const relay = await open('relay');
    const heard = ear(relay, 'gate/set');
    await marker(relay, relay, 'ready');
    for (const payload of ['1', '2', '3']) gateway.publish({ topic: 'gate/set', payload, qos: 0 });
    gateway.publish({ topic: 'gate/set', payload: 'ж', qos: 1 });
    gateway.publish({ topic: 'gate/other', payload: 'not for us', qos: 0 });
    await until(() => heard.length === 4);
    expect(heard).toEqual(['1', '2', '3', 'ж'].map((payload) => ({ topic: 'gate/set', payload, retained: false })));
  });

  test('one can hear everything below a topic, and two can hear the same', async () => {
    const gateway = await open('gateway');
    const relay = await open('relay');
    const [one, same, level, all] = ['a/b', 'a/b', 'c/+/d', 'e/#'].map((filter) => ear(relay, filter));
    await marker(relay, relay, 'ready');
    for (const topic of ['a/b', 'c/1/d', 'c/1/2/d', 'e/1/2']) gateway.publish({ topic, payload: topic, qos: 1 });
    await until(() => all?.length === 1);
    expect([one, same, level, all].map((heard) => heard?.map(({ topic }) => topic))).toEqual([
      ['a/b'],
      ['a/b'],
      ['c/1/d'],
      ['e/1/2'],
    ]);
  });

  test('what the broker kept from before is marked as old news', async () => {
    await world.retain('relay/online', 'true');
    const gateway = await open('gateway');
    const heard = ear(gateway, 'relay/online');
    await until(() => heard.length === 1);
    await world.retain('relay/online', 'false');
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      { topic: 'relay/online', payload: 'true', retained: true },
      { topic: 'relay/online', payload: 'false', retained: false },
    ]);
  });

  test('a command to a gate is never kept for whoever comes later', async () => {
    const gateway = await open('gateway');
    gateway.publish({ topic: 'gate/set', payload: 'ON', qos: 1 });
    await marker(gateway, gateway, 'sent');
    const relay = await open('relay');
    const heard = ear(relay, 'gate/set');
    await marker(gateway, relay, 'after');
    expect(heard).toEqual([]);
  });

  test('the connection says how it stands, at once and whenever that changes', async () => {
    const gateway = world.connect({ clientId: 'gateway' });
    opened.push(gateway);
    const states: { connected: boolean; why: string }[] = [];
    gateway.onState((state) => states.push(state));
    expect(states).toHaveLength(1);
    await connected(gateway);
    await world.stop();
    await connected(gateway, false);
    await world.restart();
    await connected(gateway);
    const changes = states.map((state) => state.connected).filter((value, index, all) => value !== all[index - 1]);
    expect(changes.slice(-3)).toEqual([true, false, true]);
    for (const { why } of states) expect(why).not.toBe('');
  });

  test('what was listened to is listened to again after the broker was away', async () => {
    const gateway = await open('gateway');
    const heard = ear(gateway, 'gate/passage');
    await world.stop();
    await connected(gateway, false);
    await world.restart();
    await connected(gateway);
    gateway.publish({ topic: 'gate/passage', payload: 'in', qos: 1 });
    await until(() => heard.length === 1);
    expect(heard).toEqual([{ topic: 'gate/passage', payload: 'in', retained: false }]);
  });

  describe('when the broker is killed', () => {
    test('a command is refused at once, and nobody hears it after the broker came back', async () => {
      const gateway = await open('gateway');
      await world.stop();
      await connected(gateway, false);
      for (const qos of [0, 1] as const) {
        expect(() => gateway.publish({ topic: 'gate/set', payload: 'ON', qos })).toThrow(
          expect.objectContaining({ code: 'absent', retry: true }),
        );
      }
      expect(await heardAfterRestart(gateway)).toEqual([]);
    });

    test('a command of the same moment, before anybody knew, is not heard after the broker came back either', async () => {
      const gateway = await open('gateway');
      const stopped = world.stop();
      for (const qos of [0, 1] as const) {
        try {
          gateway.publish({ topic: 'gate/set', payload: 'ON', qos });
        } catch (error) {
          expect(error).toMatchObject({ code: 'absent' });
        }
      }
      await stopped;
      await connected(gateway, false);
      expect(await heardAfterRestart(gateway)).toEqual([]);
    });

    const heardAfterRestart = async (gateway: Broker) => {
      await world.restart();
      const relay = await open('relay');
      const heard = ear(relay, 'gate/set');
      await connected(gateway);
      await marker(gateway, relay, 'after');
      return heard;
    };
  });

  test('others see when a box is there and when it went', async () => {
    const watcher = await open('watcher');
    const heard = ear(watcher, 'gatehouse/box-1/online');
    const gateway = await open('gateway', { topic: 'gatehouse/box-1/online', online: 'true', offline: 'false' });
    await until(() => heard.length === 1);
    await gateway.close();
    await until(() => heard.length === 2);
    expect(heard.map(({ payload }) => payload)).toEqual(['true', 'false']);

    const latecomer = await open('latecomer');
    const kept = ear(latecomer, 'gatehouse/box-1/online');
    await until(() => kept.length === 1);
    expect(kept).toEqual([{ topic: 'gatehouse/box-1/online', payload: 'false', retained: true }]);
  });

  test('a closed connection says so, sends nothing and hears nothing', async () => {
    const gateway = await open('gateway');
    const relay = await open('relay');
    const heard = ear(relay, 'gate/set');
    await marker(relay, relay, 'ready');
    const closed = relay.close();
    gateway.publish({ topic: 'gate/set', payload: 'ON', qos: 1 });
    await marker(gateway, gateway, 'sent');
    await closed;
    expect(heard).toEqual([]);
    expect(() => relay.publish({ topic: 'gate/set', payload: 'ON', qos: 0 })).toThrow(
      expect.objectContaining({ code: 'absent' }),
    );
    const states: boolean[] = [];
    relay.onState((state) => states.push(state.connected));
    expect(states).toEqual([false]);
  });
}

function connected(broker: Broker, wanted = true): Promise<void> {
  return new Promise((resolve) => {
    broker.onState((state) => {
      if (state.connected === wanted) resolve();
    });
  });
}

/** Resolves when `to` heard what `from` says now: by then it heard everything that was said before. */
async function marker(from: Broker, to: Broker, word: string): Promise<void> {
  let heard = false;
  to.subscribe(`marker/${word}`, () => {
    heard = true;
  });
  // The subscription may still be on its way: said until it is heard.
  await until(() => {
    from.publish({ topic: `marker/${word}`, payload: word, qos: 1 });
    return heard;
  });
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 5_000, interval: 10 }).toBe(true);
}

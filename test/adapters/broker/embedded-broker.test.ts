import { connect, createServer, type Server, type Socket } from 'node:net';
import mqtt from 'mqtt';
import { describe, expect, test } from 'vitest';
import { startEmbeddedBroker } from '../../../src/adapters/broker/embedded-broker.ts';
import { connectMqttBroker } from '../../../src/adapters/broker/mqtt-broker.ts';
import type { Broker, HeardMessage } from '../../../src/ports/broker.ts';
import { brokerContract } from '../../contract/broker.ts';

describe('MQTT with the embedded broker', () => {
  brokerContract(async () => {
    let broker = await startEmbeddedBroker({ port: 0 });
    return {
      connect: (options) => connectMqttBroker({ url: broker.url, ...options }),
      retain: async (topic, payload) => {
        const client = await mqtt.connectAsync(broker.url);
        await client.publishAsync(topic, payload, { qos: 1, retain: true });
        await client.endAsync();
      },
      stop: () => broker.close(),
      restart: async () => {
        broker = await startEmbeddedBroker({ port: broker.port });
      },
      end: () => broker.close(),
    };
  });
});

test('a second broker on the same port is refused', async () => {
  const broker = await startEmbeddedBroker({ port: 0 });
  await expect(startEmbeddedBroker({ port: broker.port })).rejects.toMatchObject({ code: 'in_use' });
  await broker.close();
});

test('with a password, only those who know it get in, and the others are told', async () => {
  const broker = await startEmbeddedBroker({ port: 0, user: { name: 'club', password: 'tourniquet' } });
  const stranger = connectMqttBroker({ url: broker.url, clientId: 'a', username: 'club', password: 'wrong' });
  expect(await nextState(stranger, false)).toContain('refuses user name or password');
  const member = connectMqttBroker({ url: broker.url, clientId: 'b', username: 'club', password: 'tourniquet' });
  expect(await nextState(member, true)).toBe('connected');
  await Promise.all([stranger.close(), member.close()]);
  await broker.close();
});

test('without a broker the connection says so and waits', async () => {
  const broker = await startEmbeddedBroker({ port: 0 });
  await broker.close();
  const gateway = connectMqttBroker({ url: broker.url, clientId: 'gateway' });
  expect(await nextState(gateway, false)).toContain(`nothing listens at \`${broker.url}\``);
  await gateway.close();
});

test('a command before the connection stands is refused, not kept until it does', async () => {
  const broker = await startEmbeddedBroker({ port: 0 });
  const gateway = connectMqttBroker({ url: broker.url, clientId: 'gateway' });
  const heard: HeardMessage[] = [];
  gateway.subscribe('gate/#', (message) => heard.push(message));
  expect(() => gateway.publish({ topic: 'gate/set', payload: 'ON', qos: 1 })).toThrow(
    expect.objectContaining({ code: 'absent' }),
  );
  await nextState(gateway, true);
  gateway.publish({ topic: 'gate/set', payload: 'later', qos: 1 });
  await expect.poll(() => heard.length).toBe(1);
  expect(heard[0]?.payload).toBe('later');
  await gateway.close();
  await broker.close();
});

test.each(['localhost:1883', 'http://localhost', ''])('`%s` is no address of a broker', (url) => {
  expect(() => connectMqttBroker({ url, clientId: 'gateway' })).toThrow(expect.objectContaining({ code: 'bad_input' }));
});

describe('over a network that fails', () => {
  test('others learn from the broker that a box is gone, and again that it is back', async () => {
    const broker = await startEmbeddedBroker({ port: 0 });
    const network = await startNetwork(broker.port);
    const watcher = connectMqttBroker({ url: broker.url, clientId: 'watcher' });
    const heard: HeardMessage[] = [];
    watcher.subscribe('box/online', (message) => heard.push(message));
    await nextState(watcher, true);
    const gateway = connectMqttBroker({
      url: `mqtt://127.0.0.1:${network.port}`,
      clientId: 'gateway',
      presence: { topic: 'box/online', online: 'true', offline: 'false' },
    });
    await expect.poll(() => heard.length).toBe(1);
    network.cut();
    await expect.poll(() => heard.length, { timeout: 5_000 }).toBe(3);
    expect(heard.map(({ payload }) => payload)).toEqual(['true', 'false', 'true']);
    await Promise.all([gateway.close(), watcher.close()]);
    network.close();
    await broker.close();
  });

  test('a broker that does not answer is given up within seconds, and what it did not get is thrown away', async () => {
    const broker = await startEmbeddedBroker({ port: 0 });
    const network = await startNetwork(broker.port);
    const gateway = connectMqttBroker({ url: `mqtt://127.0.0.1:${network.port}`, clientId: 'gateway' });
    await nextState(gateway, true);
    network.freeze();
    const sentAt = performance.now();
    gateway.publish({ topic: 'gate/set', payload: 'ON', qos: 0 });
    await nextState(gateway, false);
    expect(performance.now() - sentAt).toBeLessThan(4_000);
    expect(await network.firstEnd).toBe('ECONNRESET');
    await gateway.close();
    network.close();
    await broker.close();
  });

  test('a broker that answers is not given up', async () => {
    const broker = await startEmbeddedBroker({ port: 0 });
    const gateway = connectMqttBroker({ url: broker.url, clientId: 'gateway' });
    await nextState(gateway, true);
    const states: boolean[] = [];
    gateway.onState(({ connected }) => states.push(connected));
    const lastAt = performance.now() + 2_500;
    while (performance.now() < lastAt) {
      gateway.publish({ topic: 'gate/set', payload: 'ON', qos: 0 });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(states).toEqual([true]);
    await gateway.close();
    await broker.close();
  });
});

/** The reason given with the next state of that kind, the present one included. */
function nextState(broker: Broker, connected: boolean): Promise<string> {
  return new Promise((resolve) => {
    broker.onState((state) => {
      if (state.connected === connected && !state.why.startsWith('connecting')) resolve(state.why);
    });
  });
}

interface Network {
  port: number;
  /** Breaks the connections that stand. */
  cut(): void;
  /** Carries nothing any more, and does not say so. */
  freeze(): void;
  /** How the first connection from the client's side ended: an error code, or `end`. */
  firstEnd: Promise<string>;
  close(): void;
}

async function startNetwork(brokerPort: number): Promise<Network> {
  const near = new Set<Socket>();
  let ended: (how: string) => void = () => {};
  const firstEnd = new Promise<string>((resolve) => {
    ended = resolve;
  });
  const pipes: [Socket, Socket][] = [];
  const server: Server = createServer((client) => {
    const far = connect(brokerPort, '127.0.0.1');
    near.add(client);
    pipes.push([client, far]);
    client.pipe(far).pipe(client);
    client.on('error', (error) => ended('code' in error ? String(error.code) : error.message));
    client.on('end', () => ended('end'));
    client.on('close', () => far.destroy());
    far.on('error', () => client.destroy());
    far.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    firstEnd,
    cut() {
      for (const socket of near) socket.destroy();
    },
    freeze() {
      for (const [client, far] of pipes) {
        client.unpipe(far);
        far.unpipe(client);
        client.resume();
        far.resume();
      }
      server.removeAllListeners('connection');
      server.on('connection', (socket: Socket) => near.add(socket));
    },
    close() {
      for (const socket of near) socket.destroy();
      server.close();
    },
  };
}

import { afterEach, beforeEach, expect, test } from 'vitest';
import shelly from '../../../devices/relays/shelly-gen2.ts';
import { type SimulatedShelly, simulateShelly } from '../../../src/adapters/simulator/simulated-shelly.ts';
import type { Broker, HeardMessage } from '../../../src/ports/broker.ts';
import type { RelaySignal } from '../../../src/ports/device.ts';
import { type FakeBrokerServer, fakeBrokerServer } from '../../kit/fake-broker.ts';
import { type FakeClock, fakeClock } from '../../kit/fake-clock.ts';

const settings = shelly.settings.parse({ prefix: 'shellyplus1-a8032ab1', passageInput: 0, passageDirection: 'in' });

let clock: FakeClock;
let server: FakeBrokerServer;
let device: SimulatedShelly;
let gateway: Broker;
let heard: HeardMessage[];
let contact: { closed: boolean; atMs: number }[];

beforeEach(async () => {
  clock = fakeClock();
  server = fakeBrokerServer();
  device = simulateShelly({ clock, prefix: settings.prefix, connect: (presence) => server.connect({ presence }) });
  contact = [];
  device.onContact((change) => contact.push(change));
  gateway = server.connect();
  heard = [];
  for (const topic of shelly.topics(settings)) gateway.subscribe(topic, (message) => heard.push(message));
  await clock.advanceSlowly(0);
});
afterEach(() => device.unplug());

const send = async (message: { topic: string; payload: string }) => {
  gateway.publish({ ...message, qos: 0 });
  await clock.advanceSlowly(0);
};
/** What the profile makes of everything heard since the last time. */
const signals = (): RelaySignal[] => heard.splice(0).flatMap((message) => shelly.hear(message, settings));

test('it says that it is there, as the broker keeps it', () => {
  expect(heard).toEqual([{ topic: 'shellyplus1-a8032ab1/online', payload: 'true', retained: true }]);
  expect(signals()).toEqual([{ kind: 'online', online: true }]);
});

test('it closes its contact when told, answers, and opens it by itself after the pulse', async () => {
  signals();
  await send(shelly.on(settings, 500, 7));
  expect(signals()).toEqual([{ kind: 'answered', ok: true, id: 7 }]);
  await clock.advanceSlowly(499);
  expect(device.isClosed()).toBe(true);
  await clock.advanceSlowly(1);
  expect(contact).toEqual([
    { closed: true, atMs: 0 },
    { closed: false, atMs: 500 },
  ]);
});

test('a pulse during a pulse begins anew, an off ends it', async () => {
  await send(shelly.on(settings, 500, 1));
  await clock.advanceSlowly(400);
  await send(shelly.on(settings, 500, 2));
  await clock.advanceSlowly(400);
  expect(device.isClosed()).toBe(true);
  await send(shelly.off(settings, 3));
  await clock.advanceSlowly(1000);
  expect(contact).toEqual([
    { closed: true, atMs: 0 },
    { closed: false, atMs: 800 },
  ]);
});

test('it answers in the published form', async () => {
  heard.splice(0);
  await send(shelly.on(settings, 500, 1));
  await send(shelly.hello(settings)[0] ?? { topic: '', payload: '' });
  const answers = heard
    .filter(({ topic }) => topic.startsWith('gatehouse/'))
    .map(({ topic, payload }) => [topic, JSON.parse(payload)]);
  const frame = { src: 'shellyplus1-a8032ab1', dst: 'gatehouse/shellyplus1-a8032ab1/0' };
  expect(answers).toEqual([
    ['gatehouse/shellyplus1-a8032ab1/0/rpc', { id: 1, ...frame, result: { was_on: false } }],
    ['gatehouse/shellyplus1-a8032ab1/0/rpc', { id: 'hello', ...frame, result: { id: 0, source: 'MQTT', output: true } }],
  ]);
});

test.each([
  ['a relay it does not have', shelly.on({ ...settings, switch: 1 }, 500, 9).payload],
  ['what it cannot do', JSON.stringify({ id: 9, src: 'x', method: 'Cover.Open', params: { id: 0 } })],
])('asked for %s it refuses and moves nothing', async (_, payload) => {
  const answers: string[] = [];
  gateway.subscribe(`${JSON.parse(payload).src}/rpc`, (message) => answers.push(message.payload));
  await send({ topic: 'shellyplus1-a8032ab1/rpc', payload });
  expect(answers.map((answer) => JSON.parse(answer))).toEqual([expect.objectContaining({ id: 9, error: expect.anything() })]);
  expect(contact).toEqual([]);
});

test.each(['', 'ON', 'null', '{"id":1}', '{"id":1,"src":"gatehouse/shellyplus1-a8032ab1/0"}', '[]'])(
  '`%s` is no request',
  async (payload) => {
    heard.splice(0);
    await send({ topic: 'shellyplus1-a8032ab1/rpc', payload });
    expect([contact, heard]).toEqual([[], []]);
  },
);

test('a command kept by the broker is not carried out', async () => {
  server.retain('shellyplus1-a8032ab1/rpc', shelly.on(settings, 500, 1).payload);
  await clock.advanceSlowly(1000);
  contact.splice(0);
  await device.unplug();
  device.plug();
  await clock.advanceSlowly(0);
  expect(contact).toEqual([]);
});

test('one who walks through is one passage', async () => {
  signals();
  device.walkThrough();
  await clock.advanceSlowly(1000);
  expect(signals()).toEqual([{ kind: 'passage', direction: 'in' }]);
});

test('unplugged it is gone for everybody, lets go, and comes back without anybody having passed', async () => {
  await send(shelly.on(settings, 500, 1));
  device.setInput(true);
  await clock.advanceSlowly(0);
  signals();
  await device.unplug();
  expect(device.isClosed()).toBe(false);
  await clock.advanceSlowly(1000);
  expect(signals()).toEqual([{ kind: 'online', online: false }]);
  await send(shelly.on(settings, 500, 2));
  expect(device.isClosed()).toBe(false);

  device.plug();
  await clock.advanceSlowly(0);
  expect(heard.map(({ payload }) => payload).join()).toContain('NotifyFullStatus');
  expect(signals()).toEqual([{ kind: 'online', online: true }]);
});

test('while the broker is away it says nothing, and fails at nothing', async () => {
  server.stop();
  device.walkThrough();
  await clock.advanceSlowly(1000);
  server.start();
  await clock.advanceSlowly(0);
  expect(signals().filter(({ kind }) => kind === 'passage')).toEqual([]);
});

test('everything it says and hears is shown', async () => {
  const shown: string[] = [];
  device.onWire(({ direction, bytes }) => shown.push(`${direction}: ${bytes}`));
  await send({ topic: 'shellyplus1-a8032ab1/rpc', payload: shelly.off(settings, 1).payload });
  expect(shown).toEqual([
    `from gateway: shellyplus1-a8032ab1/rpc ${shelly.off(settings, 1).payload}`,
    expect.stringMatching(/^to gateway: gatehouse\/shellyplus1-a8032ab1\/0\/rpc .*was_on/),
  ]);
});

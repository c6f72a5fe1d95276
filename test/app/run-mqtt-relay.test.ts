import { describe, expect, it } from 'vitest';
import esphome from '../../devices/relays/esphome.ts';
import generic from '../../devices/relays/generic-mqtt.ts';
import shellyGen1 from '../../devices/relays/shelly-gen1.ts';
import tasmota from '../../devices/relays/tasmota.ts';
import { runMqttRelay } from '../../src/app/run-mqtt-relay.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { MqttRelay } from '../../src/ports/device.ts';
import { fakeBrokerServer } from '../kit/fake-broker.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeLog } from '../kit/fake-log.ts';

async function atWork(
  profile: MqttRelay,
  settings: Record<string, unknown> = {},
  prepare?: (server: ReturnType<typeof fakeBrokerServer>) => void,
) {
  const clock = fakeClock();
  const server = fakeBrokerServer();
  prepare?.(server);
  const log = fakeLog();
  const health = createHealth({ clock, log });
  const inputs: string[] = [];
  const device = server.connect();
  const parts = {
    id: 'main-in',
    pulseMs: 500,
    clock,
    log,
    health: health.register({ id: 'relay', product: profile.name, where: '' }),
  };
  const relay = runMqttRelay(profile, profile.settings.parse(settings), server.connect(), parts, {
    passage() {},
    input: (input, closed) => void inputs.push(`${input} ${closed ? 'closed' : 'open'}`),
    inputsLost: () => void inputs.push('lost'),
  });
  await clock.advanceSlowly(0);
  const say = async (topic: string, payload: string) => {
    device.publish({ topic, payload, qos: 0 });
    await clock.advanceSlowly(0);
  };
  const pulse = () => relay.pulse('in').catch((error: { code: string; message: string }) => `${error.code}: ${error.message}`);
  const opens = () =>
    server.published.filter(({ topic, payload }) => /(command|set)$/.test(topic) && payload.toLowerCase() === 'on').length;
  return { clock, server, log, health: () => health.get('relay'), inputs, relay, say, pulse, opens };
}

const lane = { prefix: 'lane', switch: 'gate', inputs: ['arm'] };
const online = (server: ReturnType<typeof fakeBrokerServer>) => server.retain('lane/status', 'online');

describe('a relay behind a broker', () => {
  it('is told once, and its answer is timed', async () => {
    const { clock, say, pulse, opens, health } = await atWork(esphome, lane, online);
    const outcome = pulse();
    await clock.advanceSlowly(45);
    await say('lane/switch/gate/state', 'ON');
    await expect(outcome).resolves.toBe('told');
    expect(opens()).toBe(1);
    expect(health()).toMatchObject({ state: 'up', why: 'it says that it is online; its last answer took 45 ms' });
  });

  it('a slow answer is pointed out', async () => {
    const { clock, say, pulse, health, log } = await atWork(esphome, lane, online);
    const outcome = pulse();
    await clock.advanceSlowly(450);
    await say('lane/switch/gate/state', 'ON');
    await outcome;
    expect(health()?.why).toContain('its last answer took 450 ms, which is slow');
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'the relay answers slowly' }));
  });

  it('the end of a pulse answers no pulse', async () => {
    const { clock, say, pulse } = await atWork(esphome, lane, online);
    const outcome = pulse();
    await say('lane/switch/gate/state', 'OFF');
    await clock.advanceSlowly(2_000);
    await expect(outcome).resolves.toBe('unknown');
  });

  it('an answer that comes late is credited to no later pulse', async () => {
    const { clock, say, pulse, opens, health } = await atWork(esphome, lane, online);
    const outcome = pulse();
    await clock.advanceSlowly(1_100);
    await expect(outcome).resolves.toBe('unknown');
    expect(health()).toMatchObject({ state: 'unknown', why: expect.stringContaining('did not answer within 1 s') });
    expect(await pulse()).toMatch(/^absent: .*did not answer the last command/);
    expect(opens()).toBe(1);
    await say('lane/switch/gate/state', 'ON');
    const next = pulse();
    await clock.advanceSlowly(1_100);
    await expect(next).resolves.toBe('unknown');
    expect(opens()).toBe(2);
  });

  it('after a while of silence it is told again', async () => {
    const { clock, pulse, opens } = await atWork(generic, { stateTopic: 'gate/state' });
    const outcome = pulse();
    await clock.advanceSlowly(1_100);
    await outcome;
    await clock.advanceSlowly(5_000);
    void pulse();
    expect(opens()).toBe(2);
  });

  it('is not told before it has said that it is online; whatever it tells shows that it is', async () => {
    const { say, pulse, opens, health } = await atWork(esphome, lane);
    expect(await pulse()).toBe('absent: the relay of gate `main-in` has not said that it is online');
    await say('lane/binary_sensor/arm/state', 'ON');
    expect(health()).toMatchObject({ state: 'up' });
    void pulse();
    expect(opens()).toBe(1);
  });

  it('is asked again and again while it has not said that it is online', async () => {
    const { clock, server } = await atWork(shellyGen1);
    const asked = () => server.published.filter(({ payload }) => payload === 'announce').length;
    expect(asked()).toBe(1);
    await clock.advanceSlowly(30_500);
    expect(asked()).toBe(4);
  });

  it('what was known of it and its inputs is old once the broker went', async () => {
    const { clock, server, say, inputs, pulse, health } = await atWork(esphome, lane, online);
    await say('lane/binary_sensor/arm/state', 'ON');
    expect(inputs.at(-1)).toBe('1 closed');
    server.stop();
    expect(inputs.at(-1)).toBe('lost');
    expect(await pulse()).toContain('the broker is not connected');
    // The broker has kept a state from before, and the last word of the device itself.
    server.retain('lane/binary_sensor/arm/state', 'ON');
    server.start();
    await clock.advanceSlowly(0);
    expect(inputs.at(-1)).toBe('lost');
    expect(health()).toMatchObject({ state: 'up' });
  });

  it('a refusal is a gate that did not open', async () => {
    const { say, pulse } = await atWork(tasmota, {}, (server) => server.retain('tele/tasmota/LWT', 'Online'));
    const outcome = pulse();
    await say('stat/tasmota/RESULT', '{"Command":"Unknown"}');
    expect(await outcome).toMatch(/^refused: /);
  });
});

describe('a command that somebody left retained', () => {
  it('is pointed out with the way to clear it, until it is cleared', async () => {
    const { say, health, log, server } = await atWork(esphome, lane, (broker) => {
      online(broker);
      broker.retain('lane/switch/gate/command', 'ON');
    });
    expect(health()).toMatchObject({
      state: 'down',
      why: expect.stringContaining('lies retained on `lane/switch/gate/command`'),
    });
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: expect.stringContaining("mosquitto_pub -t 'lane/switch/gate/command' -r -n"),
      }),
    );
    expect(server.published.filter(({ payload }) => payload === '')).toEqual([]);
    await say('lane/switch/gate/command', '');
    expect(health()).toMatchObject({ state: 'up' });
  });

  it('commands of its own are none', async () => {
    const { clock, pulse, say, health } = await atWork(esphome, lane, online);
    const outcome = pulse();
    await say('lane/switch/gate/state', 'ON');
    await outcome;
    await clock.advanceSlowly(1_000);
    expect(health()).toMatchObject({ state: 'up' });
  });
});

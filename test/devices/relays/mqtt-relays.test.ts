import { expect, test } from 'vitest';
import genericMqtt from '../../../devices/relays/generic-mqtt.ts';
import shelly from '../../../devices/relays/shelly-gen2.ts';
import tasmota from '../../../devices/relays/tasmota.ts';

test.each([
  [0, 1],
  [50, 1],
  [100, 1],
  [500, 5],
  [1050, 11],
  [11_100, 111],
  [11_101, 112],
  [12_000, 112],
  [13_000, 113],
  [100_000_000, 64_900],
])('a pulse of %i ms is PulseTime %i for a Tasmota', (pulseMs, pulseTime) => {
  expect(tasmota.on(tasmota.settings.parse({}), pulseMs, 1).payload).toBe(`PulseTime1 ${pulseTime}; Power1 ON`);
});

test('the full topic of a Tasmota must say where prefix and topic stand', () => {
  expect(tasmota.settings.safeParse({ fullTopic: 'home/%topic%' }).success).toBe(false);
  expect(tasmota.topics(tasmota.settings.parse({ fullTopic: 'home/%prefix%/%topic%', topic: 'gate' }))).toContain(
    'home/tele/gate/LWT',
  );
});

test('two gates on one Shelly do not hear each other`s answers', () => {
  const left = shelly.settings.parse({ switch: 0 });
  const right = shelly.settings.parse({ switch: 1 });
  const answerTopic = `${JSON.parse(shelly.on(left, 500, 1).payload).src}/rpc`;
  expect(shelly.topics(left)).toContain(answerTopic);
  expect(shelly.topics(right)).not.toContain(answerTopic);
});

test('a device that times its pulse is not sent an end of it', () => {
  expect(genericMqtt.releases(genericMqtt.settings.parse({}))).toBe('on-command');
  expect(genericMqtt.releases(genericMqtt.settings.parse({ timesPulse: true }))).toBe('itself');
});

test('a relay without a state topic answers nothing, one without an online topic never says it is gone', () => {
  const silent = genericMqtt.settings.parse({});
  const talking = genericMqtt.settings.parse({ stateTopic: 'a', onlineTopic: 'b' });
  expect([genericMqtt.answers(silent), genericMqtt.reportsOnline(silent), genericMqtt.topics(silent)]).toEqual([
    false,
    false,
    [],
  ]);
  expect([genericMqtt.answers(talking), genericMqtt.reportsOnline(talking), genericMqtt.topics(talking)]).toEqual([
    true,
    true,
    ['a', 'b'],
  ]);
});

test('a device that says everything on one topic is listened to once', () => {
  expect(genericMqtt.topics(genericMqtt.settings.parse({ stateTopic: 'a', onlineTopic: 'a', passageTopic: 'b' }))).toEqual([
    'a',
    'b',
  ]);
});

test('braces that are no placeholder are sent as they are', () => {
  const settings = genericMqtt.settings.parse({ onPayload: '{"open":{pulseMs},"by":{who},"n":{id}}' });
  expect(genericMqtt.on(settings, 300, 8).payload).toBe('{"open":300,"by":{who},"n":8}');
});

test.each(['', 'gate/+/set', 'gate/#', '/gate', 'gate/', 'a\u0000b'])('`%s` is no topic for a command', (commandTopic) => {
  expect(genericMqtt.settings.safeParse({ commandTopic }).success).toBe(false);
});

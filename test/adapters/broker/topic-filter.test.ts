import { expect, test } from 'vitest';
import { fitsFilter } from '../../../src/adapters/broker/topic-filter.ts';

// MQTT 3.1.1, sections 4.7.1 and 4.7.2.
test.each([
  ['a/b', 'a/b', true],
  ['a/b', 'a', false],
  ['a', 'a/b', false],
  ['sport/tennis/player1/#', 'sport/tennis/player1', true],
  ['sport/tennis/player1/#', 'sport/tennis/player1/score/wimbledon', true],
  ['sport/#', 'sports', false],
  ['#', 'a/b', true],
  ['sport/+', 'sport', false],
  ['sport/+', 'sport/', true],
  ['sport/tennis/+', 'sport/tennis/player1/ranking', false],
  ['+/+', '/finance', true],
  ['/+', '/finance', true],
  ['+', '/finance', false],
  ['#', '$SYS/broker', false],
  ['+/monitor/Clients', '$SYS/monitor/Clients', false],
  ['$SYS/#', '$SYS/broker', true],
])('`%s` and `%s`: %s', (filter, topic, fits) => {
  expect(fitsFilter(filter, topic)).toBe(fits);
});

import { expect, test } from 'vitest';
import { nearest } from '../../src/lib/nearest.ts';

const keys = ['passage', 'passageTimeoutSeconds', 'zone', 'onRestart', 'charge', 'in', 'id'];

test.each([
  ['passageTimoutSeconds', 'passageTimeoutSeconds'],
  ['passage_timeout_seconds', 'passageTimeoutSeconds'],
  ['PassageTimeoutSeconds', 'passageTimeoutSeconds'],
  ['chagre', 'charge'],
  ['zones', 'zone'],
  ['on-restart', 'onRestart'],
  ['inn', 'in'],
  ['ni', 'in'],
])('`%s` was probably meant as `%s`', (word, meant) => {
  expect(nearest(word, keys)).toBe(meant);
});

test.each(['colour', 'xyz', ''])('nothing is suggested for `%s`', (word) => {
  expect(nearest(word, keys)).toBeNull();
});

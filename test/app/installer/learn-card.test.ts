import { describe, expect, test } from 'vitest';
import { type Ear, type Reading, readWhole } from '../../../src/app/installer/ear.ts';
import {
  beginLearning,
  bestSettings,
  clearlyBest,
  type LearnEvent,
  type LearntDevice,
  learn,
  wholeDigits,
} from '../../../src/app/installer/learn-card.ts';
import { fromHex } from '../../../src/lib/hex.ts';
import { loadProfiles } from '../../../src/load-profiles.ts';
import { earsSpeaking } from '../../../src/wiring/device-target.ts';

const ears: Ear[] = earsSpeaking('stream', await loadProfiles(), 3);
const em = (hex: string) => readWhole(fromHex(hex), ears);
const card = em('02 35 35 30 30 37 45 45 34 32 34 45 42 03');
const otherCard = em('02 36 32 45 33 30 38 36 43 45 44 30 38 03');

/** Taps, each with seconds since the one before, through one learning. */
function learnt(numbers: string[], ...taps: [afterMs: number, readings: Reading[]][]): (LearnEvent | null)[] {
  let state = beginLearning(numbers);
  let atMs = 0;
  return taps.map(([afterMs, readings]) => {
    atMs += afterMs;
    const step = learn(state, readings, atMs);
    state = step.state;
    return step.event;
  });
}

const kinds = (events: (LearnEvent | null)[]) => events.map((event) => event?.kind ?? null);

describe('a card whose printed number is known', () => {
  test('is wanted twice; what repeats while it lies there is one tap', () => {
    const events = learnt(['126,58404'], [0, card], [65, card], [65, card], [2_000, card]);
    expect(kinds(events)).toEqual(['again', null, null, 'done']);
    const done = events.at(-1);
    const settings = done?.kind === 'done' ? done.settings : [];
    expect(settings.filter(({ device }) => device === 'rdm6300')).toEqual([
      { device: 'rdm6300', changed: {}, value: '55007EE424', spelling: '2H4H' },
      { device: 'rdm6300', changed: { number: 'low32' }, value: '007EE424', spelling: '2H4H' },
      { device: 'rdm6300', changed: { number: 'low24' }, value: '7EE424', spelling: '2H4H' },
    ]);
  });

  test('leaves no setting under which it was another number the second time, though the printed part was the same', () => {
    const sameEnding = em('02 41 41 30 30 37 45 45 34 32 34 31 34 03');
    const done = learnt(['126,58404'], [0, card], [1_000, sameEnding]).at(-1);
    const settings = done?.kind === 'done' ? done.settings : [];
    expect(settings.filter(({ device }) => device === 'rdm6300').map(({ value }) => value)).toEqual(['007EE424', '7EE424']);
  });

  test('that is another card is told what it reads as', () => {
    const [event] = learnt(['126,58404'], [0, otherCard]);
    expect(event).toMatchObject({ kind: 'unexplained', printed: '126,58404' });
  });

  test('and gives another number at the second time is not learnt', () => {
    expect(kinds(learnt(['126,58404'], [0, card], [1_000, otherCard]))).toEqual(['again', 'changed']);
  });

  test('whose number changes at every tap is told so, also when none of them fits', () => {
    expect(kinds(learnt(['1,2'], [0, card], [1_000, otherCard], [1_000, card]))).toEqual(['unexplained', 'changed', 'changed']);
  });

  test('what is no card in between (a line `No card`, a key) is passed over', () => {
    const noCard = readWhole(Buffer.from('No card\r\n'), ears);
    expect(kinds(learnt(['126,58404'], [0, card], [1_000, noCard], [1_000, card]))).toEqual(['again', null, 'done']);
  });

  test('a second card leaves only what explains both', () => {
    const events = learnt(['126,58404', '8,27885'], [0, card], [1_000, card], [1_000, otherCard], [1_000, otherCard]);
    expect(kinds(events)).toEqual(['again', 'next', 'again', 'done']);
  });

  test('two cards of which nothing explains both are told so', () => {
    const [bcd, reversed] = ['BCD14264\r', '6442D1BC\r'].map((line) =>
      readWhole(
        Buffer.from(line),
        ears.filter(({ profile }) => profile.id === 'promag'),
      ),
    );
    const events = learnt(
      ['BCD14264', 'BCD14264'],
      [0, bcd ?? []],
      [1_000, bcd ?? []],
      [1_000, reversed ?? []],
      [1_000, reversed ?? []],
    );
    expect(events.at(-1)).toEqual({ kind: 'done', settings: [] });
  });
});

describe('of several settings that fit', () => {
  const setting = (differing: object) => ({
    device: 'a',
    changed: {},
    value: '55007EE424',
    spelling: '2H4H' as const,
    ...differing,
  });
  const best = (settings: ReturnType<typeof setting>[], known: string[] = []) =>
    bestSettings(settings, (value) => known.includes(value)).map(({ device, changed }) => [device, changed]);

  test('the one that gives the whole number is best, unless the club has its cards by a short one', () => {
    const all = [setting({ changed: { number: 'low24' }, value: '7EE424' }), setting({})];
    expect(best(all)).toEqual([['a', {}]]);
    expect(best(all, ['7EE424'])).toEqual([['a', { number: 'low24' }]]);
  });

  test('bytes the right way round go before bytes turned round, and few changes before many', () => {
    expect(best([setting({ spelling: 'R' }), setting({ changed: { order: 'lsb' } })])).toEqual([['a', { order: 'lsb' }]]);
    expect(best([setting({ changed: { x: 1, y: 2 } }), setting({ changed: { z: 1 } })])).toEqual([['a', { z: 1 }]]);
  });

  test('zeros that a setting puts in front are no part of the number: then four bytes go before more and fewer', () => {
    const typed = [
      ['10H13D', '00007EE424'],
      ['8H10D', '007EE424'],
      ['6H8D', '7EE424'],
    ].map(([digits, value]) => setting({ changed: { digits }, value }));
    expect(best(typed)).toEqual([['a', { digits: '8H10D' }]]);
    expect(bestSettings(typed, () => false)[0]?.open).toEqual({ digits: ['10H13D', '6H8D'] });
    expect(wholeDigits(typed)).toBe(6);
    expect(wholeDigits([...typed, setting({ value: '0000123456' })])).toBe(10);
  });

  test('each product has its own best, and says which settings the card leaves open', () => {
    const all = [setting({}), setting({ changed: { order: 'lsb' } }), setting({ device: 'b', changed: { x: 1 } })];
    expect(bestSettings(all, () => false).map(({ device, open }) => [device, open])).toEqual([
      ['a', { order: ['lsb'] }],
      ['b', {}],
    ]);
  });
});

test('what a product reads under choices of its own is heard by an ear, as its examples show', async () => {
  const { readers } = await loadProfiles();
  const unheard: string[] = [];
  for (const profile of readers.values()) {
    if (profile.speaks !== 'stream') continue;
    const own = ears.filter((ear) => ear.profile.id === profile.id);
    const tried = new Set(own.flatMap(({ changed }) => Object.keys(changed)));
    for (const { wire, reads, settings = {} } of profile.examples) {
      // Texts and long ranges are not tried, nor more than three changes at once.
      const keys = Object.keys(settings);
      if (reads.length === 0 || keys.length > 3 || !keys.every((key) => tried.has(key))) continue;
      const heard = readWhole(fromHex(wire), own).map(({ read }) => JSON.stringify(read));
      if (!reads.every((read) => heard.includes(JSON.stringify(read)))) unheard.push(`${profile.id} ${wire}`);
    }
  }
  expect(unheard).toEqual([]);
});

describe('of several products that explain a card', () => {
  const fit = (device: string, more: Partial<LearntDevice> = {}): LearntDevice => {
    return { device, changed: {}, value: '55007EE424', spelling: '2H4H', isKnown: false, open: {}, ...more };
  };

  test('the one whose frames it sends is taken, before one that reads them by chance', () => {
    const done = learnt(['126,58404'], [0, card], [1_000, card]).at(-1);
    const settings = done?.kind === 'done' ? done.settings : [];
    expect(clearlyBest(bestSettings(settings, () => false))?.device).toBe('rdm6300');
  });

  test('one by which the club knows the card comes before every other', () => {
    expect(clearlyBest([fit('a', { isKnown: true, changed: { x: 1, y: 2 } }), fit('b')])?.device).toBe('a');
  });

  test('one that gives the number straight comes before one that turns it round, then one with fewer changes', () => {
    expect(clearlyBest([fit('a', { changed: { x: 1 } }), fit('b', { spelling: 'R' })])?.device).toBe('a');
    expect(clearlyBest([fit('a'), fit('b', { changed: { x: 1 } })])?.device).toBe('a');
  });

  test('two alike are left to the installer', () => {
    expect(clearlyBest([fit('a'), fit('b')])).toBeNull();
    expect(clearlyBest([fit('a', { changed: { x: 1 } }), fit('b')])).toBeNull();
    expect(clearlyBest([])).toBeNull();
    expect(clearlyBest([fit('a')])?.device).toBe('a');
  });
});

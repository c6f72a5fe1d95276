import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Contact,
  type ContactEvent,
  type ContactName,
  type ContactSettings,
  type ContactSignal,
  nextContactTickMs,
  stepContacts,
  stuckMs,
  togetherMs,
  untoldContacts,
} from '../../../src/domain/gate/contacts.ts';

const inputOf: Record<ContactName, number> = { passIn: 1, passOut: 2, ready: 3, alarm: 4, fire: 5, pass: 6 };

function contact(name: ContactName, activeWhenClosed = true, debounceMs = 30): Contact {
  return { name, input: inputOf[name], activeWhenClosed, debounceMs };
}

function settingsOf(...contacts: Contact[]): ContactSettings {
  return { contacts, togetherMs, stuckMs };
}

const bothWays = settingsOf(contact('passIn'), contact('passOut'));

type Told = [atMs: number, contact: ContactName | 'lost' | 'tick', closed?: boolean];

/** Runs a story and tells what was signalled, as `in`, `out`, `together on`, `stuck passIn on`, `fire on` … */
function tell(settings: ContactSettings, ...story: Told[]): string[] {
  let state = untoldContacts(settings);
  return story.flatMap(([atMs, what, closed = false]) => {
    const event: ContactEvent =
      what === 'lost' || what === 'tick' ? { kind: what } : { kind: 'input', input: inputOf[what], closed };
    const stepped = stepContacts(state, event, atMs, settings);
    state = stepped.state;
    return stepped.signals.map(inWords);
  });
}

function inWords(signal: ContactSignal): string {
  if (signal.kind === 'passage') return signal.direction ?? 'through';
  const which = signal.kind === 'stuck' ? ` ${signal.contact}` : '';
  return `${signal.kind}${which} ${signal.on ? 'on' : 'off'}`;
}

const rest: Told[] = [
  [0, 'passIn', false],
  [0, 'passOut', false],
  [100, 'tick'],
];

describe('somebody goes through', () => {
  it('the contact of each side tells which way', () => {
    expect(tell(bothWays, ...rest, [1000, 'passIn', true], [1400, 'passIn', false], [9000, 'tick'])).toEqual(['in']);
    expect(tell(bothWays, ...rest, [1000, 'passOut', true], [1400, 'passOut', false], [9000, 'tick'])).toEqual(['out']);
  });

  it('one contact for both ways does not know which', () => {
    const one = settingsOf(contact('pass'));
    expect(tell(one, [0, 'pass', false], [1000, 'pass', true], [1400, 'pass', false])).toEqual(['through']);
  });

  it('a contact that is closed at rest tells by opening', () => {
    const inverted = settingsOf(contact('passIn', false));
    expect(tell(inverted, [0, 'passIn', true], [1000, 'passIn', false], [1400, 'passIn', true], [2000, 'tick'])).toEqual(['in']);
  });

  it('a contact by itself is believed once its bounces are over, one of two when the other does not follow', () => {
    const one = settingsOf(contact('passIn'));
    expect(tell(one, [0, 'passIn', false], [1000, 'passIn', true], [1029, 'tick'])).toEqual([]);
    expect(tell(one, [0, 'passIn', false], [1000, 'passIn', true], [1030, 'tick'])).toEqual(['in']);
    expect(tell(bothWays, ...rest, [1000, 'passIn', true], [1000 + togetherMs - 1, 'tick'])).toEqual([]);
    expect(tell(bothWays, ...rest, [1000, 'passIn', true], [1000 + togetherMs, 'tick'])).toEqual(['in']);
  });

  it('a contact that bounces on both edges tells one person', () => {
    const bouncing: Told[] = [1000, 1005, 1012, 1400, 1406, 1413].map((atMs, index) => [atMs, 'passIn', index % 2 === 0]);
    expect(tell(bothWays, ...rest, ...bouncing, [9000, 'tick'])).toEqual(['in']);
  });

  it('an arm that is let swing back and forth for a moment is one person', () => {
    const swinging: Told[] = [1000, 1060, 1120, 1180].map((atMs, index) => [atMs, 'passIn', index % 2 === 0]);
    expect(tell(bothWays, ...rest, ...swinging, [1000 + togetherMs, 'tick'])).toEqual(['in']);
  });

  it('a board that is asked again and again before the bounces are over is believed no later', () => {
    const one = settingsOf(contact('passIn'));
    const asked = [1000, 1020, 1040, 1060].map((atMs): Told => [atMs, 'passIn', true]);
    expect(tell(one, [0, 'passIn', false], ...asked)).toEqual(['in']);
  });

  it('a spark on the wire is nobody', () => {
    expect(tell(bothWays, ...rest, [1000, 'passIn', true], [1010, 'passIn', false], [9000, 'tick'])).toEqual([]);
  });

  it('two people one after the other are two', () => {
    const walk = (atMs: number): Told[] => [
      [atMs, 'passIn', true],
      [atMs + 400, 'passIn', false],
    ];
    expect(tell(bothWays, ...rest, ...walk(1000), ...walk(2500), [9000, 'tick'])).toEqual(['in', 'in']);
  });

  it('a product that leaves bounces out itself may tell a whole passage at one instant', () => {
    const clean = settingsOf(contact('passIn', true, 0));
    expect(tell(clean, [0, 'passIn', false], [1000, 'passIn', true], [1000, 'passIn', false])).toEqual(['in']);
  });
});

describe('how things stand at first', () => {
  it('a contact that is closed when the program starts is nobody who went through', () => {
    expect(tell(bothWays, [0, 'passIn', true], [0, 'passOut', false], [5000, 'passIn', false], [6000, 'tick'])).toEqual([]);
  });

  it('nor after the line was lost and found again', () => {
    expect(tell(bothWays, ...rest, [1000, 'lost'], [2000, 'passIn', true], [2000, 'passOut', false], [3000, 'tick'])).toEqual([]);
  });

  it('a passage that the line was lost over is not made up afterwards', () => {
    expect(tell(bothWays, ...rest, [1000, 'passIn', true], [1100, 'lost'], [3000, 'tick'])).toEqual([]);
  });

  it('ready, alarm and fire are told at first, on every change, and again after a loss', () => {
    const all = settingsOf(contact('ready'), contact('alarm'), contact('fire', false));
    expect(
      tell(
        all,
        [0, 'ready', true],
        [0, 'alarm', false],
        [0, 'fire', true],
        [1000, 'fire', false],
        [2000, 'ready', false],
        [3000, 'lost'],
        [4000, 'fire', false],
        [5000, 'tick'],
      ),
    ).toEqual(['ready on', 'alarm off', 'fire off', 'fire on', 'ready off', 'fire on']);
  });
});

describe('both passage contacts at once', () => {
  const perco = settingsOf(contact('passIn', false), contact('passOut', false));
  const powered: Told[] = [
    [0, 'passIn', true],
    [0, 'passOut', true],
    [100, 'tick'],
  ];

  it.each([0, 20, 100, togetherMs - 1])('a loss of power that they show %i ms apart is nobody', (apartMs) => {
    const lost: Told[] = [
      [1000, 'passIn', false],
      [1000 + apartMs, 'passOut', false],
      [9000, 'tick'],
    ];
    expect(tell(perco, ...powered, ...lost)).toEqual(['together on']);
  });

  it('power that comes back is nobody either', () => {
    const story: Told[] = [
      [1000, 'passIn', false],
      [1010, 'passOut', false],
      [60_000, 'passOut', true],
      [60_040, 'passIn', true],
      [90_000, 'tick'],
    ];
    expect(tell(perco, ...powered, ...story)).toEqual(['together on', 'together off']);
  });

  it('a second contact that follows late is not counted as a second person', () => {
    expect(tell(perco, ...powered, [1000, 'passIn', false], [1600, 'passOut', false], [9000, 'tick'])).toEqual([
      'in',
      'together on',
    ]);
  });

  it('a turnstile without power when the program starts is told', () => {
    expect(tell(perco, [0, 'passIn', false], [0, 'passOut', false], [60_000, 'tick'])).toEqual(['together on']);
  });

  it('a contact that another one is stuck beside still tells people', () => {
    const story: Told[] = [
      [0, 'passIn', false],
      [0, 'passOut', true],
      [stuckMs + 30, 'tick'],
      [50_000, 'passIn', true],
      [50_400, 'passIn', false],
      [60_000, 'tick'],
    ];
    expect(tell(bothWays, ...story)).toEqual(['stuck passOut on', 'in']);
  });
});

describe('a passage contact that stays', () => {
  it('is stuck after half a minute, and well when it lets go', () => {
    const story: Told[] = [
      [1000, 'passIn', true],
      [1000 + stuckMs - 1, 'tick'],
      [1000 + stuckMs, 'tick'],
      [90_000, 'passIn', false],
      [91_000, 'tick'],
    ];
    expect(tell(bothWays, ...rest, ...story)).toEqual(['in', 'stuck passIn on', 'stuck passIn off']);
  });

  it('does not hide whoever goes the other way', () => {
    const story: Told[] = [
      [1000, 'passIn', true],
      [60_000, 'passOut', true],
      [60_400, 'passOut', false],
      [70_000, 'tick'],
    ];
    expect(tell(bothWays, ...rest, ...story)).toEqual(['in', 'stuck passIn on', 'out']);
  });

  it('may be stuck again', () => {
    const one = settingsOf(contact('passIn'));
    const twice = [0, 100_000].flatMap((atMs): Told[] => [
      [atMs + 1000, 'passIn', true],
      [atMs + 90_000, 'passIn', false],
      [atMs + 91_000, 'tick'],
    ]);
    const both = ['in', 'stuck passIn on', 'stuck passIn off'];
    expect(tell(one, [0, 'passIn', false], ...twice)).toEqual([...both, ...both]);
  });

  it('set the wrong way round it is stuck from the start', () => {
    const inverted = settingsOf(contact('passIn', false));
    expect(tell(inverted, [0, 'passIn', false], [stuckMs, 'tick'])).toEqual(['stuck passIn on']);
  });

  it('an arm without power is not stuck as well', () => {
    expect(tell(bothWays, ...rest, [1000, 'passIn', true], [1000, 'passOut', true], [100_000, 'tick'])).toEqual(['together on']);
  });
});

describe('whatever the inputs do', () => {
  const all = settingsOf(contact('passIn'), contact('passOut', false), contact('ready'), contact('fire', false));
  const names = all.contacts.map(({ name }) => name);
  const happening = fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40_000 })),
    what: fc.constantFrom<(ContactName | 'lost')[]>(...names, 'passIn', 'passOut', 'lost'),
    closed: fc.boolean(),
  });
  const stories = fc.array(happening, { maxLength: 60 }).map((happenings) => {
    let atMs = 0;
    return happenings.map(({ afterMs, what, closed }): Told => [(atMs += afterMs), what, closed]);
  });
  const after = (story: Told[]): Told => [(story.at(-1)?.[0] ?? 0) + 100_000, 'tick'];

  it('how often the timer comes changes nothing', () => {
    fc.assert(
      fc.property(stories, fc.array(fc.integer({ min: 0, max: 200_000 }), { maxLength: 60 }), (story, ticks) => {
        const ticked = [...story, ...ticks.map((atMs): Told => [atMs, 'tick'])].sort((a, b) => a[0] - b[0]);
        expect(tell(all, ...ticked, after(ticked))).toEqual(tell(all, ...story, after(ticked)));
      }),
    );
  });

  it('turning every wire and every setting round changes nothing', () => {
    const turned = { ...all, contacts: all.contacts.map((one) => ({ ...one, activeWhenClosed: !one.activeWhenClosed })) };
    fc.assert(
      fc.property(stories, (story) => {
        const swapped = story.map(([atMs, what, closed]): Told => [atMs, what, !closed]);
        expect(tell(turned, ...swapped, after(story))).toEqual(tell(all, ...story, after(story)));
      }),
    );
  });

  it('saying the same again, at once or later, changes nothing', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 0, max: 100 }), (story, laterMs) => {
        const twice = story.flatMap((told, index): Told[] => {
          const [atMs, what, closed = false] = told;
          const next = story[index + 1]?.[0] ?? Infinity;
          return what === 'lost' ? [told] : [told, [Math.min(atMs + laterMs, next), what, closed]];
        });
        expect(tell(all, ...twice, after(story))).toEqual(tell(all, ...story, after(story)));
      }),
    );
  });

  it('nobody went through while neither contact changed for longer than a bounce, or before how it stands was known', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const steady = (name: ContactName) => {
          const own = story.filter(([, what]) => what === name || what === 'lost');
          let known = false;
          let people = 0;
          for (const [index, [atMs, what, closed]] of own.entries()) {
            const before = own[index - 1];
            const stays = own.slice(index + 1).find(([, next, to]) => next === 'lost' || to !== closed)?.[0] ?? Infinity;
            if (what === 'lost') known = false;
            else if (stays - atMs >= 30 || before?.[1] === 'lost') {
              const active = closed === (name === 'passIn');
              if (known && active) people += 1;
              known = true;
            }
          }
          return people;
        };
        const told = tell(all, ...story, after(story));
        expect(told.filter((word) => word === 'in').length).toBeLessThanOrEqual(steady('passIn'));
        expect(told.filter((word) => word === 'out').length).toBeLessThanOrEqual(steady('passOut'));
      }),
    );
  });

  it('the timer is asked for whenever something is pending, and never for the past', () => {
    fc.assert(
      fc.property(stories, (story) => {
        let state = untoldContacts(all);
        for (const [atMs, what, closed = false] of story) {
          const event: ContactEvent =
            what === 'lost' || what === 'tick' ? { kind: 'lost' } : { kind: 'input', input: inputOf[what], closed };
          state = stepContacts(state, event, atMs, all).state;
          expect(nextContactTickMs(state, all) ?? Infinity).toBeGreaterThan(atMs);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantCodes, refusalCodes, warningCodes } from '../../../src/domain/access/code.ts';
import { gateModes } from '../../../src/domain/gate/mode.ts';
import type { Screen } from '../../../src/domain/kiosk/screen.ts';
import {
  type Answer,
  type Answered,
  type KioskEvent,
  type KioskSettings,
  type KioskState,
  screenOf,
  startKiosk,
  step,
} from '../../../src/domain/kiosk/show.ts';
import { languages } from '../../../src/domain/member/member.ts';

const settings: KioskSettings = {
  direction: 'in',
  timeZone: 'Europe/Warsaw',
  languages: ['ru', 'pl', 'en'],
  resultSeconds: 5,
  names: 'full',
};

/** Monday, 15 June 2026, 08:30 in Warsaw. */
const at = Date.parse('2026-06-15T06:30:00Z');

const granted: Answer = { outcome: 'granted', code: 'OK', params: {}, left: 4, warnings: [], nextAllowedAt: null };
const frozen: Answer = {
  outcome: 'denied',
  code: 'FROZEN',
  params: { frozenFrom: '2026-06-10', frozenUntil: '2026-06-18' },
  left: null,
  warnings: [],
  nextAllowedAt: Date.parse('2026-06-18T04:00:00Z'),
};
const anna = { name: 'Anna Kowalska', language: 'pl', photo: '/photo/1' } as const;

function tap(answer: Answer = granted, rest: Partial<Answered> = {}): Answered {
  const membership = { title: 'Morning 8', endsOn: '2026-06-30' };
  return { kind: 'answered', answer, person: anna, membership, visit: null, opens: null, at, ...rest };
}

const opened = (visit: number, untilMs: number): Partial<Answered> => ({ visit, opens: { untilMs, reported: true } });

/** The screens after each of the events, `[milliseconds, event]`. */
function play(events: [number, KioskEvent][], with_: Partial<KioskSettings> = {}): { screens: Screen[]; state: KioskState } {
  let state = startKiosk({ ...settings, ...with_ }, 'controlled');
  const screens = events.map(([ms, event]) => {
    const stepped = step(state, event, ms);
    state = stepped.state;
    return stepped.screen;
  });
  return { screens, state };
}

function last(events: [number, KioskEvent][], with_: Partial<KioskSettings> = {}): Screen | undefined {
  return play(events, with_).screens.at(-1);
}

describe('the screen of a gate', () => {
  it('tells each language of the club how to begin while nobody is there', () => {
    expect(screenOf(startKiosk(settings, 'controlled'))).toEqual({
      kind: 'idle',
      lines: [
        { language: 'ru', text: 'Приложите карту или браслет' },
        { language: 'pl', text: 'Przyłóż kartę lub opaskę' },
        { language: 'en', text: 'Tap your card or wristband' },
      ],
      gateClosed: false,
    });
  });

  it('welcomes a member in their own language with name, visits left and end date', () => {
    expect(last([[0, tap(granted, opened(7, 6000))]])).toEqual({
      kind: 'result',
      tone: 'welcome',
      code: 'OK',
      language: 'pl',
      headline: 'Witaj, Anna!',
      reason: '',
      nextTime: '',
      name: 'Anna Kowalska',
      photo: '/photo/1',
      membership: 'Morning 8',
      visitsLeft: 'Pozostały 4 wejścia',
      validUntil: 'Ważny do 30 czerwca',
      warnings: [],
      gate: 'Możesz przejść',
      passage: 'waiting',
    });
  });

  it('tells a frozen member why, and when it works again', () => {
    expect(last([[0, tap(frozen)]])).toMatchObject({
      tone: 'stop',
      headline: 'Twój karnet jest zamrożony',
      reason: 'Zamrożenie trwa do 17 czerwca włącznie. Chcesz przyjść wcześniej? Podejdź do recepcji.',
      nextTime: 'Zapraszamy w czwartek 18 czerwca o 06:00.',
      visitsLeft: '',
      validUntil: '',
      gate: '',
      passage: null,
    });
  });

  it('sends a member to the desk when staff are to decide, and still says why', () => {
    expect(last([[0, tap({ ...frozen, outcome: 'ask_staff', nextAllowedAt: null })]])).toMatchObject({
      tone: 'ask',
      code: 'FROZEN',
      headline: 'Podejdź do recepcji',
      nextTime: '',
    });
  });

  it("speaks the club's first language to a member whose own the club does not show, and to the unknown", () => {
    const uk = { person: { name: 'Olena', language: 'uk', photo: null } } as const;
    expect(last([[0, tap(granted, uk)]])).toMatchObject({ language: 'ru', headline: 'Добро пожаловать, Olena!' });
    expect(last([[0, tap(granted, { person: null })]])).toMatchObject({ language: 'ru', name: '', photo: null });
  });

  it('shows as much of a name as the club wants', () => {
    expect(last([[0, tap()]], { names: 'first' })).toMatchObject({ headline: 'Witaj, Anna!', name: 'Anna' });
    expect(last([[0, tap()]], { names: 'none' })).toMatchObject({ headline: 'Witaj!', name: '' });
  });

  it('shows the member the warnings that are theirs, and not those of the desk', () => {
    const warned: Answer = { ...granted, left: 0, warnings: ['WARN_LAST_VISIT', 'WARN_STALE'], params: { left: 0 } };
    expect(last([[0, tap(warned)]])).toMatchObject({ warnings: ['To ostatnie wejście.'] });
  });

  it('says when visits are not limited', () => {
    expect(last([[0, tap({ ...granted, left: null })]])).toMatchObject({ visitsLeft: 'Wejścia bez limitu' });
    expect(last([[0, tap({ ...granted, left: null }, { membership: null })]])).toMatchObject({ visitsLeft: '', membership: '' });
  });

  it('says goodbye at an exit', () => {
    const screens = play([[0, tap()]], { direction: 'out' });
    expect(screens.screens[0]).toMatchObject({ headline: 'Do zobaczenia, Anna!' });
    expect(last([[0, { kind: 'tick' }]], { direction: 'out' })).toMatchObject({
      lines: [{ text: 'Для выхода приложите карту' }, {}, {}],
    });
  });

  it('tells whoever leaves how long they were there, also at a gate that people enter and leave by', () => {
    const leaving: Answer = { ...granted, left: null, params: { stayMinutes: 85 } };
    const screen = { headline: 'Do zobaczenia, Anna!', reason: 'Twoja wizyta trwała 1 godzinę 25 minut.' };
    expect(last([[0, tap(leaving)]], { direction: 'out' })).toMatchObject(screen);
    expect(last([[0, tap(leaving)]], { direction: 'both' })).toMatchObject(screen);
    expect(last([[0, tap()]], { direction: 'both' })).toMatchObject({ headline: 'Witaj, Anna!', reason: '' });
  });

  it('says on its idle screen what the gate does', () => {
    const idle = (mode: (typeof gateModes)[number]) => last([[0, { kind: 'mode', mode }]], { languages: ['en'] });
    expect(idle('closed')).toEqual({ kind: 'idle', lines: [{ language: 'en', text: 'This gate is closed' }], gateClosed: true });
    expect(idle('free')).toMatchObject({ lines: [{ text: 'The gate is open, come in' }], gateClosed: false });
    expect(idle('emergency')).toMatchObject({ lines: [{ text: 'The gate is open, walk through' }] });
  });

  it('drops every answer in an emergency', () => {
    const screen = last([
      [0, tap()],
      [100, { kind: 'mode', mode: 'emergency' }],
    ]);
    expect(screen).toMatchObject({ kind: 'idle' });
  });
});

describe('how long an answer stands', () => {
  it('is resultSeconds, then the screen is idle again', () => {
    const { state } = play([[1000, tap(frozen)]]);
    expect(state.nextTickAtMs).toBe(6000);
    expect(step(state, { kind: 'tick' }, 5999).screen.kind).toBe('result');
    expect(step(state, { kind: 'tick' }, 6000)).toMatchObject({ screen: { kind: 'idle' }, state: { nextTickAtMs: null } });
  });

  it('is as long as the gate waits, and a second more for the news that nobody passed', () => {
    expect(play([[0, tap(granted, opened(7, 8000))]]).state.nextTickAtMs).toBe(9000);
    expect(play([[0, tap(granted, opened(7, 2000))]]).state.nextTickAtMs).toBe(5000);
  });

  it('begins anew when the visit was given back', () => {
    const { screens, state } = play([
      [0, tap({ ...granted, warnings: ['WARN_LAST_VISIT'] }, opened(7, 6000))],
      [6000, { kind: 'not_passed', visit: 7 }],
    ]);
    expect(state.nextTickAtMs).toBe(11_000);
    expect(screens[1]).toMatchObject({
      tone: 'stop',
      headline: 'Bramka znów jest zamknięta',
      reason: 'Wejście nie zostało pobrane. Przyłóż kartę jeszcze raz.',
      name: 'Anna Kowalska',
      visitsLeft: '',
      warnings: [],
      gate: '',
      passage: 'not_passed',
    });
  });

  it('is not made longer by a double read, which shows nothing new', () => {
    const events: [number, KioskEvent][] = [
      [0, tap()],
      [4000, tap({ ...granted, code: 'DUPLICATE_READ' })],
    ];
    const { screens, state } = play(events);
    expect(screens[1]).toEqual(screens[0]);
    expect(state.nextTickAtMs).toBe(5000);
    expect(last([...events, [5000, tap({ ...granted, code: 'DUPLICATE_READ' })]])).toMatchObject({ kind: 'idle' });
  });
});

describe('a passage on the screen', () => {
  it('thanks the one who went through by going on with the welcome', () => {
    const { screens, state } = play([
      [0, tap(granted, opened(7, 6000))],
      [2000, { kind: 'passed', visit: 7 }],
    ]);
    expect(screens[1]).toMatchObject({ tone: 'welcome', headline: 'Witaj, Anna!', gate: '', passage: 'passed' });
    expect(state.nextTickAtMs).toBe(7000);
  });

  it('welcomes after all when the arm turned just too late', () => {
    const screen = last([
      [0, tap(granted, opened(7, 6000))],
      [6000, { kind: 'not_passed', visit: 7 }],
      [7000, { kind: 'passed', visit: 7 }],
    ]);
    expect(screen).toMatchObject({
      tone: 'welcome',
      headline: 'Witaj, Anna!',
      visitsLeft: 'Pozostały 4 wejścia',
      passage: 'passed',
    });
  });

  it("of an older visit leaves the newer person's screen alone", () => {
    for (const kind of ['passed', 'not_passed', 'gate_failed'] as const) {
      const { screens } = play([
        [0, tap(granted, opened(7, 6000))],
        [1000, tap(frozen, { person: { name: 'Pavel', language: 'en', photo: null } })],
        [1100, { kind, visit: 7 }],
      ]);
      expect(screens[2]).toEqual(screens[1]);
    }
  });

  it('tells whoever was granted that the gate does not answer, and sends them to the desk', () => {
    const screen = last([
      [0, tap(granted, opened(7, 6000))],
      [200, { kind: 'gate_failed', visit: 7 }],
    ]);
    expect(screen).toMatchObject({ tone: 'ask', headline: 'Bramka nie odpowiada', gate: '', passage: 'not_passed' });
  });
});

describe('whatever happens at a gate', () => {
  const anAnswer: fc.Arbitrary<Answer> = fc.record({
    outcome: fc.constantFrom('granted', 'denied', 'ask_staff'),
    code: fc.constantFrom(...grantCodes, ...refusalCodes),
    params: fc.constant({}),
    left: fc.option(fc.nat({ max: 12 })),
    warnings: fc.subarray([...warningCodes]),
    nextAllowedAt: fc.option(fc.integer({ min: at, max: at + 14 * 86_400_000 })),
  });
  const anEvent: fc.Arbitrary<[number, KioskEvent]> = fc.tuple(
    fc.nat({ max: 7000 }),
    fc.oneof(
      fc
        .record({
          answer: anAnswer,
          visit: fc.option(fc.nat({ max: 5 })),
          waitMs: fc.option(fc.nat({ max: 9000 })),
          name: fc.constantFrom('Anna K.', 'Olena', 'Piotr'),
          language: fc.option(fc.constantFrom(...languages)),
        })
        .map(({ answer, visit, waitMs, name, language }) => {
          const opens = waitMs === null ? null : { untilMs: waitMs, reported: true };
          return tap(answer, { visit, opens, person: { name, language, photo: `/photo/${name}` } });
        }),
      fc.record({ kind: fc.constantFrom('passed', 'not_passed', 'gate_failed'), visit: fc.nat({ max: 5 }) }),
      fc.record({ kind: fc.constant('mode'), mode: fc.constantFrom(...gateModes) }),
      fc.constant({ kind: 'tick' }),
    ),
  );

  /** Waits are relative in `anEvent`; on the wire they are points of the monotonic clock. */
  const run = (
    events: [number, KioskEvent][],
    each: (state: KioskState, screen: Screen, nowMs: number, event: KioskEvent) => void,
  ) => {
    let state = startKiosk(settings, 'controlled');
    let nowMs = 0;
    for (const [waitMs, event] of events) {
      nowMs += waitMs;
      const absolute =
        event.kind === 'answered' && event.opens
          ? { ...event, opens: { ...event.opens, untilMs: nowMs + event.opens.untilMs } }
          : event;
      const stepped = step(state, absolute, nowMs);
      state = stepped.state;
      each(state, stepped.screen, nowMs, absolute);
    }
  };

  it('an answer has a time at which it goes, and goes', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 20 }), (events) => {
        run(events, (state, screen, nowMs) => {
          expect(state.nextTickAtMs === null).toBe(screen.kind === 'idle');
          if (state.nextTickAtMs === null) return;
          expect(state.nextTickAtMs).toBeGreaterThan(nowMs);
          // 9 s of waiting and a second more, or resultSeconds after bad news.
          expect(state.nextTickAtMs - nowMs).toBeLessThanOrEqual(10_000);
          const after = step(state, { kind: 'tick' }, state.nextTickAtMs);
          expect(after.screen.kind).toBe('idle');
          expect(JSON.stringify(after.state)).not.toMatch(/Anna|Olena|Piotr|photo/);
        });
      }),
    );
  });

  it('only the newest answered person is on the screen', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 20 }), (events) => {
        let newest = '';
        run(events, (_, screen, __, event) => {
          if (event.kind === 'answered' && event.answer.code !== 'DUPLICATE_READ') newest = event.person?.name ?? '';
          if (screen.kind === 'result') expect(screen.name).toBe(newest);
        });
      }),
    );
  });
});

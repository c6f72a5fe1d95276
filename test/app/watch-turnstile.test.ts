import { describe, expect, it } from 'vitest';
import type { TurnstileSettings } from '../../src/app/watch-turnstile.ts';
import { type ContactName, stuckMs, togetherMs } from '../../src/domain/gate/contacts.ts';
import type { GateSettings } from '../../src/domain/gate/gate-settings.ts';
import { boxOnFakes, type FakesOfBox, fullDisk } from '../kit/box-on-fakes.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import { annasCard, piotrsCard } from '../kit/running-gateway.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;
const piotr = { kind: 'rfid', value: piotrsCard.id } as const;

const inputs: Record<ContactName, number> = { passIn: 1, passOut: 2, ready: 3, alarm: 4, fire: 5, pass: 6 };

/** As on a PERCo tripod: passages open a contact that is closed at rest, and so does a loss of power. */
function perco(...names: ContactName[]): TurnstileSettings {
  const contacts = names.map((name) => {
    const activeWhenClosed = name === 'ready' || name === 'alarm';
    return { name, input: inputs[name], activeWhenClosed, debounceMs: 30 };
  });
  return { product: 'PERCo', bothAtOnce: 'no power', contacts, togetherMs, stuckMs };
}

/** A club with one turnstile at rest, whose contacts the test moves. */
function club(...parts: Parameters<typeof starting>) {
  const started = starting(...parts);
  started.atRest();
  return started;
}

/** The same before any contact was told of. */
function starting(turnstile: TurnstileSettings, gate: Partial<GateSettings> = {}, fakes: FakesOfBox = {}) {
  const box = boxOnFakes([{ id: 'main-in', passage: 'reported', ...gate }, { id: 'side' }], {
    ...fakes,
    turnstiles: new Map([['main-in', turnstile]]),
  });
  const stand = (name: ContactName, active: boolean) => {
    const { activeWhenClosed } = turnstile.contacts.find((contact) => contact.name === name) ?? { activeWhenClosed: true };
    box.signals.get('main-in')?.input(inputs[name], active === activeWhenClosed);
  };
  const atRest = () => {
    for (const { name } of turnstile.contacts) stand(name, name === 'ready');
    box.clock.advance(100);
  };
  const walk = (name: ContactName) => {
    stand(name, true);
    box.clock.advance(400);
    stand(name, false);
    box.clock.advance(100);
  };
  const status = () => box.box.frontDesk.status().devices.find(({ id }) => id === 'turnstile main-in');
  const last = () => box.journal.newest()?.event;
  return { ...box, stand, atRest, walk, status, last };
}

describe('somebody walks through', () => {
  it('takes the visit, and is shown as welcome', () => {
    const { box, walk, journal, status } = club(perco('passIn', 'passOut'));
    box.tap('main-in', anna, null);
    walk('passIn');
    expect(journal.visit(1)?.state).toBe('committed');
    expect(status()).toMatchObject({ state: 'up', product: 'PERCo', where: 'passIn at input 1, passOut at input 2' });
  });

  it('the other way is nobody who was awaited', () => {
    const { box, walk, journal, last } = club(perco('passIn', 'passOut'));
    box.tap('main-in', anna, null);
    walk('passOut');
    expect(last()).toMatchObject({ code: 'UNEXPECTED_PASSAGE', direction: 'out' });
    expect(journal.visit(1)?.state).toBe('reserved');
    walk('passIn');
    expect(journal.visit(1)?.state).toBe('committed');
  });

  it('without having tapped is told as unexpected', () => {
    const { walk, last } = club(perco('passIn'));
    walk('passIn');
    expect(last()).toMatchObject({ kind: 'passage', code: 'UNEXPECTED_PASSAGE', visit: null });
  });

  it('through a contact that bounces is one person', () => {
    const { box, stand, clock, journal } = club(perco('passIn'));
    box.tap('main-in', anna, null);
    for (const active of [true, false, true, false, true]) {
      stand('passIn', active);
      clock.advance(5);
    }
    clock.advance(400);
    for (const active of [false, true, false, true, false]) {
      stand('passIn', active);
      clock.advance(5);
    }
    clock.advance(1_000);
    expect(journal.after(0, 10).map(({ event }) => event.kind)).toEqual(['decision', 'passage']);
  });
});

describe('a turnstile without power', () => {
  it('takes nobody’s visit: both passage contacts fall at once, and the desk is told', () => {
    const { box, stand, clock, journal, status, log } = club(perco('passIn', 'passOut'));
    box.tap('main-in', anna, null);
    stand('passOut', true);
    clock.advance(12);
    stand('passIn', true);
    clock.advance(1_000);
    expect(status()).toMatchObject({
      state: 'down',
      why: 'both passage contacts changed at once: power loss or emergency (no power)',
    });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('nobody is counted') }),
    );
    clock.advance(6_000);
    expect(journal.visit(1)?.state).toBe('released');
    stand('passIn', false);
    stand('passOut', false);
    clock.advance(1_000);
    expect(status()?.state).toBe('up');
    expect(journal.after(0, 10).map(({ event }) => event.kind)).toEqual(['decision', 'release']);
  });

  it('when the program starts is no passage, and the first person afterwards is one', () => {
    const { box, stand, clock, journal, status, walk } = starting(perco('passIn', 'passOut'));
    expect(status()).toMatchObject({ state: 'unknown', why: 'not told yet: input 1 (passIn), input 2 (passOut)' });
    stand('passIn', true);
    stand('passOut', true);
    clock.advance(60_000);
    expect(status()?.state).toBe('down');
    stand('passIn', false);
    stand('passOut', false);
    clock.advance(1_000);
    expect(journal.newest()).toBeNull();
    box.tap('main-in', anna, null);
    walk('passIn');
    expect(journal.visit(1)?.state).toBe('committed');
  });
});

describe('a passage contact that stays', () => {
  it('is told as stuck with what to do, and tells nobody until it lets go', () => {
    const { box, stand, clock, status, journal, walk } = club(perco('passIn', 'passOut'));
    stand('passIn', true);
    clock.advance(stuckMs);
    expect(status()).toMatchObject({
      state: 'down',
      why: expect.stringMatching(/^the passage contact at input 1 is stuck: open for 30 s; .*`contacts.passIn.closed`/),
    });
    box.tap('main-in', anna, null);
    clock.advance(6_000);
    expect(journal.visit(1)?.state).toBe('released');
    stand('passIn', false);
    clock.advance(100);
    expect(status()?.state).toBe('up');
    box.tap('main-in', anna, null);
    walk('passIn');
    expect(journal.visit(2)?.state).toBe('committed');
  });

  it('whose `closed` is the wrong way round is told so, and people are counted once all the same', () => {
    const { box, stand, clock, status, journal } = starting(perco('passIn'));
    stand('passIn', true);
    clock.advance(stuckMs);
    expect(status()?.why).toMatch(/turn `contacts.passIn.closed` round$/);
    box.tap('main-in', anna, null);
    stand('passIn', false);
    clock.advance(400);
    stand('passIn', true);
    clock.advance(1_000);
    expect(journal.after(0, 10).map(({ event }) => event.kind)).toEqual(['decision', 'passage']);
  });

  it('an unplugged and replugged board tells anew how its inputs stand, and nobody is made up', () => {
    const { box, stand, clock, status, journal, signals } = club(perco('passIn'));
    box.tap('main-in', anna, null);
    signals.get('main-in')?.inputsLost();
    expect(status()).toMatchObject({ state: 'unknown', why: 'not told yet: input 1 (passIn)' });
    stand('passIn', true);
    clock.advance(1_000);
    expect(journal.visit(1)?.state).toBe('reserved');
  });
});

describe('a turnstile that is not ready, or gives an alarm', () => {
  it.each(['ready', 'alarm'] as const)('%s: is not told to let anybody in, and the visit is given back', async (name) => {
    const { box, stand, clock, journal, opened, status } = club(perco('passIn', 'ready', 'alarm'));
    stand(name, name === 'alarm');
    clock.advance(100);
    expect(status()).toMatchObject({
      state: 'down',
      why: name === 'alarm' ? 'it gives an alarm' : 'it says that it is not ready',
    });
    box.tap('main-in', piotr, null);
    await clock.advanceSlowly(0);
    expect(opened).toEqual([]);
    expect(journal.visit(1)?.state).toBe('released');
    expect(box.kiosk.current('main-in')?.screen).toMatchObject({ tone: 'ask', passage: 'not_passed' });
    stand(name, name === 'ready');
    clock.advance(100);
    expect(box.tap('main-in', piotr, null)).toMatchObject({ outcome: 'granted', left: 0 });
    expect(opened).toEqual(['main-in']);
  });

  it('is told to let people out all the same', async () => {
    const { box, stand, clock, opened } = club(perco('passOut', 'alarm'), { direction: 'out' });
    stand('alarm', true);
    clock.advance(100);
    box.tap('main-in', anna, null);
    await clock.advanceSlowly(0);
    expect(opened).toEqual(['main-in']);
  });
});

describe('a fire', () => {
  it('frees the gate, is written down once, and ends by itself', () => {
    const { box, stand, clock, journal, walk, last, status } = club(perco('passIn', 'passOut', 'fire'));
    stand('fire', true);
    clock.advance(100);
    stand('fire', true);
    clock.advance(100);
    expect(last()).toEqual({ kind: 'mode', gate: 'main-in', mode: 'emergency', changes: [], staff: null });
    expect(journal.newest()?.number).toBe(1);
    expect(box.frontDesk.status().gates.map(({ mode }) => mode)).toEqual(['emergency', 'controlled']);
    const lines = (gate: string) => box.kiosk.current(gate)?.screen;
    expect(lines('main-in')).toMatchObject({
      lines: [{ language: 'en', text: 'The gate is open, walk through' }, { language: 'pl' }],
    });
    expect(lines('side')).not.toEqual(lines('main-in'));
    expect(box.frontDesk.recent(1, 'en')).toMatchObject([{ kind: 'mode', reason: 'Emergency: open', staff: '' }]);
    expect(status()?.why).toMatch(/^the fire contact says fire/);

    walk('passOut');
    expect(last()).toMatchObject({ kind: 'passage', code: 'PASSED', visit: null });
    expect(box.tap('main-in', anna, null)).toMatchObject({ code: 'FREE_PASSAGE', charge: 0 });

    stand('fire', false);
    clock.advance(100);
    expect(last()).toEqual({ kind: 'mode', gate: 'main-in', mode: 'controlled', changes: [], staff: null });
    expect(box.frontDesk.status().gates[0]?.mode).toBe('controlled');
  });

  it('keeps the mode that staff set before and during it', () => {
    const { box, stand, clock, journal } = club(perco('fire'));
    const set = (gate: string, mode: 'closed' | 'free' | 'controlled') => box.frontDesk.setMode({ gate, mode, staff: 'desk' });
    set('main-in', 'closed');
    stand('fire', true);
    clock.advance(100);
    expect(box.gates.get('main-in')?.mode()).toBe('emergency');
    // Setting another gate ends an emergency that staff began, but no fire.
    set('side', 'free');
    expect(journal.modes().get('main-in')).toMatchObject({ mode: 'closed' });
    set('main-in', 'free');
    expect(box.gates.get('main-in')?.mode()).toBe('emergency');
    stand('fire', false);
    clock.advance(100);
    expect(box.gates.get('main-in')?.mode()).toBe('free');
  });

  it('does not keep a gate out of an emergency that staff begin meanwhile', () => {
    const { box, stand, clock } = club(perco('fire'));
    stand('fire', true);
    clock.advance(100);
    box.frontDesk.setMode({ gate: 'side', mode: 'emergency', staff: 'desk' });
    stand('fire', false);
    clock.advance(100);
    expect(box.gates.get('main-in')?.mode()).toBe('emergency');
    box.frontDesk.setMode({ gate: 'side', mode: 'controlled', staff: 'desk' });
    expect(box.gates.get('main-in')?.mode()).toBe('controlled');
  });

  it('while somebody is awaited: their visit is theirs if they go in, and given back if they do not', () => {
    const { box, stand, clock, journal, walk } = club(perco('passIn', 'passOut', 'fire'));
    box.tap('main-in', anna, null);
    stand('fire', true);
    clock.advance(100);
    walk('passOut');
    expect(journal.visit(1)?.state).toBe('reserved');
    clock.advance(6_000);
    expect(journal.visit(1)?.state).toBe('released');
  });

  it('lasts although the board that told of it is gone', () => {
    const { box, stand, clock, signals } = club(perco('fire'));
    stand('fire', true);
    clock.advance(100);
    signals.get('main-in')?.inputsLost();
    clock.advance(60_000);
    expect(box.gates.get('main-in')?.mode()).toBe('emergency');
    stand('fire', false);
    clock.advance(100);
    expect(box.gates.get('main-in')?.mode()).toBe('controlled');
  });

  it('does not wait for a disk, nor for a turnstile that says it is not ready', async () => {
    const { box, stand, clock, opened } = club(
      perco('ready', 'fire'),
      {},
      { journal: { ...fakeJournal(), append: fullDisk().append } },
    );
    stand('ready', false);
    stand('fire', true);
    clock.advance(100);
    expect(box.gates.get('main-in')?.mode()).toBe('emergency');
    expect(box.tap('main-in', anna, null)).toMatchObject({ code: 'FREE_PASSAGE' });
    await clock.advanceSlowly(0);
    expect(opened).toEqual(['main-in']);
  });
});

import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/ports/failure.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { boxOnFakes as club, fullDisk } from '../kit/box-on-fakes.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import { annasCard, piotrsCard, smallClub } from '../kit/running-gateway.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;
const piotr = { kind: 'rfid', value: piotrsCard.id } as const;

describe('a box whose disk refuses', () => {
  it('lets nobody in, and sends them to the desk', () => {
    const { box, opened } = club([{ id: 'main-in' }], { journal: fullDisk() });
    expect(box.tap('main-in', anna, null)).toMatchObject({ outcome: 'ask_staff', code: 'RULE_FAILED' });
    expect(opened).toEqual([]);
    expect(box.kiosk.current('main-in')?.screen).toMatchObject({ kind: 'result', tone: 'ask' });
  });

  it('lets everybody out', () => {
    const { box, opened } = club([{ id: 'main-out', direction: 'out' }], { journal: fullDisk() });
    expect(box.tap('main-out', { kind: 'rfid', value: 'FF' }, null)).toMatchObject({ outcome: 'granted', code: 'OK' });
    expect(opened).toEqual(['main-out']);
  });

  it('still opens all gates in an emergency, and lets staff in nowhere without a record', () => {
    const { box, opened } = club([{ id: 'main-in' }, { id: 'pool' }], { journal: fullDisk() });
    const request = { gate: 'main-in', staff: 'desk', reason: 'forgot the card', memberId: null, answers: null, charge: false };
    expect(box.frontDesk.letIn(request)).toMatchObject({ done: false });
    expect(opened).toEqual([]);
    box.frontDesk.setMode({ gate: 'main-in', mode: 'emergency', staff: 'desk' });
    expect([...box.gates.values()].map((gate) => gate.mode())).toEqual(['emergency', 'emergency']);
  });
});

describe('a box whose data cannot be read', () => {
  const unreadable = (): Journal => ({
    ...fakeJournal(),
    charges: () => {
      throw new Failure('refused', 'the disk cannot be read', { retry: true });
    },
  });

  it('sends people to the desk, lets everybody out, and opens in an emergency', () => {
    const { box, opened } = club([{ id: 'main-in' }, { id: 'main-out', direction: 'out' }], { journal: unreadable() });
    expect(box.tap('main-in', anna, null)).toMatchObject({ outcome: 'ask_staff', code: 'RULE_FAILED' });
    expect(box.tap('main-out', anna, null)).toMatchObject({ outcome: 'granted', code: 'OK' });
    box.frontDesk.setMode({ gate: 'main-in', mode: 'emergency', staff: 'desk' });
    expect(box.tap('main-in', piotr, null)).toMatchObject({ outcome: 'granted', code: 'FREE_PASSAGE' });
    expect(opened).toEqual(['main-out', 'main-in']);
  });
});

describe('a visit is exact', () => {
  it('two gates at once: a reservation that never passes does not make the other entry free', () => {
    const { box, clock, journal } = club([
      { id: 'left', passage: 'reported' },
      { id: 'right', passage: 'reported' },
    ]);
    box.tap('left', anna, null);
    clock.advance(2_000);
    expect(box.tap('right', anna, null)).toMatchObject({ code: 'OK', charge: 1 });
    box.gates.get('right')?.passage(null);
    clock.advance(6_000);
    expect([journal.visit(1)?.state, journal.visit(2)?.state]).toEqual(['released', 'committed']);
    clock.advance(10_000);
    expect(box.tap('left', anna, null)).toMatchObject({ code: 'OK_REENTRY', left: 999 });
  });

  it('a mode that is set while the gate waits does not let the same card in again', () => {
    const { box, clock, journal } = club([{ id: 'main-in', passage: 'reported' }]);
    box.tap('main-in', anna, null);
    box.frontDesk.setMode({ gate: 'main-in', mode: 'controlled', staff: 'desk' });
    clock.advance(1_000);
    expect(box.tap('main-in', anna, null).code).toBe('DUPLICATE_READ');
    box.gates.get('main-in')?.passage(null);
    expect(journal.visit(1)?.state).toBe('committed');
  });

  it('a gate that is set free still takes the visit of whoever it waits for, and a turn after that is no alarm', () => {
    const { box, clock, journal } = club([{ id: 'main-in', passage: 'reported' }]);
    box.tap('main-in', anna, null);
    box.frontDesk.setMode({ gate: 'main-in', mode: 'free', staff: 'desk' });
    box.tap('main-in', piotr, null);
    box.gates.get('main-in')?.passage(null);
    expect([journal.visit(1)?.state, journal.visit(2)?.state]).toEqual(['committed', 'committed']);
    clock.advance(1_000);
    box.gates.get('main-in')?.passage(null);
    expect(journal.newest()).toMatchObject({ event: { kind: 'passage', code: 'PASSED', visit: null } });
  });

  it('a late arm that turns the other way, or after the person came in elsewhere, is nobody’s', () => {
    const both = club([{ id: 'gate', direction: 'both', passage: 'reported' }]);
    both.box.tap('gate', anna, 'in');
    both.clock.advance(7_000);
    both.box.gates.get('gate')?.passage('out');
    expect(both.journal.visit(1)?.state).toBe('released');

    const two = club([{ id: 'left', passage: 'reported' }, { id: 'right' }]);
    two.box.tap('left', anna, null);
    two.clock.advance(6_500);
    two.box.tap('right', anna, null);
    two.box.gates.get('left')?.passage(null);
    expect([two.journal.visit(1)?.state, two.journal.visit(2)?.state]).toEqual(['released', 'committed']);
  });

  it('the late arm of a bearer code is charged', () => {
    const snapshot = smallClub();
    const gift = { id: 'gift', kind: 'barcode', value: 'GIFT', membershipId: 'piotrs-pass', status: 'active' };
    const { box, clock, journal } = club([{ id: 'main-in', passage: 'reported' }], {
      snapshot: { ...snapshot, credentials: [...snapshot.credentials, gift] },
    });
    box.tap('main-in', { kind: 'barcode', value: 'GIFT' }, null);
    clock.advance(7_000);
    box.gates.get('main-in')?.passage(null);
    expect(journal.visit(1)?.state).toBe('committed');
  });

  it('a long time for double reads is kept to, whoever taps meanwhile', () => {
    const { box, clock } = club([{ id: 'main-in', charge: 'per_entry', doubleReadSeconds: 300 }]);
    box.tap('main-in', anna, null);
    clock.advance(70_000);
    box.tap('main-in', piotr, null);
    clock.advance(10_000);
    expect(box.tap('main-in', anna, null).code).toBe('DUPLICATE_READ');
  });
});

describe('the last visit', () => {
  it('is taken once when two people of a shared pass tap at two gates in the same moment', () => {
    const snapshot = smallClub();
    snapshot.memberships = [{ ...snapshot.memberships[1]!, memberIds: ['anna', 'piotr'] }];
    const { box, opened } = club([{ id: 'left' }, { id: 'right' }], { snapshot });
    expect(box.tap('left', anna, null)).toMatchObject({ outcome: 'granted', left: 0 });
    expect(box.tap('right', piotr, null)).toMatchObject({ outcome: 'denied', code: 'NO_VISITS_LEFT' });
    expect(opened).toEqual(['left']);
  });

  it('is not taken back by a late arm when somebody else has taken it meanwhile', () => {
    const snapshot = smallClub();
    snapshot.memberships = [{ ...snapshot.memberships[1]!, memberIds: ['anna', 'piotr'] }];
    const { box, clock, journal } = club([{ id: 'main-in', passage: 'reported' }, { id: 'side' }], { snapshot });
    box.tap('main-in', anna, null);
    clock.advance(6_000);
    expect(journal.visit(1)?.state).toBe('released');
    expect(box.tap('side', piotr, null)).toMatchObject({ outcome: 'granted' });
    box.gates.get('main-in')?.passage(null);
    expect(journal.visit(1)?.state).toBe('released');
    expect(journal.newest()).toMatchObject({ event: { kind: 'passage', code: 'UNEXPECTED_PASSAGE' } });
  });
});

describe('a relay that does not open', () => {
  it.each(['reported', 'assumed'] as const)(
    'gives the visit back where passages are %s, and tells the member',
    async (passage) => {
      const { box, clock, journal, relays } = club([{ id: 'main-in', passage }]);
      relays.set('main-in', 'fails');
      box.tap('main-in', piotr, null);
      await clock.advanceSlowly(0);
      expect(journal.visit(1)?.state).toBe('released');
      expect(box.kiosk.current('main-in')?.screen).toMatchObject({ tone: 'ask', passage: 'not_passed' });
      relays.set('main-in', 'opens');
      clock.advance(1_000);
      expect(box.tap('main-in', piotr, null)).toMatchObject({ outcome: 'granted', left: 0 });
    },
  );
});

describe('a rehearsal', () => {
  it('opens nothing, writes nothing and remembers nothing', () => {
    const { box, clock, journal, opened } = club([{ id: 'main-in' }]);
    box.rehearse('main-in');
    box.tap('main-in', anna, null);
    clock.advance(10_000);
    box.rehearse('main-in');
    expect(opened).toEqual(['main-in']);
    expect(journal.newest()?.number).toBe(1);
    expect(box.tap('main-in', anna, null).code).toBe('OK_REENTRY');
  });
});

describe('the desk', () => {
  it('is told when the branch of the box is not in the data, and so nobody can be let in', () => {
    const { box } = club([{ id: 'main-in' }], { snapshot: { ...smallClub(), branches: [] } });
    expect(box.frontDesk.status().devices).toMatchObject([
      { id: 'club data', state: 'down', why: expect.stringContaining('`center`') },
    ]);
    expect(club([{ id: 'main-in' }]).box.frontDesk.status().devices).toEqual([]);
  });

  it('refuses to let somebody in while the gate is open for another, without a reason, or unknown', () => {
    const { box, clock } = club([{ id: 'main-in', passage: 'reported' }]);
    const request = { gate: 'main-in', staff: 'desk', reason: 'forgot the card', memberId: null, answers: null, charge: false };
    expect(box.frontDesk.letIn({ ...request, reason: '  ' })).toMatchObject({ done: false });
    expect(box.frontDesk.letIn({ ...request, memberId: 'nobody' })).toMatchObject({ done: false });
    box.tap('main-in', anna, null);
    expect(box.frontDesk.letIn(request)).toMatchObject({ done: false });
    clock.advance(10_000);
    expect(box.frontDesk.letIn(request)).toMatchObject({ done: true });
  });

  it('shows what became of each visit, newest first, in its language', () => {
    const { box, clock } = club([{ id: 'main-in', passage: 'reported' }]);
    box.tap('main-in', anna, null);
    box.gates.get('main-in')?.passage('in');
    clock.advance(1_000);
    box.tap('main-in', { kind: 'rfid', value: 'FF' }, null);
    expect(box.frontDesk.recent(10, 'pl')).toMatchObject([
      { code: 'UNKNOWN_CREDENTIAL', who: 'rfid:FF', visit: 'none' },
      { code: 'OK', who: 'Anna Kowalska', visit: 'committed', left: 999 },
    ]);
  });
});

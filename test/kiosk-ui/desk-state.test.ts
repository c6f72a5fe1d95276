import { describe, expect, it } from 'vitest';
import {
  type DeskEvent,
  isMarkedOutside,
  mostItems,
  movableVisit,
  saysInside,
  startDesk,
  stepDesk,
} from '../../kiosk-ui/src/staff/desk-state.ts';
import type { FeedItem } from '../../src/ports/front-desk.ts';

const item = (entry: number, changed: Partial<FeedItem> = {}): FeedItem => ({
  entry,
  at: entry * 1_000,
  gate: 'entrance',
  zone: 'club',
  kind: 'decision',
  outcome: 'granted',
  code: 'OK',
  who: 'Anna K.',
  memberId: 'm1',
  reason: '',
  warnings: [],
  membership: 'Morning 8',
  left: 4,
  visit: 'reserved',
  visitNumber: entry,
  movableUntil: null,
  movedTo: '',
  nextAllowedAt: null,
  staff: '',
  answers: null,
  ...changed,
});

const after = (...events: DeskEvent[]) => events.reduce(stepDesk, startDesk);

describe("the desk's live list", () => {
  it('puts the newest tap on top, in whatever order they arrive', () => {
    const { items } = after(
      { kind: 'items', items: [item(5), item(3)] },
      { kind: 'item', item: item(7) },
      { kind: 'item', item: item(6) },
    );
    expect(items.map(({ entry }) => entry)).toEqual([7, 6, 5, 3]);
  });

  it('replaces a tap in its place when the person has gone through', () => {
    const { items } = after(
      { kind: 'items', items: [item(6), item(5)] },
      { kind: 'item', item: item(5, { visit: 'committed' }) },
    );
    expect(items.map(({ entry, visit }) => `${entry} ${visit}`)).toEqual(['6 reserved', '5 committed']);
  });

  it('tells a new tap aloud, but not a change to an old one', () => {
    const arrived = after({ kind: 'items', items: [item(5)] }, { kind: 'item', item: item(6) });
    expect(arrived.arrived?.entry).toBe(6);
    expect(stepDesk(arrived, { kind: 'item', item: item(5, { visit: 'released' }) }).arrived?.entry).toBe(6);
  });

  it('tells nothing aloud when the list is read anew', () => {
    expect(after({ kind: 'item', item: item(6) }, { kind: 'items', items: [item(6)] }).arrived).toBeNull();
  });

  it('does not grow without bound', () => {
    const taps = Array.from({ length: mostItems + 20 }, (_, n): DeskEvent => ({ kind: 'item', item: item(n + 1) }));
    const { items } = after(...taps);
    expect(items).toHaveLength(mostItems);
    expect(items[0]?.entry).toBe(mostItems + 20);
  });

  it('knows from when its picture is after the connection was lost', () => {
    const lost = after(
      { kind: 'connection', live: true },
      { kind: 'beat', at: 1_000 },
      { kind: 'beat', at: 3_000 },
      { kind: 'connection', live: false },
    );
    expect(lost.live).toBe(false);
    expect(lost.heardAt).toBe(3_000);
  });

  it('marks a refused tap as answered, whoever of the staff let the person in', () => {
    const override = item(8, { kind: 'override', code: 'STAFF_OVERRIDE', answers: 5 });
    expect([...after({ kind: 'items', items: [override] }).answered]).toEqual([5]);
    expect([...after({ kind: 'item', item: override }, { kind: 'answered', entry: 6 }).answered]).toEqual([5, 6]);
  });
});

describe('somebody who is said to be inside already', () => {
  const tap = item(5, { outcome: 'denied', code: 'ALREADY_INSIDE' });
  const takenOut = (entry: number, changed: Partial<FeedItem> = {}) => item(entry, { kind: 'presence', code: null, ...changed });

  it('may be outside, whether the gate refused them or only warned', () => {
    expect(saysInside(tap)).toBe(true);
    expect(saysInside(item(6, { warnings: [{ code: 'WARN_ALREADY_INSIDE', text: 'Already inside' }] }))).toBe(true);
    expect(saysInside(item(6, { warnings: [{ code: 'WARN_STALE', text: 'Old data' }] }))).toBe(false);
  });

  it('is not somebody of whom nobody knows who it is', () => {
    expect(saysInside({ ...tap, memberId: null })).toBe(false);
  });

  it('is marked as outside by staff who say so of them, or of everybody in the zone', () => {
    expect(isMarkedOutside([takenOut(6), tap], tap)).toBe(true);
    expect(isMarkedOutside([takenOut(6, { memberId: null }), tap], tap)).toBe(true);
  });

  it('is not marked by what was said of another person, of another zone, or before the tap', () => {
    for (const other of [takenOut(6, { memberId: 'm2' }), takenOut(6, { zone: 'pool' }), takenOut(4)])
      expect(isMarkedOutside([other, tap], tap)).toBe(false);
  });
});

describe('a charge that may be moved', () => {
  it('may be moved until its time is over', () => {
    const charged = item(5, { visitNumber: 3, movableUntil: 10_000 });
    expect(movableVisit(charged, 9_999)).toBe(3);
    expect(movableVisit(charged, 10_000)).toBeNull();
    expect(movableVisit(item(5, { visitNumber: 3 }), 0)).toBeNull();
  });
});

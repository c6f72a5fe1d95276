import { describe, expect, it } from 'vitest';
import { type DeskEvent, mostItems, startDesk, stepDesk } from '../../kiosk-ui/src/staff/desk-state.ts';
import type { FeedItem } from '../../src/ports/front-desk.ts';

const item = (entry: number, changed: Partial<FeedItem> = {}): FeedItem => ({
  entry,
  at: entry * 1_000,
  gate: 'entrance',
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

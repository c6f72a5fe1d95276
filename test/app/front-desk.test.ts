import { describe, expect, it } from 'vitest';
import type { DeskStatus, FeedItem } from '../../src/ports/front-desk.ts';
import { boxOnFakes } from '../kit/box-on-fakes.ts';
import { annasCard, piotrsCard, smallClub } from '../kit/running-gateway.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;
const piotr = { kind: 'rfid', value: piotrsCard.id } as const;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Anna owes money and has two passes; the one that ends first pays. Piotr's is frozen. */
function indebtedClub() {
  const { members, memberships, ...club } = smallClub();
  const [annas, piotrs] = memberships;
  return {
    ...club,
    members: members.map((member) => ({ ...member, debt: { amount: '120.00', currency: 'PLN', since: '2026-06-01' } })),
    membershipTypes: [
      ...club.membershipTypes,
      { id: 'june', title: 'June', terms: { entitlements: [{ scope: { any: true } }] } },
    ],
    memberships: [
      annas,
      { ...annas, id: 'june', typeId: 'june', endsOn: '2026-06-30', visits: { left: 8 } },
      { ...piotrs, freezes: [{ id: 'f1', from: '2026-06-10', until: '2026-06-17' }] },
    ],
  };
}

const gates = [{ id: 'main-in' }];
const move = { visit: 1, to: 'annas-pass', staff: 'Ewa', reason: 'Anna asked for it' };

describe('the explanation of an answer', () => {
  it('says of each membership what every rule said, and which one was chosen and why', () => {
    const { box } = boxOnFakes(gates, { snapshot: indebtedClub() });
    box.tap('main-in', anna, null);
    const explanation = box.frontDesk.explain(1, 'en');
    expect(explanation).toMatchObject({
      entry: 1,
      gate: 'main-in',
      outcome: 'granted',
      who: 'Anna Kowalska',
      nextAllowedAt: null,
    });
    expect(explanation?.memberships.map(({ title, chosen }) => [title, chosen !== null])).toEqual([
      ['June', true],
      ['Any time', false],
    ]);
    const [june] = explanation?.memberships ?? [];
    expect(june?.chosen).toMatch(/ends/);
    const payment = june?.rules.find(({ rule }) => rule === 'payment');
    expect(payment).toMatchObject({ result: 'passed', warned: true, text: expect.stringContaining('120') });
    expect(explanation?.tap.map(({ rule }) => rule)).toContain('opening-hours');
    expect(explanation?.choice.map(({ rule }) => rule)).toContain('clock');
  });

  it('says why somebody was refused and from when they may come, in the language of the desk', () => {
    const { box } = boxOnFakes(gates, { snapshot: indebtedClub() });
    box.tap('main-in', piotr, null);
    const explanation = box.frontDesk.explain(1, 'pl');
    expect(explanation).toMatchObject({ outcome: 'denied', nextAllowedAt: Date.parse('2026-06-17T00:00:00+02:00') });
    expect(explanation?.reason).toMatch(/17 czerwca/);
    const freeze = explanation?.memberships[0]?.rules.find(({ rule }) => rule === 'freeze');
    expect(freeze).toMatchObject({ result: 'refused', text: explanation?.reason });
  });

  it('keeps the title that the membership had, also when the data has changed since', () => {
    const snapshot = indebtedClub();
    const { box, clubData } = boxOnFakes(gates, { snapshot });
    box.tap('main-in', anna, null);
    clubData.replace({ ...snapshot, memberships: [], credentials: [], members: [] });
    expect(box.frontDesk.explain(1, 'en')?.memberships.map(({ title }) => title)).toEqual(['June', 'Any time']);
  });

  it('is there of an unknown card', () => {
    const { box } = boxOnFakes(gates);
    box.tap('main-in', { kind: 'rfid', value: 'FF' }, null);
    expect(box.frontDesk.explain(1, 'en')).toMatchObject({ who: 'rfid:FF', outcome: 'denied', memberships: [], choice: [] });
  });

  it('is none of what nobody tapped, of what does not exist, and of what nothing was kept of', () => {
    const { box, journal } = boxOnFakes(gates);
    box.frontDesk.setMode({ gate: 'main-in', mode: 'free', staff: 'Ewa' });
    box.tap('main-in', anna, null);
    expect(box.frontDesk.explain(2, 'en')).not.toBeNull();
    journal.recordOf = () => null;
    expect([1, 2, 3].map((entry) => box.frontDesk.explain(entry, 'en'))).toEqual([null, null, null]);
  });
});

describe('the live list', () => {
  function watched(snapshot: unknown = indebtedClub()) {
    const opened = boxOnFakes([{ id: 'main-in' }, { id: 'main-out', direction: 'out' }], { snapshot });
    const told: FeedItem[] = [];
    opened.box.frontDesk.watch('en', (item) => told.push(item));
    return { ...opened, told };
  }

  it('says each warning in words', () => {
    const { told, box } = watched();
    box.tap('main-in', anna, null);
    expect(told[0]?.warnings).toEqual([{ code: 'WARN_DEBT', text: expect.stringMatching(/Debt.*120.*1 June/) }]);
  });

  it('says until when another membership may be charged, where the member has another', () => {
    const { told, box, clock } = watched();
    box.tap('main-in', anna, null);
    expect(told[0]).toMatchObject({ visitNumber: 1, movableUntil: clock.now() + 48 * hourMs, movedTo: '' });
    const alone = watched(smallClub());
    alone.box.tap('main-in', anna, null);
    expect(alone.told[0]).toMatchObject({ visitNumber: 1, movableUntil: null });
  });

  it('shows a moved charge as an item of its own, and on the visit that it replaces', () => {
    const { told, box } = watched();
    box.tap('main-in', anna, null);
    box.frontDesk.moveCharge(move);
    expect(told.slice(1)).toMatchObject([
      {
        entry: 2,
        kind: 'move',
        who: 'Anna Kowalska',
        membership: 'Any time',
        reason: 'Anna asked for it',
        staff: 'Ewa',
        visit: 'committed',
        visitNumber: 2,
      },
      { entry: 1, kind: 'decision', membership: 'June', movedTo: 'Any time', visit: 'released', movableUntil: null },
    ]);
    expect(box.frontDesk.recent(10, 'en')).toEqual(told.slice(1));
  });

  it('shows on a visit whose charge was moved twice the membership that pays at last', () => {
    const { told, box } = watched();
    box.tap('main-in', anna, null);
    box.frontDesk.moveCharge(move);
    told.length = 0;
    box.frontDesk.moveCharge({ ...move, visit: 2, to: 'june' });
    expect(told.map(({ entry, movedTo }) => [entry, movedTo])).toEqual([
      [3, ''],
      [2, 'June'],
      [1, 'June'],
    ]);
    expect(box.frontDesk.recent(10, 'en')).toEqual(told);
  });

  it('finds what became of a visit also where the list is read in pieces', () => {
    const { box } = watched();
    box.tap('main-in', anna, null);
    box.frontDesk.moveCharge(move);
    for (let tap = 0; tap < 3; tap++) box.tap('main-in', { kind: 'rfid', value: `F${tap}` }, null);
    expect(box.frontDesk.recent(1, 'en').map(({ entry }) => entry)).toEqual([5]);
    expect(box.frontDesk.recent(4, 'en').map(({ entry }) => entry)).toEqual([5, 4, 3, 2]);
    expect(box.frontDesk.recent(5, 'en').at(-1)).toMatchObject({ entry: 1, movedTo: 'Any time' });
  });

  it('shows that somebody, or everybody, was taken out of a zone', () => {
    const { told, box } = watched();
    box.frontDesk.takeOut({ zone: 'club', memberId: 'anna', staff: 'Ewa' });
    box.frontDesk.takeOut({ zone: 'club', memberId: null, staff: 'Ewa' });
    expect(told).toMatchObject([
      { kind: 'presence', zone: 'club', who: 'Anna Kowalska', memberId: 'anna', staff: 'Ewa' },
      { kind: 'presence', zone: 'club', who: '', memberId: null, staff: 'Ewa' },
    ]);
    expect(box.frontDesk.recent(10, 'en')).toEqual([...told].reverse());
  });
});

describe('the status', () => {
  it('counts who is inside each zone that a gate leads into, until the zone is reset', () => {
    const { box, clock } = boxOnFakes([{ id: 'main-in' }, { id: 'pool', zone: 'pool' }], { limit: 20 });
    box.tap('main-in', anna, null);
    box.tap('pool', anna, null);
    box.tap('main-in', piotr, null);
    const inside = () => box.frontDesk.status().zones.map(({ id, inside, limit }) => `${id} ${inside} of ${limit}`);
    expect(inside()).toEqual(['club 2 of 20', 'pool 1 of 20']);
    clock.advance(20 * hourMs + 29 * minuteMs);
    expect(inside()).toEqual(['club 2 of 20', 'pool 1 of 20']);
    clock.advance(minuteMs);
    expect(inside()).toEqual(['club 0 of 20', 'pool 0 of 20']);
  });

  it('counts nobody before the data holds the branch', () => {
    const { box } = boxOnFakes(gates, { snapshot: { ...smallClub(), branches: [] } });
    expect(box.frontDesk.status().zones).toEqual([]);
  });

  it('says when the central system was last in touch, from when on that is old, and tells it anew after each exchange', () => {
    let contactAt: number | null = null;
    const contact = { contactAt: () => contactAt, alone: () => false, inTouch: () => (contactAt = 7_000), heardPeer() {} };
    const { box } = boxOnFakes(gates, { contact: { ...contact, inTouch: () => void contact.inTouch() } });
    const told: DeskStatus[] = [];
    box.frontDesk.watchStatus((status) => told.push(status));
    expect(box.frontDesk.status().data).toMatchObject({ contactAt: null, warnAfterMs: 24 * hourMs });
    box.central.journalAfter(0, 10);
    expect(told.map(({ data }) => data.contactAt)).toEqual([7_000]);
  });

  it('says whether the clock is trusted and why, and takes the word of somebody who looked', () => {
    let confirmed = false;
    const { box } = boxOnFakes(gates, {
      clockWatch: {
        trusted: () => confirmed,
        verdict: () => (confirmed ? { trusted: true, why: 'not_told' } : { trusted: false, why: 'gone_back' }),
        confirm: () => {
          confirmed = true;
        },
      },
    });
    const told: DeskStatus[] = [];
    box.frontDesk.watchStatus((status) => told.push(status));
    expect(box.frontDesk.status().clock).toEqual({ trusted: false, why: 'gone_back' });
    box.frontDesk.confirmClock();
    expect(told.map(({ clock }) => clock)).toEqual([{ trusted: true, why: 'not_told' }]);
  });
});

import { expect, it } from 'vitest';
import { watchContact } from '../../src/app/watch-contact.ts';
import { minuteMs, secondMs } from '../../src/domain/schedule/instant.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { fakeClubData } from '../kit/fake-club-data.ts';
import { fakeLog } from '../kit/fake-log.ts';

function contactFrom(kept: number | null) {
  const clock = fakeClock();
  const written: number[] = [];
  const state = { ...fakeClubData({ format: 'gatehouse-snapshot/1' }).state(), contactAt: kept };
  const contact = watchContact({
    clock,
    clubData: { state: () => state },
    writer: { contacted: async (at) => void written.push(at) },
    log: fakeLog(),
  });
  return { clock, contact, written, state };
}

it('a box that was never in touch knows of no contact, and is alone', () => {
  const { contact } = contactFrom(null);
  expect({ at: contact.contactAt(), alone: contact.alone() }).toEqual({ at: null, alone: true });
});

it('the last contact survives a restart', () => {
  const { contact } = contactFrom(1_000);
  expect(contact.contactAt()).toBe(1_000);
});

it('data that was taken in since counts as contact too', () => {
  const { clock, contact, state } = contactFrom(null);
  contact.inTouch();
  const heardAt = clock.now();
  expect(contact.contactAt()).toBe(heardAt);
  state.contactAt = heardAt + 5;
  expect(contact.contactAt()).toBe(heardAt + 5);
});

it('contact is written down once a minute, and known at once', () => {
  const { clock, contact, written } = contactFrom(null);
  const startedAt = clock.now();
  contact.inTouch();
  clock.advance(minuteMs - 1);
  contact.inTouch();
  expect(contact.contactAt()).toBe(startedAt + minuteMs - 1);
  expect(written).toEqual([startedAt]);
  clock.advance(1);
  contact.inTouch();
  expect(written).toEqual([startedAt, startedAt + minuteMs]);
});

it('the hub is in sight for ten minutes after the last exchange', () => {
  const { clock, contact } = contactFrom(null);
  contact.inTouch();
  clock.advance(10 * minuteMs - 1);
  expect(contact.alone()).toBe(false);
  clock.advance(1);
  expect(contact.alone()).toBe(true);
});

it('so is another box of the branch, whatever the wall clock does', () => {
  const { clock, contact } = contactFrom(null);
  contact.heardPeer();
  clock.advance(10 * minuteMs - 1);
  clock.jumpTo(clock.now() + 60 * minuteMs);
  expect(contact.alone()).toBe(false);
  clock.advance(secondMs);
  expect(contact.alone()).toBe(true);
});

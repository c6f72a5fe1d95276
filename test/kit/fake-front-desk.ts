import type { DeskAnswer, DeskStatus, FeedItem, FrontDesk, LetIn } from '../../src/ports/front-desk.ts';
import { createWatchers, type Watchers } from './watchers.ts';

export interface FakeFrontDesk extends FrontDesk {
  items: FeedItem[];
  watchers: Watchers<FeedItem>;
  statusWatchers: Watchers<DeskStatus>;
  /** Every `letIn` and `setMode` in order. */
  asked: ({ letIn: LetIn } | { setMode: Parameters<FrontDesk['setMode']>[0] })[];
  /** What the next request is answered. */
  answer: DeskAnswer;
}

export function feedItem(entry: number): FeedItem {
  return {
    entry,
    at: 0,
    gate: 'main-in',
    kind: 'decision',
    outcome: 'granted',
    code: 'OK',
    who: 'Anna K.',
    memberId: 'm1',
    reason: 'Welcome',
    warnings: [],
    membership: 'Morning 8',
    left: 4,
    visit: 'reserved',
    nextAllowedAt: null,
    staff: '',
    answers: null,
  };
}

export function fakeFrontDesk(): FakeFrontDesk {
  const watchers = createWatchers<FeedItem>();
  const statusWatchers = createWatchers<DeskStatus>();
  const desk: FakeFrontDesk = {
    items: [feedItem(2), feedItem(1)],
    watchers,
    statusWatchers,
    asked: [],
    answer: { done: true, entry: 3 },
    recent: (limit) => desk.items.slice(0, limit),
    watch: (_language, changed) => watchers.add(changed),
    status: () => deskStatus,
    watchStatus: (changed) => statusWatchers.add(changed),
    search: (text) => [{ id: 'm1', name: `Anna who is "${text}"`, memberships: ['Morning 8, 5 left'] }],
    letIn(letIn) {
      desk.asked.push({ letIn });
      return desk.answer;
    },
    setMode(setMode) {
      desk.asked.push({ setMode });
      return desk.answer;
    },
  };
  return desk;
}

const device = { product: 'rdm6300', where: '/dev/ttyUSB0', why: '', since: 0, lastHeardAt: null };

export const deskStatus: DeskStatus = {
  gateway: 'box-1',
  timeZone: 'Europe/Warsaw',
  startedAt: 1_000,
  gates: [{ id: 'main-in', mode: 'controlled', direction: 'in', waiting: false, relay: null }],
  devices: [
    { ...device, id: 'reader main-in', state: 'up' },
    { ...device, id: 'relay main-in', state: 'down', why: 'unplugged' },
    { ...device, id: 'relay main-out', state: 'down', why: 'unplugged' },
  ],
  data: { takenAt: null, receivedAt: null, members: 300, unusable: 0 },
  journal: { newest: 2 },
};

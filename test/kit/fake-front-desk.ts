import type {
  DeskAnswer,
  DeskExplanation,
  DeskStatus,
  FeedItem,
  FrontDesk,
  LetIn,
  MoveCharge,
  Payer,
  TakeOut,
} from '../../src/ports/front-desk.ts';
import { createWatchers, type Watchers } from './watchers.ts';

export interface FakeFrontDesk extends FrontDesk {
  items: FeedItem[];
  watchers: Watchers<FeedItem>;
  statusWatchers: Watchers<DeskStatus>;
  /** Everything that staff did, in order. */
  asked: (
    | { letIn: LetIn }
    | { setMode: Parameters<FrontDesk['setMode']>[0] }
    | { moveCharge: MoveCharge }
    | { takeOut: TakeOut }
    | 'confirmClock'
  )[];
  /** By journal number. */
  explanations: Map<number, DeskExplanation>;
  /** By visit number. */
  payers: Map<number, Payer[]>;
  /** What the next request is answered. */
  answer: DeskAnswer;
}

export function feedItem(entry: number): FeedItem {
  return {
    entry,
    at: 0,
    gate: 'main-in',
    zone: 'club',
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
    visitNumber: entry,
    movableUntil: null,
    movedTo: '',
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
    explanations: new Map(),
    payers: new Map(),
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
    moveCharge(moveCharge) {
      desk.asked.push({ moveCharge });
      return desk.answer;
    },
    takeOut(takeOut) {
      desk.asked.push({ takeOut });
      return desk.answer;
    },
    confirmClock: () => desk.asked.push('confirmClock'),
    explain: (entry, language) => {
      const explanation = desk.explanations.get(entry);
      return explanation === undefined ? null : { ...explanation, reason: `${explanation.reason} (${language})` };
    },
    payersFor: (visit, language) =>
      (desk.payers.get(visit) ?? []).map((payer) => ({ ...payer, text: `${payer.text} (${language})` })),
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
  zones: [{ id: 'club', inside: 3, limit: null }],
  data: { takenAt: null, receivedAt: null, contactAt: null, warnAfterMs: 86_400_000, members: 300, unusable: 0 },
  clock: { trusted: true, why: 'synchronised' },
  journal: { newest: 2 },
};

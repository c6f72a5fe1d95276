import type { DeskStatus, FeedItem } from '../../../src/adapters/web/http-api.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';

/** What the desk page knows. */
export interface DeskState {
  /** Newest first. */
  items: FeedItem[];
  status: DeskStatus | null;
  live: boolean;
  /** The gateway's clock at the last beat; null before the first. */
  heardAt: Instant | null;
  /** The item that came last while the page was watched: to be told aloud. */
  arrived: FeedItem | null;
  /** Journal numbers of the refused taps that staff let in. */
  answered: ReadonlySet<number>;
}

export type DeskEvent =
  | { kind: 'items'; items: FeedItem[] }
  | { kind: 'item'; item: FeedItem }
  | { kind: 'status'; status: DeskStatus }
  | { kind: 'beat'; at: Instant }
  | { kind: 'connection'; live: boolean }
  /** This page let somebody in for that tap. */
  | { kind: 'answered'; entry: number };

export const startDesk: DeskState = { items: [], status: null, live: false, heardAt: null, arrived: null, answered: new Set() };

/** Older ones are read from the journal, not from this page. */
export const mostItems = 200;

export function stepDesk(state: DeskState, event: DeskEvent): DeskState {
  switch (event.kind) {
    case 'items':
      return { ...state, items: event.items, arrived: null, answered: withAnswers(state.answered, event.items) };
    case 'item':
      return {
        ...state,
        items: withItem(state.items, event.item),
        answered: withAnswers(state.answered, [event.item]),
        arrived: state.items.some(({ entry }) => entry === event.item.entry) ? state.arrived : event.item,
      };
    case 'status':
      return { ...state, status: event.status };
    case 'beat':
      return { ...state, heardAt: event.at };
    case 'connection':
      return { ...state, live: event.live };
    case 'answered':
      return { ...state, answered: new Set([...state.answered, event.entry]) };
  }
}

/** The list with the item in the place of its journal number; one of the same number is replaced. */
function withItem(items: FeedItem[], item: FeedItem): FeedItem[] {
  const others = items.filter(({ entry }) => entry !== item.entry);
  return [...others, item].sort((a, b) => b.entry - a.entry).slice(0, mostItems);
}

/** With every tap that one of these overrides answered. */
function withAnswers(answered: ReadonlySet<number>, items: FeedItem[]): ReadonlySet<number> {
  const more = items.flatMap(({ answers }) => answers ?? []);
  return more.length === 0 ? answered : new Set([...answered, ...more]);
}

/** Whether staff have taken the person of a tap, or everybody, out of its zone since. */
export function isMarkedOutside(items: readonly FeedItem[], tap: FeedItem): boolean {
  return items.some(
    ({ kind, entry, zone, memberId }) =>
      kind === 'presence' && entry > tap.entry && zone === tap.zone && (memberId === null || memberId === tap.memberId),
  );
}

/** Whether a tap was answered in the belief that its person is inside already. */
export function saysInside({ code, warnings, memberId }: FeedItem): boolean {
  return memberId !== null && (code === 'ALREADY_INSIDE' || warnings.some((warning) => warning.code === 'WARN_ALREADY_INSIDE'));
}

/** The visit whose charge may be moved to another membership now; null: there is none, or it is too late. */
export function movableVisit({ visitNumber, movableUntil }: FeedItem, now: Instant): number | null {
  return movableUntil !== null && now < movableUntil ? visitNumber : null;
}

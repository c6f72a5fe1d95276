import { leftOf } from '../domain/access/balance.ts';
import { lastReset } from '../domain/access/zone-reset.ts';
import type { JournalEntry } from '../domain/journal/entry.ts';
import { membershipLine } from '../domain/kiosk/texts/say.ts';
import type { Language } from '../domain/member/member.ts';
import type { Membership } from '../domain/member/membership.ts';
import { hourMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClubData } from '../ports/club-data.ts';
import type { DeskAnswer, DeskMember, DeskStatus, DeviceStatus, FeedItem, FrontDesk, LetIn } from '../ports/front-desk.ts';
import type { Journal } from '../ports/journal.ts';
import type { BoxSettings } from './box-settings.ts';
import { explainTap } from './explain-tap.ts';
import { feedItem, timeZoneOf } from './feed-item.ts';
import { holdMemberships } from './gather-facts.ts';
import type { payersFor } from './move-charge.ts';
import type { News, NewsItem } from './news.ts';
import type { Gate } from './run-gate.ts';
import type { ClockWatch } from './watch-clock.ts';
import type { Contact } from './watch-contact.ts';
import type { Health } from './watch-health.ts';

export interface FrontDeskParts {
  settings: Pick<BoxSettings, 'gateway' | 'branch' | 'gates' | 'zones' | 'desk' | 'freshness'>;
  clock: Clock;
  clubData: ClubData;
  journal: Journal;
  news: News;
  health: Health;
  contact: Pick<Contact, 'contactAt'>;
  clockWatch: Pick<ClockWatch, 'trusted' | 'verdict' | 'confirm'>;
  gates: ReadonlyMap<string, Gate>;
  letIn(request: LetIn): DeskAnswer;
  setMode: FrontDesk['setMode'];
  moveCharge: FrontDesk['moveCharge'];
  payersFor(visit: number): ReturnType<typeof payersFor>;
  takeOut: FrontDesk['takeOut'];
}

const mostFound = 20;

/** The desk: what happened and why, told in its language, and what staff may do. */
export function runFrontDesk(parts: FrontDeskParts): FrontDesk & { statusChanged(): void } {
  const { settings, clock, clubData, journal, news, health, contact, clockWatch, gates } = parts;
  const startedAt = clock.now();
  const statusListeners = new Set<() => void>();
  const changed = () => {
    for (const tell of statusListeners) tell();
  };
  health.listen(changed);
  news.listen(changed);

  function status(): DeskStatus {
    const data = clubData.state();
    return {
      gateway: settings.gateway,
      timeZone: timeZoneOf(parts),
      startedAt,
      gates: [...gates.values()].map((gate) => ({
        id: gate.settings.id,
        mode: gate.mode(),
        direction: gate.settings.direction,
        waiting: gate.isWaiting(),
        relay: health.get(relayId(gate.settings.id)),
      })),
      zones: zonesOf(parts),
      devices: [...health.all(), ...missingBranch(parts)],
      data: {
        takenAt: data.takenAt,
        receivedAt: data.receivedAt,
        contactAt: contact.contactAt(),
        warnAfterMs: settings.freshness.warnAfterHours * hourMs,
        members: data.counts.members,
        unusable: data.unusableCount,
      },
      clock: clockWatch.verdict(),
      journal: { newest: journal.newest()?.number ?? 0 },
    };
  }

  return {
    recent(limit, language) {
      const newest = journal.newest()?.number ?? 0;
      const items: FeedItem[] = [];
      const moves = new Map<number, JournalEntry>();
      // Settlements stand between the taps: read back until there are enough.
      for (let before = newest; before > 0 && items.length < limit; before -= limit) {
        const from = Math.max(0, before - limit);
        for (const entry of journal.after(from, before - from).reverse()) {
          // A move stands behind the visit that it replaces: whoever reads back knows it by then.
          if (entry.event.kind === 'move') moves.set(entry.event.replaces, entry);
          const item = feedItem(parts, entry, language, lastMoveOf(entry, moves));
          if (item !== null) items.push(item);
        }
      }
      return items.slice(0, limit);
    },
    watch(language, tell) {
      return news.listen((item) => {
        for (const { entry, movedBy } of entriesOf(journal, item)) {
          const feed = feedItem(parts, entry, language, movedBy);
          if (feed) tell(feed);
        }
      });
    },
    explain: (entry, language) => explainTap(parts, entry, language),
    status,
    watchStatus(tell) {
      const listener = () => tell(status());
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    search: (text, language) =>
      clubData.searchMembers(text, mostFound).map(({ id, name }) => deskMember(parts, id, name, language)),
    statusChanged: changed,
    confirmClock() {
      clockWatch.confirm();
      changed();
    },
    letIn: parts.letIn,
    setMode: parts.setMode,
    moveCharge: parts.moveCharge,
    payersFor: (visit, language) =>
      parts.payersFor(visit).map(({ membership, mayPay }) => {
        const [text = ''] = membershipLines(parts, [membership], language);
        return { id: membership.id, title: membership.title, text, mayPay };
      }),
    takeOut: parts.takeOut,
  };
}

export function relayId(gate: string): string {
  return `relay ${gate}`;
}

/** What is to be shown anew after a piece of news. */
function entriesOf(journal: Journal, item: NewsItem): { entry: JournalEntry; movedBy: JournalEntry | null }[] {
  if (item.kind === 'settled') return madeBy(journal, item.visit).map((entry) => ({ entry, movedBy: null }));
  const { entry } = item;
  if (entry === null) return [];
  const shown = [{ entry, movedBy: null }];
  return item.kind === 'moved' ? [...shown, ...replacedBy(journal, entry).map((old) => ({ entry: old, movedBy: entry }))] : shown;
}

/** The entry that made a visit: its own number is on the visit's feed item. */
function madeBy(journal: Journal, visit: number): JournalEntry[] {
  const entry = journal.visit(visit)?.entry;
  return entry === undefined ? [] : [journal.entry(entry)].filter((found) => found !== null);
}

/** The entries whose visits a move stands in for, back to the tap. */
function replacedBy(journal: Journal, { event }: JournalEntry): JournalEntry[] {
  if (event.kind !== 'move') return [];
  return madeBy(journal, event.replaces).flatMap((old) => [old, ...replacedBy(journal, old)]);
}

/** `moves`: by the visit that each replaced. */
function lastMoveOf({ visitNumber }: JournalEntry, moves: ReadonlyMap<number, JournalEntry>): JournalEntry | null {
  const move = visitNumber === null ? undefined : moves.get(visitNumber);
  return move === undefined ? null : (lastMoveOf(move, moves) ?? move);
}

/** Those that a gate leads into; until the data holds the branch, nobody can be counted. */
function zonesOf({ settings, clubData, journal, clock }: FrontDeskParts): DeskStatus['zones'] {
  return settings.zones.flatMap((zone) => {
    const gate = settings.gates.find((one) => one.zone === zone.id);
    const branch = gate && clubData.branch(gate.branch);
    if (!branch) return [];
    return [{ id: zone.id, inside: journal.presence(zone.id).count(lastReset(zone, branch, clock.now())), limit: zone.limit }];
  });
}

function deskMember(parts: FrontDeskParts, id: string, name: string, language: Language): DeskMember {
  const memberships = parts.clubData.member(id)?.memberships ?? [];
  return { id, name, memberships: membershipLines(parts, memberships, language) };
}

function membershipLines(parts: FrontDeskParts, memberships: Membership[], language: Language): string[] {
  const held = holdMemberships(parts.journal, memberships);
  const here = { now: parts.clock.now(), timeZone: timeZoneOf(parts) };
  return memberships.map((membership) => {
    const one = held.get(membership.id) ?? { membership, charges: [] };
    return membershipLine(language, { title: membership.title, left: leftOf(one, null), endsOn: membership.endsOn }, here);
  });
}

/** Without its own branch the box can judge nobody; that stands where what is broken stands. */
function missingBranch({ clubData, settings: { branch }, clock }: FrontDeskParts): DeviceStatus[] {
  if (clubData.branch(branch) !== null) return [];
  const why = `branch \`${branch}\` is not in the club's data, so nobody can be let in: push it, or import a snapshot that has it`;
  const { receivedAt } = clubData.state();
  const since = receivedAt ?? clock.now();
  return [{ id: 'club data', product: "the club's data", where: 'club.db', state: 'down', why, since, lastHeardAt: receivedAt }];
}

import { leftOf } from '../domain/access/balance.ts';
import type { Code } from '../domain/access/code.ts';
import type { Params } from '../domain/access/params.ts';
import type { JournalEntry } from '../domain/journal/entry.ts';
import { membershipLine, modeText, staffText } from '../domain/kiosk/texts/say.ts';
import type { Language } from '../domain/member/member.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClubData } from '../ports/club-data.ts';
import type { DeskAnswer, DeskMember, DeskStatus, DeviceStatus, FeedItem, FrontDesk, LetIn } from '../ports/front-desk.ts';
import type { Journal } from '../ports/journal.ts';
import { holdMemberships } from './gather-facts.ts';
import type { News } from './news.ts';
import type { Gate } from './run-gate.ts';
import type { Health } from './watch-health.ts';

export interface FrontDeskParts {
  gateway: string;
  branch: string;
  clock: Clock;
  clubData: ClubData;
  journal: Journal;
  news: News;
  health: Health;
  gates: ReadonlyMap<string, Gate>;
  letIn(request: LetIn): DeskAnswer;
  setMode(request: Parameters<FrontDesk['setMode']>[0]): DeskAnswer;
}

const mostFound = 20;

/** The desk: what happened, told in its language, and the two things that staff may do. */
export function runFrontDesk(parts: FrontDeskParts): FrontDesk & { dataChanged(): void } {
  const { gateway, clock, clubData, journal, news, health, gates } = parts;
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
      gateway,
      timeZone: timeZoneOf(parts),
      startedAt,
      gates: [...gates.values()].map((gate) => ({
        id: gate.settings.id,
        mode: gate.mode(),
        direction: gate.settings.direction,
        waiting: gate.isWaiting(),
        relay: health.get(relayId(gate.settings.id)),
      })),
      devices: [...health.all(), ...missingBranch(parts)],
      data: { takenAt: data.takenAt, receivedAt: data.receivedAt, members: data.counts.members, unusable: data.unusableCount },
      journal: { newest: journal.newest()?.number ?? 0 },
    };
  }

  const itemOf = (entry: JournalEntry, language: Language) => feedItem(parts, entry, language);

  return {
    recent(limit, language) {
      const newest = journal.newest()?.number ?? 0;
      const items: FeedItem[] = [];
      // Settlements stand between the taps: read back until there are enough.
      for (let before = newest; before > 0 && items.length < limit; before -= limit) {
        const from = Math.max(0, before - limit);
        const entries = journal.after(from, before - from);
        items.push(
          ...entries
            .map((entry) => itemOf(entry, language))
            .filter((item) => item !== null)
            .reverse(),
        );
      }
      return items.slice(0, limit);
    },
    watch(language, tell) {
      return news.listen((item) => {
        const entry = item.kind === 'settled' ? madeBy(journal, item.visit) : 'entry' in item ? item.entry : null;
        const feed = entry && itemOf(entry, language);
        if (feed) tell(feed);
      });
    },
    status,
    watchStatus(tell) {
      const listener = () => tell(status());
      statusListeners.add(listener);
      return () => statusListeners.delete(listener);
    },
    search: (text, language) =>
      clubData.searchMembers(text, mostFound).map(({ id, name }) => deskMember(parts, id, name, language)),
    dataChanged: changed,
    letIn: parts.letIn,
    setMode: parts.setMode,
  };
}

export function relayId(gate: string): string {
  return `relay ${gate}`;
}

/** The entry that made a visit: its own number is on the visit's feed item. */
function madeBy(journal: Journal, visit: number): JournalEntry | null {
  const entry = journal.visit(visit)?.entry;
  return entry === undefined ? null : journal.entry(entry);
}

function feedItem(parts: FrontDeskParts, entry: JournalEntry, language: Language): FeedItem | null {
  const { clock, clubData, journal } = parts;
  const { event } = entry;
  const here = { now: clock.now(), timeZone: timeZoneOf(parts) };
  const say = (code: Code | 'UNEXPECTED_PASSAGE', params: Params) => staffText(language, code, params, here);
  const visit = entry.visitNumber === null ? 'none' : (journal.visit(entry.visitNumber)?.state ?? 'none');
  const item: FeedItem = {
    entry: entry.number,
    at: entry.at,
    gate: event.gate,
    kind: 'passage',
    outcome: null,
    code: null,
    who: '',
    memberId: null,
    reason: '',
    warnings: [],
    membership: '',
    left: null,
    visit,
    nextAllowedAt: null,
    staff: '',
    answers: null,
  };
  switch (event.kind) {
    case 'decision': {
      const { decision } = event;
      const { outcome, code, memberId, membershipId, warnings, left, nextAllowedAt, staffId } = decision;
      return {
        ...item,
        kind: 'decision',
        outcome,
        code,
        who: nameOf(clubData, memberId) || event.read || '',
        memberId,
        reason: say(code, decision.params),
        warnings,
        membership: titleOf(clubData, memberId, membershipId),
        left,
        nextAllowedAt,
        staff: staffId === null ? '' : String(decision.params.staff ?? staffId),
      };
    }
    case 'override':
      return {
        ...item,
        kind: 'override',
        outcome: 'granted',
        code: 'STAFF_OVERRIDE',
        who: nameOf(clubData, event.memberId),
        memberId: event.memberId,
        reason: say('STAFF_OVERRIDE', { staff: event.staff, reason: event.reason }),
        membership: titleOf(clubData, event.memberId, event.visit.charges[0]?.membershipId ?? null),
        staff: event.staff,
        answers: event.answers,
      };
    case 'mode':
      return { ...item, kind: 'mode', reason: modeText(language, event.mode), staff: event.staff ?? '' };
    case 'passage':
      return event.code === 'UNEXPECTED_PASSAGE'
        ? { ...item, code: 'UNEXPECTED_PASSAGE', reason: say('UNEXPECTED_PASSAGE', {}) }
        : null;
    case 'release':
      return null;
  }
}

function nameOf(clubData: ClubData, memberId: string | null): string {
  return memberId === null ? '' : (clubData.member(memberId)?.member.name ?? memberId);
}

function titleOf(clubData: ClubData, memberId: string | null, membershipId: string | null): string {
  if (memberId === null || membershipId === null) return '';
  return clubData.member(memberId)?.memberships.find(({ id }) => id === membershipId)?.title ?? membershipId;
}

function deskMember(parts: FrontDeskParts, id: string, name: string, language: Language): DeskMember {
  const memberships = parts.clubData.member(id)?.memberships ?? [];
  const held = holdMemberships(parts.journal, memberships);
  const here = { now: parts.clock.now(), timeZone: timeZoneOf(parts) };
  return {
    id,
    name,
    memberships: memberships.map((membership) => {
      const one = held.get(membership.id) ?? { membership, charges: [] };
      return membershipLine(language, { title: membership.title, left: leftOf(one, null), endsOn: membership.endsOn }, here);
    }),
  };
}

/** Without its own branch the box can judge nobody; that stands where what is broken stands. */
function missingBranch({ clubData, branch, clock }: FrontDeskParts): DeviceStatus[] {
  if (clubData.branch(branch) !== null) return [];
  const why = `branch \`${branch}\` is not in the club's data, so nobody can be let in: push it, or import a snapshot that has it`;
  const { receivedAt } = clubData.state();
  const since = receivedAt ?? clock.now();
  return [{ id: 'club data', product: "the club's data", where: 'club.db', state: 'down', why, since, lastHeardAt: receivedAt }];
}

/** Until the data holds the branch, times are told in UTC. */
function timeZoneOf({ clubData, branch }: FrontDeskParts): string {
  return clubData.branch(branch)?.timeZone ?? 'UTC';
}

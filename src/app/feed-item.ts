import type { Code } from '../domain/access/code.ts';
import { memberIdOf } from '../domain/access/facts.ts';
import type { Params } from '../domain/access/params.ts';
import type { JournalEntry, JournalEvent } from '../domain/journal/entry.ts';
import { newVisitOf } from '../domain/journal/visit.ts';
import { modeText, staffText, staffWarningText } from '../domain/kiosk/texts/say.ts';
import type { Language } from '../domain/member/member.ts';
import type { Clock } from '../ports/clock.ts';
import type { ClubData } from '../ports/club-data.ts';
import type { FeedItem } from '../ports/front-desk.ts';
import type { Journal } from '../ports/journal.ts';
import type { BoxSettings } from './box-settings.ts';
import { movableUntil } from './move-charge.ts';

export interface FeedParts {
  clock: Clock;
  clubData: ClubData;
  journal: Journal;
  settings: Pick<BoxSettings, 'branch' | 'gates' | 'desk'>;
}

/**
 * What the live list shows of an entry; null for what it does not show by itself. `movedBy`: the entry that moved the charge of
 * this one's visit away, the last of several.
 */
export function feedItem(
  parts: FeedParts,
  entry: JournalEntry,
  language: Language,
  movedBy: JournalEntry | null,
): FeedItem | null {
  const { clock, clubData, journal, settings } = parts;
  const { event } = entry;
  const here = { now: clock.now(), timeZone: timeZoneOf(parts) };
  const say = (code: Code | 'UNEXPECTED_PASSAGE', params: Params) => staffText(language, code, params, here);
  const visit = entry.visitNumber === null ? null : journal.visit(entry.visitNumber);
  const memberId = memberIn(event);
  const found = memberId === null ? null : clubData.member(memberId);
  const memberships = found?.memberships ?? [];
  const titleOf = (id: string | null) => memberships.find((one) => one.id === id)?.title ?? id ?? '';
  const paidBy = (paid: JournalEvent) => titleOf(newVisitOf(paid)?.charges[0]?.membershipId ?? null);
  const item: FeedItem = {
    entry: entry.number,
    at: entry.at,
    gate: event.gate,
    zone: settings.gates.find(({ id }) => id === event.gate)?.zone ?? '',
    kind: 'passage',
    outcome: null,
    code: null,
    who: found?.member.name ?? memberId ?? '',
    memberId,
    reason: '',
    warnings: [],
    membership: '',
    left: null,
    visit: visit?.state ?? 'none',
    visitNumber: entry.visitNumber,
    movableUntil: visit !== null && memberships.length > 1 ? movableUntil(visit, settings.desk) : null,
    movedTo: movedBy === null ? '' : paidBy(movedBy.event),
    nextAllowedAt: null,
    staff: '',
    answers: null,
  };
  switch (event.kind) {
    case 'decision': {
      const { outcome, code, params, membershipId, warnings, left, nextAllowedAt, staffId } = event.decision;
      return {
        ...item,
        kind: 'decision',
        outcome,
        code,
        who: item.who || (event.read ?? ''),
        reason: say(code, params),
        warnings: warnings.map((warning) => ({ code: warning, text: staffWarningText(language, warning, params, here) })),
        membership: titleOf(membershipId),
        left,
        nextAllowedAt,
        staff: staffId === null ? '' : String(params.staff ?? staffId),
      };
    }
    case 'override':
      return {
        ...item,
        kind: 'override',
        outcome: 'granted',
        code: 'STAFF_OVERRIDE',
        reason: say('STAFF_OVERRIDE', { staff: event.staff, reason: event.reason }),
        membership: paidBy(event),
        staff: event.staff,
        answers: event.answers,
      };
    case 'move':
      return { ...item, kind: 'move', reason: event.reason, membership: paidBy(event), staff: event.staff };
    case 'presence':
      return { ...item, kind: 'presence', zone: event.zone, who: item.who || (event.person ?? ''), staff: event.staff };
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

/** Until the data holds the branch of the box, times are told in UTC. */
export function timeZoneOf({ clubData, settings }: { clubData: ClubData; settings: Pick<BoxSettings, 'branch'> }): string {
  return clubData.branch(settings.branch)?.timeZone ?? 'UTC';
}

/** The member whom an event is about, if any. */
function memberIn(event: JournalEvent): string | null {
  switch (event.kind) {
    case 'decision':
      return event.decision.memberId;
    case 'override':
      return event.memberId;
    case 'move':
      return event.visit.memberId;
    case 'presence':
      return event.person === null ? null : memberIdOf(event.person);
    case 'mode':
    case 'passage':
    case 'release':
      return null;
  }
}

import { explain } from '../domain/kiosk/texts/explain.ts';
import type { Language } from '../domain/member/member.ts';
import type { DeskExplanation } from '../ports/front-desk.ts';
import { type FeedParts, feedItem, timeZoneOf } from './feed-item.ts';

/** Why a tap was answered as it was, read off what was kept of it; null for what is no tap, and where nothing is kept. */
export function explainTap(parts: FeedParts, number: number, language: Language): DeskExplanation | null {
  const entry = parts.journal.entry(number);
  const record = parts.journal.recordOf(number);
  const item = entry && feedItem(parts, entry, language, null);
  if (entry?.event.kind !== 'decision' || record === null || item === null) return null;
  const { membershipId, chosenBy, outcome } = entry.event.decision;
  const held = record.facts.credentials.flatMap(({ memberships }) => memberships);
  const titles = new Map(held.map(({ membership }) => [membership.id, membership.title || membership.id]));
  const here = { now: parts.clock.now(), timeZone: record.facts.branch?.timeZone ?? timeZoneOf(parts) };
  return {
    ...explain(language, { explanation: record.explanation, membershipId, chosenBy }, titles, here),
    entry: number,
    at: entry.at,
    gate: entry.event.gate,
    outcome,
    who: item.who,
    reason: item.reason,
    nextAllowedAt: item.nextAllowedAt,
  };
}

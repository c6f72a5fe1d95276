import { hourMs, minuteMs } from '../schedule/instant.ts';
import { daysBetween } from '../schedule/validity.ts';
import { dataAgeMs } from './data-age.ts';
import { paramsOf } from './params.ts';
import type { Standing } from './standing.ts';
import type { MemberTap, Tap, Warning } from './tap.ts';

/** Section 5: what a granted member should know before it is too late. `left`: after this tap. */
export function endingWarnings(
  { charge, lastDay }: Standing,
  left: number | null,
  { facts, rules, today }: MemberTap,
): Warning[] {
  const warnings: Warning[] = [];
  if (left !== null && charge > 0 && left < rules.warnings.lastVisits) {
    warnings.push({ warning: 'WARN_LAST_VISIT', params: paramsOf('WARN_LAST_VISIT', { left: Math.max(0, left) }) });
  }
  const endsSoon = lastDay !== null && daysBetween(today, lastDay) <= rules.warnings.expiresWithinDays;
  if (endsSoon && facts.clockTrusted) {
    warnings.push({ warning: 'WARN_EXPIRES_SOON', params: paramsOf('WARN_EXPIRES_SOON', { endsOn: lastDay }) });
  }
  return warnings;
}

/** Rule 28: a visit longer than the terms of the membership that paid it. */
export function stayWarning({ facts, holder }: Tap, stayMinutes: number): Warning[] {
  const inside = 'held' in holder ? holder.held.inside : null;
  const maxStayMinutes = inside?.maxStayMinutes ?? null;
  if (inside === null || maxStayMinutes === null || facts.now - inside.since <= maxStayMinutes * minuteMs) return [];
  return [{ warning: 'WARN_OVERSTAY', params: paramsOf('WARN_OVERSTAY', { stayMinutes, maxStayMinutes }) }];
}

/** Rule 29: whatever the answer is, it came from old data. */
export function staleWarning({ facts, rules }: Tap): Warning | null {
  const ageMs = dataAgeMs(facts);
  if (ageMs === null || ageMs <= rules.freshness.warnAfterHours * hourMs) return null;
  return { warning: 'WARN_STALE', params: paramsOf('WARN_STALE', { contactAt: facts.data.contactAt }) };
}

import type { AdmissionRow } from '../../gate/gate-settings.ts';
import { hasAnyTag } from '../../member/member.ts';
import { availabilityAt } from '../../schedule/availability.ts';
import { ageOn } from '../../schedule/validity.ts';
import { type KnownTap, leaveOut, type PersonRule, pass, refuse, skip } from '../tap.ts';

/**
 * Rule 34: while a row's windows are open its condition must hold. An age that is not known meets no bound: unknown is never
 * read as allowed. Tags say nothing of a bearer code (rule 4); without a trusted clock ages and windows are left out (rule 30).
 */
export const admission: PersonRule = {
  name: 'admission',
  number: 34,
  check(tap) {
    const { facts, rules, local } = tap;
    const rows = rules.gate.admission.filter(({ windows }) =>
      facts.clockTrusted ? availabilityAt(windows, local) === 'open' : windows.length === 0,
    );
    if (rows.length === 0) return facts.clockTrusted || rules.gate.admission.length === 0 ? skip() : leaveOut();
    const age = rows.some(asksAge) ? ageAt(tap) : null;
    for (const row of rows) {
      const { minAge, maxAge } = row;
      if (facts.clockTrusted && minAge !== null && (age === null || age < minAge))
        return refuse('NOT_ADMITTED', { ...none, minAge });
      if (facts.clockTrusted && maxAge !== null && (age === null || age > maxAge))
        return refuse('NOT_ADMITTED', { ...none, maxAge });
      const broken = brokenTags(row, tap);
      if (broken !== null) return refuse('NOT_ADMITTED', { ...none, ...broken });
    }
    return pass('admission', { age });
  },
};

const none = { minAge: null, maxAge: null, tags: null, notTags: null };

function asksAge({ minAge, maxAge }: AdmissionRow): boolean {
  return minAge !== null || maxAge !== null;
}

function ageAt({ held, today }: KnownTap): number | null {
  const { member } = held;
  if (member === null || member.birthday === null || member.birthYear === null) return null;
  return ageOn(today, member.birthYear, member.birthday);
}

function brokenTags({ tags, notTags }: AdmissionRow, { held }: KnownTap): { tags: string } | { notTags: string } | null {
  const { member } = held;
  if (member === null) return null;
  if (tags !== null && !hasAnyTag(member, tags)) return { tags: tags.join(', ') };
  return notTags !== null && hasAnyTag(member, notTags) ? { notTags: notTags.join(', ') } : null;
}

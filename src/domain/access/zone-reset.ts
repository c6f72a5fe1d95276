import type { Branch } from '../member/member.ts';
import type { Instant } from '../schedule/instant.ts';
import { clubDate, startOfClubDate } from '../schedule/local-time.ts';
import type { Inside } from './facts.ts';

/** Rule 25: the last instant, `now` included, at which everybody in a zone was taken to have left. */
export function lastReset(zone: { resetAt: number }, { timeZone }: Pick<Branch, 'timeZone'>, now: Instant): Instant {
  return startOfClubDate(clubDate(now, timeZone, zone.resetAt), timeZone, zone.resetAt);
}

/** The visit with which somebody is inside the zone; null: they are not, or it was reset since. */
export function stillInside(inside: Inside | null, resetAt: Instant): Inside | null {
  return inside !== null && inside.since >= resetAt ? inside : null;
}

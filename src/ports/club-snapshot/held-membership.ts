import type { Membership, Terms } from '../../domain/member/membership.ts';
import type { SoldMembership } from './rows.ts';

type Sold = Omit<SoldMembership, 'terms'>;

/**
 * A membership with what it has from its type. `title` and `terms` are null as long as the type was never there, or never
 * usable; without terms the membership is unusable. `sold` itself becomes the membership: taps read many, and copies cost them.
 */
export function heldMembership(sold: Sold, title: string | null, terms: Terms | null): Membership {
  const unusable = whyUnusable(sold, terms !== null);
  return Object.assign(sold, { title: title ?? '', terms: terms ?? noTerms, unusable });
}

/** What makes a membership unusable, or null. */
export function whyUnusable(sold: Sold, hasTerms: boolean): string | null {
  return sold.unusable ?? (hasTerms ? null : `its terms are not known: its type \`${sold.typeId}\` is missing or unusable`);
}

/** Opens nothing, whatever reads it. */
const noTerms: Terms = {
  kind: 'fixed',
  oneTime: false,
  trial: false,
  usage: 'club_card',
  requiresClubCard: true,
  activation: 'fixed_date',
  autoActivateAfter: null,
  validity: null,
  lastDay: 'activation_day_is_day_1',
  entitlements: [],
  pool: 'shared',
  visits: 0,
  maxPerDay: null,
  maxPerWeek: null,
  maxPerMonth: null,
  maxStayMinutes: null,
  availability: [],
  branchIds: [],
  freeze: { allowed: false, maxCount: null, maxTotalDays: null, minDays: null },
  allowOverlap: true,
  multiMember: false,
};

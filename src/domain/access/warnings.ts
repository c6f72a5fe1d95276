import { daysBetween } from '../schedule/validity.ts';
import type { WarningCode } from './code.ts';
import type { Params } from './params.ts';
import { paramsOf } from './params.ts';
import type { Standing } from './standing.ts';
import type { MemberTap } from './tap.ts';

/** Section 5: what a granted member should know before it is too late. */
export function warningsOf(
  standing: Standing,
  visit: { left: number | null; charge: number },
  { rules, today }: MemberTap,
): { warnings: WarningCode[]; params: Params } {
  const warnings: WarningCode[] = [];
  let params: Params = {};
  if (visit.left !== null && visit.charge > 0 && visit.left < rules.warnings.lastVisits) {
    warnings.push('WARN_LAST_VISIT');
    params = { ...params, ...paramsOf('WARN_LAST_VISIT', { left: visit.left }) };
  }
  if (standing.lastDay !== null && daysBetween(today, standing.lastDay) <= rules.warnings.expiresWithinDays) {
    warnings.push('WARN_EXPIRES_SOON');
    params = { ...params, ...paramsOf('WARN_EXPIRES_SOON', { endsOn: standing.lastDay }) };
  }
  return { warnings, params };
}

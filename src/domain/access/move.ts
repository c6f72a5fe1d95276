import type { GateSettings } from '../gate/gate-settings.ts';
import type { Visit } from '../journal/visit.ts';
import type { Branch, Service } from '../member/member.ts';
import type { Activation } from '../member/membership.ts';
import { clubDate } from '../schedule/local-time.ts';
import type { PlannedCharge } from './decision.ts';
import type { HeldMembership } from './facts.ts';
import { standingOf } from './standing.ts';

/** What a visit takes after its charge was moved. */
export interface MovedCharge {
  charges: PlannedCharge[];
  activation: Activation | null;
}

export interface MoveFacts {
  visit: Visit;
  /** The membership that shall pay. */
  to: HeldMembership;
  branch: Branch;
  /** The gate that was entered. */
  gate: GateSettings;
  /** The service that was charged; null at a general entry. */
  service: Service | null;
}

/**
 * Rule 22: staff may let another membership of the member pay for a visit: one that covers what was entered and has the visits
 * left. A club card that was charged beside it stays charged. `problem` says in words for the desk why not.
 */
export function planMove({ visit, to, branch, gate, service }: MoveFacts): MovedCharge | { problem: string } {
  const { membership } = to;
  const [paid, ...beside] = visit.charges;
  if (visit.state === 'reserved')
    return no(`visit ${visit.number} still waits at its gate: try again when the person has gone through`);
  if (visit.state === 'released') return no(`visit ${visit.number} was given back: there is nothing to move`);
  if (paid === undefined || paid.charge === 0)
    return no(`visit ${visit.number} took no visit from any membership: there is nothing to move`);
  if (paid.membershipId === membership.id) return no(`visit ${visit.number} is paid by membership \`${membership.id}\` already`);
  if (visit.memberId === null || !membership.memberIds.includes(visit.memberId)) {
    return no(`membership \`${membership.id}\` is not one of the member who made visit ${visit.number}`);
  }
  if (membership.unusable !== null) return no(`membership \`${membership.id}\` cannot be used: ${membership.unusable}`);
  if (membership.terms.usage === 'club_card')
    return no(`membership \`${membership.id}\` is a club card, which pays for no entry`);
  const today = clubDate(visit.at, branch.timeZone, branch.dayStartsAt);
  const services = service === null ? [] : [service];
  const entered = { ...gate, services: services.map(({ id }) => id), charge: 'per_entry' as const };
  const seen = {
    now: visit.at,
    today,
    branch,
    gate: entered,
    services,
    memberId: visit.memberId,
    chosen: null,
    clockTrusted: true,
  };
  const { match, left, activation } = standingOf(to, seen);
  if (match === null) return no(`membership \`${membership.id}\` does not cover what was entered with visit ${visit.number}`);
  if (left !== null && left < paid.charge) return no(`membership \`${membership.id}\` has no visits left`);
  return {
    charges: [{ membershipId: membership.id, charge: paid.charge, entitlement: match.entitlement }, ...beside],
    activation,
  };
}

function no(problem: string): { problem: string } {
  return { problem };
}

import { type MovedCharge, planMove } from '../domain/access/move.ts';
import type { NewVisit } from '../domain/journal/entry.ts';
import type { Visit } from '../domain/journal/visit.ts';
import type { Membership } from '../domain/member/membership.ts';
import { hourMs, type Instant } from '../domain/schedule/instant.ts';
import { Failure } from '../ports/failure.ts';
import type { DeskAnswer, MoveCharge } from '../ports/front-desk.ts';
import type { AdmitParts } from './admit.ts';
import type { BoxSettings } from './box-settings.ts';
import { holdMemberships, placeOf } from './gather-facts.ts';

export type MoveParts = Pick<AdmitParts, 'clock' | 'clubData' | 'journal' | 'clockTrusted' | 'news' | 'log'> & {
  settings: Pick<BoxSettings, 'gates' | 'desk'>;
};

/** Staff let another membership of the member pay for a visit, within the time that the settings give them (rule 22). */
export function moveCharge(parts: MoveParts, request: MoveCharge): DeskAnswer {
  const { clock, clubData, journal } = parts;
  const reason = request.reason.trim();
  if (reason === '') return no('say in a few words why the charge is moved');
  const visit = journal.visit(request.visit);
  if (visit === null) return no(`there is no visit ${request.visit}`);
  const membership = clubData.membership(request.to);
  if (membership === null) return no(`there is no membership \`${request.to}\``);
  const plan = planFor(parts, visit, membership);
  if ('problem' in plan) return no(plan.problem);

  const moved: NewVisit = { ...madeOf(visit), ...plan, endsFreeze: null, state: 'committed' };
  const event = { gate: visit.gate, staff: request.staff, reason, replaces: visit.number, tappedAt: visit.at };
  try {
    const entry = journal.append(clock.now(), { kind: 'move', ...event, visit: moved }, parts.clockTrusted());
    parts.news.tell({ kind: 'moved', gate: visit.gate, entry });
    return { done: true, entry: entry.number };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    parts.log.error('the journal could not be written', { gate: visit.gate, why: error.message });
    return no('the journal could not be written, so nothing was moved: see the log of this box');
  }
}

/** The member's other memberships, each with whether `moveCharge` would let it pay for a visit; none for a visit that there is not. */
export function payersFor(parts: MoveParts, number: number): { membership: Membership; mayPay: boolean }[] {
  const visit = parts.journal.visit(number);
  const memberId = visit?.memberId ?? null;
  const memberships = memberId === null ? [] : (parts.clubData.member(memberId)?.memberships ?? []);
  if (visit === null) return [];
  return memberships
    .filter(({ id }) => id !== visit.charges[0]?.membershipId)
    .map((membership) => ({ membership, mayPay: !('problem' in planFor(parts, visit, membership)) }));
}

/** Until when the charge of a visit may be moved; null: it took none, or does not stand. */
export function movableUntil(visit: Visit, desk: BoxSettings['desk']): Instant | null {
  const charged = visit.state === 'committed' && visit.memberId !== null && (visit.charges[0]?.charge ?? 0) > 0;
  return charged ? visit.at + desk.moveChargeWithinHours * hourMs : null;
}

function planFor(parts: MoveParts, visit: Visit, membership: Membership): MovedCharge | { problem: string } {
  const { clock, clubData, journal, settings } = parts;
  const { number, branchId, serviceId } = visit;
  const hours = settings.desk.moveChargeWithinHours;
  if (clock.now() - visit.at > hours * hourMs)
    return { problem: `visit ${number} is older than ${hours} hours: correct it in the central system` };
  const gate = settings.gates.find(({ id }) => id === visit.gate);
  if (gate === undefined)
    return { problem: `gate \`${visit.gate}\`, where visit ${number} was made, is not in the configuration` };
  const branch = clubData.branch(branchId);
  if (branch === null) return { problem: `branch \`${branchId}\`, where visit ${number} was made, is not in the club's data` };
  const to = holdMemberships(journal, [membership]).get(membership.id) ?? { membership, charges: [] };
  const { services } = placeOf(clubData, { ...gate, services: serviceId === null ? [] : [serviceId] });
  return planMove({ visit, to, branch, gate, service: services[0] ?? null });
}

function madeOf({ number: _number, entry: _entry, at: _at, ...made }: Visit): NewVisit {
  return made as NewVisit;
}

function no(problem: string): DeskAnswer {
  return { done: false, problem };
}

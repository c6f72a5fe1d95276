import { type Facts, memberKey } from '../domain/access/facts.ts';
import { chargeOverride, type OverrideCharge } from '../domain/access/override.ts';
import type { NewVisit } from '../domain/journal/entry.ts';
import type { Credential } from '../domain/member/credential.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import { Failure } from '../ports/failure.ts';
import type { DeskAnswer, LetIn } from '../ports/front-desk.ts';
import type { AdmitParts } from './admit.ts';
import { bookingsOf, holdMemberships, placeOf, quietGate } from './gather-facts.ts';
import type { Gate } from './run-gate.ts';

/** Staff let somebody in who has no credential or no right (rule 35): journalled with who and why, then the gate opens. */
export function override(parts: AdmitParts, gate: Gate, request: LetIn): DeskAnswer {
  const { clock, clubData, journal, news } = parts;
  const reason = request.reason.trim();
  if (reason === '') return { done: false, problem: 'say in a few words why this person is let in' };
  if (gate.isWaiting())
    return { done: false, problem: 'the gate is open for somebody else: try again when they have gone through' };
  const found = request.memberId === null ? null : clubData.member(request.memberId);
  if (request.memberId !== null && found === null) return { done: false, problem: `there is no member \`${request.memberId}\`` };

  const now = clock.now();
  const leaves = gate.settings.direction === 'out';
  const charge = request.charge && found && !leaves ? chargeMember(parts, gate, found, now) : null;
  const visit: NewVisit = {
    gate: gate.settings.id,
    zone: gate.settings.zone,
    branchId: gate.settings.branch,
    direction: leaves ? 'out' : 'in',
    memberId: request.memberId,
    credentialId: null,
    person: request.memberId === null ? null : memberKey(request.memberId),
    bookingId: charge?.bookingId ?? null,
    serviceId: charge?.serviceId ?? null,
    charges: charge?.charges ?? [],
    activation: charge?.activation ?? null,
    endsFreeze: null,
    state: gate.settings.passage === 'reported' ? 'reserved' : 'committed',
  };
  const event = {
    staff: request.staff,
    reason,
    memberId: request.memberId,
    answers: request.answers,
    conflict: charge?.conflict ?? false,
  };
  try {
    const entry = journal.append(now, { kind: 'override', gate: gate.settings.id, ...event, visit }, parts.clockTrusted());
    const { visitNumber } = entry;
    if (visitNumber !== null)
      gate.open({ visit: visitNumber, read: null, direction: visit.direction, awaited: visit.state === 'reserved' });
    const membershipTitle = found?.memberships.find(({ id }) => id === charge?.membershipId)?.title ?? null;
    news.tell({
      kind: 'let-in',
      gate: gate.settings.id,
      entry,
      person: { member: found?.member ?? null, staffName: request.staff, membershipTitle },
    });
    return { done: true, entry: entry.number };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    parts.log.error('the journal could not be written', { gate: gate.settings.id, why: error.message });
    return { done: false, problem: 'the journal could not be written, so the gate stays shut: see the log of this box' };
  }
}

type FoundMember = NonNullable<ReturnType<AdmitParts['clubData']['member']>>;

function chargeMember(parts: AdmitParts, gate: Gate, { member, memberships }: FoundMember, now: Instant): OverrideCharge {
  const { clubData, journal, contact } = parts;
  const credential: Credential = {
    id: '',
    kind: 'rfid',
    value: '',
    memberId: member.id,
    membershipId: null,
    status: 'active',
    validFrom: null,
    validUntil: null,
    unusable: null,
  };
  const held = [...holdMemberships(journal, memberships).values()];
  const bookings = bookingsOf(clubData, { credential, staff: null }, now);
  const facts: Facts = {
    now,
    clockTrusted: parts.clockTrusted(),
    read: credential,
    gate: quietGate,
    ...placeOf(clubData, gate.settings),
    credentials: [{ credential, member, staff: null, memberships: held, bookings, token: null, inside: null }],
    inside: 0,
    data: { cursor: null, takenAt: null, contactAt: contact.contactAt(), alone: contact.alone() },
    seenAt: now,
  };
  return chargeOverride(facts, parts.rulesOf(gate.settings));
}

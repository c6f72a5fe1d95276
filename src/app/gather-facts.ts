import {
  type Facts,
  type GateFacts,
  type HeldCredential,
  type HeldMembership,
  type Inside,
  personOf,
} from '../domain/access/facts.ts';
import { horizonMs } from '../domain/access/next-allowed.ts';
import { type PrintedMatch, printedMatch, printedTexts } from '../domain/access/printed-number.ts';
import { lastReset } from '../domain/access/zone-reset.ts';
import type { GateSettings, Rules, ZoneSettings } from '../domain/gate/gate-settings.ts';
import type { CardSpelling } from '../domain/member/card-number.ts';
import type { Credential, Read } from '../domain/member/credential.ts';
import type { Branch } from '../domain/member/member.ts';
import type { Membership } from '../domain/member/membership.ts';
import { verifyToken } from '../domain/member/one-time-code.ts';
import { tapToken } from '../domain/member/tap-count.ts';
import { dayMs, type Instant } from '../domain/schedule/instant.ts';
import type { ClubCredential, ClubData } from '../ports/club-data.ts';
import type { Journal } from '../ports/journal.ts';
import type { Contact } from './watch-contact.ts';

/** Where facts come from. */
export interface FactSources {
  clubData: ClubData;
  journal: Journal;
  contact: Pick<Contact, 'contactAt' | 'alone'>;
  /** Rule 30. */
  clockTrusted(): boolean;
  /** How the club's list writes its cards. */
  cardNumbers: { spelled: readonly CardSpelling[] };
}

export interface TapAt {
  rules: Pick<Rules, 'gate' | 'zone'>;
  read: Read;
  gateFacts: GateFacts;
  now: Instant;
}

/** Everything `decide` will look at, read from this box's own disk in one go. */
export function gatherFacts(sources: FactSources, { rules, read, gateFacts, now }: TapAt): Facts {
  const { clubData, journal, contact } = sources;
  const { gate, zone } = rules;
  const clockTrusted = sources.clockTrusted();
  const found = findCredentials(sources, read);
  const held = holdMemberships(
    journal,
    found.flatMap(({ memberships }) => memberships),
  );
  const { cursor, takenAt, counts } = clubData.state();
  const place = placeOf(clubData, gate);
  return {
    now,
    clockTrusted,
    read,
    gate: gateFacts,
    ...place,
    credentials: found.map((one) => ({
      credential: one.credential,
      member: one.member,
      staff: one.staff,
      ...(one.printed && { printed: one.printed }),
      memberships: one.memberships.map(({ id }) => held.get(id)).filter((membership) => membership !== undefined),
      bookings: counts.bookings === 0 ? [] : bookingsOf(clubData, one, now),
      token: tokenOf(journal, one.credential, read, now, clockTrusted),
      inside: insideOf(sources, one, zone.id, gateFacts.direction),
    })),
    // Counting takes its time where hundreds are inside, and without a limit nobody asks.
    inside: zone.limit === null ? 0 : peopleInside(journal, zone, place.branch, now),
    data: { cursor, takenAt, contactAt: contact.contactAt(), alone: contact.alone() },
    seenAt: now,
  };
}

/** Where the list holds whole numbers only, one look-up; else what is known of cards that were found by a printed number too. */
function findCredentials(
  { clubData, journal, cardNumbers }: FactSources,
  read: Read,
): (ClubCredential & { printed: PrintedMatch | null })[] {
  const texts = printedTexts(read, cardNumbers.spelled);
  const found = clubData.credentials(read, texts);
  const byPrint = texts.length === 0 ? [] : found.filter(({ credential }) => credential.value !== read.value);
  const bound = byPrint.length === 0 ? new Map() : journal.boundCards(byPrint.map(({ credential }) => credential.id));
  return found.map((one) => ({
    ...one,
    printed: byPrint.includes(one) ? printedMatch(one.credential, read, bound.get(one.credential.id)) : null,
  }));
}

/** People in a zone who came in since its last reset. */
export function peopleInside(journal: Journal, zone: ZoneSettings, branch: Branch | null, now: Instant): number {
  return branch === null ? 0 : journal.presence(zone.id).count(lastReset(zone, branch, now));
}

/** A gate at which nothing else is going on: what a tap outside the ordinary course is judged at. */
export const quietGate: GateFacts = { direction: 'in', mode: 'controlled', waitingFor: null, lastRead: null };

/** Where a gate leads. Of a service that the data does not hold only the id is known. */
export function placeOf(clubData: ClubData, gate: GateSettings): Pick<Facts, 'branch' | 'branches' | 'services'> {
  const branches = clubData.branches();
  return {
    branch: branches.find(({ id }) => id === gate.branch) ?? null,
    branches,
    services: gate.services.map((id) => clubData.service(id) ?? { id, title: id, categoryId: null, individual: false }),
  };
}

/** Memberships with the visits of this gateway and its peers that stand, by membership id. */
export function holdMemberships(journal: Journal, memberships: readonly Membership[]): Map<string, HeldMembership> {
  if (memberships.length === 0) return new Map();
  const charges = journal.charges(memberships.map(({ id }) => id));
  return new Map(memberships.map((membership) => [membership.id, { membership, charges: charges.get(membership.id) ?? [] }]));
}

/** From yesterday's sessions, which a late one may still be, until those that `nextAllowedAt` may name. */
export function bookingsOf(
  clubData: ClubData,
  { credential, staff }: Pick<ClubCredential, 'credential' | 'staff'>,
  now: Instant,
): HeldCredential['bookings'] {
  const { memberId, membershipId } = credential;
  const of = memberId !== null ? { memberId } : membershipId !== null ? { membershipId } : null;
  if (of === null || staff !== null) return [];
  return clubData.bookings(of, now - dayMs, now + horizonMs + dayMs).map(({ booking, session }) => {
    // A class of an individual service is individual, whether its row says so or not (rule 13).
    const individual = session.individual || (clubData.service(session.serviceId)?.individual ?? false);
    return { booking, session: { ...session, individual } };
  });
}

function tokenOf(
  journal: Journal,
  credential: Credential,
  read: Read,
  now: Instant,
  clockTrusted: boolean,
): HeldCredential['token'] {
  if (credential.kind !== 'totp' && credential.kind !== 'signed') return tapOf(journal, credential, read);
  const answer = verifyToken(credential, read, now, clockTrusted);
  if (!answer.genuine) return { genuine: false, fresh: false, used: false, token: null };
  return { ...answer, used: journal.isTokenUsed(credential.id, answer.token) };
}

/** A card that counts its taps has each of them accepted once, and none before one that was. */
function tapOf(journal: Journal, { id }: Credential, { counter }: Read): HeldCredential['token'] {
  if (counter === undefined) return null;
  const highest = journal.highestTapCount(id);
  return { genuine: true, fresh: true, used: highest !== null && counter <= highest, token: tapToken(counter) };
}

function insideOf(
  { clubData, journal }: FactSources,
  holder: ClubCredential,
  zone: string,
  direction: 'in' | 'out',
): Inside | null {
  const person = personOf(holder);
  const entered = person === null ? null : journal.presence(zone).of(person);
  if (entered === null) return null;
  return { ...entered, maxStayMinutes: direction === 'out' ? maxStayOf(clubData, journal, entered.visit) : null };
}

/** The bound that the membership which paid for a visit sets to it. */
function maxStayOf(clubData: ClubData, journal: Journal, visit: number): number | null {
  const paid = journal.visit(visit)?.charges[0];
  return paid === undefined ? null : (clubData.membership(paid.membershipId)?.terms.maxStayMinutes ?? null);
}

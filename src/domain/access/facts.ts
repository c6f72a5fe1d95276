import type { GateMode } from '../gate/mode.ts';
import type { Credential, Read } from '../member/credential.ts';
import type { Booking, Branch, Member, Service, Session } from '../member/member.ts';
import type { Activation, Membership } from '../member/membership.ts';
import type { Instant } from '../schedule/instant.ts';
import type { Decision } from './decision.ts';
import type { PrintedMatch } from './printed-number.ts';

/** Everything one decision looks at. Gathered before `decide`, which reads nothing else. */
export interface Facts {
  now: Instant;
  /** Rule 30. While it is not, everything that needs the clock is left out. */
  clockTrusted: boolean;
  read: Read;
  gate: GateFacts;
  /** The branch entered; null when the club's data does not hold it (nothing can then be decided: refuse). */
  branch: Branch | null;
  /** Every branch of the club. */
  branches: readonly Branch[];
  /** The services of the gate, in the order of its settings. */
  services: Service[];
  /** Every credential row of that kind and value, whatever its status. */
  credentials: HeldCredential[];
  /** People in the zone that the gate enters, open reservations included. */
  inside: number;
  data: DataFacts;
  /** When people inside and the age of the data were looked at; `now` but for a tap that is imagined later. */
  seenAt: Instant;
}

/** A credential with whom it stands for, as far as the data holds them. */
export interface HeldCredential {
  credential: Credential;
  member: Member | null;
  staff: { id: string; name: string } | null;
  /** The member's memberships, or the one that a bearer code names. */
  memberships: HeldMembership[];
  /** Places in sessions from yesterday until the horizon of `nextAllowedAt`, whatever their state. */
  bookings: HeldBooking[];
  /** What a one-time code, or a card that counts its taps, proved (rule 3); null for other kinds. */
  token: TokenFacts | null;
  /** A card that was found by what is printed on it; left out: it was not. */
  printed?: PrintedMatch;
  /** The visit with which this person came into the gate's zone and has not left it; null: not inside. */
  inside: Inside | null;
}

export interface HeldBooking {
  booking: Booking;
  session: Session;
}

export interface TokenFacts {
  genuine: boolean;
  fresh: boolean;
  /** It was accepted before, or a later tap of the same card was. */
  used: boolean;
  /** What may be used once: the step of a totp code, the nonce of a signed token or the card's count of its taps; null unless genuine. */
  token: string | null;
}

export interface Inside {
  visit: number;
  /** The instant of its tap; those before the zone's last reset are forgotten (rule 25). */
  since: Instant;
  /** How long the terms of the membership that paid let somebody stay; null = no bound. */
  maxStayMinutes: number | null;
}

export interface HeldMembership {
  membership: Membership;
  /** Visits of this gateway and its peers that charged or activated it and were not released, oldest first. */
  charges: Charge[];
}

/** One charge of a visit that stands: reserved or committed. */
export interface Charge {
  gateway: string;
  /** The visit number of that gateway (rule 19). */
  visit: number;
  memberId: string | null;
  branchId: string;
  at: Instant;
  /** The service paid for; null at a general entry. */
  serviceId: string | null;
  /** Index into `terms.entitlements`; null where nobody said which. */
  entitlement: number | null;
  charge: number;
  /** The place in a session that it was spent on. */
  bookingId: string | null;
  /** A club card that was charged beside the membership that paid (rule 17): not an entry of its own. */
  prerequisite: boolean;
  state: 'reserved' | 'committed';
  activation: Activation | null;
  /** The freeze that this visit ended, on the visit's date. */
  endsFreeze: string | null;
}

export interface GateFacts {
  /** The side of the reader: `in` also where a gate does both and the reader does not say. */
  direction: 'in' | 'out';
  mode: GateMode;
  /** Whom the gate is open for, by `credentialKey` (null: let in without one); null when nobody. */
  waitingFor: { read: string | null } | null;
  /** The last answer to this same credential at this gate that was not itself a double read. */
  lastRead: { at: Instant; decision: Decision } | null;
}

export interface DataFacts {
  cursor: string | null;
  takenAt: Instant | null;
  /** The last answered exchange with the hub; null: none is known of. */
  contactAt: Instant | null;
  /** Neither the hub nor another box of the branch is in sight. */
  alone: boolean;
}

/** Who is counted in zones and for re-entry: the member, or the membership of a bearer code (rule 4); null for staff and strangers. */
export function personOf({ credential, member, staff }: Pick<HeldCredential, 'credential' | 'member' | 'staff'>): string | null {
  if (staff !== null) return null;
  if (member !== null) return memberKey(member.id);
  return credential.membershipId !== null ? `membership:${credential.membershipId}` : null;
}

export function memberKey(memberId: string): string {
  return `member:${memberId}`;
}

/** The member whom a person is; null for the membership of a bearer code. */
export function memberIdOf(person: string): string | null {
  return person.startsWith('member:') ? person.slice('member:'.length) : null;
}

/** The gate's services by their titles; null: a general entry. */
export function serviceTitles({ services }: Pick<Facts, 'services'>): string | null {
  return services.map(({ id, title }) => title || id).join(', ') || null;
}

import type { GateMode } from '../gate/mode.ts';
import type { Credential, Read } from '../member/credential.ts';
import type { Branch, Member, Service } from '../member/member.ts';
import type { Activation, Membership } from '../member/membership.ts';
import type { Instant } from '../schedule/instant.ts';
import type { Decision } from './decision.ts';

/** Everything one decision looks at. Gathered before `decide`, which reads nothing else. */
export interface Facts {
  now: Instant;
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
  data: DataFacts;
}

/** A credential with whom it stands for, as far as the data holds them. */
export interface HeldCredential {
  credential: Credential;
  member: Member | null;
  staff: { id: string; name: string } | null;
  /** The member's memberships, or the one that a bearer code names. */
  memberships: HeldMembership[];
}

export interface HeldMembership {
  membership: Membership;
  /** This gateway's own visits that charged or activated it and were not released, oldest first. */
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
  /** Index into `terms.entitlements`; null for a club card charged as a prerequisite. */
  entitlement: number | null;
  charge: number;
  state: 'reserved' | 'committed';
  activation: Activation | null;
  /** The freeze that this visit ended, on the visit's date. */
  endsFreeze: string | null;
}

export interface GateFacts {
  /** The side of the reader: `in` also where a gate does both and the reader does not say. */
  direction: 'in' | 'out';
  mode: GateMode;
  /** Whom the gate is open for, by `readText` of their credential (null: let in without one); null when nobody. */
  waitingFor: { read: string | null } | null;
  /** The last answer to this same credential at this gate that was not itself a double read. */
  lastRead: { at: Instant; decision: Decision } | null;
}

export interface DataFacts {
  cursor: string | null;
  takenAt: Instant | null;
}

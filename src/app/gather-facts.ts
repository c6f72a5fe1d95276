import type { Facts, GateFacts, HeldMembership } from '../domain/access/facts.ts';
import type { GateSettings } from '../domain/gate/gate-settings.ts';
import type { Read } from '../domain/member/credential.ts';
import type { Membership } from '../domain/member/membership.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import type { ClubData } from '../ports/club-data.ts';
import type { Journal } from '../ports/journal.ts';

/** Everything `decide` will look at, read from this box's own disk in one go. */
export function gatherFacts(
  stores: { clubData: ClubData; journal: Journal },
  tap: { gate: GateSettings; read: Read; gateFacts: GateFacts; now: Instant },
): Facts {
  const { clubData, journal } = stores;
  const found = clubData.credentials(tap.read);
  const held = holdMemberships(
    journal,
    found.flatMap(({ memberships }) => memberships),
  );
  const { cursor, takenAt } = clubData.state();
  return {
    now: tap.now,
    read: tap.read,
    gate: tap.gateFacts,
    ...placeOf(clubData, tap.gate),
    credentials: found.map((credential) => ({
      ...credential,
      memberships: credential.memberships.map(({ id }) => held.get(id)).filter((one): one is HeldMembership => one !== undefined),
    })),
    data: { cursor, takenAt },
  };
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

/** Memberships with this gateway's own visits that stand, by membership id. */
export function holdMemberships(journal: Journal, memberships: readonly Membership[]): Map<string, HeldMembership> {
  if (memberships.length === 0) return new Map();
  const charges = journal.charges(memberships.map(({ id }) => id));
  return new Map(memberships.map((membership) => [membership.id, { membership, charges: charges.get(membership.id) ?? [] }]));
}

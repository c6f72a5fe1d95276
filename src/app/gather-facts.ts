import type { Facts, GateFacts, HeldMembership } from '../domain/access/facts.ts';
import type { GateSettings } from '../domain/gate/gate-settings.ts';
import type { Read } from '../domain/member/credential.ts';
import type { Service } from '../domain/member/member.ts';
import type { Membership } from '../domain/member/membership.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import type { ClubData } from '../ports/club-data.ts';
import type { Journal } from '../ports/journal.ts';

/** Everything `decide` will look at, read from this box's own disk in one go. */
export function gatherFacts(
  stores: { clubData: ClubData; journal: Journal },
  tap: { gate: GateSettings; read: Read; gateFacts: GateFacts; now: Instant },
): Facts {
  const { clubData } = stores;
  const found = clubData.credentials(tap.read);
  const held = holdMemberships(
    stores.journal,
    found.flatMap(({ memberships }) => memberships),
  );
  const state = clubData.state();
  const branches = clubData.branches();
  return {
    now: tap.now,
    read: tap.read,
    gate: tap.gateFacts,
    branch: branches.find(({ id }) => id === tap.gate.branch) ?? null,
    branches,
    services: servicesOf(clubData, tap.gate),
    credentials: found.map((credential) => ({
      ...credential,
      memberships: credential.memberships.map(({ id }) => held.get(id)).filter((one): one is HeldMembership => one !== undefined),
    })),
    data: { cursor: state.cursor, takenAt: state.takenAt },
  };
}

/** The gate's services in the order of its settings; of one that the data does not hold only the id is known. */
export function servicesOf(clubData: ClubData, gate: GateSettings): Service[] {
  return gate.services.map((id) => clubData.service(id) ?? { id, title: id, categoryId: null, individual: false });
}

/** Memberships with this gateway's own visits that stand, by membership id. */
export function holdMemberships(journal: Journal, memberships: readonly Membership[]): Map<string, HeldMembership> {
  if (memberships.length === 0) return new Map();
  const charges = journal.charges(memberships.map(({ id }) => id));
  return new Map(memberships.map((membership) => [membership.id, { membership, charges: charges.get(membership.id) ?? [] }]));
}

import type { Database } from 'better-sqlite3';
import type { Charge } from '../../domain/access/facts.ts';
import { inOrderOfTaps } from '../../domain/journal/charges.ts';
import type { PeerVisit } from '../../ports/journal.ts';
import { type ChargeRow, chargeColumns, chargeOf } from './journal-rows.ts';
import { writeUnforced } from './write-unforced.ts';

/** A row of `peer_visits`. */
type PeerRow = [
  membershipId: string,
  gateway: string,
  visit: number,
  at: number,
  memberId: string | null,
  branchId: string,
  serviceId: string | null,
  charge: number,
];

const peerColumns = 'membership_id, gateway, visit, at, member_id, branch_id, service_id, charge';

/** Charges by membership: those of this gateway's own visits that stand, and those that its peers told of. */
export function journalCharges(db: Database, gateway: string) {
  const ownCharges = db
    .prepare<[string], [...ChargeRow, state: Charge['state']]>(
      `SELECT ${chargeColumns}, state FROM json_each(?) JOIN charges ON membership_id = value JOIN visits ON visits.number = visit
       WHERE state <> 'released'`,
    )
    .raw();
  const peerCharges = db
    .prepare<[string], PeerRow>(`SELECT ${peerColumns} FROM json_each(?) JOIN peer_visits ON membership_id = value`)
    .raw();
  const insertPeer = db.prepare<PeerRow>('INSERT OR IGNORE INTO peer_visits VALUES (?, ?, ?, ?, ?, ?, ?, ?)');

  return {
    of(membershipIds: readonly string[]): Map<string, Charge[]> {
      const charges = new Map<string, Charge[]>(membershipIds.map((id) => [id, []]));
      const ids = JSON.stringify(membershipIds);
      for (const row of ownCharges.all(ids)) charges.get(row[0])?.push(chargeOf(row, gateway));
      for (const row of peerCharges.all(ids)) charges.get(row[0])?.push(peerCharge(row));
      for (const list of charges.values()) list.sort(inOrderOfTaps);
      return charges;
    },

    /** What is said to come from this gateway itself is left out: its own visits are in its journal. */
    hearPeer(peer: string, visits: readonly PeerVisit[]): void {
      if (peer === gateway || visits.length === 0) return;
      writeUnforced(db, () => {
        for (const { number, membershipId, memberId, branchId, serviceId, at, charge } of visits) {
          insertPeer.run(membershipId, peer, number, at, memberId, branchId, serviceId, charge);
        }
      });
    },
  };
}

function peerCharge([, gateway, visit, at, memberId, branchId, serviceId, charge]: PeerRow): Charge {
  return {
    gateway,
    visit,
    memberId,
    branchId,
    at,
    serviceId,
    entitlement: null,
    charge,
    bookingId: null,
    prerequisite: false,
    state: 'committed',
    activation: null,
    endsFreeze: null,
  };
}

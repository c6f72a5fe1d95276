import type { Charge } from '../../domain/access/facts.ts';
import type { GateMode } from '../../domain/gate/mode.ts';
import type { JournalEntry, JournalEvent } from '../../domain/journal/entry.ts';

/** A row of `journal`. Raw arrays cost half of what objects do. */
export type EntryRow = [
  number: number,
  at: number,
  visit: number | null,
  event: string,
  previousHash: Buffer,
  hash: Buffer,
  clockTrusted: 0 | 1,
];

export const entryColumns = 'journal.number, journal.at, journal.visit, event, previous_hash, hash, clock_trusted';

/** `eventText` is the event in canonical JSON. */
export function entryRow(entry: JournalEntry, eventText: string): EntryRow {
  const { number, at, visitNumber, previousHash, hash, clockTrusted } = entry;
  return [number, at, visitNumber, eventText, Buffer.from(previousHash, 'hex'), Buffer.from(hash, 'hex'), clockTrusted ? 1 : 0];
}

/** Throws SyntaxError when the event is no JSON. */
export function entryOf(row: EntryRow, gateway: string): JournalEntry {
  const [number, at, visitNumber, event, previousHash, hash, clockTrusted] = row;
  return {
    gateway,
    at,
    clockTrusted: clockTrusted === 1,
    visitNumber,
    event: JSON.parse(event) as JournalEvent,
    number,
    previousHash: previousHash.toString('hex'),
    hash: hash.toString('hex'),
  };
}

/** A row of `charges`. */
export type ChargeRow = [
  membershipId: string,
  visit: number,
  at: number,
  memberId: string | null,
  branchId: string,
  serviceId: string | null,
  entitlement: number | null,
  charge: number,
  startsOn: string | null,
  endsOn: string | null,
  endsFreeze: string | null,
  bookingId: string | null,
  prerequisite: 0 | 1,
];

export const chargeColumns =
  'membership_id, visit, at, member_id, branch_id, service_id, entitlement, charge, activation_starts_on, activation_ends_on, ends_freeze, booking_id, prerequisite';

/** The state is not in the row: it is the visit's. */
export function chargeRow(membershipId: string, { activation, ...charge }: Charge): ChargeRow {
  return [
    membershipId,
    charge.visit,
    charge.at,
    charge.memberId,
    charge.branchId,
    charge.serviceId,
    charge.entitlement,
    charge.charge,
    activation?.startsOn ?? null,
    activation?.endsOn ?? null,
    charge.endsFreeze,
    charge.bookingId,
    charge.prerequisite ? 1 : 0,
  ];
}

/** Copies nothing: charges are read at every tap. */
export function chargeOf(row: [...ChargeRow, state: Charge['state']], gateway: string): Charge {
  const [
    ,
    visit,
    at,
    memberId,
    branchId,
    serviceId,
    entitlement,
    charge,
    startsOn,
    endsOn,
    endsFreeze,
    bookingId,
    beside,
    state,
  ] = row;
  return {
    gateway,
    visit,
    memberId,
    branchId,
    at,
    serviceId,
    entitlement,
    charge,
    bookingId,
    prerequisite: beside === 1,
    state,
    activation: startsOn === null ? null : { startsOn, endsOn },
    endsFreeze,
  };
}

/** A row of `gates`. */
export type GateRow = [
  gate: string,
  newestEntry: number,
  newestVisit: number | null,
  mode: GateMode | null,
  modeBefore: GateMode | null,
];

export const gateColumns = 'gate, newest_entry, newest_visit, mode, mode_before';

import { z } from 'zod';
import type { ClubRows, Entity } from '../../domain/member/club.ts';
import { type Credential, credentialKinds, credentialStatuses } from '../../domain/member/credential.ts';
import {
  type Booking,
  type Branch,
  bookingStates,
  languages,
  type Member,
  type Service,
  type Session,
  type Staff,
} from '../../domain/member/member.ts';
import { type Membership, type MembershipType, membershipStates, type Terms } from '../../domain/member/membership.ts';
import {
  closeContradictions,
  contradictionsInBooking,
  contradictionsInBranch,
  contradictionsInCredential,
  contradictionsInMember,
  contradictionsInMembership,
  contradictionsInSession,
  contradictionsInType,
} from './contradictions.ts';
import { type Finding, type Reading, readRow } from './read-row.ts';
import { terms } from './terms.ts';
import {
  amount,
  birthday,
  closed,
  count,
  flag,
  id,
  instant,
  interval,
  list,
  localDate,
  optional,
  text,
  timeOfDay,
  timeZone,
  wholeNumber,
  window,
} from './values.ts';

/** A membership as it was sent. `terms` null: it takes its type's. */
export type SoldMembership = Omit<Membership, 'title' | 'terms'> & { terms: Terms | null };

/** A row of a snapshot as it was sent. */
export type SnapshotRow<E extends Entity> = E extends 'memberships' ? SoldMembership : ClubRows[E];

/** How the rows of each entity are read (membership-rules section 2). A row of null counts as absent. */
export const rowReaders: { readonly [E in Entity]: (raw: unknown) => Reading<SnapshotRow<E> | null> } = {
  branches: (raw) =>
    finish(raw, readRow(branch, raw), contradictionsInBranch, (row, faults) =>
      faults.length === 0 ? row : closeContradictions(row),
    ),
  services: (raw) => readRow(service, raw),
  members: (raw) =>
    finish(raw, readRow(member, raw), contradictionsInMember, (row, faults) => ({ ...row, unusable: firstOf(faults) })),
  staff: (raw) => readRow(staff, raw),
  credentials: (raw) =>
    finish(raw, readRow(credential, raw, 'value'), contradictionsInCredential, (row, faults) => {
      // A kind that is not known must not be found as another kind: no read is empty.
      const value = faults.some(({ path }) => path[0] === 'kind') ? '' : row.value;
      return { ...row, value, unusable: firstOf(faults) };
    }),
  membershipTypes: (raw) =>
    finish(raw, readRow(membershipType, raw), contradictionsInType, (row, faults) => ({ ...row, unusable: firstOf(faults) })),
  memberships: (raw) =>
    finish(raw, readRow(membership, raw), contradictionsInMembership, (row, faults) => {
      const termsAreFaulty = faults.some(({ path }) => path[0] === 'terms');
      return { ...row, terms: termsAreFaulty ? null : row.terms, unusable: firstOf(faults) };
    }),
  sessions: (raw) => finish(raw, readRow(session, raw), contradictionsInSession, absentWhenFaulty),
  bookings: (raw) => finish(raw, readRow(booking, raw), contradictionsInBooking, absentWhenFaulty),
};

function finish<P, R>(
  raw: unknown,
  reading: Reading<P>,
  contradictionsIn: (parsed: P, raw: unknown) => Finding[],
  rowOf: (parsed: P, faults: Finding[]) => R,
): Reading<R> {
  if ('problems' in reading) return reading;
  const faults = [...reading.faults, ...contradictionsIn(reading.row, raw)];
  return { row: rowOf(reading.row, faults), faults };
}

function firstOf(faults: Finding[]): string | null {
  return faults[0]?.problem ?? null;
}

function absentWhenFaulty<P>(row: P, faults: Finding[]): P | null {
  return faults.length > 0 ? null : row;
}

const branch = z.object(
  {
    id,
    name: optional(text, ''),
    timeZone,
    dayStartsAt: optional(timeOfDay, 0),
    openingHours: list(window),
    exceptions: list(z.object({ date: localDate, intervals: list(interval) }, 'an object')),
  },
  'an object',
) satisfies z.ZodType<Branch>;

const service = z.object(
  { id, title: optional(text, ''), categoryId: optional(id, null), individual: flag },
  'an object',
) satisfies z.ZodType<Service>;

const debt = z.object(
  { amount, currency: optional(text, null), since: optional(localDate, null), terminatesOn: optional(localDate, null) },
  'an object, or null for no debt',
);

const member = z.object(
  {
    id,
    name: optional(text, ''),
    // The texts exist in these languages only.
    language: text.nullish().transform((value) => languages.find((language) => language === value) ?? null),
    photo: optional(text, null),
    birthday: optional(birthday, null),
    birthYear: optional(wholeNumber, null),
    blocked: flag,
    blockReason: optional(text, null),
    tags: list(text),
    debt: debt
      .nullable()
      .optional()
      .transform((value) => (value === undefined ? ('unknown' as const) : value)),
    documents: list(z.object({ kind: text, validUntil: optional(localDate, null) }, 'an object')),
    notes: list(z.object({ kind: optional(text, ''), text: optional(text, '') }, 'an object')),
  },
  'an object',
) satisfies z.ZodType<Omit<Member, 'unusable'>>;

const staff = z.object({ id, name: optional(text, ''), credentialIds: list(id) }, 'an object') satisfies z.ZodType<Staff>;

const credential = z.object(
  {
    id,
    kind: closed(credentialKinds, 'pin'),
    value: id,
    memberId: optional(id, null),
    membershipId: optional(id, null),
    status: closed(credentialStatuses, 'suspended'),
    validFrom: optional(instant, null),
    validUntil: optional(instant, null),
  },
  'an object',
) satisfies z.ZodType<Omit<Credential, 'unusable'>>;

const membershipType = z.object(
  { id, title: optional(text, ''), shortTitle: optional(text, ''), archived: flag, terms },
  'an object',
) satisfies z.ZodType<Omit<MembershipType, 'unusable'>>;

const visits = z.object(
  {
    left: z.int(whole('for unlimited')).nullable(),
    perEntitlement: optional(
      z.array(z.int(whole('for unlimited')).nullable(), 'a list with a number for each entitlement'),
      null,
    ),
    includes: z
      .record(z.string(), count, 'an object with a visit number for each gateway')
      .nullish()
      .transform((value) => value ?? {}),
  },
  'an object with `left`',
);

function whole(meaning: string): string {
  return `a whole number, or null ${meaning}`;
}

const recentVisit = z.object(
  {
    gateway: id,
    visit: count,
    memberId: optional(id, null),
    at: instant,
    serviceId: optional(id, null),
    charge: optional(count, 1),
  },
  'an object',
);

const freeze = z.object({ id, from: localDate, until: optional(localDate, null) }, 'an object');

const payment = z
  .object(
    {
      mode: optional(closed(['one_off', 'fixed_term', 'recurring'], 'one_off'), 'one_off'),
      state: optional(closed(['paid', 'on_credit', 'overdue', 'failed', 'pending'], 'failed'), 'paid'),
      paidThrough: optional(localDate, null),
    },
    'an object',
  )
  .nullish()
  .transform((value) => value ?? { mode: 'one_off' as const, state: 'paid' as const, paidThrough: null });

const limitedTo = z
  .object({ branchIds: optional(z.array(id, 'a list'), null), serviceIds: optional(z.array(id, 'a list'), null) }, 'an object')
  .nullish()
  .transform((value) => value ?? { branchIds: null, serviceIds: null });

const membership = z
  .object(
    {
      id,
      typeId: optional(id, null),
      number: optional(text, null),
      memberIds: z.array(id, 'a list of member ids'),
      state: closed(membershipStates, 'cancelled'),
      soldOn: optional(localDate, null),
      startsOn: optional(localDate, null),
      endsOn: optional(localDate, null),
      endsAt: optional(instant, null),
      visits,
      recent: list(recentVisit),
      freezes: list(freeze),
      payment,
      limitedTo,
      terms: optional(terms, null),
    },
    'an object',
  )
  .refine(({ typeId, terms: own }) => typeId !== null || own !== null, {
    error: 'the id of a membership type, or `terms` of its own',
    path: ['typeId'],
  }) satisfies z.ZodType<Omit<SoldMembership, 'unusable'>>;

const session = z.object(
  {
    id,
    branchId: id,
    serviceId: id,
    title: optional(text, ''),
    individual: flag,
    startsAt: instant,
    endsAt: optional(instant, null),
    capacity: optional(count, null),
    cancelled: flag,
  },
  'an object',
) satisfies z.ZodType<Session>;

const booking = z.object(
  {
    id,
    sessionId: id,
    memberId: id,
    membershipId: optional(id, null),
    seats: optional(count, 1),
    state: optional(closed(bookingStates, 'cancelled'), 'booked'),
  },
  'an object',
) satisfies z.ZodType<Booking>;

/** The rows as they are sent, for describing them to whoever sends them. */
export const rowShapes = {
  branches: branch,
  services: service,
  members: member,
  staff,
  credentials: credential,
  membershipTypes: membershipType,
  memberships: membership,
  sessions: session,
  bookings: booking,
} satisfies Record<Entity, z.ZodType>;

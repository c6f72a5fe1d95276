import type { Charge, Facts, HeldBooking, HeldCredential, HeldMembership } from '../../src/domain/access/facts.ts';
import { chooseCriteria, type GateSettings, type Rules } from '../../src/domain/gate/gate-settings.ts';
import type { Credential } from '../../src/domain/member/credential.ts';
import type { Booking, Branch, Member, Session } from '../../src/domain/member/member.ts';
import type { Membership, Terms } from '../../src/domain/member/membership.ts';

/** 15 June 2026 is a Monday. */
export const at = (text: string): number => Date.parse(text);

export const warsaw: Branch = {
  id: 'center',
  name: 'Center',
  timeZone: 'Europe/Warsaw',
  dayStartsAt: 0,
  openingHours: [],
  exceptions: [],
};

export const gym = { id: 'gym', title: 'Gym', categoryId: 'fitness', individual: false };
export const pool = { id: 'pool', title: 'Pool', categoryId: 'water', individual: false };
export const coaching = { id: 'coaching', title: 'Coaching', categoryId: 'fitness', individual: true };

export function aTerms(terms: Partial<Terms> = {}): Terms {
  return {
    kind: 'fixed',
    oneTime: false,
    trial: false,
    usage: 'regular',
    requiresClubCard: false,
    activation: 'sale',
    autoActivateAfter: null,
    validity: { length: 1, unit: 'month' },
    lastDay: 'activation_day_is_day_1',
    entitlements: [{ scope: { any: true }, visits: null }],
    pool: 'shared',
    visits: null,
    maxPerDay: null,
    maxPerWeek: null,
    maxPerMonth: null,
    maxStayMinutes: null,
    availability: [],
    branchIds: null,
    freeze: { allowed: true, maxCount: null, maxTotalDays: null, minDays: null },
    allowOverlap: true,
    multiMember: false,
    ...terms,
  };
}

export function aMembership(row: Partial<Omit<Membership, 'terms'>> & { terms?: Partial<Terms> } = {}): Membership {
  const { terms, ...rest } = row;
  return {
    id: 'p1',
    typeId: 't1',
    title: 'Monthly',
    number: null,
    memberIds: ['m1'],
    state: 'active',
    soldOn: '2026-06-01',
    startsOn: '2026-06-01',
    endsOn: '2026-06-30',
    endsAt: null,
    visits: { left: null, perEntitlement: null, includes: {} },
    recent: [],
    freezes: [],
    payment: { mode: 'one_off', state: 'paid', paidThrough: null },
    limitedTo: { branchIds: null, serviceIds: null },
    unusable: null,
    ...rest,
    terms: aTerms(terms),
  };
}

export function counted(left: number, includes: Record<string, number> = {}): Membership['visits'] {
  return { left, perEntitlement: null, includes };
}

export function aMember(row: Partial<Member> = {}): Member {
  return {
    id: 'm1',
    name: 'Anna K.',
    language: 'pl',
    photo: null,
    birthday: null,
    birthYear: null,
    blocked: false,
    blockReason: null,
    tags: [],
    debt: null,
    documents: [],
    notes: [],
    unusable: null,
    ...row,
  };
}

export function aCredential(row: Partial<Credential> = {}): Credential {
  return {
    id: 'c1',
    kind: 'rfid',
    value: '042B73321A3180',
    memberId: 'm1',
    membershipId: null,
    status: 'active',
    validFrom: null,
    validUntil: null,
    unusable: null,
    ...row,
  };
}

export function aCharge(charge: Partial<Charge> = {}): Charge {
  return {
    gateway: 'box-1',
    visit: 1,
    memberId: 'm1',
    branchId: 'center',
    at: at('2026-06-15T07:00:00+02:00'),
    serviceId: null,
    entitlement: 0,
    charge: 1,
    bookingId: null,
    prerequisite: false,
    state: 'committed',
    activation: null,
    endsFreeze: null,
    ...charge,
  };
}

export function held(membership: Membership, charges: Charge[] = []): HeldMembership {
  return { membership, charges };
}

/** Anna's place in a yoga class at 18:00 on Monday, 15 June 2026. */
export function aBooking(booking: Partial<Booking> = {}, session: Partial<Session> = {}): HeldBooking {
  return {
    booking: { id: 'b1', sessionId: 's1', memberId: 'm1', membershipId: null, seats: 1, state: 'booked', ...booking },
    session: {
      id: 's1',
      branchId: 'center',
      serviceId: 'yoga',
      title: 'Yoga',
      individual: false,
      startsAt: at('2026-06-15T18:00:00+02:00'),
      endsAt: at('2026-06-15T19:00:00+02:00'),
      capacity: 12,
      cancelled: false,
      ...session,
    },
  };
}

export function aHolder(holder: Partial<HeldCredential> = {}): HeldCredential {
  return {
    credential: aCredential(),
    member: aMember(),
    staff: null,
    memberships: [],
    bookings: [],
    token: null,
    inside: null,
    ...holder,
  };
}

/** Anna with these memberships taps her card. `holder`: what else is known of her and the card. */
export function aTap(
  memberships: (Membership | HeldMembership)[],
  facts: Partial<Facts> = {},
  holder: Partial<HeldCredential> = {},
): Facts {
  const card = aHolder({ memberships: memberships.map((one) => ('membership' in one ? one : held(one))), ...holder });
  const now = facts.now ?? at('2026-06-15T08:00:00+02:00');
  return {
    now,
    clockTrusted: true,
    read: { kind: 'rfid', value: '042B73321A3180' },
    gate: { direction: 'in', mode: 'controlled', waitingFor: null, lastRead: null },
    branch: warsaw,
    branches: [warsaw, { ...warsaw, id: 'north', name: 'North' }],
    services: [],
    credentials: [card],
    inside: 0,
    data: { cursor: '1', takenAt: null, contactAt: now, alone: false },
    seenAt: now,
    ...facts,
  };
}

export function aGate(gate: Partial<GateSettings> = {}): GateSettings {
  return {
    id: 'main-in',
    branch: 'center',
    direction: 'in',
    zone: 'club',
    services: [],
    charge: 'per_day',
    sessionMinutes: 180,
    passage: 'assumed',
    passageTimeoutSeconds: 6,
    onRestart: 'release',
    doubleReadSeconds: 5,
    antiPassback: { mode: 'off', forgiveMinutes: null, exemptTags: [] },
    booking: 'optional',
    earlyMinutes: 30,
    lateMinutes: 15,
    debt: { policy: 'warn', denyFromAmount: null, denyAfterDays: null },
    paymentGraceDays: 3,
    frozen: 'deny',
    minAssurance: 'uid',
    documents: [],
    admission: [],
    openingHours: 'respect',
    openingHoursExemptTags: [],
    ...gate,
  };
}

export function rulesFor(gate: Partial<GateSettings> = {}, rules: Partial<Rules> = {}): Rules {
  return {
    gateway: 'box-1',
    gate: aGate(gate),
    zone: { id: 'club', limit: null, exemptTags: [], resetAt: 240 },
    clubCard: { appliesTo: 'flagged' },
    freshness: { warnAfterHours: 24, limitAfterHours: 720, counted: 'ask_staff', unlimited: 'allow' },
    clock: { whenUntrusted: 'ask_staff' },
    offline: { maxVisitsPerMembership: null },
    warnings: { lastVisits: 1, expiresWithinDays: 3 },
    chooseOrder: chooseCriteria,
    ...rules,
  };
}

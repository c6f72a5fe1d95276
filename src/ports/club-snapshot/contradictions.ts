import type { Credential } from '../../domain/member/credential.ts';
import type { Booking, Branch, Member, Session } from '../../domain/member/member.ts';
import type { Membership, MembershipType, Terms } from '../../domain/member/membership.ts';
import type { Interval, Window } from '../../domain/schedule/availability.ts';
import { dayMs, type LocalDate } from '../../domain/schedule/instant.ts';
import { fromBase32 } from '../../lib/base32.ts';
import { readEd25519PublicKey } from '../../lib/ed25519.ts';
import type { JsonPath } from '../../lib/locate-in-json.ts';
import { type Finding, sayIs } from './read-row.ts';

/**
 * What contradicts itself within one row of a club snapshot, or can mean nothing, though each value is of the right form. Such a
 * row is never read as "allowed". `raw`: the row as it was sent.
 */

/** Hours that begin when they end, and a date with two kinds of hours. */
export function contradictionsInBranch({ openingHours, exceptions }: Branch, raw: unknown): Finding[] {
  return [
    ...emptyInWindows(['openingHours'], openingHours, raw),
    ...exceptions.flatMap(({ intervals }, index) => emptyIntervals(['exceptions', index], intervals, raw)),
    ...clashes(exceptions).map(({ first, index }) => {
      const path = ['exceptions', index, 'date'];
      const problem = `${sayIs(raw, path)}, which \`exceptions[${first}]\` gives other hours`;
      return { path, problem, expected: 'each date once' };
    }),
  ];
}

/** The branch with all of that closed which contradicts itself. */
export function closeContradictions(branch: Branch): Branch {
  const unclear = new Set(clashes(branch.exceptions).map(({ index }) => branch.exceptions[index]?.date));
  return {
    ...branch,
    openingHours: branch.openingHours.map(({ weekDays, intervals }) => ({ weekDays, intervals: intervals.filter(opens) })),
    exceptions: branch.exceptions.map(({ date, intervals }) => ({
      date,
      intervals: unclear.has(date) ? [] : intervals.filter(opens),
    })),
  };
}

/** A day of birth that no calendar has, and a debt that ends a membership before there was one. */
export function contradictionsInMember({ birthday, birthYear, debt }: Omit<Member, 'unusable'>, raw: unknown): Finding[] {
  const found: Finding[] = [];
  if (birthday !== null && !isRealDay(birthday, birthYear)) {
    const inYear = birthYear === null ? '' : ` of ${birthYear}`;
    found.push({
      path: ['birthday'],
      problem: `${sayIs(raw, ['birthday'])}, a day${inYear} that never was`,
      expected: 'month and day of a date that exists',
    });
  }
  if (debt !== null && debt !== 'unknown' && isBefore(debt.terminatesOn, debt.since)) {
    found.push({
      path: ['debt', 'terminatesOn'],
      problem: `${sayIs(raw, ['debt', 'terminatesOn'])}, before \`since\`, \`${debt.since}\``,
      expected: 'a date not before it',
    });
  }
  return found;
}

/** Two holders, a validity that ends before it begins, a secret or key that no code can fit. */
export function contradictionsInCredential(
  { kind, value, memberId, membershipId, validFrom, validUntil }: Omit<Credential, 'unusable'>,
  raw: unknown,
): Finding[] {
  const found: Finding[] = [];
  if (memberId !== null && membershipId !== null) {
    found.push({
      path: ['membershipId'],
      problem: `${sayIs(raw, ['membershipId'])} beside a \`memberId\`, \`${memberId}\``,
      expected: 'one of the two: a bearer code names a membership instead of a member',
    });
  }
  if (validFrom !== null && validUntil !== null && validUntil <= validFrom) {
    found.push({
      path: ['validUntil'],
      problem: `${sayIs(raw, ['validUntil'])} and ${sayIs(raw, ['validFrom'])}`,
      expected: 'it to end after it begins',
    });
  }
  // Secrets and keys are not repeated.
  if (kind === 'totp' && fromBase32(value) === null) {
    found.push({
      path: ['value'],
      problem: '`value` is not base32',
      expected: 'the secret of a `totp` credential: letters A–Z and digits 2–7 (RFC 4648)',
    });
  }
  if (kind === 'signed' && readEd25519PublicKey(value) === null) {
    found.push({
      path: ['value'],
      problem: '`value` is no Ed25519 public key that can be trusted',
      expected: 'the 32 bytes of one as base64url or base64, or its SubjectPublicKeyInfo as base64 (DER) or PEM',
    });
  }
  return found;
}

/** Hours that begin when they end. */
export function contradictionsInType({ terms }: Pick<MembershipType, 'terms'>, raw: unknown): Finding[] {
  return emptyInWindows(['terms', 'availability'], terms.availability, raw);
}

/** An end before its start, and counts that do not fit the entitlements they count. `terms` null: it takes its type's. */
export function contradictionsInMembership(
  {
    startsOn,
    endsOn,
    endsAt,
    freezes,
    visits,
    terms,
  }: Omit<Membership, 'title' | 'terms' | 'unusable'> & { terms: Terms | null },
  raw: unknown,
): Finding[] {
  const found = terms === null ? [] : contradictionsInType({ terms }, raw);
  const report = (path: JsonPath, problem: string, expected: string) => found.push({ path, problem, expected });
  if (isBefore(endsOn, startsOn)) report(['endsOn'], `${sayIs(raw, ['endsOn'])}, before ${theStart(startsOn)}`, notBefore);
  // Which instant a date begins at depends on the branch: nowhere more than a day before it begins in UTC.
  if (endsAt !== null && startsOn !== null && endsAt < Date.parse(startsOn) - dayMs) {
    report(['endsAt'], `${sayIs(raw, ['endsAt'])}, before ${theStart(startsOn)}`, 'an instant after it');
  }
  // A freeze that ends on the day it begins is one that a visit of that day ended (rule 16): it covers nothing.
  freezes.forEach(({ from, until }, index) => {
    const path = ['freezes', index, 'until'];
    if (isBefore(until, from)) report(path, `${sayIs(raw, path)}, before its \`from\`, \`${from}\``, notBefore);
  });
  if (terms?.pool === 'split' && visits.perEntitlement?.length !== terms.entitlements.length) {
    const counted = visits.perEntitlement === null ? 'is missing' : `has ${numbers(visits.perEntitlement.length)}`;
    report(
      ['visits', 'perEntitlement'],
      `\`visits.perEntitlement\` ${counted} with \`pool: split\` and ${terms.entitlements.length} \`entitlements\``,
      'a number, or null for unlimited, for each of them, in their order',
    );
  }
  return found;
}

/** An end that is not after the start. */
export function contradictionsInSession({ startsAt, endsAt }: Session, raw: unknown): Finding[] {
  if (endsAt === null || endsAt >= startsAt) return [];
  return [
    {
      path: ['endsAt'],
      problem: `${sayIs(raw, ['endsAt'])} and ${sayIs(raw, ['startsAt'])}`,
      expected: 'it to end after it begins, or null for no end',
    },
  ];
}

/** A place for nobody would cost nothing. */
export function contradictionsInBooking({ seats }: Booking, raw: unknown): Finding[] {
  return seats > 0 ? [] : [{ path: ['seats'], problem: sayIs(raw, ['seats']), expected: '1 or more' }];
}

const notBefore = 'a date not before it';

function theStart(startsOn: LocalDate | null): string {
  return `\`startsOn\`, \`${startsOn}\``;
}

function isBefore(end: LocalDate | null, start: LocalDate | null): boolean {
  return end !== null && start !== null && end < start;
}

function numbers(count: number): string {
  return count === 1 ? '1 number' : `${count} numbers`;
}

function emptyInWindows(path: JsonPath, windows: readonly Window[], raw: unknown): Finding[] {
  return windows.flatMap(({ intervals }, index) => emptyIntervals([...path, index], intervals, raw));
}

function emptyIntervals(around: JsonPath, intervals: readonly Interval[], raw: unknown): Finding[] {
  return intervals.flatMap((interval, index) => {
    if (opens(interval)) return [];
    const path = [...around, 'intervals', index, 'to'];
    const expected = 'another time than `from`; a whole day is `00:00` to `24:00`';
    return [{ path, problem: `${sayIs(raw, path)}, as is its \`from\``, expected }];
  });
}

function opens({ from, to }: Interval): boolean {
  return from !== to;
}

/** Exceptions of a date that an earlier one, `first`, gives other hours. */
function clashes(exceptions: Branch['exceptions']): { first: number; index: number }[] {
  const byDate = new Map<LocalDate, { first: number; hours: string }>();
  return exceptions.flatMap(({ date, intervals }, index) => {
    const hours = JSON.stringify(intervals);
    const named = byDate.get(date);
    if (named === undefined) byDate.set(date, { first: index, hours });
    return named === undefined || named.hours === hours ? [] : [{ first: named.first, index }];
  });
}

/** `birthday` is a month and a day from 1 to 31. */
function isRealDay(birthday: string, birthYear: number | null): boolean {
  const [month, day] = [Number(birthday.slice(0, 2)), Number(birthday.slice(3))];
  const year = birthYear === null || isLeap(birthYear) ? 2000 : 2001;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

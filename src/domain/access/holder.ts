import type { RefusalCode } from './code.ts';
import type { Facts, HeldCredential } from './facts.ts';
import type { Params } from './params.ts';
import { paramsOf } from './params.ts';
import { rowsOfCard } from './printed-number.ts';

/** Whom the credential stands for, or why nobody (rules 1 and 2). */
export type Holder = { held: HeldCredential } | { code: RefusalCode; params: Params };

/**
 * Rules 1 to 3: the read must equal kind and whole value of a row; only active rows make a value ambiguous (cards are
 * handed on); a row whose member or membership is missing stands for nobody.
 */
export function holderOf({ credentials: found, now, clockTrusted }: Facts): Holder {
  const credentials = rowsOfCard(found);
  if (credentials.length === 0) return anotherCard(found);
  const usable = credentials.filter((row) => row.credential.unusable === null && namesSomebody(row)).sort(byId);
  const active = usable.filter(({ credential }) => credential.status === 'active');
  const holders = new Set(active.map(holderKey));
  if (holders.size > 1)
    return { code: 'AMBIGUOUS_CREDENTIAL', params: paramsOf('AMBIGUOUS_CREDENTIAL', { members: holders.size, knownCard: null }) };
  const held = active.find(({ credential }) => !clockTrusted || isWithin(credential, now));
  if (held) return standsForSomebody(held) ? proven(held) : unknown();
  const unusable = credentials.filter(({ credential }) => credential.unusable !== null).sort(byId)[0]?.credential;
  if (active.length === 0 && unusable) {
    return { code: 'UNKNOWN_STATE', params: paramsOf('UNKNOWN_STATE', { problem: unusable.unusable }) };
  }
  // Rule 2: a row whose member or membership is missing is nobody's, whatever its status.
  return usable.some(standsForSomebody) ? inactive(active[0] ?? usable[0], now) : unknown();
}

/** Nobody's, or a card whose printed number is known to be that of another one: cards of which one part is alike are told apart by nobody. */
function anotherCard(found: HeldCredential[]): Holder {
  const [known] = found.filter(({ credential }) => credential.status === 'active' && credential.unusable === null).sort(byId);
  if (known === undefined) return unknown();
  const params = paramsOf('AMBIGUOUS_CREDENTIAL', { members: null, knownCard: known.credential.id });
  return { code: 'AMBIGUOUS_CREDENTIAL', params };
}

/** Rule 3. A totp code that does not fit may be an old one: only a newer one helps. A signature that does not is no token at all. */
function proven(held: HeldCredential): Holder {
  const { token, credential } = held;
  if (token === null || (token.genuine && token.fresh && !token.used)) return { held };
  return !token.genuine && credential.kind === 'signed' ? unknown() : { code: 'CREDENTIAL_REPLAYED', params: {} };
}

/** A row of nobody makes no value ambiguous and opens nothing. */
function namesSomebody({ credential, staff }: HeldCredential): boolean {
  return credential.memberId !== null || credential.membershipId !== null || staff !== null;
}

/** So that the order in which rows arrived never decides. */
function byId(a: HeldCredential, b: HeldCredential): number {
  return a.credential.id < b.credential.id ? -1 : 1;
}

function unknown(): Holder {
  return { code: 'UNKNOWN_CREDENTIAL', params: {} };
}

function inactive(row: HeldCredential | undefined, now: number): Holder {
  if (!row) return unknown();
  const { status, validFrom, validUntil } = row.credential;
  const early = status === 'active' && validFrom !== null && now < validFrom;
  const late = status === 'active' && validUntil !== null && now >= validUntil;
  return {
    code: 'CREDENTIAL_INACTIVE',
    params: paramsOf('CREDENTIAL_INACTIVE', {
      status: status === 'active' ? null : status,
      validFrom: early ? validFrom : null,
      validUntil: late ? validUntil : null,
    }),
  };
}

function isWithin({ validFrom, validUntil }: HeldCredential['credential'], now: number): boolean {
  return (validFrom === null || now >= validFrom) && (validUntil === null || now < validUntil);
}

function holderKey({ credential, staff }: HeldCredential): string {
  if (credential.memberId !== null) return `member ${credential.memberId}`;
  if (credential.membershipId !== null) return `membership ${credential.membershipId}`;
  return `staff ${staff?.id}`;
}

function standsForSomebody({ credential, member, staff, memberships }: HeldCredential): boolean {
  if (credential.memberId !== null) return member !== null;
  return credential.membershipId !== null ? memberships.length > 0 : staff !== null;
}

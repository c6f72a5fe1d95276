import type { RefusalCode } from './code.ts';
import type { Facts, HeldCredential } from './facts.ts';
import type { Params } from './params.ts';
import { paramsOf } from './params.ts';

/** Whom the credential stands for, or why nobody (rules 1 and 2). */
export type Holder = { held: HeldCredential } | { code: RefusalCode; params: Params };

/**
 * Rules 1 to 3: the read must equal kind and whole value of a row; only active rows make a value ambiguous (cards are
 * handed on); a row whose member or membership is missing stands for nobody.
 */
export function holderOf({ credentials, now, clockTrusted }: Facts): Holder {
  if (credentials.length === 0) return unknown();
  const usable = credentials.filter(({ credential }) => credential.unusable === null);
  const active = usable.filter(({ credential }) => credential.status === 'active');
  const holders = new Set(active.map(holderKey));
  if (holders.size > 1)
    return { code: 'AMBIGUOUS_CREDENTIAL', params: paramsOf('AMBIGUOUS_CREDENTIAL', { members: holders.size }) };
  const held = active.find(({ credential }) => !clockTrusted || isWithin(credential, now));
  if (held) return standsForSomebody(held) ? proven(held) : unknown();
  const unusable = credentials.find(({ credential }) => credential.unusable !== null)?.credential;
  if (active.length === 0 && unusable) {
    return { code: 'UNKNOWN_STATE', params: paramsOf('UNKNOWN_STATE', { problem: unusable.unusable }) };
  }
  return inactive(active[0] ?? usable[0], now);
}

/** Rule 3. A totp code that does not fit may be an old one: only a newer one helps. A signature that does not is no token at all. */
function proven(held: HeldCredential): Holder {
  const { token, credential } = held;
  if (token === null || (token.genuine && token.fresh && !token.used)) return { held };
  return !token.genuine && credential.kind === 'signed' ? unknown() : { code: 'CREDENTIAL_REPLAYED', params: {} };
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
  return staff ? `staff ${staff.id}` : `nobody ${credential.id}`;
}

function standsForSomebody({ credential, member, staff, memberships }: HeldCredential): boolean {
  if (credential.memberId !== null) return member !== null;
  return credential.membershipId !== null ? memberships.length > 0 : staff !== null;
}

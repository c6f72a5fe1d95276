import { fromBase32 } from '../../lib/base32.ts';
import { isEd25519Signature, readEd25519PublicKey } from '../../lib/ed25519.ts';
import { hotp, isHotp } from '../../lib/hotp.ts';
import { type Instant, secondMs } from '../schedule/instant.ts';
import type { Credential, Read } from './credential.ts';

const stepMs = 30 * secondMs;
const signedWindowMs = 30 * secondMs;

/** `token`: what may be used once with this credential: the number of the totp step, or the nonce. `fresh`: within its time. */
export type TokenAnswer = { genuine: true; fresh: boolean; token: string } | { genuine: false };

/** The credential that a one-time code names, before anything is looked up. Null: of another kind, or not of its form (rule 3). */
export function credentialIdOf(read: Read): string | null {
  return parseToken(read)?.credentialId ?? null;
}

/** Which credential was presented, whatever its code is at the moment: two reads with the same key are reads of one credential. */
export function credentialKey(read: Read): string {
  return `${read.kind}:${credentialIdOf(read) ?? read.value}`;
}

/**
 * Rule 3, with no network. `credential.value` is a base32 secret (`totp`; RFC 4226, section 4, wants 128 bits or more) or an
 * Ed25519 public key (`signed`). A totp code that is none of the last, this and the next step is not genuine: an old one cannot
 * be told from a wrong one. Without a trusted clock a signed token is fresh whatever its time; a totp code has no other
 * measure than the clock as it is. Throws for nothing that may be read.
 */
export function verifyToken(
  credential: Pick<Credential, 'id' | 'kind' | 'value'>,
  read: Read,
  now: Instant,
  clockTrusted: boolean,
): TokenAnswer {
  const parsed = parseToken(read);
  if (parsed?.credentialId !== credential.id || parsed.kind !== credential.kind) return { genuine: false };
  return parsed.kind === 'totp'
    ? verifyTotp(parsed, credential.value, now)
    : verifySigned(parsed, credential.value, now, clockTrusted);
}

/** The code a phone shows at `now` (RFC 6238 with SHA-1, 30 s, 6 digits). Null: `secret` is not base32, or it is not yet 1970. */
export function totpCode(secret: string, now: Instant): string | null {
  const key = fromBase32(secret);
  const step = stepAt(now);
  return key !== null && isStep(step) ? hotp(key, step) : null;
}

interface Totp {
  kind: 'totp';
  credentialId: string;
  digits: string;
}

interface Signed {
  kind: 'signed';
  credentialId: string;
  issuedAtSeconds: string;
  nonce: string;
  signature: string;
  /** What the signature speaks of. */
  signedText: string;
}

// A credential's id may hold dots of its own: the last parts are the token's.
const forms = {
  totp: /^(?<credentialId>.+)\.(?<digits>\d{6})$/s,
  signed: /^(?<signedText>(?<credentialId>.+)\.(?<issuedAtSeconds>\d+)\.(?<nonce>[^.]+))\.(?<signature>[\w-]{86})(?:==)?$/s,
};

function parseToken({ kind, value }: Read): Totp | Signed | null {
  if (kind !== 'totp' && kind !== 'signed') return null;
  const parts = forms[kind].exec(value)?.groups;
  // A form's groups all take part in a match, and are named as the fields are.
  return parts === undefined ? null : ({ kind, ...parts } as Totp | Signed);
}

function verifyTotp({ digits }: Totp, secret: string, now: Instant): TokenAnswer {
  const key = fromBase32(secret);
  if (key === null) return { genuine: false };
  const current = stepAt(now);
  const [step] = [current, current - 1, current + 1].filter(isStep).filter((one) => isHotp(digits, key, one));
  return step === undefined ? { genuine: false } : { genuine: true, fresh: true, token: String(step) };
}

function verifySigned(token: Signed, publicKey: string, now: Instant, clockTrusted: boolean): TokenAnswer {
  const key = readEd25519PublicKey(publicKey);
  const signature = Buffer.from(token.signature, 'base64url');
  if (key === null || !isEd25519Signature(signature, token.signedText, key)) return { genuine: false };
  const issuedAt = Number(token.issuedAtSeconds) * secondMs;
  return { genuine: true, fresh: !clockTrusted || Math.abs(now - issuedAt) <= signedWindowMs, token: token.nonce };
}

function stepAt(now: Instant): number {
  return Math.floor(now / stepMs);
}

function isStep(step: number): boolean {
  return Number.isSafeInteger(step) && step >= 0;
}

import type { CredentialKind, Read } from '../domain/member/credential.ts';
import { credentialIdOf } from '../domain/member/one-time-code.ts';
import type { ClubData } from '../ports/club-data.ts';
import { Failure } from '../ports/failure.ts';

/** What scanners call that which they read off paper and screens: they cannot tell what it is. */
const codesAsText: ReadonlySet<CredentialKind> = new Set(['qr', 'barcode', 'membership_code']);
const oneTimeKinds = ['totp', 'signed'] as const;

/**
 * A code that a scanner read, as the one-time code that it is: of its form, with an id that the club's data holds. A row that has
 * the very text for its value goes first (rule 1): `docs/decisions/0020-one-time-codes-from-scanners.md`.
 */
export function tokenInCode(clubData: Pick<ClubData, 'credentials'>, read: Read): Read {
  if (!codesAsText.has(read.kind)) return read;
  const tokens = oneTimeKinds
    .map((kind): Read => ({ kind, value: read.value }))
    .filter((token) => credentialIdOf(token) !== null);
  if (tokens.length === 0) return read;
  try {
    if (clubData.credentials(read).length > 0) return read;
    return tokens.find((token) => clubData.credentials(token).length > 0) ?? read;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The data cannot be read: the tap meets the same fault, and fails closed or open as it must.
    return read;
  }
}

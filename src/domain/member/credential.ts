import type { Instant } from '../schedule/instant.ts';

export const credentialKinds = ['rfid', 'barcode', 'qr', 'pin', 'totp', 'signed', 'membership_code'] as const;
export type CredentialKind = (typeof credentialKinds)[number];

export const credentialStatuses = ['active', 'suspended', 'lost', 'replaced', 'returned'] as const;

/** What is presented at a reader: a card, wristband or code. It names a member, a membership (a bearer code) or, through `Staff.credentialIds`, a member of staff. */
export interface Credential {
  id: string;
  kind: CredentialKind;
  /** Canonical: rfid as upper-case hex of the whole identifier, codes as printed. Compared whole, never in part (rule 1). */
  value: string;
  memberId: string | null;
  membershipId: string | null;
  status: (typeof credentialStatuses)[number];
  /** Inclusive. */
  validFrom: Instant | null;
  /** Exclusive. */
  validUntil: Instant | null;
  unusable: string | null;
}

/** What a reader decoded: one presentation of a credential. */
export interface Read {
  kind: CredentialKind;
  value: string;
  /** The card answered a challenge (rule 5); left out: nobody asked it to. */
  proven?: true;
  /** How often the card was tapped, by its own count and proven with it: a tap is good once, and none before it any more (rule 3). */
  counter?: number;
}

/** The read that `kind:value` means; the value may hold colons of its own. Null: no such kind, or no value. */
export function parseRead(text: string): Read | null {
  const [given = ''] = text.split(':', 1);
  const kind = credentialKinds.find((known) => known === given);
  const value = text.slice(given.length + 1);
  return kind === undefined || value === '' ? null : { kind, value };
}

/** As `readText`, for whatever is kept or shown: nobody reads a PIN there. */
export function readTextToKeep(read: Read): string {
  return read.kind === 'pin' ? 'pin:****' : readText(read);
}

/** `kind:value`, as scenarios and the command line write a read. */
export function readText(read: Read): string {
  return `${read.kind}:${read.value}`;
}

import { readCardNumber, whyNotEnrolled } from '../../domain/member/card-number.ts';
import type { Entity } from '../../domain/member/club.ts';
import type { Credential } from '../../domain/member/credential.ts';
import { languages, type Member } from '../../domain/member/member.ts';
import { saltOf } from '../../domain/member/pin.ts';
import { type Finding, sayIs } from './read-row.ts';
import type { SnapshotRow, SoldMembership } from './rows.ts';

/** Something that is hardly meant in a row that is used as it stands. */
export interface Slip extends Finding {
  /** What comes of it. */
  effect: string;
  /** Nobody is kept out by it. */
  harmless: boolean;
}

/** The slips of the entities that can have some. `raw`: the row as it was sent. */
export const slipsOf: { readonly [E in Entity]?: (row: SnapshotRow<E>, raw: unknown) => Slip[] } = {
  members: slipsInMember,
  credentials: slipsInCredential,
  memberships: slipsInMembership,
};

function slipsInMember({ language }: Member, raw: unknown): Slip[] {
  if (language !== null || !hasText(raw, 'language')) return [];
  const expected = `one of ${languages.map((known) => `\`${known}\``).join(', ')}`;
  return [slip('language', sayIs(raw, ['language']), expected, "the gate speaks the club's own languages", true)];
}

/** Values are compared whole with what readers give (rule 1), and a PIN's hash with that of the PIN typed (rule 3). */
function slipsInCredential({ kind, value }: Credential, raw: unknown): Slip[] {
  switch (kind) {
    case 'rfid':
      if (/^[0-9A-F]+$/.test(value)) return whyNotEnrolled(value) === 'random' ? [randomNumber] : [];
      if (printedForms(value).length > 0) return [printedNumber(printedForms(value))];
      return [slip('value', sayIs(raw, ['value']), canonicalNumber(value), 'no reader gives this, so no tap finds the row')];
    case 'barcode':
    case 'qr':
    case 'membership_code':
      if (value === value.trim()) return [];
      return [slip('value', `${sayIs(raw, ['value'])}, with space around it`, `\`${value.trim()}\``, 'no tap finds the row')];
    case 'pin':
      if (saltOf(value) !== null) return [];
      return [
        slip(
          'value',
          '`value` is no salted hash',
          '`sha256:<salt>:<64 lower-case hex digits>`, the SHA-256 of salt and PIN one after the other',
          'whoever sees the data knows a PIN that is not hashed: give the member another',
        ),
      ];
    case 'totp':
    case 'signed':
      return [];
  }
}

/** Without the value, so that it is said once of all rows. */
const randomNumber = slip(
  'value',
  '`value` has eight digits and begins with 08, as the numbers that phones make anew at each tap',
  'a number that stays the same',
  'no tap finds the row again, unless it is an EM4100 number of which a reader sends four bytes',
  true,
);

function printedNumber(forms: readonly string[]): Slip {
  const named = forms.map((form) => `\`${form}\``).join(', ');
  const problem = `\`value\` is what is printed on a card (${named})`;
  const expected = 'the whole number in upper-case hex, or such a form under `cardNumbers.spelled` of the configuration';
  return slip('value', problem, expected, 'without it no tap finds the row', true);
}

/** None: it may be a whole number. */
function printedForms(value: string): string[] {
  const forms = readCardNumber(value).map(({ spelling }) => spelling);
  return forms.includes('full') ? [] : [...new Set(forms)];
}

function slipsInMembership({ terms, visits }: SoldMembership): Slip[] {
  if (terms?.pool === 'split' && visits.left !== null) {
    const problem = '`visits.left` is a number beside `pool: split`';
    return [slip('visits', problem, '`left: null`', '`visits.perEntitlement` counts alone', true)];
  }
  if (terms?.pool === 'shared' && visits.perEntitlement !== null) {
    const problem = '`visits.perEntitlement` is a list beside `pool: shared`';
    return [slip('visits', problem, '`perEntitlement: null`', '`visits.left` counts alone', true)];
  }
  return [];
}

function slip(key: string, problem: string, expected: string, effect: string, harmless = false): Slip {
  return { path: [key], problem, expected, effect, harmless };
}

function canonicalNumber(value: string): string {
  const digits = value.replaceAll(/^0x|[\s:.-]/gi, '').toUpperCase();
  return /^[0-9A-F]+$/.test(digits)
    ? `\`${digits}\``
    : 'the whole number of the card in upper-case hex, such as `042B73321A3180`';
}

function hasText(raw: unknown, key: string): boolean {
  return typeof raw === 'object' && raw !== null && key in raw && typeof (raw as Record<string, unknown>)[key] === 'string';
}

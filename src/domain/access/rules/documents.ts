import type { RequiredDocument } from '../../gate/gate-settings.ts';
import type { LocalDate } from '../../schedule/instant.ts';
import { daysBetween } from '../../schedule/validity.ts';
import { type KnownTap, type PersonRule, pass, type RuleAnswer, refuse, skip, warn } from '../tap.ts';

/**
 * Rule 33: documents that the gate asks for. The last day is valid to its end; of several of a kind the one that lasts
 * longest counts. Without a trusted clock only their presence is asked (rule 30).
 */
export const documents: PersonRule = {
  name: 'documents',
  number: 33,
  check(tap) {
    const required = tap.rules.gate.documents;
    if (required.length === 0) return skip();
    const answers = required.map((document) => judge(document, tap));
    const refused = answers.find((answer) => answer?.result === 'refused');
    const warned = answers.find((answer) => answer !== null);
    return refused ?? warned ?? pass('documents', { documents: required.map(({ kind }) => kind).join(', ') });
  },
};

/** null: it is at hand and lasts. */
function judge({ kind, policy, warnWithinDays }: RequiredDocument, { facts, held, today }: KnownTap): RuleAnswer | null {
  const ends = held.member?.documents.filter((document) => document.kind === kind).map(({ validUntil }) => validUntil) ?? [];
  if (ends.length === 0) {
    return policy === 'deny'
      ? refuse('DOCUMENT_MISSING', { document: kind })
      : warn('WARN_DOCUMENT_EXPIRES', { document: kind, documentEndsOn: null });
  }
  const documentEndsOn = latest(ends);
  if (documentEndsOn === null || !facts.clockTrusted) return null;
  if (today > documentEndsOn && policy === 'deny') return refuse('DOCUMENT_EXPIRED', { document: kind, documentEndsOn });
  return daysBetween(today, documentEndsOn) <= warnWithinDays
    ? warn('WARN_DOCUMENT_EXPIRES', { document: kind, documentEndsOn })
    : null;
}

/** null = no end. */
function latest(ends: readonly (LocalDate | null)[]): LocalDate | null {
  return ends.reduce((best, next) => (best === null || next === null ? null : next > best ? next : best));
}

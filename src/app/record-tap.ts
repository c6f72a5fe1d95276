import type { Decision } from '../domain/access/decision.ts';
import type { Facts, HeldCredential } from '../domain/access/facts.ts';
import type { TapRecord } from '../ports/journal.ts';

/** What is kept of a tap, so that it can be explained and decided again: nobody's name, photo, notes, secret or card number. */
export function tapRecord(facts: Facts, { explanation }: Decision): TapRecord {
  const { waitingFor } = facts.gate;
  return {
    facts: {
      ...facts,
      read: { ...facts.read, value: '' },
      // What is journalled was no double read.
      gate: { ...facts.gate, waitingFor: waitingFor && { read: null }, lastRead: null },
      credentials: facts.credentials.map(withoutNames),
    },
    explanation,
  };
}

function withoutNames(holder: HeldCredential): HeldCredential {
  const { credential, member, staff } = holder;
  return {
    ...holder,
    credential: { ...credential, value: '' },
    member: member && {
      ...member,
      name: '',
      photo: null,
      notes: [],
      blockReason: null,
      // Without its year it tells nobody's age.
      birthday: member.birthYear === null ? null : member.birthday,
    },
    staff: staff && { ...staff, name: '' },
  };
}

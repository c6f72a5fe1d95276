import type { Decision } from '../../src/domain/access/decision.ts';
import type { Facts, GateFacts, HeldCredential } from '../../src/domain/access/facts.ts';
import type { RuleName } from '../../src/domain/access/saw.ts';
import type { Verdict } from '../../src/domain/access/verdict.ts';
import { aCredential } from './facts.ts';

/** A gate at which nothing else is going on, but for what is said. */
export function atGate(gate: Partial<GateFacts>): Pick<Facts, 'gate'> {
  return { gate: { direction: 'in', mode: 'controlled', waitingFor: null, lastRead: null, ...gate } };
}

/** What one rule said of the tap, or of the membership that was chosen. Throws when it was not asked. */
export function tapVerdict({ explanation }: Decision, rule: RuleName): Verdict {
  const found = [...explanation.tap, ...explanation.choice].find((one) => one.rule === rule);
  if (found === undefined) throw new Error(`rule \`${rule}\` was not asked of the tap`);
  return found;
}

/** The card of Ewa, who works here. */
export function ewasCard(card: Parameters<typeof aCredential>[0] = {}): Partial<HeldCredential> {
  return { credential: aCredential({ id: 'c9', memberId: null, ...card }), member: null, staff: { id: 'st1', name: 'Ewa' } };
}

/** A code for whoever holds it (rule 4): it stands for the membership that it names. */
export function aBearerCode(membershipId = 'p1'): Partial<HeldCredential> {
  return { credential: aCredential({ memberId: null, membershipId }), member: null };
}

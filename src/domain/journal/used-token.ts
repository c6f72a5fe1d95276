import type { JournalEvent } from './entry.ts';

/** The one-time code that a tap used up, good once for its credential (rule 3); null: none. */
export function usedTokenOf(event: JournalEvent): { credentialId: string; token: string } | null {
  if (event.kind !== 'decision') return null;
  const { credentialId, token } = event.decision;
  return credentialId !== null && typeof token === 'string' ? { credentialId, token } : null;
}

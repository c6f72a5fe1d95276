import type { Facts } from './facts.ts';

/** Rule 29: time since the last contact with the hub, seen from when the data was looked at; null: no contact is known of. */
export function dataAgeMs({ data, seenAt }: Pick<Facts, 'data' | 'seenAt'>): number | null {
  // A clock that was set back makes no data newer than now.
  return data.contactAt === null ? null : Math.max(0, seenAt - data.contactAt);
}

import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 7, and section 2: a state or row that this version does not know never opens. `used_up` waits for rule 24: a free re-entry does not ask it. */
export const state: MembershipRule = {
  name: 'state',
  number: 7,
  check({ membership, lastDay, reentry }, { today }) {
    if (membership.unusable !== null) return refuse('UNKNOWN_STATE', { problem: membership.unusable });
    const saw = { state: membership.state };
    switch (membership.state) {
      case 'pending_payment':
        return refuse('PENDING_PAYMENT', {}, saw);
      case 'cancelled':
        return refuse('CANCELLED', {}, saw);
      case 'expired':
        return refuse('EXPIRED', { endedOn: lastDay !== null && lastDay < today ? lastDay : null }, saw);
      case 'used_up':
        return reentry ? pass(saw) : refuse('USED_UP', {}, saw);
      case 'issued':
      case 'active':
        return pass(saw);
    }
  },
};

import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 7, and section 2: a state or row that this version does not know never opens. `used_up` waits for rule 24: a free re-entry does not ask it. */
export const state: MembershipRule = {
  name: 'state',
  number: 7,
  step: 'state',
  check({ membership, lastDay, reentry }, { today }) {
    if (membership.unusable !== null) return refuse('UNKNOWN_STATE', { problem: membership.unusable });
    const passed = pass('state', { state: membership.state });
    switch (membership.state) {
      case 'pending_payment':
        return refuse('PENDING_PAYMENT', {});
      case 'cancelled':
        return refuse('CANCELLED', {});
      case 'expired':
        return refuse('EXPIRED', { endedOn: lastDay !== null && lastDay < today ? lastDay : null });
      case 'used_up':
        return reentry ? passed : refuse('USED_UP', {});
      case 'issued':
      case 'active':
        return passed;
    }
  },
};

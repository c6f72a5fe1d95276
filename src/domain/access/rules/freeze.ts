import { freezeOn } from '../standing.ts';
import { askStaff, type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 16: a freeze that covers the local date, by the gate's policy. With `unfreeze` the committed visit ends it. */
export const freeze: MembershipRule = {
  name: 'freeze',
  number: 16,
  step: 'freeze',
  needsClock: true,
  check(standing, { today, rules }) {
    const covering = freezeOn(standing, today);
    if (covering === null) return pass('freeze', { frozenFrom: null });
    const params = { frozenFrom: covering.from, frozenUntil: covering.until };
    switch (rules.gate.frozen) {
      case 'deny':
        return refuse('FROZEN', params);
      case 'ask_staff':
        return askStaff('FROZEN', params);
      case 'unfreeze':
        return pass('freeze', { frozenFrom: covering.from });
    }
  },
};

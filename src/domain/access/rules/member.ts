import { type PersonRule, pass, refuse, skip } from '../tap.ts';

/** Rule 6: a blocked member is refused before any membership is looked at; so is one without any. A bearer code has no member to judge. */
export const member: PersonRule = {
  name: 'member',
  number: 6,
  check({ held }) {
    const { member, memberships } = held;
    if (member === null) return skip();
    if (member.unusable !== null) return refuse('UNKNOWN_STATE', { problem: member.unusable });
    if (member.blocked) return refuse('MEMBER_BLOCKED', { blockReason: member.blockReason });
    return memberships.length === 0 ? refuse('NO_MEMBERSHIP', {}) : pass('member', { memberships: memberships.length });
  },
};

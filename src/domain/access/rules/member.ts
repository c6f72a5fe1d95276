import { pass, refuse, skip, type TapRule } from '../tap.ts';

/** Rule 6: a blocked member is refused before any membership is looked at; so is one without any. A bearer code has no member to judge. */
export const member: TapRule = {
  name: 'member',
  number: 6,
  check({ holder }) {
    if (!('held' in holder)) return skip();
    const { member, memberships, credential } = holder.held;
    if (member?.unusable) return refuse('UNKNOWN_STATE', { problem: member.unusable });
    if (member?.blocked) return refuse('MEMBER_BLOCKED', { blockReason: member.blockReason });
    if (memberships.length === 0) return refuse('NO_MEMBERSHIP', {});
    return credential.membershipId === null ? pass({ member: member?.id ?? null, memberships: memberships.length }) : skip();
  },
};

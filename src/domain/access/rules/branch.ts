import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 11: good in the branches of the terms and of what was chosen at sale; null is everywhere, an empty list nowhere. */
export const branch: MembershipRule = {
  name: 'branch',
  number: 11,
  check({ membership }, { branch }) {
    const lists = [membership.terms.branchIds, membership.limitedTo.branchIds].filter((ids) => ids !== null);
    const everywhere = lists.every((ids) => ids.includes(branch.id));
    const allowed = lists.reduce<string[] | null>((left, ids) => (left ? left.filter((id) => ids.includes(id)) : ids), null);
    const saw = { branch: branch.id, allowed: allowed?.join(', ') ?? null };
    return everywhere
      ? pass(saw)
      : refuse('WRONG_BRANCH', { branches: allowed && allowed.length > 0 ? allowed.join(', ') : null }, saw);
  },
};

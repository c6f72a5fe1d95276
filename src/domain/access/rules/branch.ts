import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 11: good in the branches of the terms and of what was chosen at sale; null is everywhere, an empty list nowhere. */
export const branch: MembershipRule = {
  name: 'branch',
  number: 11,
  step: 'branch',
  check({ membership }, { branch, facts }) {
    const { branchIds } = membership.terms;
    const sold = membership.limitedTo.branchIds;
    if (branchIds === null && sold === null) return pass('branch', { branches: null });
    const isGood = (id: string) => (branchIds?.includes(id) ?? true) && (sold?.includes(id) ?? true);
    const good = facts.branches.filter(({ id }) => isGood(id)).map(({ name }) => name);
    const branches = good.length > 0 ? good.join(', ') : null;
    return isGood(branch.id) ? pass('branch', { branches }) : refuse('WRONG_BRANCH', { branches });
  },
};

import { type MembershipRule, pass, refuse } from '../tap.ts';

/** Rule 11: good in the branches of the terms and of what was chosen at sale; null is everywhere, an empty list nowhere. */
export const branch: MembershipRule = {
  name: 'branch',
  number: 11,
  check({ membership }, { branch, facts }) {
    const lists = [membership.terms.branchIds, membership.limitedTo.branchIds].filter((ids) => ids !== null);
    const saw = {
      branch: branch.id,
      terms: textOf(membership.terms.branchIds),
      limitedTo: textOf(membership.limitedTo.branchIds),
    };
    if (lists.every((ids) => ids.includes(branch.id))) return pass(saw);
    const good = facts.branches.filter(({ id }) => lists.every((ids) => ids.includes(id))).map(({ name }) => name);
    return refuse('WRONG_BRANCH', { branches: good.length > 0 ? good.join(', ') : null }, saw);
  },
};

function textOf(ids: readonly string[] | null): string | null {
  return ids && (ids.join(', ') || '–');
}

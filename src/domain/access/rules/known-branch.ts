import { pass, refuse, type TapRule } from '../tap.ts';

/** Section 3: every date and hour is that of the entered branch; where the data does not hold the branch, nothing can be judged. */
export const knownBranch: TapRule = {
  name: 'known-branch',
  number: 11,
  check({ facts, rules }) {
    return facts.branch === null
      ? refuse('UNKNOWN_STATE', { problem: `branch \`${rules.gate.branch}\` is not in the club's data` })
      : pass('known-branch', { branch: facts.branch.name });
  },
};

import { pass, refuse, type TapRule } from '../tap.ts';

/** Section 3: every date and hour is that of the entered branch; where the data does not hold the branch, nothing can be judged. */
export const knownBranch: TapRule = {
  name: 'known-branch',
  number: 11,
  check({ facts, rules }) {
    const saw = { branch: rules.gate.branch };
    if (facts.branch === null)
      return refuse('UNKNOWN_STATE', { problem: `branch \`${rules.gate.branch}\` is not in the club's data` }, saw);
    return pass(saw);
  },
};

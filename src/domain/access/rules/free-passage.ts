import { pass, type TapRule } from '../tap.ts';

/** Rule 31: in `free` and `emergency` everybody passes, known or not; nothing is charged or activated. Staff pass as staff in every mode. */
export const freePassage: TapRule = {
  name: 'free-passage',
  number: 31,
  check({ facts, holder }) {
    const { mode } = facts.gate;
    const staff = 'held' in holder && holder.held.staff !== null;
    return !staff && (mode === 'free' || mode === 'emergency')
      ? { result: 'granted', code: 'FREE_PASSAGE', saw: { mode } }
      : pass('free-passage', { mode });
  },
};

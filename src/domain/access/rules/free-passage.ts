import { pass, type TapRule } from '../tap.ts';

/** Rule 31: in `free` and `emergency` everybody passes, known or not; nothing is charged or activated. */
export const freePassage: TapRule = {
  name: 'free-passage',
  number: 31,
  check({ facts }) {
    const { mode } = facts.gate;
    return mode === 'free' || mode === 'emergency' ? { result: 'granted', code: 'FREE_PASSAGE', saw: { mode } } : pass({ mode });
  },
};

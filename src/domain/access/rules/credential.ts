import { pass, type TapRule } from '../tap.ts';

/** Rules 1 and 2: the credential must stand for exactly one holder, and be active now. */
export const credential: TapRule = {
  name: 'credential',
  number: 1,
  check({ holder }) {
    if ('held' in holder) return pass({ credential: holder.held.credential.id });
    const { code, params } = holder;
    return { result: 'refused', code, params, saw: params };
  },
};

import { pass, type TapRule } from '../tap.ts';

/** Rules 1 to 3: the credential must stand for exactly one holder, be active now, and a one-time code be fresh and unused. */
export const credential: TapRule = {
  name: 'credential',
  number: 1,
  check({ holder }) {
    if ('held' in holder) return pass('credential', { credential: holder.held.credential.id });
    const { code, params } = holder;
    return { result: 'refused', code, params, saw: params };
  },
};

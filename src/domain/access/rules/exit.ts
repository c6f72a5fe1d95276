import { pass, type TapRule } from '../tap.ts';

/** Rule 28: an exit is never refused because of the member, the membership or the clock, and costs nothing. */
export const exit: TapRule = {
  name: 'exit',
  number: 28,
  check({ direction }) {
    return direction === 'out' ? { result: 'granted', code: 'OK', saw: {} } : pass('exit', {});
  },
};

import { askStaff, type ChoiceRule, pass, refuse } from '../tap.ts';

/** Rule 30: a tap that the rest lets through while the box cannot know what time it is. */
export const clock: ChoiceRule = {
  name: 'clock',
  number: 30,
  check(_, { facts, rules }) {
    const { whenUntrusted } = rules.clock;
    if (facts.clockTrusted) return pass('clock', { clock: 'trusted' });
    if (whenUntrusted === 'allow') return pass('clock', { clock: 'untrusted' });
    return whenUntrusted === 'deny' ? refuse('CLOCK_UNTRUSTED', {}) : askStaff('CLOCK_UNTRUSTED', {});
  },
};

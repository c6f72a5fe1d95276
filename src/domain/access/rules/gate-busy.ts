import { pass, refuse, type TapRule } from '../tap.ts';

/** Rule 27: while the gate waits for one person, another credential is asked to try again. */
export const gateBusy: TapRule = {
  name: 'gate-busy',
  number: 27,
  check({ facts }) {
    // The person awaited is a double read, and was answered as one.
    return facts.gate.waitingFor === null ? pass('gate-busy', {}) : refuse('GATE_BUSY', {});
  },
};

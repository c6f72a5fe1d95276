import { readText } from '../../member/credential.ts';
import { pass, refuse, type TapRule } from '../tap.ts';

/** Rule 27: while the gate waits for one person, another credential is asked to try again. */
export const gateBusy: TapRule = {
  name: 'gate-busy',
  number: 27,
  check({ facts }) {
    const { waitingFor } = facts.gate;
    return waitingFor !== null && waitingFor.read !== readText(facts.read) ? refuse('GATE_BUSY', {}) : pass();
  },
};

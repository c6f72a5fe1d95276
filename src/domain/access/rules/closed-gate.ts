import { pass, refuse, type TapRule } from '../tap.ts';

/** Rule 31: a closed gate opens for staff only. */
export const closedGate: TapRule = {
  name: 'closed-gate',
  number: 31,
  check({ facts, holder }) {
    const { mode } = facts.gate;
    const staff = 'held' in holder && holder.held.staff !== null;
    return mode === 'closed' && !staff ? refuse('GATE_CLOSED', {}) : pass('closed-gate', { mode });
  },
};

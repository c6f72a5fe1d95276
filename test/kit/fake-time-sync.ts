import type { TimeSync } from '../../src/ports/time-sync.ts';

export interface FakeTimeSync extends TimeSync {
  /** What the machine says from now on. */
  says(synchronised: boolean | null): void;
  timesAskedAgain(): number;
}

/** A machine that answers at once; asked again, it has said nothing until the test lets it. */
export function fakeTimeSync(synchronised: boolean | null = null): FakeTimeSync {
  let said = synchronised;
  let asked = 0;
  return {
    synchronised: () => said,
    askAgain() {
      asked += 1;
      if (said === true) said = null;
    },
    says(now) {
      said = now;
    },
    timesAskedAgain: () => asked,
  };
}

import { pass, type TapRule } from '../tap.ts';

/** Rule 31: a staff card opens every gate in every mode, pays nothing and is not counted in zones. */
export const staffCard: TapRule = {
  name: 'staff-card',
  number: 31,
  check({ holder }) {
    const staff = 'held' in holder ? holder.held.staff : null;
    return staff === null
      ? pass('staff-card', {})
      : { result: 'granted', code: 'STAFF_OVERRIDE', saw: { staff: staff.name, reason: null } };
  },
};

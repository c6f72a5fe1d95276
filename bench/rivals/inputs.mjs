/**
 * What every rival is asked: one membership and one visit, twelve conditions. Dates are local dates, times are minutes after local
 * midnight and weekdays are numbers already: none of the rivals knows time zones, so they are spared that work.
 */
export function passingInput(index) {
  return {
    membership: {
      id: `p${index}`,
      state: 'active',
      startsOn: '2026-06-01',
      endsOn: '2026-12-31',
      debt: 0,
      branchIds: ['north', 'center'],
      services: ['pool', 'gym'],
      weekDays: [1, 2, 3, 4, 5],
      fromMinute: 360,
      toMinute: 1320,
      frozenFrom: '2026-06-02',
      frozenUntil: '2026-06-09',
      visitsLeft: 9,
      visitsToday: 0,
      maxPerDay: 2,
    },
    visit: { branch: 'center', service: 'gym', today: '2026-11-02', weekDay: 1, minute: 600 },
  };
}

/** For each condition in turn, an input that fails it alone. */
export const failingInputs = Object.entries({
  'state active': { state: 'cancelled' },
  'from the first day': { startsOn: '2026-11-03' },
  'up to the last day': { endsOn: '2026-11-01' },
  'no debt': { debt: 1 },
  'branch in list': { branchIds: ['north'] },
  'service in entitlements': { services: ['pool'] },
  'weekday in window': { weekDays: [2, 3, 4, 5] },
  'from the window’s beginning': { fromMinute: 601 },
  'before the window’s end': { toMinute: 600 },
  'not frozen': { frozenUntil: '2026-11-03' },
  'visits left': { visitsLeft: 0 },
  'fewer visits today than the limit': { visitsToday: 2 },
}).map(([condition, change]) => {
  const { membership, visit } = passingInput(0);
  return { condition, input: { membership: { ...membership, ...change }, visit } };
});

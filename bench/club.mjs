// The club on which decisions are measured: members with three memberships each, of which one is good, at ten in the morning.
import { changeClub, replaceClub } from '../dist/src/adapters/store/write-club.js';
import { checkConfigValue } from '../dist/src/config/check-config.js';
import { loadProfiles } from '../dist/src/load-profiles.js';

/** A Monday, the second week of winter time. */
export const now = Date.parse('2026-11-02T10:00:00+01:00');
/** A Friday in summer time: the visits of then and the moment lie on both sides of a change of the clocks. */
export const lastVisitAt = Date.parse('2026-10-23T10:00:00+02:00');

/** The settings of a box with one gate to the gym, every other setting as it comes. */
export async function boxSettings() {
  const answer = checkConfigValue(
    { branch: 'center', gates: { 'main-in': { services: ['gym'] } } },
    { profiles: await loadProfiles(), locate: () => ({ line: 1, column: 1 }), folder: '.', wires: 'simulated' },
  );
  if ('problems' in answer) throw new Error(answer.problems.map(({ problem }) => problem).join('; '));
  return { ...answer.config, gates: answer.config.gates.map(({ settings }) => settings) };
}

export function readOf(index) {
  return { kind: 'rfid', value: (0x0f00000000 + index * 7919).toString(16).padStart(10, '0').toUpperCase() };
}

/** Fills an empty club database in steps, so that a million members need no more memory than a few thousand. */
export function fillClub(db, members, progress = () => {}) {
  const started = replaceClub(db, bytesOf({ format: 'gatehouse-snapshot/1', takenAt: iso(now), ...frame }), now);
  refuse(started.done ? started.problems : [started.fatal]);
  for (let from = 0; from < members; from += membersAtOnce) {
    const until = Math.min(members, from + membersAtOnce);
    const answer = changeClub(db, bytesOf(memberRows(from, until)), now);
    refuse(answer.done ? answer.warnings : answer.problems);
    progress(until);
  }
}

const membersAtOnce = 5000;

function refuse([first, ...others]) {
  if (first) throw new Error(`${first.path}: ${first.problem} (and ${others.length} more)`);
}

const frame = {
  branches: [
    { id: 'center', name: 'Center', timeZone: 'Europe/Warsaw' },
    { id: 'north', name: 'North', timeZone: 'Europe/Warsaw' },
  ],
  services: [
    { id: 'gym', title: 'Gym' },
    { id: 'pool', title: 'Pool' },
  ],
  membershipTypes: [
    { id: 't1', title: 'Last year', terms: { activation: 'sale', entitlements: [{ scope: { any: true } }] } },
    {
      id: 't2',
      title: 'Visit pass',
      terms: {
        activation: 'sale',
        entitlements: [{ scope: { serviceId: 'pool' } }, { scope: { serviceId: 'gym' } }],
        visits: 12,
        maxPerDay: 2,
        availability: [{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: '06:00', to: '22:00' }] }],
        branchIds: ['north', 'center'],
      },
    },
    { id: 't3', title: 'Monthly', terms: { activation: 'sale', entitlements: [{ scope: { any: true } }] } },
  ],
};

function memberRows(from, until) {
  const indexes = Array.from({ length: until - from }, (_, offset) => from + offset);
  return {
    members: indexes.map((index) => ({ id: `m${index}`, name: `Member ${index}`, language: 'pl', debt: null })),
    credentials: indexes.map((index) => ({ id: `c${index}`, ...readOf(index), memberId: `m${index}`, status: 'active' })),
    memberships: indexes.flatMap((index) => [
      membershipRow(index, 1, { state: 'expired', endsOn: '2026-02-01', visits: { left: null } }),
      membershipRow(index, 2, {
        state: 'active',
        startsOn: '2026-06-01',
        endsOn: '2026-12-31',
        visits: { left: 9 },
        freezes: [{ id: `f${index}`, from: '2026-06-02', until: '2026-06-09' }],
      }),
      membershipRow(index, 3, { state: 'cancelled', endsOn: '2026-12-31', visits: { left: null } }),
    ]),
  };
}

function membershipRow(index, number, row) {
  return {
    id: `p${index}-${number}`,
    typeId: `t${number}`,
    memberIds: [`m${index}`],
    soldOn: '2026-01-01',
    startsOn: '2026-01-01',
    payment: { mode: 'one_off', state: 'paid' },
    ...row,
  };
}

function bytesOf(value) {
  return Buffer.from(JSON.stringify(value));
}

function iso(at) {
  return new Date(at).toISOString();
}

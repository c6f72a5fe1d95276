import type { Terms } from '../src/domain/member/membership.ts';

interface WindowRow {
  weekDays: number[];
  intervals: { from: string; to: string }[];
}

/** Terms on the wire: times of day are text, whatever has its default may be left out. */
export type TermsRow = Partial<Omit<Terms, 'availability'>> & Pick<Terms, 'entitlements'> & { availability?: WindowRow[] };

const anything: TermsRow['entitlements'] = [{ scope: { any: true }, visits: null }];
const fitness: TermsRow['entitlements'] = [{ scope: { categoryId: 'fitness' }, visits: null }];
const freeze = { allowed: true, maxCount: 2, maxTotalDays: 30, minDays: 3 };
const month = { length: 1, unit: 'month' } as const;

interface Template {
  title: string;
  shortTitle: string;
  archived?: boolean;
  terms: TermsRow;
}

function template(title: string, shortTitle: string, terms: TermsRow): Template {
  return { title, shortTitle, terms: { allowOverlap: true, ...terms } };
}

function visits(count: number, months: number): Template {
  const validity = { length: months, unit: 'month' } as const;
  return template(`${count} visits`, `V${count}`, { validity, visits: count, entitlements: anything, freeze });
}

/** What the demo club sells: a type for every kind of terms that the rules know. */
export const membershipTypes = {
  month: template('Month unlimited', 'M', { validity: month, entitlements: anything, freeze }),
  quarter: template('3 months unlimited', 'Q', { validity: { length: 3, unit: 'month' }, entitlements: anything, freeze }),
  year: template('Year unlimited', 'Y', { validity: { length: 1, unit: 'year' }, entitlements: anything, freeze }),
  subscription: template('Subscription', 'SUB', { entitlements: anything, freeze }),
  morning: template('Morning pass', 'AM', {
    validity: month,
    entitlements: anything,
    availability: [{ weekDays: [1, 2, 3, 4, 5], intervals: [{ from: '07:00', to: '12:00' }] }],
    freeze,
  }),
  evening: template('Evening pass', 'PM', {
    validity: month,
    entitlements: anything,
    availability: [
      { weekDays: [1, 2, 3, 4], intervals: [{ from: '18:00', to: '23:00' }] },
      { weekDays: [5], intervals: [{ from: '18:00', to: '01:00' }] },
    ],
    freeze,
  }),
  weekend: template('Weekend', 'WE', {
    validity: { length: 3, unit: 'month' },
    entitlements: anything,
    availability: [{ weekDays: [6, 7], intervals: [{ from: '00:00', to: '24:00' }] }],
  }),
  visits4: visits(4, 1),
  visits8: visits(8, 1),
  visits12: visits(12, 2),
  openVisits: template('10 visits, no end date', 'V10', { visits: 10, entitlements: anything }),
  gym: template('Gym month', 'GYM', { validity: month, entitlements: [{ scope: { serviceId: 'gym' }, visits: null }], freeze }),
  pool: template('Pool month', 'POOL', { validity: month, entitlements: [{ scope: { serviceId: 'pool' }, visits: null }] }),
  pool8: template('Pool 8', 'P8', { validity: month, visits: 8, entitlements: [{ scope: { serviceId: 'pool' }, visits: null }] }),
  bundle: template('Gym 8 + pool 4', 'G8P4', {
    validity: { length: 2, unit: 'month' },
    pool: 'split',
    entitlements: [
      { scope: { serviceId: 'gym' }, visits: 8 },
      { scope: { serviceId: 'pool' }, visits: 4 },
    ],
  }),
  clubCard: template('Club card', 'CARD', {
    usage: 'club_card',
    validity: { length: 1, unit: 'year' },
    entitlements: anything,
    freeze,
  }),
  classes8: template('8 classes with club card', 'C8', {
    requiresClubCard: true,
    validity: month,
    visits: 8,
    entitlements: fitness,
  }),
  firstVisit8: template('8 visits from the first', 'F8', {
    activation: 'first_visit',
    autoActivateAfter: { length: 30, unit: 'day' },
    validity: month,
    visits: 8,
    entitlements: anything,
  }),
  trial: template('Trial visit', 'TRY', { trial: true, activation: 'first_visit', visits: 1, entitlements: anything }),
  oneTime: template('One visit', 'ONE', {
    oneTime: true,
    visits: 1,
    validity: { length: 1, unit: 'day' },
    entitlements: anything,
  }),
  family: template('Family 20', 'FAM', {
    multiMember: true,
    visits: 20,
    validity: { length: 3, unit: 'month' },
    entitlements: anything,
  }),
  training10: template('10 personal trainings', 'PT10', {
    usage: 'individual',
    visits: 10,
    validity: { length: 3, unit: 'month' },
    entitlements: [{ scope: { serviceId: 'personal-training' }, visits: null }],
  }),
  onceADay: template('Month, once a day', 'M1D', { validity: month, maxPerDay: 1, entitlements: anything }),
  thriceAWeek: template('Month, 3 a week', 'M3W', { validity: month, maxPerWeek: 3, entitlements: anything }),
  twelveAMonth: template('Quarter, 12 a month', 'Q12', {
    validity: { length: 3, unit: 'month' },
    maxPerMonth: 12,
    entitlements: anything,
  }),
  season: template('Season', 'S', {
    activation: 'fixed_date',
    validity: { length: 6, unit: 'month' },
    entitlements: anything,
    freeze,
  }),
  individualOffer: template('Individual offer', 'IO', { kind: 'dynamic', entitlements: anything }),
  single: template('Student month', 'ST', { allowOverlap: false, validity: month, entitlements: anything }),
  early: {
    ...template('Early birds', 'EB', { validity: { length: 1, unit: 'year' }, maxStayMinutes: 120, entitlements: fitness }),
    archived: true,
  },
} as const satisfies Record<string, Template>;

export type DemoType = keyof typeof membershipTypes;

import { instantOf } from '../src/domain/schedule/local-time.ts';
import { plusDays } from '../src/domain/schedule/validity.ts';
import { castMembers, demoStaff } from './cast.ts';
import type { DemoType } from './membership-types.ts';
import { type Person, peopleFrom } from './people.ts';
import { type Random, randomFrom } from './random.ts';
import { type CredentialRow, type Day, type MemberRow, type MembershipRow, nextWeekDay, sold, wireInstant } from './rows.ts';

/** Everybody of the demo club whom no story was written for. */
export interface CrowdMember {
  person: Person;
  member: Partial<MemberRow>;
  memberships: MembershipRow[];
  credentials: CredentialRow[];
}

/** What a plot makes of its members: the first of `memberships` belongs to all of them. */
interface Fate {
  memberships: MembershipRow[];
  member?: Partial<MemberRow>;
  /** The central system does not say whether they owe anything. */
  debt?: 'unsaid';
  card?: CredentialRow['status'] | 'ended' | 'none';
  /** A barcode beside the card; by chance when it is not said. */
  barcode?: boolean;
}

interface Plot {
  /** How many members live by it, in groups of `group` (1). */
  count: number;
  group?: number;
  make(scene: Scene): Fate;
}

interface Scene {
  day: Day;
  random: Random;
  memberIds: string[];
  /** A membership of the first member; `second`: beside another one. */
  sell(typeId: DemoType, terms: Parameters<typeof sold>[4], second?: boolean): MembershipRow;
}

/** A club as clubs are: most have a plain membership that is good today, a few of everybody else. */
const plots: readonly Plot[] = [
  { count: 23, make: ({ sell, random }) => ({ memberships: [sell('month', { ago: random.below(28) })] }) },
  {
    count: 3,
    make: ({ sell, random, day }) => ({
      memberships: [sell('month', { ago: 28, endsOn: plusDays(day.today, random.below(3)) })],
    }),
  },
  { count: 16, make: ({ sell, random }) => ({ memberships: [sell('quarter', { ago: random.below(85) })] }) },
  { count: 11, make: ({ sell, random }) => ({ memberships: [sell('year', { ago: random.below(350) })] }) },
  { count: 15, make: ({ sell, random }) => ({ memberships: [sell('morning', { ago: random.below(28) })] }) },
  { count: 9, make: ({ sell, random }) => ({ memberships: [sell('evening', { ago: random.below(28) })] }) },
  { count: 8, make: ({ sell, random }) => ({ memberships: [sell('weekend', { ago: random.below(85) })] }) },
  { count: 9, make: counted('visits4', 4, 28) },
  { count: 18, make: counted('visits8', 8, 28) },
  { count: 10, make: counted('visits12', 12, 55) },
  { count: 6, make: counted('openVisits', 10, 300) },
  { count: 6, make: ({ sell, random }) => ({ memberships: [sell('gym', { ago: random.below(28) })] }) },
  {
    count: 9,
    make: ({ sell, random, day }) => ({
      ...medical(day, random),
      memberships: [sell('pool', { ago: random.below(28) })],
      barcode: true,
    }),
  },
  { count: 6, make: (scene) => ({ ...counted('pool8', 8, 28)(scene), ...medical(scene.day, scene.random), barcode: true }) },
  {
    count: 7,
    make({ sell, random }) {
      const perEntitlement = [random.below(9), random.below(5)];
      return { memberships: [sell('bundle', { ago: random.below(55), visits: { left: null, perEntitlement } })], barcode: true };
    },
  },

  // A subscription has no end; it lives by its payments.
  {
    count: 8,
    make: ({ sell, random, day }) => ({
      memberships: [sell('subscription', { ago: 400, ...recurring(day, 'paid', random.below(28)) })],
    }),
  },
  { count: 2, make: ({ sell, day }) => ({ memberships: [sell('subscription', { ago: 90, ...recurring(day, 'failed', -2) })] }) },
  {
    count: 1,
    make: ({ sell, day }) => ({ memberships: [sell('subscription', { ago: 150, ...recurring(day, 'failed', -12) })] }),
  },
  { count: 1, make: ({ sell, day }) => ({ memberships: [sell('subscription', { ago: 70, ...recurring(day, 'overdue', -5) })] }) },
  {
    count: 2,
    make: ({ sell }) => ({
      memberships: [sell('year', { ago: 60, payment: { mode: 'fixed_term', state: 'on_credit', paidThrough: null } })],
    }),
  },
  { count: 3, make: ({ sell, day }) => ({ memberships: [sell('month', { ago: 11 })], member: { debt: debtSince(day, 14) } }) },
  { count: 2, make: ({ sell }) => ({ memberships: [sell('month', { ago: 3 })], debt: 'unsaid' }) },

  {
    count: 7,
    make: ({ sell, random }) => ({
      memberships: [
        sell('clubCard', { ago: random.below(300) }),
        sell('classes8', { ago: random.below(20), visits: { left: 1 + random.below(8) } }, true),
      ],
    }),
  },
  {
    count: 1,
    make: ({ sell, day }) => ({
      memberships: [sell('clubCard', { ago: 380, endsOn: plusDays(day.today, -14) }), sell('classes8', { ago: 9 }, true)],
    }),
  },
  {
    count: 1,
    make: ({ sell, day }) => ({
      memberships: [sell('clubCard', { ago: 50, freezes: [freezeFrom(day, -3, 11)] }), sell('classes8', { ago: 9 }, true)],
    }),
  },
  { count: 2, make: ({ sell, random }) => ({ memberships: [sell('clubCard', { ago: random.below(300) })] }) },

  { count: 4, make: ({ sell, random }) => ({ memberships: [sell('firstVisit8', { ago: random.below(25), state: 'issued' })] }) },
  // Nobody came within the 30 days, so it runs all the same.
  { count: 1, make: ({ sell }) => ({ memberships: [sell('firstVisit8', { ago: 36, state: 'issued' })] }) },
  { count: 3, make: ({ sell, random }) => ({ memberships: [sell('trial', { ago: random.below(6), state: 'issued' })] }) },
  { count: 2, make: ({ sell }) => ({ memberships: [sell('oneTime', { ago: 0 })] }) },
  {
    count: 9,
    group: 3,
    make: ({ sell, random, memberIds }) => ({
      memberships: [sell('family', { ago: random.below(80), memberIds, visits: { left: 3 + random.below(17) } })],
    }),
  },
  {
    count: 4,
    make: ({ sell, random }) => ({
      memberships: [
        sell('month', { ago: random.below(28) }),
        sell('training10', { ago: random.below(80), visits: { left: 1 + random.below(10) } }, true),
      ],
    }),
  },
  { count: 2, make: (scene) => counted('training10', 10, 80)(scene) },
  { count: 3, make: ({ sell, random }) => ({ memberships: [sell('onceADay', { ago: random.below(28) })] }) },
  { count: 3, make: ({ sell, random }) => ({ memberships: [sell('thriceAWeek', { ago: random.below(28) })] }) },
  { count: 2, make: ({ sell, random }) => ({ memberships: [sell('twelveAMonth', { ago: random.below(85) })] }) },
  { count: 3, make: ({ sell, random }) => ({ memberships: [sell('season', { ago: random.below(150) })] }) },
  {
    count: 3,
    make({ sell, random, day }) {
      const endsOn = plusDays(day.today, 5 + random.below(60));
      const terms = {
        kind: 'dynamic',
        entitlements: [{ scope: { any: true }, visits: null }],
        visits: 15,
        maxPerDay: 1,
      } as const;
      return {
        memberships: [
          sell('individualOffer', {
            ago: 20,
            endsOn,
            visits: { left: 2 + random.below(12) },
            terms: { ...terms, entitlements: [...terms.entitlements] },
          }),
        ],
      };
    },
  },
  { count: 3, make: ({ sell, random }) => ({ memberships: [sell('early', { ago: 100 + random.below(250) })] }) },
  // Prolonged in good time: the second one waits for the first.
  {
    count: 2,
    make: ({ sell, day }) => ({
      memberships: [
        sell('single', { ago: 24 }),
        sell('single', { ago: 1, state: 'issued', startsOn: plusDays(day.today, 8), endsOn: plusDays(day.today, 37) }, true),
      ],
    }),
  },
  // Two that are good at once: rule 22 chooses.
  {
    count: 5,
    make: ({ sell, random }) => ({
      memberships: [
        sell('month', { ago: random.below(28) }),
        sell('visits8', { ago: random.below(28), visits: { left: 1 + random.below(8) } }, true),
      ],
    }),
  },
  {
    count: 2,
    make: ({ sell }) => ({
      memberships: [sell('quarter', { ago: 30, limitedTo: { branchIds: null, serviceIds: ['gym'] } })],
      barcode: true,
    }),
  },

  {
    count: 6,
    make: ({ sell, random, day }) => ({
      memberships: [sell('quarter', { ago: 30, freezes: [freezeFrom(day, -random.below(10), 5 + random.below(10))] })],
    }),
  },
  {
    count: 1,
    make: ({ sell, day }) => ({
      memberships: [sell('year', { ago: 120, freezes: [{ id: 'f-open', from: plusDays(day.today, -20), until: null }] })],
    }),
  },
  {
    count: 9,
    make: ({ sell, random, day }) => ({
      memberships: [sell('month', { ago: 60, state: 'expired', endsOn: plusDays(day.today, -2 - random.below(25)) })],
    }),
  },
  {
    count: 3,
    make: ({ sell, random, day }) => ({
      memberships: [sell('visits8', { ago: 45, endsOn: plusDays(day.today, -1 - random.below(10)), visits: { left: 2 } })],
    }),
  },
  {
    count: 4,
    make: ({ sell, day }) => ({
      memberships: [
        sell('month', { ago: 5, state: 'issued', startsOn: nextWeekDay(day.today, 1), endsOn: plusDays(day.today, 34) }),
      ],
    }),
  },
  { count: 1, make: ({ sell }) => ({ memberships: [sell('month', { ago: 1, state: 'issued', startsOn: null, endsOn: null })] }) },
  { count: 3, make: ({ sell }) => ({ memberships: [sell('visits8', { ago: 21, state: 'used_up', visits: { left: 0 } })] }) },
  { count: 2, make: ({ sell }) => ({ memberships: [sell('visits4', { ago: 12, visits: { left: 0 } })] }) },
  { count: 2, make: ({ sell }) => ({ memberships: [sell('quarter', { ago: 40, state: 'cancelled' })] }) },
  {
    count: 3,
    make: ({ sell }) => ({
      memberships: [
        sell('month', { ago: 0, state: 'pending_payment', payment: { mode: 'one_off', state: 'pending', paidThrough: null } }),
      ],
    }),
  },
  {
    count: 1,
    make: ({ sell }) => ({
      memberships: [sell('month', { ago: 14 })],
      member: { blocked: true, blockReason: 'Quarrel at the desk' },
    }),
  },

  { count: 2, make: ({ sell }) => ({ memberships: [sell('month', { ago: 8 })], card: 'lost' }) },
  { count: 2, make: ({ sell }) => ({ memberships: [sell('quarter', { ago: 50 })], card: 'replaced' }) },
  { count: 1, make: ({ sell }) => ({ memberships: [sell('month', { ago: 17 })], card: 'suspended' }) },
  { count: 1, make: () => ({ memberships: [], card: 'returned' }) },
  { count: 1, make: ({ sell }) => ({ memberships: [sell('month', { ago: 22 })], card: 'ended' }) },
  { count: 3, make: () => ({ memberships: [] }) },
  {
    count: 3,
    make: ({ sell, random }) => ({ memberships: [sell('month', { ago: random.below(28) })], card: 'none', barcode: true }),
  },
];

/** The same people every time. */
export const crowdPeople: readonly Person[] = peopleFrom(
  castMembers.length + 1,
  plots.reduce((sum, { count }) => sum + count, 0),
  castMembers.map(({ person }) => person.name),
);

/** Everybody's rows on a day. */
export function crowdOn(day: Day): CrowdMember[] {
  const random = randomFrom('crowd');
  const numbers = freshNumbers(random);
  const waiting = random.shuffled(crowdPeople);
  const crowd = plots.flatMap((plot) => {
    const group = plot.group ?? 1;
    return Array.from({ length: plot.count / group }, () => tell(plot, waiting.splice(0, group), day, random, numbers)).flat();
  });
  return crowd.sort((a, b) => (a.person.id < b.person.id ? -1 : 1));
}

function tell(plot: Plot, people: Person[], day: Day, random: Random, numbers: () => string): CrowdMember[] {
  const memberIds = people.map(({ id }) => id);
  const memberId = memberIds[0] ?? '';
  const sell: Scene['sell'] = (typeId, terms, second = false) => {
    return sold(memberId.replace('m', second ? 'q' : 'p'), typeId, memberId, day, terms);
  };
  const fate = plot.make({ day, random, memberIds, sell });
  return people.map((person, index) => ({
    person,
    member: fate.debt === 'unsaid' ? {} : { debt: null, ...fate.member },
    memberships: index === 0 ? fate.memberships : [],
    credentials: credentialsOf(person, fate, day, random, numbers),
  }));
}

function credentialsOf({ id }: Person, fate: Fate, day: Day, random: Random, numbers: () => string): CredentialRow[] {
  const { card = 'active', barcode = random.chance(0.25) } = fate;
  const rows: CredentialRow[] = [];
  const rfid = (credentialId: string, status: CredentialRow['status']): CredentialRow => {
    return { id: credentialId, kind: 'rfid', value: numbers(), memberId: id, status };
  };
  if (card === 'ended') {
    const validUntil = wireInstant(instantOf(plusDays(day.today, -1), 12 * 60, day.timeZone).at);
    rows.push({ ...rfid(id.replace('m', 'c'), 'active'), validUntil });
  } else if (card !== 'none') rows.push(rfid(id.replace('m', 'c'), card));
  if (card === 'replaced') rows.push(rfid(id.replace('m', 'n'), 'active'));
  if (barcode) rows.push({ id: id.replace('m', 'b'), kind: 'barcode', value: barcodeOf(id), memberId: id, status: 'active' });
  return rows;
}

/** EM4100 numbers (5 bytes as hex) of several makers, each given out once. */
function freshNumbers(random: Random): () => string {
  const given = new Set<string>([...castMembers, ...demoStaff].map(({ rfid }) => rfid));
  return () => {
    for (;;) {
      const digits = Array.from({ length: 8 }, () => random.below(16).toString(16)).join('');
      const number = (random.pick(['01', '0F', '3B', '55', '62']) + digits).toUpperCase();
      if (given.has(number)) continue;
      given.add(number);
      return number;
    }
  };
}

/** An EAN-13 of the range that shops and clubs number for themselves (GS1 prefixes 20 to 29). */
function barcodeOf(memberId: string): string {
  const digits = `29${memberId.replace('m', '').padStart(10, '0')}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function counted(typeId: DemoType, visits: number, longestAgo: number) {
  return ({ sell, random }: Scene): Fate => {
    return { memberships: [sell(typeId, { ago: random.below(longestAgo), visits: { left: 1 + random.below(visits) } })] };
  };
}

function medical(day: Day, random: Random): Pick<Fate, 'member'> {
  return { member: { documents: [{ kind: 'medical', validUntil: plusDays(day.today, random.below(200)) }] } };
}

function recurring({ today }: Day, state: 'paid' | 'failed' | 'overdue', paidAhead: number): Pick<MembershipRow, 'payment'> {
  return { payment: { mode: 'recurring', state, paidThrough: plusDays(today, paidAhead) } };
}

function debtSince({ today }: Day, ago: number): MemberRow['debt'] {
  return { amount: '120.00', currency: 'PLN', since: plusDays(today, -ago), terminatesOn: plusDays(today, 30) };
}

function freezeFrom({ today }: Day, from: number, until: number) {
  return { id: `f${from}-${until}`, from: plusDays(today, from), until: plusDays(today, until) };
}

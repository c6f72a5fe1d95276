import type { ParamKind, ParamValues } from './params.ts';

/**
 * What each rule tells the explanation when it lets a tap pass; a refusal tells the parameters of its code. The names are
 * those of the files in `rules/`.
 */
export const sawKinds = {
  'closed-gate': { mode: 'mode' },
  'double-read': {},
  'free-passage': { mode: 'mode' },
  'gate-busy': {},
  'staff-card': {},
  exit: {},
  credential: { credential: 'text' },
  assurance: { has: 'assurance', needed: 'assurance' },
  member: { memberships: 'count' },
  'known-branch': { branch: 'text' },
  /** Today's hours; null: always open. */
  'opening-hours': { openHours: 'hours' },
  /** What the gate asks for, all of it at hand. */
  documents: { documents: 'text' },
  /** The age that was looked at; null: no row speaks of one. */
  admission: { age: 'count' },
  /** Since when the person is inside though the gate lets them pass; null: not inside. */
  'anti-passback': { insideSince: 'instant' },

  state: { state: 'state' },
  /** First and last valid day; null: none. `endsAt`: the instant within the last day. */
  term: { startsOn: 'date', lastDay: 'date', endsAt: 'instant' },
  overlap: {},
  /** `debt`: what is known of it. */
  payment: { payment: 'payment', debt: 'debt', paidThrough: 'date' },
  /** Where it is good; null: everywhere. */
  branch: { branches: 'text' },
  /** What is entered, null at a general entry, and the entitlement that covers it. */
  service: { service: 'text', entitlement: 'text' },
  individual: {},
  /** The session that the member has come for; null: none, an ordinary entry. */
  session: { session: 'text', sessionStartsAt: 'instant' },
  /** A freeze that this visit ends; null: not frozen. */
  freeze: { frozenFrom: 'date' },
  /** The hours of the day that was looked at; null: any time. */
  window: { hours: 'hours' },
  'club-card': { card: 'text' },
  /** Before this visit; null: unlimited. */
  'visits-left': { left: 'count' },
  limits: {
    usedToday: 'count',
    maxPerDay: 'count',
    usedThisWeek: 'count',
    maxPerWeek: 'count',
    usedThisMonth: 'count',
    maxPerMonth: 'count',
  },

  occupancy: { inside: 'count', limit: 'count' },
  freshness: { contactAt: 'instant' },
  /** Visits granted since the box is alone, and how many it may grant. */
  'alone-bound': { granted: 'count', max: 'count' },
  /** `untrusted` where the tap may pass all the same. */
  clock: { clock: 'clock' },
} as const satisfies Record<string, Record<string, ParamKind>>;

export type RuleName = keyof typeof sawKinds;

export const ruleNames = Object.keys(sawKinds) as RuleName[];

/** The values of one rule with their types. */
export type SawOf<R extends RuleName> = {
  [Key in keyof (typeof sawKinds)[R]]: (typeof sawKinds)[R][Key] extends ParamKind
    ? ParamValues[(typeof sawKinds)[R][Key]] | null
    : never;
};

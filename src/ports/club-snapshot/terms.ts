import { z } from 'zod';
import type { Scope, Terms } from '../../domain/member/membership.ts';
import { addUnknown, closed, count, flag, id, list, optional, window } from './values.ts';

const length = 'a whole number from 1 to 10000';

const period = z.object(
  {
    // Bounded, so that no calendar ends before a membership does.
    length: z.int(length).min(1, length).max(10_000, length),
    unit: closed(['day', 'week', 'month', 'year'], 'day'),
  },
  'an object with `length` and `unit`',
);

const scopeForms = 'one of `{ "any": true }`, `{ "serviceId": … }`, `{ "categoryId": … }`';

const scope = z
  .object({ any: z.literal(true, '`true`').nullish(), serviceId: id.nullish(), categoryId: id.nullish() }, scopeForms)
  .transform(({ any, serviceId, categoryId }, context): Scope => {
    const named: Scope[] = [];
    if (any) named.push({ any });
    if (serviceId != null) named.push({ serviceId });
    if (categoryId != null) named.push({ categoryId });
    const [only, another] = named;
    if (another) context.addIssue({ code: 'custom', message: `only ${scopeForms}` });
    if (only) return only;
    const nothing: Scope = { serviceId: 'unknown' };
    addUnknown(context, undefined, scopeForms, nothing);
    return nothing;
  });

/** `Terms` of membership-rules section 2, with its defaults. */
export const terms = z
  .object(
    {
      kind: optional(closed(['fixed', 'dynamic'], 'fixed'), 'fixed'),
      oneTime: flag,
      trial: flag,
      usage: optional(closed(['regular', 'club_card', 'individual'], 'club_card'), 'regular'),
      requiresClubCard: flag,
      activation: optional(closed(['sale', 'first_visit', 'fixed_date'], 'fixed_date'), 'sale'),
      autoActivateAfter: optional(period, null),
      validity: optional(period, null),
      lastDay: optional(
        closed(['activation_day_is_day_1', 'start_plus_period'], 'activation_day_is_day_1'),
        'activation_day_is_day_1',
      ),
      entitlements: z.array(z.object({ scope, visits: optional(count, null) }, 'an object'), 'a list of entitlements'),
      pool: optional(closed(['shared', 'split'], 'shared'), 'shared'),
      visits: optional(count, null),
      maxPerDay: optional(count, null),
      maxPerWeek: optional(count, null),
      maxPerMonth: optional(count, null),
      maxStayMinutes: optional(count, null),
      availability: list(window),
      branchIds: optional(z.array(id, 'a list of branch ids, or null for every branch'), null),
      freeze: z
        .object(
          {
            allowed: flag,
            maxCount: optional(count, null),
            maxTotalDays: optional(count, null),
            minDays: optional(count, null),
          },
          'an object',
        )
        .nullish()
        .transform((freeze) => freeze ?? { allowed: false, maxCount: null, maxTotalDays: null, minDays: null }),
      allowOverlap: flag,
      multiMember: flag,
    },
    'an object',
  )
  .transform((read): Terms => {
    const oneTime = read.oneTime || read.trial;
    return oneTime ? { ...read, oneTime, visits: 1, validity: read.validity ?? { length: 1, unit: 'day' } } : read;
  });

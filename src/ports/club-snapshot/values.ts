import { z } from 'zod';

/**
 * The single values of a club snapshot. The message of every schema says what is expected; `read-row.ts` puts what was found
 * before it. Apart from `debt`, an omitted key and `null` mean the same (membership-rules section 2).
 */
export const text = z.string('text');

const notEmpty = 'text that is not empty';
export const id = z.string(notEmpty).min(1, notEmpty);

const whole = 'a whole number';
export const wholeNumber = z.int(whole);
export const count = z.int(`${whole}, 0 or more`).min(0, `${whole}, 0 or more`);

export const localDate = z.iso.date('a date that exists, such as `2026-06-30`');

/** Epoch milliseconds. */
export const instant = z.iso
  .datetime({ offset: true, error: 'an instant with its offset, such as `2026-06-15T05:00:00Z` or `2026-06-15T07:00:00+02:00`' })
  .transform((value) => Date.parse(value));

const decimal = 'a decimal number as text, such as `"120.00"`';
export const amount = z.string(decimal).regex(/^\d+(\.\d+)?$/, decimal);

const monthAndDay = 'month and day, such as `06-15`';
/** `contradictions.ts` says whether the month has that day. */
export const birthday = z.string(monthAndDay).regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, monthAndDay);

/** Minutes after midnight, 0 … 1439. */
export const timeOfDay = time(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time from `00:00` to `23:59`');

/** Minutes after midnight, up to 1440: "24:00" ends a day. */
const endOfInterval = time(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'a time from `00:00` to `24:00`');

export const interval = z.object({ from: timeOfDay, to: endOfInterval }, 'an object with `from` and `to`');

const weekDay = z.literal([1, 2, 3, 4, 5, 6, 7], 'a weekday: 1 (Monday) to 7 (Sunday)');
export const window = z.object({ weekDays: list(weekDay), intervals: list(interval) }, 'an object');

const zoneName = 'the name of a time zone, such as `Europe/Warsaw`';
export const timeZone = z.string(zoneName).refine((value) => isZone(value), zoneName);

/** A key that may be left out: then, and for null, `whenOmitted`. */
export function optional<S extends z.ZodType, D extends string | number | boolean | null>(schema: S, whenOmitted: D) {
  return schema.nullish().transform((value) => value ?? whenOmitted);
}

/** A yes or no that may be left out: then it is no. */
export const flag = optional(z.boolean('`true` or `false`'), false);

/** A list that may be left out: then it is empty. */
export function list<S extends z.ZodType>(item: S) {
  return z
    .array(item, 'a list')
    .nullish()
    .transform((value) => value ?? []);
}

/** A value of a closed list. Another text is an unknown value; `safe` stands in for it in the row, which is then unusable. */
export function closed<const V extends string>(values: readonly V[], safe: V) {
  const expected = `one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  return z.string(expected).transform((value, context): V => {
    const known = values.find((candidate) => candidate === value);
    if (known === undefined) addUnknown(context, value, expected, safe);
    return known ?? safe;
  });
}

/** Marks what was read as a value this version does not know. */
export function addUnknown(context: z.RefinementCtx, input: unknown, expected: string, safe: unknown): void {
  context.issues.push({ code: 'custom', input, message: expected, params: { safe } });
}

function time(pattern: RegExp, expected: string) {
  return z
    .string(expected)
    .regex(pattern, expected)
    .transform((value) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3)));
}

function isZone(value: string): boolean {
  // Intl of newer Nodes also takes offsets such as `+02:00`; those are no zones.
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

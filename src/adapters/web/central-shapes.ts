import { z } from '@hono/zod-openapi';
import { entities } from '../../domain/member/club.ts';
import type { ChangesApplied, ChangesRefused, JournalPage, Problem, UnexpectedProblem } from './http-api.ts';
import { journalEntryShape } from './journal-shapes.ts';

/** What `/v1` is sent and answers: for the published description, and for checking queries. */

const defaultPage = 500;
const longestPage = 5_000;

export const journalQueryShape = z.strictObject({
  after: wholeNumber({ from: 0, to: Number.MAX_SAFE_INTEGER, otherwise: 0 }).openapi({
    param: { name: 'after', in: 'query' },
    type: 'integer',
    minimum: 0,
    default: 0,
    description: 'The number of the last entry that you have; 0: from the beginning.',
    example: 1841,
  }),
  limit: wholeNumber({ from: 1, to: longestPage, otherwise: defaultPage }).openapi({
    param: { name: 'limit', in: 'query' },
    type: 'integer',
    minimum: 1,
    maximum: longestPage,
    default: defaultPage,
    description: 'At most this many entries.',
  }),
});

function wholeNumber({ from, to, otherwise }: { from: number; to: number; otherwise: number }) {
  const error = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d+$/, { error })
    .default(String(otherwise))
    .transform(Number)
    .pipe(z.number({ error }).min(from, { error }).max(to, { error }));
}

export const problemShape = z
  .object({ problem: z.string().describe('What is wrong and what to do, in one sentence.') })
  .openapi('Problem') satisfies z.ZodType<Problem>;

export const unexpectedProblemShape = z
  .object({ problem: z.string(), id: z.string().describe("The same id stands in the gateway's log.") })
  .openapi('UnexpectedProblem') satisfies z.ZodType<UnexpectedProblem>;

const rowProblemShape = z
  .object({
    entity: z.enum(entities).nullable().describe('Null: the request as a whole.'),
    id: z.string().nullable().describe('`id` of the row; null when it has none.'),
    path: z.string().describe('Where in the body, such as `memberships[17].visits.left`.'),
    line: z.int().nullable().describe('1-based line of the body as you sent it.'),
    column: z.int().nullable().describe('1-based column in that line.'),
    problem: z.string().describe('What was found there and what is expected.'),
  })
  .openapi('RowProblem');

export const changesAppliedShape = z
  .object({
    rows: z.int().describe('Rows that were written.'),
    deleted: z.int().describe('Rows that were there and are not any more.'),
    warnings: z
      .array(rowProblemShape)
      .describe('Rows that were taken in but open nothing, because a value of a closed list is not known here.'),
  })
  .openapi('ChangesApplied') satisfies z.ZodType<ChangesApplied>;

export const changesRefusedShape = z
  .object({ problem: z.string(), problems: z.array(rowProblemShape).describe('Every bad row.') })
  .openapi('ChangesRefused') satisfies z.ZodType<ChangesRefused>;

export const journalPageShape = z
  .object({
    entries: z.array(journalEntryShape).describe('In order of `number`.'),
    newest: z.int().min(0).describe('The number of the newest entry there is; 0: nothing has happened yet.'),
    more: z.boolean().describe('Whether there are entries after the last one of this answer.'),
  })
  .openapi('JournalPage') satisfies z.ZodType<JournalPage>;

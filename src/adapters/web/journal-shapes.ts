import { z } from '@hono/zod-openapi';
import { grantCodes, refusalCodes, warningCodes } from '../../domain/access/code.ts';
import { gateModes } from '../../domain/gate/mode.ts';
import type { JournalEntry } from '../../domain/journal/entry.ts';

/** Journal entries as `GET /v1/journal` gives them: for the published description, which the types keep true. */

const instant = (what: string) => z.int().describe(`${what} Milliseconds since 1970-01-01T00:00:00Z.`);
const localDate = (what: string) => z.string().describe(`${what} A date of the branch's wall clock, \`YYYY-MM-DD\`.`);
const hash = (what: string) =>
  z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe(what);
const gate = z.string().describe('The gate, as the configuration names it.');
const visitNumber = z.int().min(1);

const activation = z
  .object({
    startsOn: localDate('The first day.'),
    endsOn: localDate('The last day, valid to its end; null: no end.').nullable(),
  })
  .describe('Start and end that a first visit gave to the membership. Provisional until the central system confirms it.');

const person = z
  .string()
  .nullable()
  .describe(
    'Who is counted in the zone: `member:<id>`, or `membership:<id>` of a bearer code; null: nobody that could be found again.',
  );

const bookingId = z.string().nullable().describe('The booking that the visit is for; null: none.');

const plannedCharge = z.object({
  membershipId: z.string(),
  charge: z.int().describe('How many visits are taken from this membership.'),
  entitlement: z.int().nullable().describe("The position in the terms' `entitlements`; null for a club card."),
});

const newVisit = z
  .object({
    gate,
    zone: z.string(),
    branchId: z.string(),
    direction: z.enum(['in', 'out']),
    memberId: z.string().nullable(),
    credentialId: z.string().nullable(),
    person,
    serviceId: z.string().nullable().describe('The service that was entered for; null at a general entry.'),
    bookingId,
    charges: z.array(plannedCharge),
    activation: activation.nullable(),
    endsFreeze: z.string().nullable().describe('The id of the freeze that this visit ends.'),
    state: z
      .enum(['reserved', 'committed'])
      .describe(
        '`reserved`: the gate was opened and the passage is not known yet; a later `passage` entry commits it or a `release` entry gives it back. `committed`: a gate that reports no passages.',
      ),
  })
  .openapi('NewVisit', { description: 'A visit as it was made; its number is the `visitNumber` of the entry.' });

const decision = z
  .object({
    outcome: z.enum(['granted', 'denied', 'ask_staff']),
    code: z.enum([...grantCodes, ...refusalCodes]).describe('Why. Codes are stable and never change their meaning.'),
    params: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .describe('Values for the text that was shown: dates, counts, titles.'),
    credentialId: z.string().nullable(),
    memberId: z.string().nullable(),
    staffId: z.string().nullable(),
    person,
    token: z
      .string()
      .nullable()
      .describe(
        'The one-time code that this tap used up: the number of its time step, its nonce, or `tap:` and the count of a card that counts its taps.',
      ),
    membershipId: z.string().nullable().describe('The membership that pays; null on a refusal.'),
    chosenBy: z.string().nullable().describe('What set this membership apart from the next best; null when it was the only one.'),
    entitlement: z.string().nullable().describe('`any`, `service:<id>` or `category:<id>`.'),
    charge: z.int().describe('Visits taken from the membership that pays: 0 on a free re-entry.'),
    left: z.int().nullable().describe('Visits left after this tap; null: unlimited, or no membership.'),
    endsOn: localDate('The last valid day of the membership that pays; null: no end, or no membership.').nullable(),
    serviceId: z.string().nullable(),
    activation: activation.nullable(),
    bookingId,
    closes: z
      .object({ visit: visitNumber, stayMinutes: z.int().min(0) })
      .nullable()
      .describe('At an exit: the visit with which the person came in, and how long it was.'),
    endsFreeze: z.string().nullable(),
    warnings: z.array(z.enum(warningCodes)),
    refusals: z.record(z.string(), z.enum(refusalCodes)).describe('What each membership by itself was refused for, by its id.'),
    nextAllowedAt: instant('When the same tap would next be granted; null: not within two weeks, or nobody can say.').nullable(),
    data: z
      .object({
        cursor: z.string().nullable(),
        takenAt: instant('When the central system knew this.').nullable(),
        ageMs: z.number().nullable().describe('Milliseconds since the last contact with the hub; null: none is known of.'),
      })
      .describe("The state of the club's data that this was decided on."),
  })
  .openapi('Decision', { description: 'What was said to one tap.' });

const decisionEvent = z
  .object({
    kind: z.literal('decision'),
    gate,
    read: z.string().nullable().describe('`kind:value` of what was read, kept only while nobody is known to hold it.'),
    decision,
    visit: newVisit.nullable().describe('The visit that a grant made; null on a refusal.'),
  })
  .openapi('DecisionEvent', { description: 'A tap and its answer.' });

const overrideEvent = z
  .object({
    kind: z.literal('override'),
    gate,
    staff: z.string().describe('Who let them in.'),
    reason: z.string().describe('Why, in their own words.'),
    memberId: z.string().nullable(),
    answers: z.int().nullable().describe('The number of the refused tap that this answered.'),
    conflict: z.boolean().describe('A visit was taken although no membership allowed the entry.'),
    visit: newVisit,
  })
  .openapi('OverrideEvent', { description: 'Staff let somebody in.' });

const passageEvent = z
  .object({
    kind: z.literal('passage'),
    gate,
    code: z.enum(['PASSED', 'UNEXPECTED_PASSAGE']),
    direction: z.enum(['in', 'out']).nullable(),
    visit: visitNumber.nullable().describe('The visit that this commits; null: nobody was expected, nothing is counted.'),
    because: z.enum(['arm_turned', 'late_arm', 'restart']),
  })
  .openapi('PassageEvent', { description: 'Somebody went through. It commits the visit.' });

const releaseEvent = z
  .object({
    kind: z.literal('release'),
    gate,
    code: z.literal('NOT_PASSED'),
    visit: visitNumber.describe('The visit that is given back: it charges nothing and never happened.'),
    because: z.enum(['timed_out', 'gate_failed', 'restart']),
  })
  .openapi('ReleaseEvent', { description: 'Nobody went through. It gives the visit back.' });

const modeChange = z.object({
  gate,
  mode: z.enum(gateModes),
  before: z.enum(gateModes).describe('The mode to return to when an emergency ends.'),
});

const modeEvent = z
  .object({
    kind: z.literal('mode'),
    gate,
    mode: z.enum(gateModes),
    changes: z
      .array(modeChange)
      .describe(
        'Every gate that changed with it: an emergency begins and ends at all gates together. Empty: the fire contact of this gate overruled what was set, or gave it back.',
      ),
    staff: z.string().nullable().describe('Who did it; null: the machine itself.'),
  })
  .openapi('ModeEvent', { description: 'A gate was set to another mode.' });

const moveEvent = z
  .object({
    kind: z.literal('move'),
    gate,
    staff: z.string().describe('Who moved it.'),
    reason: z.string().describe('Why, in their own words.'),
    replaces: visitNumber.describe('The visit that is given back.'),
    tappedAt: instant('When the visit was made.'),
    visit: newVisit,
  })
  .openapi('MoveEvent', {
    description:
      'Staff let another membership pay for a visit. The visit that was charged is given back, and this one stands in its place.',
  });

const presenceEvent = z
  .object({
    kind: z.literal('presence'),
    gate,
    zone: z.string(),
    person: z.string().nullable().describe('`member:<id>` or `membership:<id>`; null: everybody.'),
    staff: z.string().describe('Who said so.'),
  })
  .openapi('PresenceEvent', { description: 'Staff took somebody, or everybody, to have left a zone.' });

export const journalEntryShape = z
  .object({
    gateway: z.string(),
    number: z.int().min(1).describe('1, 2, 3 … per gateway, without gaps.'),
    at: instant('When it happened, by the clock of the gateway.'),
    clockTrusted: z
      .boolean()
      .describe('Whether the gateway trusted its clock. The hash speaks of it only where it did not: leave a `true` out.'),
    visitNumber: visitNumber
      .nullable()
      .describe(
        'The number of the visit that this entry made. Name the highest one that your `visits.left` counts in `visits.includes` of the membership.',
      ),
    event: z.discriminatedUnion('kind', [
      decisionEvent,
      overrideEvent,
      passageEvent,
      releaseEvent,
      modeEvent,
      moveEvent,
      presenceEvent,
    ]),
    previousHash: hash('`hash` of the entry before; 64 zeros in entry 1.'),
    hash: hash(
      'SHA-256, in hex, of the canonical JSON (RFC 8785) of this entry without `hash`, and without a `clockTrusted` that is true.',
    ),
  })
  .openapi('JournalEntry', {
    description: 'One thing that happened at a gate. Never edited, never deleted.',
  }) satisfies z.ZodType<JournalEntry>;

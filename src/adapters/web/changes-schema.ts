import { z } from 'zod';
import { type Entity, entities } from '../../domain/member/club.ts';
import { rowShapes } from '../../ports/club-snapshot/rows.ts';
import { terms } from '../../ports/club-snapshot/terms.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** What each row is called in the published description, and what it is. */
const rows: Record<Entity, { name: string; about: string }> = {
  branches: { name: 'Branch', about: 'The clubs of the chain, with their opening hours.' },
  services: { name: 'Service', about: 'What an entry is spent on.' },
  members: { name: 'Member', about: 'The people. Leave `debt` out when you do not know; null means none.' },
  staff: { name: 'Staff', about: 'Those whose cards open every gate.' },
  credentials: {
    name: 'Credential',
    about:
      'Cards and codes, each with its `value` as a reader gives it. It stands for a member or, as a bearer code, for a membership.',
  },
  membershipTypes: { name: 'MembershipType', about: 'What memberships are sold from.' },
  memberships: {
    name: 'Membership',
    about:
      'What was sold. `visits.left` is your figure, null: unlimited; `visits.includes` names, per gateway, the highest visit number that it already counts.',
  },
  sessions: { name: 'Session', about: 'Dated classes.' },
  bookings: { name: 'Booking', about: "Members' places in them." },
};

/** The body of `POST /v1/changes` and everything it refers to, by name, as the gateway itself reads it. */
export function changesSchemas(): Record<string, Schema> {
  const named = z.registry<{ id: string }>();
  named.add(terms, { id: 'Terms' });
  for (const entity of entities) named.add(rowShapes[entity], { id: rows[entity].name });
  const { schemas } = z.toJSONSchema(named, { io: 'input', uri: reference, override: explain });
  return { Changes: changes, ...Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, embedded(schema)])) };
}

const changes: Schema = {
  type: 'object',
  properties: {
    takenAt: {
      type: ['string', 'null'],
      format: 'date-time',
      description: 'When your system knew this. Left out: what the gateway knew last stays.',
    },
    cursor: { type: ['string', 'null'], description: 'Your own mark for where changes continue; it is kept and shown.' },
    ...Object.fromEntries(
      entities.map((entity) => [
        entity,
        { type: ['array', 'null'], items: { $ref: reference(rows[entity].name) }, description: rows[entity].about },
      ]),
    ),
    delete: {
      type: ['array', 'null'],
      items: {
        type: 'object',
        properties: { entity: { type: 'string', enum: [...entities] }, id: { type: 'string', minLength: 1 } },
        required: ['entity', 'id'],
      },
      description: 'Rows to forget. One that is not there is no problem; one that is also sent here is.',
    },
  },
  example: {
    memberships: [
      {
        id: 'p1',
        typeId: 't1',
        memberIds: ['m1'],
        state: 'active',
        endsOn: '2026-06-30',
        visits: { left: 5, includes: { 'box-1': 118 } },
      },
    ],
    delete: [{ entity: 'credentials', id: 'c7' }],
  },
};

function reference(name: string): string {
  return `#/components/schemas/${name}`;
}

/** A value's own message says what is expected of it (`values.ts`); a single word says no more than the type, a pattern no more than the format. */
function explain({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Schema }): void {
  const expected = zodSchema._zod.def.error?.({} as never);
  const isScalar = jsonSchema.type !== 'object' && jsonSchema.type !== 'array';
  if (typeof expected === 'string' && expected.includes(' ') && isScalar) jsonSchema.description ??= expected;
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}

/** Without what only a schema that stands alone needs. */
function embedded({ $schema, $id, ...schema }: Schema): Schema {
  return schema;
}

import { z } from 'zod';
import type { BusProfile } from '../ports/bus.ts';
import type { Profiles, ReaderProfile, RelayProfile, TurnstileProfile } from '../ports/device.ts';
import { configSchema } from './schema.ts';

/** A JSON Schema, draft-7. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The configuration file as a JSON Schema, so that editors explain its keys; every product's settings stand behind its id. */
export function configJsonSchema(profiles: Profiles): JsonSchema {
  const schema = draft7(configSchema);
  addProducts(schemaAt(schema, ['readers', '*']), [...profiles.readers.values()]);
  addProducts(schemaAt(schema, ['buses', '*']), [...profiles.buses.values()]);
  for (const key of ['relay', 'relayOut']) {
    addProducts(schemaAt(schema, ['gates', '*', key]), [...profiles.relays.values()]);
    addProducts(schemaAt(schema, ['gates', '*', key, 'fallback']), [...profiles.relays.values()]);
  }
  addProducts(schemaAt(schema, ['gates', '*', 'turnstile']), [...profiles.turnstiles.values()]);
  const reporting = [...profiles.relays.values()].filter((profile) => profile.speaks === 'mqtt');
  addProducts(schemaAt(schema, ['gates', '*', 'passageFrom']), reporting);
  return { ...schema, title: 'Gatehouse configuration' };
}

function addProducts(entry: JsonSchema, profiles: (ReaderProfile | RelayProfile | TurnstileProfile | BusProfile)[]): void {
  const sorted = profiles.sort((a, b) => (a.id < b.id ? -1 : 1));
  const device = schemaAt(entry, ['device']);
  device.enum = sorted.map(({ id }) => id);
  device.description = `${device.description} ${sorted.map(({ id, name }) => `\`${id}\`: ${name}.`).join(' ')}`;
  entry.allOf = sorted.map(({ id, name, settings }) => {
    const { $schema: _, ...alternatives } = draft7(settings.strict());
    return {
      if: { properties: { device: { const: id } }, required: ['device'] },
      then: { properties: { settings: { ...alternatives, description: `What this product can be told: ${name}.` } } },
    };
  });
}

function draft7(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
}

/** The schema of a key; `*` is any name. Throws RangeError for a key that the schema does not have. */
function schemaAt(schema: JsonSchema, steps: string[]): JsonSchema {
  return steps.reduce((inner, step) => {
    const next = step === '*' ? inner.additionalProperties : inner.properties?.[step];
    if (next === undefined || typeof next === 'boolean') throw new RangeError(`the schema has no \`${steps.join('.')}\``);
    return next;
  }, schema);
}

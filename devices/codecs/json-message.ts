import type { z } from 'zod';

/** The payload as JSON of that shape, or null for anything else. */
export function readJson<Schema extends z.ZodType>(payload: string, schema: Schema): z.output<Schema> | null {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  return schema.safeParse(value).data ?? null;
}

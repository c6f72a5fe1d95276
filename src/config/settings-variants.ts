import type { z } from 'zod';
import type { DeviceSettings, ReaderProfile } from '../ports/device.ts';

/** One way to set a product. */
export interface SettingsVariant {
  /** Only what differs from the defaults. */
  changed: Record<string, unknown>;
  settings: DeviceSettings;
}

/** Beyond this many, combinations of fewer changes were tried first. */
const mostVariants = 2_000;

/** A range of whole numbers longer than this is no choice among a few. */
const longestRange = 16;

/**
 * Every way to set a product's choices (closed lists, on and off, short ranges of whole numbers), those nearest to the defaults
 * first: the defaults, then one thing changed, then two, up to `changes` at once. Combinations that the product refuses are left out.
 */
export function settingsVariants({ settings }: Pick<ReaderProfile, 'settings'>, changes: number): SettingsVariant[] {
  const standards: Record<string, unknown> = settings.parse({});
  const choices = Object.entries(settings.shape as Record<string, z.core.$ZodTypes>).map(
    ([key, schema]) => [key, choicesOf(schema).filter((choice) => choice !== standards[key])] as const,
  );
  const variants: SettingsVariant[] = [];
  // Each with the place in `choices` from which it may be changed further, so that no two are the same.
  let last: { changed: Record<string, unknown>; from: number }[] = [{ changed: {}, from: 0 }];
  for (let depth = 0; depth <= changes && last.length > 0; depth++) {
    const next: typeof last = [];
    for (const { changed, from } of last) {
      const parsed = settings.safeParse(changed);
      if (parsed.success) variants.push({ changed, settings: parsed.data });
      if (variants.length >= mostVariants) return variants;
      if (depth === changes) continue;
      for (const [index, [key, others]] of choices.entries()) {
        if (index >= from) next.push(...others.map((choice) => ({ changed: { ...changed, [key]: choice }, from: index + 1 })));
      }
    }
    last = next;
  }
  return variants;
}

function choicesOf(schema: z.core.$ZodTypes): unknown[] {
  const { def } = schema._zod;
  switch (def.type) {
    case 'default':
    case 'prefault':
    case 'optional':
    case 'nullable':
    case 'readonly':
      return choicesOf(def.innerType as z.core.$ZodTypes);
    case 'boolean':
      return [true, false];
    case 'enum':
      return Object.values(def.entries);
    case 'literal':
      return [...def.values];
    case 'union':
      return def.options.flatMap((option) => choicesOf(option as z.core.$ZodTypes));
    case 'number': {
      const { minValue, maxValue, format } = schema as unknown as z.ZodNumber;
      if (format !== 'safeint' || minValue === null || maxValue === null || maxValue - minValue >= longestRange) return [];
      return Array.from({ length: maxValue - minValue + 1 }, (_, index) => minValue + index);
    }
    default:
      return [];
  }
}

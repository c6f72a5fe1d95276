import { isDeepStrictEqual } from 'node:util';
import { pathText } from '../lib/path-text.ts';
import type { Locate, Path, Problem } from './place.ts';
import { configSchema } from './schema.ts';

/**
 * Settings that are known but not enforced yet. One that says anything but its default is refused, so that nobody relies on it.
 * `*` stands for any name; `only` names the values that are not enforced where others are. To enforce a setting, delete its line.
 */
export const notEnforced: readonly { setting: string; only?: readonly unknown[] }[] = [
  { setting: 'gates.*.charge', only: ['per_booking'] },
  { setting: 'gates.*.antiPassback.mode' },
  { setting: 'gates.*.antiPassback.forgiveMinutes' },
  { setting: 'gates.*.antiPassback.exemptTags' },
  { setting: 'gates.*.booking' },
  { setting: 'gates.*.earlyMinutes' },
  { setting: 'gates.*.lateMinutes' },
  { setting: 'gates.*.debt.policy' },
  { setting: 'gates.*.debt.denyFromAmount' },
  { setting: 'gates.*.debt.denyAfterDays' },
  { setting: 'gates.*.paymentGraceDays' },
  { setting: 'gates.*.minAssurance' },
  { setting: 'gates.*.documents' },
  { setting: 'gates.*.admission' },
  { setting: 'gates.*.openingHours' },
  { setting: 'gates.*.openingHoursExemptTags' },
  { setting: 'zones.*.limit' },
  { setting: 'zones.*.exemptTags' },
  { setting: 'zones.*.resetAt' },
  { setting: 'freshness.warnAfterHours' },
  { setting: 'freshness.limitAfterHours' },
  { setting: 'freshness.counted' },
  { setting: 'freshness.unlimited' },
  { setting: 'clock.whenUntrusted' },
  { setting: 'offline.maxVisitsPerMembership' },
];

/** Every setting in `value` (as the file has it) that asks for something this version does not do. */
export function notEnforcedProblems(value: unknown, locate: Locate): Problem[] {
  return notEnforced.flatMap(({ setting, only }) => {
    const steps = setting.split('.');
    const standard = valuesAt(defaults, steps, [])[0]?.found;
    return valuesAt(value, steps, [])
      .filter(({ found }) => (only ? only.includes(found) : !isDeepStrictEqual(found, standard)))
      .map(({ path, found }) => ({
        place: locate(path, 'value'),
        problem: `\`${pathText(path)}: ${typeof found === 'string' ? found : JSON.stringify(found)}\` is not enforced by this version: remove it`,
      }));
  });
}

const defaults = configSchema.parse({ branch: 'any', gates: { any: {} }, zones: { any: {} } });

function valuesAt(value: unknown, [step, ...rest]: string[], path: Path): { path: Path; found: unknown }[] {
  if (value === undefined) return [];
  if (step === undefined) return [{ path, found: value }];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  const names = step === '*' ? Object.keys(value) : [step];
  return names.flatMap((name) => valuesAt((value as Record<string, unknown>)[name], rest, [...path, name]));
}

import type { BusProfile } from '../ports/bus.ts';
import type { ReaderProfile, RelayProfile, TurnstileProfile } from '../ports/device.ts';
import { describeKeys } from './check-shape.ts';

export interface ProductSetting {
  key: string;
  /** "one of `full`, `low32`". */
  allowed: string;
  /** The default as YAML would write it. */
  standard: string;
  explanation: string;
}

/** What a product can be told, in the order of its file. */
export function settingsOf({ settings }: ReaderProfile | RelayProfile | TurnstileProfile | BusProfile): ProductSetting[] {
  const standards: Record<string, unknown> = settings.parse({});
  return describeKeys(settings).map((described) => ({ ...described, standard: JSON.stringify(standards[described.key]) }));
}

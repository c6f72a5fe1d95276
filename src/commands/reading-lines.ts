import { type Reading, tellingReadings } from '../app/installer/ear.ts';

/** A line for each product that reads something in what came: `rdm6300 { number: low24 }: rfid 7EE424`. */
export function readingLines(readings: readonly Reading[]): string[] {
  return tellingReadings(readings).map(({ device, changed, read, keys }) => {
    const said = read === null ? `keys ${keys}` : `${read.kind} ${read.value}`;
    return `${device}${changedText(changed)}: ${said}`;
  });
}

/** What differs from a product's defaults, as YAML would write it; empty for the defaults. */
export function changedText(changed: Record<string, unknown>): string {
  const entries = Object.entries(changed).map(([key, value]) => `${key}: ${String(value)}`);
  return entries.length === 0 ? '' : ` { ${entries.join(', ')} }`;
}

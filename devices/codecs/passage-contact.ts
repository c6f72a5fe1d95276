import { z } from 'zod';
import type { RelaySignal } from '../../src/ports/device.ts';

/** Which way somebody went who set off a product's report; `unknown` when the product cannot tell. */
export const passageWay = z.enum(['in', 'out', 'unknown']);

/** The same as a setting, for products that have one contact for passages. */
export const passageDirection = passageWay
  .default('unknown')
  .describe(
    'Which way somebody goes who sets off the passage contact: `in`, `out`, or `unknown` (the way of the gate that was opened).',
  );

/** Somebody went through. */
export function passageSignal(way: z.output<typeof passageWay>): RelaySignal {
  return { kind: 'passage', direction: way === 'unknown' ? null : way };
}

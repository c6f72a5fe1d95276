import { z } from 'zod';
import type { BusPlace } from '../../src/ports/device.ts';

/** Settings of everything that is a part of an OSDP peripheral. */
export const osdpPlace = {
  address: z
    .int()
    .min(0)
    .max(126)
    .default(0)
    .describe('The address of the device on its line, 0 to 126; every device on one line needs an address of its own.'),
  secureChannel: z
    .enum(['required', 'off'])
    .default('required')
    .describe(
      '`required`: everything is encrypted with a key of the device (`secrets.key`), and nothing else is believed. `off`: card numbers ' +
        'and commands travel readable, and whoever reaches the cable can open the gate; only for devices that know no encryption.',
    ),
};

export function placeOf(part: string, { address, secureChannel }: z.output<z.ZodObject<typeof osdpPlace>>): BusPlace {
  return { address, part, secured: secureChannel === 'required' };
}

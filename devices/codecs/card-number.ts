import { z } from 'zod';
import { toHex } from '../../src/lib/hex.ts';

const forms = ['hex', 'hex_reversed', 'decimal', 'decimal_reversed', 'digits'] as const;
export type NumberForm = (typeof forms)[number];

/** How the bytes of a number are written in the club's data. */
export const numberForm = z
  .enum(forms)
  .default('hex')
  .describe(
    "How the number's bytes are written in the club's card list: `hex` (04A1B2C3), `hex_reversed` (C3B2A104), `decimal` and " +
      '`decimal_reversed` (the same bytes as one whole number), or `digits` (the bytes are the signs `0` to `9` themselves).',
  );

/** The number as the club writes it; null when the bytes hold none: nothing was ever written there, or they are not digits. */
export function cardNumber(bytes: Uint8Array, form: NumberForm): string | null {
  // A new card's file is full of 00 or FF: all new cards would have one number.
  if (bytes.every((byte) => byte === 0x00) || bytes.every((byte) => byte === 0xff)) return null;
  switch (form) {
    case 'hex':
      return toHex(bytes);
    case 'hex_reversed':
      return toHex(bytes.toReversed());
    case 'decimal':
      return BigInt(`0x${toHex(bytes)}`).toString();
    case 'decimal_reversed':
      return BigInt(`0x${toHex(bytes.toReversed())}`).toString();
    case 'digits':
      // A number that is shorter than its place is followed by 00, FF or spaces.
      return /^(\d+)[\0\xff ]*$/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? null;
  }
}

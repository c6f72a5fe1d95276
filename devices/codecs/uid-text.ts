import { z } from 'zod';
import type { ReaderSignal } from '../../src/ports/device.ts';

/** In which order a reader's program writes the bytes of a card number. */
export const uidOrder = z
  .enum(['as_sent', 'reversed'])
  .default('as_sent')
  .describe("Whether the bytes of the card number stand as in the club's data (`as_sent`) or the other way round (`reversed`).");

/** The card that a UID written in hex names, with or without `-`, `:` or spaces between its bytes: 4 to 10 of them. None: no UID. */
export function readUid(text: unknown, order: z.output<typeof uidOrder>): ReaderSignal[] {
  if (typeof text !== 'string' || !/^[0-9A-Fa-f]{2}(?:[-: ]?[0-9A-Fa-f]{2}){3,9}$/.test(text)) return [];
  const bytes = text.toUpperCase().match(/[0-9A-F]{2}/g) ?? [];
  if (bytes.every((byte) => byte === '00') || bytes.every((byte) => byte === 'FF')) return [];
  return [{ kind: 'read', read: { kind: 'rfid', value: (order === 'reversed' ? bytes.toReversed() : bytes).join('') } }];
}

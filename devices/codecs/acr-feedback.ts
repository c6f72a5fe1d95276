import { z } from 'zod';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import type { Answer, PresentedTo } from '../../src/ports/device.ts';
import { alwaysPresentAtr } from './contactless-uid.ts';

/** Whether a reader's lamp and buzzer tell the answer. */
export const feedback = z
  .enum(['auto', 'off'])
  .default('auto')
  .describe(
    "Whether the reader's lamp and buzzer tell how the tap ended: `auto` (green and one beep, or red and several; ACR122U and " +
      'ACR1251, ACR1252, ACR1255, ACR1281 know it, other readers are sent nothing) or `off`.',
  );

/**
 * ACR122U API 2.04, section 6.1: FF 00 40, states and masks of red and green, then the blinking (2 × 100 ms, number) and when it
 * beeps. The two answers are those of the examples of nfc-pcsc.
 */
const acr122: Record<Answer, string[]> = {
  granted: ['FF 00 40 2E 04 01 00 01 01'],
  denied: ['FF 00 40 5D 04 02 01 05 01'],
  ask_staff: ['FF 00 40 5D 04 02 01 02 01'],
};

/**
 * ACR1281U reference manual, sections 5.8 and 5.9 (lamp: bit 0 red, bit 1 green; buzzer: in 10 ms). That the ACR1252U takes the
 * same was not tried on one.
 */
const acr125: Record<Answer, string[]> = {
  granted: ['E0 00 00 29 01 02', 'E0 00 00 28 01 0A'],
  denied: ['E0 00 00 29 01 01', 'E0 00 00 28 01 32'],
  ask_staff: ['E0 00 00 29 01 03', 'E0 00 00 28 01 1E'],
};

/** Commands for the lamp and buzzer of a reader by ACS, chosen by its name; none for any other, and none where no card is. */
export function acrFeedback({ reader, atr }: PresentedTo, answer: Answer, setting: 'auto' | 'off'): Uint8Array[] {
  if (setting === 'off' || toHex(atr) === alwaysPresentAtr) return [];
  const commands = /\bACR122(?!\d)/i.test(reader) ? acr122 : /\bACR12(?:5[125]|81)(?!\d)/i.test(reader) ? acr125 : null;
  return commands === null ? [] : commands[answer].map(fromHex);
}

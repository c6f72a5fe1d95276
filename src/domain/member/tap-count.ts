/** The highest count that a card can tell: three bytes (NTAG 424 DNA, SDMReadCtr). */
export const highestTapCount = 0xff_ff_ff;

const digits = String(highestTapCount).length;
const prefix = 'tap:';

/**
 * What a tap uses up of a card that counts its taps: told like a one-time code (rule 3), and written so that the order of the
 * texts is that of the counts.
 */
export function tapToken(count: number): string {
  return prefix + String(count).padStart(digits, '0');
}

/** The count that a token stands for; null: it is a one-time code. */
export function tapCountOf(token: string): number | null {
  const count = token.startsWith(prefix) ? token.slice(prefix.length) : '';
  return /^\d{8}$/.test(count) ? Number(count) : null;
}

import { spellingsOf } from './card-number.ts';

/**
 * How a number that is printed on a card may follow from what a reader gives. The number before `H` says how many hex digits of
 * the identifier it is about (the last ones), the one before `D` how many decimal digits are printed; `R`: its bytes in reverse order. `rare`: another
 * spelling of `card-number.ts`.
 */
export type PrintedSpelling = 'as_is' | 'hex' | 'decimal' | '8H10D' | '6H8D' | '2H4H' | '4H4H' | 'R' | 'rare';

/**
 * The spelling by which `printed` is the number of the card `value`; null: it is another card's. Zeros at the front do not matter,
 * and two numbers may stand on a card: `0008315940 126,58404`.
 */
export function printedSpelling(value: string, printed: string): PrintedSpelling | null {
  const several = printed.trim().split(/\s+/);
  const candidates = [printed, ...(several.length > 1 ? several.filter((text) => text.length >= shortestNumber) : [])];
  return candidates.map((text) => spellingOf(value, normal(text))).find((spelling) => spelling !== null) ?? null;
}

/** Of two numbers that stand side by side; shorter ones are parts of one. */
const shortestNumber = 6;

function spellingOf(value: string, wanted: string): PrintedSpelling | null {
  if (wanted === '') return null;
  if (normal(value) === wanted) return /^[0-9A-F]+$/i.test(value) && /[A-F]/i.test(value) ? 'hex' : 'as_is';
  if (!/^(?:[0-9A-F]{2}){2,16}$/i.test(value)) return null;
  const straight = spellingIn(value, wanted);
  if (straight !== null) return straight;
  const isReversed = [value, value.slice(-8)].some((hex) => spellingIn(reversed(hex), wanted) !== null);
  if (isReversed) return 'R';
  return spellingsOf(value).some(({ text }) => normal(text) === wanted) ? 'rare' : null;
}

function reversed(hex: string): string {
  return (hex.match(/../g) ?? []).toReversed().join('');
}

function spellingIn(hex: string, wanted: string): PrintedSpelling | null {
  const low = (digits: number) => hex.slice(-digits);
  const decimal = (digits: string) => BigInt(`0x${digits}`).toString();
  const spelled: [PrintedSpelling, string][] = [
    ['hex', hex],
    ['hex', low(8)],
    ['hex', low(6)],
    ['decimal', decimal(hex)],
    ['8H10D', decimal(low(8))],
    ['6H8D', decimal(low(6))],
    ['2H4H', `${decimal(hex.slice(-6, -4) || '0')},${decimal(low(4))}`],
    ['4H4H', `${decimal(hex.slice(-8, -4) || '0')},${decimal(low(4))}`],
  ];
  return spelled.find(([, text]) => normal(text) === wanted)?.[0] ?? null;
}

/** `00126:58404` as `126,58404`, `007ee424` as `7EE424`. */
function normal(text: string): string {
  const parts = text
    .trim()
    .toUpperCase()
    .split(/\s*[,:/. ]\s*/);
  return parts.map((part) => part.replace(/^0+(?=.)/, '')).join(',');
}

/** How many of these identifiers share their last `digits` hex digits with another one: a reader that gives no more cannot tell them apart. */
export function sharedEndings(values: readonly string[], digits: number): number {
  const endings = new Map<string, Set<string>>();
  for (const value of values) {
    const ending = value.slice(-digits);
    endings.set(ending, (endings.get(ending) ?? new Set()).add(value));
  }
  return [...endings.values()].reduce((sum, sharing) => sum + (sharing.size > 1 ? sharing.size : 0), 0);
}

/** How many hex digits of the identifier a value holds; one that is written as `126,58404` holds six, or eight for `00126,58404`. */
export function hexDigitsOf(value: string): number {
  const [high, low] = value.split(',');
  if (low === undefined) return value.length;
  return Number(high) > 0xff || (high ?? '').length > 3 ? 8 : 6;
}

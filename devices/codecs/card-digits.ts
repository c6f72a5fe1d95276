import { toHex } from '../../src/lib/hex.ts';

/**
 * How readers spell a card's number when they type it (also printed on cards). The number before `H` says how many hex digits of
 * the number it is about (the last ones), the one before `D` how many decimal digits are typed; `R`: its bytes in reverse order.
 */
export const cardDigits = ['10H', '8H', '6H', '8HR', '10H13D', '8H10D', '8H10DR', '6H8D', '2H4H', '4H4H'] as const;
export type CardDigits = (typeof cardDigits)[number];

const bytesOf: Readonly<Record<CardDigits, number>> = {
  '10H': 5,
  '8H': 4,
  '6H': 3,
  '8HR': 4,
  '10H13D': 5,
  '8H10D': 4,
  '8H10DR': 4,
  '6H8D': 3,
  '2H4H': 3,
  '4H4H': 4,
};

/** The identifier as upper-case hex, as many digits as that spelling tells; null: it is no number of that spelling. */
export function hexOfCardDigits(typed: string, spelling: CardDigits): string | null {
  const text = typed.trim();
  const bytes = bytesOf[spelling];
  switch (spelling) {
    case '10H':
    case '8H':
    case '6H':
      return hexDigits(text, bytes);
    case '8HR':
      return reversed(hexDigits(text, bytes));
    case '10H13D':
    case '8H10D':
    case '6H8D':
      return decimal(text, bytes);
    case '8H10DR':
      return reversed(decimal(text, bytes));
    case '2H4H':
    case '4H4H':
      return pair(text, bytes);
  }
}

function hexDigits(text: string, bytes: number): string | null {
  return text.length === bytes * 2 && /^[0-9A-Fa-f]+$/.test(text) ? text.toUpperCase() : null;
}

/** Zeros at the front may be missing. */
function decimal(text: string, bytes: number): string | null {
  if (!/^\d{1,15}$/.test(text)) return null;
  const hex = Number(text).toString(16).toUpperCase();
  return hex.length > bytes * 2 ? null : hex.padStart(bytes * 2, '0');
}

/** `126,58404`: the last two bytes behind a comma, a space or nothing (then with all their zeros), the others before it. */
function pair(text: string, bytes: number): string | null {
  const [, high, low] = /^(\d{1,5})[, ](\d{1,5})$/.exec(text) ?? /^(\d{3,5})(\d{5})$/.exec(text) ?? [];
  if (high === undefined || low === undefined) return null;
  const [first, second] = [decimal(high, bytes - 2), decimal(low, 2)];
  return first === null || second === null ? null : first + second;
}

function reversed(hex: string | null): string | null {
  return hex === null ? null : toHex(new Uint8Array(Buffer.from(hex, 'hex').reverse()));
}

/**
 * What is printed on cards of a card's number. A card has a whole number: 5 bytes at 125 kHz (EM4100), 4 or 7 (or 10) at 13.56 MHz;
 * readers give it, or a part, as upper-case hex. What is printed is often a part of it, in decimal. Forms: published tables of
 * zgznk.com and cp.ck365.cn; names beginning with DEZ: proxmark3 `printEM410x`; `first-3D5D`: what IronLogic readers print of seven
 * bytes.
 */
export const spellings = [
  '10H13D',
  '8H10D',
  '6H8D',
  '3D5D',
  '4H4H',
  'DEZ3.5A',
  'DEZ3.5B',
  'reversed',
  'reversed-3D5D',
  'first-3D5D',
  'mirrored',
] as const;
export type Spelling = (typeof spellings)[number];

/** How a club's list may write its cards; `full`: the whole number, as readers give it. */
export const cardSpellings = ['full', ...spellings] as const;
export type CardSpelling = (typeof cardSpellings)[number];

/** One way in which a text may be meant. */
export interface CardNumberReading {
  spelling: CardSpelling;
  /** The whole number as far as the text says it: hex, `??` for a byte that it leaves open. */
  number: string;
}

/** Which bytes of a whole number are printed, each group as one decimal number of at least so many digits. */
interface Form {
  groups: { bytes: number[]; digits: number }[];
}

/** By the number of bytes; a length that is left out has no such form. */
const forms: Record<Exclude<Spelling, 'mirrored'>, Partial<Record<number, Form>>> = {
  '10H13D': { 4: one([0, 1, 2, 3], 10), 5: one([0, 1, 2, 3, 4], 13), 7: one([0, 1, 2, 3, 4, 5, 6], 17) },
  '8H10D': { 4: one([0, 1, 2, 3], 10), 5: one([1, 2, 3, 4], 10) },
  '6H8D': { 4: one([1, 2, 3], 8), 5: one([2, 3, 4], 8), 7: one([4, 5, 6], 8) },
  '3D5D': { 3: pair([0], [1, 2]), 4: pair([1], [2, 3]), 5: pair([2], [3, 4]), 7: pair([4], [5, 6]) },
  '4H4H': { 4: pair([0, 1], [2, 3]), 5: pair([1, 2], [3, 4]) },
  'DEZ3.5A': { 5: pair([0], [3, 4]) },
  'DEZ3.5B': { 5: pair([1], [3, 4]) },
  reversed: { 4: one([3, 2, 1, 0], 10), 5: one([4, 3, 2, 1], 10), 7: one([6, 5, 4, 3, 2, 1, 0], 17) },
  'reversed-3D5D': { 4: pair([2], [1, 0]), 7: pair([2], [1, 0]) },
  'first-3D5D': { 7: pair([0], [1, 2]) },
};

const mirroredDigits = 15;
const separators = [',', ' ', '.', '-', '/', ':'];
const wholeNumber = /^(?:[0-9A-F]{2}){3,10}$/;

/** Everything that may be printed on a card with this whole number, as the tables have it. Nothing for what is no whole number. */
export function spellingsOf(full: string): { spelling: Spelling; text: string }[] {
  return spellings.flatMap((spelling) => {
    const [text] = spelled(full, spelling);
    return text === undefined ? [] : [{ spelling, text }];
  });
}

/**
 * The texts that a list may hold for a card by this form: first as the tables have it, then with other separators and with fewer
 * zeros in front. To be compared whole.
 */
export function spelled(full: string, spelling: Spelling): string[] {
  const bytes = bytesOf(full);
  if (bytes === null) return [];
  if (spelling === 'mirrored') return bytes.length === 5 ? mirroredTexts(bytes) : [];
  const form = forms[spelling][bytes.length];
  if (form === undefined) return [];
  const [first = '', second] = form.groups.map(({ bytes: at, digits }) => String(decimalOf(bytes, at)).padStart(digits, '0'));
  if (second === undefined) return withFewerZeros(first);
  const wide = separators.map((separator) => `${first}${separator}${second}`);
  const narrow = separators.flatMap((separator) => [
    `${trimmed(first)}${separator}${second}`,
    `${trimmed(first)}${separator}${trimmed(second)}`,
  ]);
  return [...new Set([...wide, ...narrow])];
}

/** Every way in which a text may be the number of a card, printed or whole. Two forms of one card may stand side by side: `0008315940 126,58404`. */
export function readCardNumber(text: string): CardNumberReading[] {
  const plain = text.trim();
  const whole = plain.replaceAll(/^0x|[\s:.-]/gi, '').toUpperCase();
  const both = /^(\d{6,})[\s,;]+(\d{1,5}[^\d]\d{1,5})$/.exec(plain);
  if (both !== null) return agreeing(readCardNumber(both[1] ?? ''), readAs(both[2] ?? '', '3D5D'));
  const isHex = wholeNumber.test(whole) && !/^\d{1,5}[\s.:-]\d{1,5}$/.test(plain);
  const full: CardNumberReading[] = isHex ? [{ spelling: 'full', number: whole }] : [];
  return [...full, ...spellings.flatMap((spelling) => readAs(plain, spelling))];
}

/** Which of these whole numbers a text is: one, or several that it cannot tell apart, or none. */
export function resolveCardNumber(
  text: string,
  known: Iterable<string>,
): { is: 'one'; full: string } | { is: 'ambiguous'; full: string[] } | { is: 'none' } {
  const readings = readCardNumber(text);
  const found = [...new Set(known)].filter((full) => readings.some(({ number }) => fits(number, full))).sort();
  const [full, ...others] = found;
  if (full === undefined) return { is: 'none' };
  return others.length === 0 ? { is: 'one', full } : { is: 'ambiguous', full: found };
}

/** Whether a whole number is what a reading says of it. */
export function fits(number: string, full: string): boolean {
  return number.length === full.length && [...number].every((digit, at) => digit === '?' || digit === full[at]);
}

/** `random`: made anew at each tap. `half`: only the beginning of a longer number. `short`: a part. `shared`: others may have it too. */
export type EnrolmentDoubt = 'random' | 'half' | 'short' | 'shared';

/**
 * Why a number should not be given to a member; null: nothing speaks against it. For the number of a 13.56 MHz card: an EM4100
 * number that a reader cut to four bytes may begin the same by chance. First bytes: ISO/IEC 14443-3; proxmark3 `cmdhf14a.c`.
 */
export function whyNotEnrolled(uid: string): EnrolmentDoubt | null {
  if (!/^(?:[0-9A-F]{2})*$/.test(uid) || uid.length < 8) return 'short';
  if (uid.length > 8) return null;
  if (uid.startsWith('08')) return 'random';
  if (uid.startsWith('88')) return 'half';
  return uid[1] === 'F' ? 'shared' : null;
}

function readAs(text: string, spelling: Spelling): CardNumberReading[] {
  if (spelling === 'mirrored') return readMirrored(text);
  return Object.entries(forms[spelling]).flatMap(([length, form]) => {
    const number = form === undefined ? null : numberIn(text, form, Number(length));
    return number === null ? [] : [{ spelling, number }];
  });
}

/** The bytes that a text fixes; null: it is not of this form. */
function numberIn(text: string, { groups }: Form, length: number): string | null {
  const parts = groups.length === 1 ? [text] : text.split(/ ?[,./: -] ?/);
  if (parts.length !== groups.length) return null;
  const bytes: string[] = Array.from({ length }, () => '??');
  for (const [index, { bytes: at, digits }] of groups.entries()) {
    const part = parts[index] ?? '';
    // More digits than the table's are another form; fewer are zeros that were left out.
    if (!/^\d+$/.test(part) || part.length > digits) return null;
    const hex = BigInt(part).toString(16).toUpperCase();
    if (hex.length > at.length * 2) return null;
    const padded = hex.padStart(at.length * 2, '0');
    for (const [place, byte] of at.entries()) bytes[byte] = padded.slice(place * 2, place * 2 + 2);
  }
  return bytes.join('');
}

function readMirrored(text: string): CardNumberReading[] {
  const hex = /^[0-9A-F]{10}$/i.test(text) ? [text] : [];
  const decimal = /^\d{1,15}$/.test(text) ? [BigInt(text).toString(16).padStart(10, '0')] : [];
  return [...hex, ...decimal].flatMap((digits) => {
    const bytes = bytesOf(digits.toUpperCase());
    return bytes?.length === 5 ? [{ spelling: 'mirrored' as const, number: hexOf(bytes.map(mirrored)) }] : [];
  });
}

function mirroredTexts(bytes: number[]): string[] {
  const hex = hexOf(bytes.map(mirrored));
  const decimal = BigInt(`0x${hex}`).toString().padStart(mirroredDigits, '0');
  return [hex, ...withFewerZeros(decimal)];
}

/** What both say, where they do not contradict each other; each whole number once. */
function agreeing(first: CardNumberReading[], second: CardNumberReading[]): CardNumberReading[] {
  const numbers = first.flatMap(({ spelling, number }) =>
    second.flatMap((other) => {
      const together = combined(number, other.number);
      return together === null ? [] : [{ spelling, number: together }];
    }),
  );
  return numbers.filter(({ number }, at) => numbers.findIndex((one) => one.number === number) === at);
}

function combined(first: string, second: string): string | null {
  if (first.length !== second.length) return null;
  const digits = [...first].map((digit, at) => {
    const other = second[at] ?? '?';
    return digit === '?' ? other : other === '?' || other === digit ? digit : null;
  });
  return digits.includes(null) ? null : digits.join('');
}

function withFewerZeros(padded: string): string[] {
  const texts = [padded];
  for (let text = padded; text.length > 1 && text.startsWith('0'); ) {
    text = text.slice(1);
    texts.push(text);
  }
  return texts;
}

function trimmed(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '');
}

function bytesOf(full: string): number[] | null {
  if (!wholeNumber.test(full)) return null;
  return (full.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}

function hexOf(bytes: number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}

function decimalOf(bytes: number[], at: number[]): bigint {
  return at.reduce((value, place) => value * 256n + BigInt(bytes[place] ?? 0), 0n);
}

function mirrored(byte: number): number {
  return Number.parseInt([...byte.toString(2).padStart(8, '0')].reverse().join(''), 2);
}

function one(bytes: number[], digits: number): Form {
  return { groups: [{ bytes, digits }] };
}

/** Three digits for one byte, five for two. */
function pair(high: number[], low: number[]): Form {
  return { groups: [high, low].map((bytes) => ({ bytes, digits: bytes.length === 1 ? 3 : 5 })) };
}

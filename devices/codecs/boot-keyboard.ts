import { type KeyboardLayout, withTyped } from './keyboard-layouts.ts';

/** What a keyboard has typed since the last end of a line, and which keys it holds down. */
export interface Typing {
  text: string;
  /** Keys of the last report, in its order. */
  held: readonly number[];
  /** Digits typed on the keypad while Alt is down: the number of a character. */
  altDigits: string;
  /** Something was typed that no layout has: the line is none. */
  broken: boolean;
}

export const nothingTyped: Typing = { text: '', held: [], altDigits: '', broken: false };

/** A report of the boot protocol (HID 1.11, appendix B): which modifiers and keys are down. */
interface KeyReport {
  modifiers: number;
  keys: number[];
}

const bootBytes = 8;
const control = 0x11;
const shift = 0x22;
const leftAlt = 0x04;
const gui = 0x88;
const altGr = 0x40;

const lastErrorCode = 0x03;
const enter = 0x28;
const tab = 0x2b;
const space = 0x2c;
const keypadEnter = 0x58;
const keypadOne = 0x59;
const keypadZero = 0x62;

const keypadSigns = new Map([
  [0x54, '/'],
  [0x55, '*'],
  [0x56, '-'],
  [0x57, '+'],
  [0x63, '.'],
]);

const lineEnds = '\r\n\t';
/** Alt and fewer digits may be the beginning of a number. */
const altDigitsAtLeast = 3;
const altDigitsAtMost = 4;

/** Takes one report further. `lines`: the lines that it ended with Enter or Tab, as they were typed. */
export function typeReport(before: Typing, report: Uint8Array, layout: KeyboardLayout): { typing: Typing; lines: Typing[] } {
  const read = keyReportOf(report);
  const lines: Typing[] = [];
  if (read === null) return { typing: before, lines };
  const { modifiers, keys } = read;
  let typing = before;
  const take = (typed: string | null) => {
    if (typed !== null && typed !== '' && lineEnds.includes(typed)) {
      lines.push(typing);
      typing = { ...nothingTyped, held: typing.held };
    } else if (typed === null) typing = { ...typing, broken: true };
    else typing = { ...typing, text: withTyped(typing.text, typed) };
  };
  const takeAltNumber = () => {
    const { altDigits } = typing;
    typing = { ...typing, altDigits: '' };
    if (altDigits !== '') take(characterOf(altDigits));
  };

  const pressed = keys.filter((key) => !before.held.includes(key));
  if ((modifiers & (leftAlt | control)) === leftAlt) {
    // QUIRK: scanners in ALT mode put the whole number into one report, and may not let go of its keys before the next one.
    const whole = keys.filter(isKeypadDigit).length >= altDigitsAtLeast && !isPrefix(before.held, keys);
    if (whole) takeAltNumber();
    const digits = (whole ? keys : pressed).filter(isKeypadDigit).map(keypadDigit).join('');
    typing = { ...typing, altDigits: (typing.altDigits + digits).slice(0, altDigitsAtMost + 1) };
  } else {
    takeAltNumber();
    for (const key of pressed) take(typedBy(key, modifiers, layout));
  }
  return { typing: { ...typing, held: keys }, lines };
}

/** Null: not a report of the boot protocol, or one that says that too many keys are down. */
function keyReportOf(report: Uint8Array): KeyReport | null {
  // Keyboards with several uses put a report id first.
  const boot = report.length === bootBytes + 1 && report[0] !== 0 ? report.subarray(1) : report;
  const [modifiers = 0, reserved, ...keys] = boot;
  if (boot.length !== bootBytes || reserved !== 0) return null;
  if (keys.some((key) => key > 0 && key <= lastErrorCode)) return null;
  return { modifiers, keys: keys.filter((key) => key !== 0) };
}

/** What that key types; an empty text: nothing. */
function typedBy(key: number, modifiers: number, layout: KeyboardLayout): string {
  if ((modifiers & gui) !== 0) return '';
  if (key === enter || key === keypadEnter) return '\r';
  if (key === tab) return '\t';
  if (key === space) return ' ';
  if (isKeypadDigit(key)) return keypadDigit(key);
  const sign = keypadSigns.get(key);
  if (sign !== undefined) return sign;
  const isShifted = (modifiers & shift) !== 0;
  const hasAltGr = (modifiers & altGr) !== 0 || (modifiers & leftAlt) !== 0;
  if (hasAltGr) return (isShifted ? layout.shiftedAltGr : layout.altGr).get(key) ?? '';
  if ((modifiers & control) !== 0) return controlled(layout.plain.get(key) ?? '');
  return (isShifted ? layout.shifted : layout.plain).get(key) ?? '';
}

/** Control and `A` to `Z`, `[`, `\`, `]` type the characters 01 to 1D; so scanners send the separator of GS1 codes. */
function controlled(plain: string): string {
  return /^[a-z[\\\]]$/.test(plain) ? String.fromCharCode(plain.charCodeAt(0) & 0x1f) : '';
}

/** Null: it cannot be told, because code pages differ. With a 0 in front A0 to FF are those of Latin-1 in every Western one. */
function characterOf(altDigits: string): string | null {
  const number = Number(altDigits);
  if (altDigits.length > altDigitsAtMost || number > 0xff) return null;
  if (number < 0x80) return String.fromCharCode(number);
  return altDigits.startsWith('0') && number >= 0xa0 ? String.fromCharCode(number) : null;
}

function isKeypadDigit(key: number): boolean {
  return key >= keypadOne && key <= keypadZero;
}

function keypadDigit(key: number): string {
  return String((key - keypadOne + 1) % 10);
}

function isPrefix(short: readonly number[], long: readonly number[]): boolean {
  return short.length > 0 && short.every((key, at) => long[at] === key);
}

import { z } from 'zod';
import type { Decoded } from '../../src/ports/device.ts';

/** No reader of codes says more at once. */
export const longestCode = 256;

// Everything below space and DEL, but for the separator of GS1 codes (1D).
const controlCharacters = /[\x00-\x1c\x1e\x1f\x7f]/g;
const aimPrefix = /^\](?<symbology>[A-Za-z])\d/;

const printable = z
  .string()
  .regex(/^[^\x00-\x1f\x7f]*$/, 'control characters are dropped before this is looked at: leave them out');

/** What can be told to every reader that sends codes as text. */
export const codeSettings = {
  prefix: printable
    .default('')
    .describe('Characters that the reader puts before every code. They are taken off; a line without them is no code.'),
  suffix: printable
    .default('')
    .describe(
      'Characters that the reader puts after every code, before the line end. They are taken off; a line without them is no code.',
    ),
  aim: z
    .boolean()
    .default(false)
    .describe(
      'On when the scanner is set to send AIM identifiers (`]Q1` before a QR code, `]C0` before a Code 128). They are taken off, and ' +
        'say whether a code is a `qr` or a `barcode`. Leave it off otherwise: a code may itself begin with `]`.',
    ),
  pattern: z
    .string()
    .refine(hasOneGroup, 'must be a regular expression with one group in round brackets, the code: `Mifare\\[([0-9A-F]+)\\].*`')
    .default('')
    .describe('A regular expression that a whole line must match; its one group is the code. Empty: the whole line is the code.'),
  case: z
    .enum(['as_sent', 'upper', 'lower'])
    .default('as_sent')
    .describe('Whether letters are taken `as_sent`, in `upper` or in `lower` case.'),
};

export const codeKind = z.enum(['barcode', 'qr', 'rfid', 'membership_code']);

export type CodeOptions = z.output<z.ZodObject<typeof codeSettings>> & { kind: z.output<typeof codeKind> };

/** The code in what a reader sent as one, control characters and all; null: it is none by these settings. */
export function readCode(sent: string, options: CodeOptions): Decoded['reads'][number] | null {
  const line = sent.replaceAll(controlCharacters, '');
  const { prefix, suffix, pattern } = options;
  if (!line.startsWith(prefix) || !line.endsWith(suffix)) return null;
  let code = line.slice(prefix.length, line.length - suffix.length);
  let kind = options.kind;
  const aim = options.aim ? aimPrefix.exec(code) : null;
  if (aim !== null) {
    kind = kindOf(aim.groups?.['symbology']);
    code = code.slice(aim[0].length);
  }
  if (pattern !== '') code = wholeLine(pattern).exec(code)?.[1] ?? '';
  if (options.case === 'upper' || kind === 'rfid') code = code.toUpperCase();
  else if (options.case === 'lower') code = code.toLowerCase();
  return code === '' ? null : { kind, value: code };
}

/** By the letter of an AIM identifier (ISO/IEC 15424). */
export function kindOf(symbology: string | undefined): 'qr' | 'barcode' {
  return symbology === 'Q' ? 'qr' : 'barcode';
}

/** UTF-8, or Latin-1 where it is none. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

function wholeLine(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}

function hasOneGroup(pattern: string): boolean {
  if (pattern === '') return true;
  try {
    // An empty alternative matches anything, so that the answer has a place for every group.
    return new RegExp(`${pattern}|`).exec('')?.length === 2;
  } catch {
    return false;
  }
}

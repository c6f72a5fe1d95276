const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of what was heard, each without its end (CR, LF or both; so an empty one may come between), and what may be the
 * beginning of one more. A line longer than `longest` bytes is left out, and never kept whole.
 */
export function linesOf(pending: Uint8Array, longest: number): { lines: Uint8Array[]; rest: Uint8Array } {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (const [index, byte] of pending.entries()) {
    if (byte !== lineFeed && byte !== carriageReturn) continue;
    if (index - start <= longest) lines.push(pending.subarray(start, index));
    start = index + 1;
  }
  // One byte over the limit stays behind, so that the end of an endless line is not taken for a line of its own.
  return { lines, rest: pending.subarray(start, start + longest + 1) };
}

/** A line as ASCII. A plug that sparks and frames such as STX and ETX put other bytes before and after it; in between they are kept. */
export function asciiOf(line: Uint8Array): string {
  return Buffer.from(line)
    .toString('latin1')
    .replaceAll(/^[^\x21-\x7e]+|[^\x21-\x7e]+$/g, '');
}

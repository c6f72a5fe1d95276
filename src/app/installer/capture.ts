import { fromHex, toHex } from '../../lib/hex.ts';

/** What went over a wire at once. */
export interface CapturedChunk {
  /** Since the recording began. */
  atMs: number;
  /** `in`: from the device. */
  direction: 'in' | 'out';
  bytes: Uint8Array;
}

/** What passed on one wire, as a text file that a person can read, cut and write by hand. */
export interface Capture {
  /** `reports`: each chunk is one report of a HID device. */
  of: 'bytes' | 'reports';
  chunks: CapturedChunk[];
}

/** A line of a capture that cannot be used, in words for whoever wrote it. */
export interface CaptureProblem {
  line: number;
  problem: string;
}

const title = { bytes: '# gatehouse capture 1, bytes', reports: '# gatehouse capture 1, reports' };
const arrow = { in: '<', out: '>' } as const;
const chunkLine = /^\+(\d{1,12})ms\s*([<>])\s*([0-9A-Fa-f]{2}(?:\s*[0-9A-Fa-f]{2})*)\s*(?:#.*)?$/;

/** The lines that a capture begins with. `where`: the wire, in words. */
export function captureHeader(of: Capture['of'], where: string, began: Date): string[] {
  return [
    title[of],
    `# of ${where}, begun ${began.toISOString()}`,
    '# milliseconds since the beginning, < from the device or > to it, and the bytes in hex; lines with # are remarks',
    '# the numbers of the cards that were held to it stand in here: give it to nobody who must not know them',
  ];
}

/** One chunk as its line: `+0123ms < 02 36`. */
export function captureLine({ atMs, direction, bytes }: CapturedChunk): string {
  const pairs = toHex(bytes).match(/../g) ?? [];
  return `+${String(Math.round(atMs)).padStart(4, '0')}ms ${arrow[direction]} ${pairs.join(' ')}`;
}

/** Reads a capture; says of every line that cannot be used what is wrong with it. */
export function parseCapture(text: string): { capture: Capture } | { problems: CaptureProblem[] } {
  const lines = text.split(/\r?\n/);
  const of = Object.entries(title).find(([, words]) => lines[0]?.trim() === words)?.[0];
  if (of !== 'bytes' && of !== 'reports') {
    const problem = `\`${cut(lines[0] ?? '')}\` is not how a capture begins: its first line is \`${title.bytes}\``;
    return { problems: [{ line: 1, problem }] };
  }
  const problems: CaptureProblem[] = [];
  const chunks: CapturedChunk[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const report = (problem: string) => problems.push({ line: index + 1, problem: `\`${cut(line)}\` ${problem}` });
    const [, ms, sign, hex] = chunkLine.exec(line.trim()) ?? [];
    if (ms === undefined || hex === undefined) {
      report('is no chunk: write it like `+0123ms < 02 36 32`, two hex digits for every byte');
      continue;
    }
    const atMs = Number(ms);
    const beforeMs = chunks.at(-1)?.atMs ?? 0;
    if (atMs < beforeMs) report(`goes back in time: the chunk before it came at ${beforeMs} ms`);
    else chunks.push({ atMs, direction: sign === '<' ? 'in' : 'out', bytes: fromHex(hex) });
  }
  return problems.length > 0 ? { problems } : { capture: { of, chunks } };
}

function cut(line: string): string {
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

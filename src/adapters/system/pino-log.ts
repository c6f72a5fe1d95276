import { pino } from 'pino';
import type { Log } from '../../ports/log.ts';

/** Field names whose values identify a member's card or open something: written as `(hidden)`, at any depth and in any case. */
const secretFields = new Set(['value', 'read', 'pin', 'token', 'authorization', 'password', 'secret']);

const deepest = 6;

/** Where lines go. Each call is one whole line with its end. */
export interface LineOutput {
  write(line: string): void;
}

/** A log of one JSON object per line, for journald and the like. */
export function createJsonLog(output: LineOutput): Log {
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    output,
  );
  const writer = (level: 'info' | 'warn' | 'error') => (message: string, fields?: Record<string, unknown>) =>
    logger[level](withoutSecrets(fields ?? {}), message);
  return { info: writer('info'), warn: writer('warn'), error: writer('error') };
}

/** A log of one readable line per event, for a person at a terminal. */
export function createReadableLog(output: LineOutput): Log {
  return createJsonLog({ write: (line) => output.write(readable(JSON.parse(line))) });
}

/** To stdout: readable at a terminal, JSON anywhere else. */
export function createStdoutLog(): Log {
  if (process.stdout.isTTY) return createReadableLog(process.stdout);
  return createJsonLog(pino.destination({ dest: 1, sync: true }));
}

function readable({ level, time, msg, ...fields }: Record<string, unknown>): string {
  const clockTime = new Date(String(time)).toTimeString().slice(0, 8);
  const shown = Object.entries(fields).map(
    ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${clockTime} ${String(level).padEnd(5)} ${msg}${shown.join('')}\n`;
}

function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, hideIn(name, value, 1)]));
}

function hideIn(name: string, value: unknown, depth: number): unknown {
  if (secretFields.has(name.toLowerCase())) return '(hidden)';
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} bytes)`;
  if (depth === deepest) return '(more)';
  if (Array.isArray(value)) return value.map((item) => hideIn('', item, depth + 1));
  const entries = value instanceof Error ? fieldsOf(value) : Object.entries(value);
  return Object.fromEntries(entries.map(([key, inner]) => [key, hideIn(key, inner, depth + 1)]));
}

function fieldsOf(error: Error): [string, unknown][] {
  const own = Object.entries(error);
  const cause: [string, unknown][] = error.cause === undefined ? [] : [['cause', error.cause]];
  return [['message', error.message], ['stack', error.stack], ...own, ...cause];
}

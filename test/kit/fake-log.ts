import type { Log } from '../../src/ports/log.ts';

export interface FakeLog extends Log {
  lines: { level: 'info' | 'warn' | 'error'; message: string; fields: Record<string, unknown> }[];
}

/** Keeps every line. */
export function fakeLog(): FakeLog {
  const lines: FakeLog['lines'] = [];
  const writer =
    (level: 'info' | 'warn' | 'error'): Log['info'] =>
    (message, fields = {}) =>
      void lines.push({ level, message, fields });
  return { lines, info: writer('info'), warn: writer('warn'), error: writer('error') };
}

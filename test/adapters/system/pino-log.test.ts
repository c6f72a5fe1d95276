import { expect, test } from 'vitest';
import { createJsonLog, createReadableLog } from '../../../src/adapters/system/pino-log.ts';
import { Failure } from '../../../src/ports/failure.ts';

function written(create: typeof createJsonLog) {
  const lines: string[] = [];
  return { log: create({ write: (line) => lines.push(line) }), lines };
}

test('an event is one line of JSON with its time, level, message and fields', () => {
  const { log, lines } = written(createJsonLog);
  log.info('gate opened', { gate: 'main-in', pulseMs: 500 });
  log.warn('reader is silent');
  log.error('disk is full');
  expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true);
  const [first, second, third] = lines.map((line) => JSON.parse(line));
  expect(first).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    gate: 'main-in',
    pulseMs: 500,
    msg: 'gate opened',
  });
  expect(second).toMatchObject({ level: 'warn', msg: 'reader is silent' });
  expect(third).toMatchObject({ level: 'error', msg: 'disk is full' });
});

test('card values, PINs, tokens and keys never reach the log, however deep they stand', () => {
  const { log, lines } = written(createJsonLog);
  log.info('tap', {
    read: 'rfid:DEADBEEF01',
    pin: '271828',
    headers: { Authorization: 'Bearer secret-token', accept: 'json' },
    rows: [{ id: 'c1', kind: 'rfid', value: 'DEADBEEF02' }],
    token: { nested: 'secret-token' },
    bytes: Uint8Array.of(0xde, 0xad),
    cause: Object.assign(new Error('no'), { value: 'DEADBEEF03' }),
  });
  expect(lines[0]).not.toMatch(/DEADBEEF|271828|secret-token|222|173/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    read: '(hidden)',
    headers: { Authorization: '(hidden)', accept: 'json' },
    rows: [{ id: 'c1', kind: 'rfid', value: '(hidden)' }],
    bytes: '(2 bytes)',
  });
});

test('an error is logged with its message, code and cause', () => {
  const { log, lines } = written(createJsonLog);
  const cause = new Error('EIO');
  log.error('relay does not answer', { error: new Failure('no_answer', 'nothing came back', { retry: true, cause }) });
  expect(JSON.parse(lines[0] ?? '').error).toMatchObject({
    message: 'nothing came back',
    code: 'no_answer',
    retry: true,
    cause: { message: 'EIO' },
  });
});

test('a value that holds itself is cut off, not followed for ever', () => {
  const { log, lines } = written(createJsonLog);
  const ring: Record<string, unknown> = { name: 'ring' };
  ring['self'] = ring;
  log.info('odd', { ring });
  expect(lines[0]).toContain('(more)');
});

test('at a terminal an event is one readable line', () => {
  const { log, lines } = written(createReadableLog);
  log.warn('reader is silent', { reader: 'entrance', forSeconds: 30, pin: '271828' });
  expect(lines).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d warn {2}reader is silent reader=entrance forSeconds=30 pin=\(hidden\)\n$/),
  ]);
});

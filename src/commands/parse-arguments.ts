import { InvalidArgumentError } from 'commander';
import { credentialKinds, parseRead, type Read } from '../domain/member/credential.ts';
import { type Language, languages } from '../domain/member/member.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import { startOfClubDate } from '../domain/schedule/local-time.ts';
import { plusDays } from '../domain/schedule/validity.ts';
import { nearest } from '../lib/nearest.ts';
import { type DeviceTarget, type LineTarget, parseTarget } from '../wiring/parse-target.ts';

export function parseCredential(text: string): Read {
  const read = parseRead(text);
  if (read !== null) return read;
  const [given = ''] = text.split(':', 1);
  const meant = credentialKinds.some((kind) => kind === given) ? null : nearest(given, credentialKinds);
  const suggestion = meant !== null ? ` Did you mean ${meant}:…?` : '';
  throw new InvalidArgumentError(`It must be kind:value, the kind one of ${credentialKinds.join(', ')}.${suggestion}`);
}

/** ISO 8601 with an offset. */
export function parseInstant(text: string): Instant {
  const at = instantIn(text);
  if (Number.isNaN(at))
    throw new InvalidArgumentError('It must be an instant with its offset, such as 2026-06-15T08:00:00+02:00.');
  return at;
}

/** Not a number where the text is none. */
function instantIn(text: string): Instant {
  return /T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** `[from, until)`, once it is known in which zone dates are meant. */
export type Period = (timeZone: string) => { from: Instant; until: Instant };

/** `FROM..TO`: two dates, the last one whole, or two instants with an offset. */
export function parsePeriod(text: string): Period {
  const [from = '', to = '', more] = text.split('..');
  if (more === undefined && isDate(from) && isDate(to) && from <= to) {
    return (timeZone) => ({ from: startOfClubDate(from, timeZone, 0), until: startOfClubDate(plusDays(to, 1), timeZone, 0) });
  }
  const [fromAt, toAt] = [instantIn(from), instantIn(to)];
  if (more === undefined && fromAt < toAt) return () => ({ from: fromAt, until: toAt });
  throw new InvalidArgumentError(
    'It must be FROM..TO, the earlier first: two dates such as 2026-06-01..2026-06-30, or two instants such as ' +
      '2026-06-15T08:00:00+02:00..2026-06-15T12:00:00+02:00.',
  );
}

export function parseLanguage(text: string): Language {
  const language = languages.find((known) => known === text);
  if (language === undefined) throw new InvalidArgumentError(`It must be one of ${languages.join(', ')}.`);
  return language;
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);
}

export function parsePort(text: string): number {
  return wholeNumber(text, 0, 65535);
}

/** Of an OSDP device: 127 means all of them. */
export function parseOsdpAddress(text: string): number {
  return wholeNumber(text, 0, 126);
}

export function parseCount(text: string): number {
  return wholeNumber(text, 0, Number.MAX_SAFE_INTEGER);
}

/** A speed that Linux knows for a serial port (termios). */
export function parseBaud(text: string): number {
  const speed = Number(text);
  if (bauds.includes(speed)) return speed;
  throw new InvalidArgumentError(`It must be one of ${bauds.join(', ')}.`);
}

const bauds = [300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600];

export function parseBauds(text: string): number[] {
  return text.split(',').map((one) => parseBaud(one.trim()));
}

export function parseDeviceTarget(text: string): DeviceTarget {
  const target = parseTarget(text);
  if (target !== null) return target;
  throw new InvalidArgumentError('It must be a device file (/dev/serial/by-id/…, /dev/hidraw0), host:port, or pcsc.');
}

/** As `parseDeviceTarget`, without PC/SC. */
export function parseLineTarget(text: string): LineTarget {
  const target = parseDeviceTarget(text);
  if (target.kind === 'pcsc')
    throw new InvalidArgumentError('PC/SC readers have no line: `devices listen pcsc` shows their cards.');
  return target;
}

/** `key=value`. */
export function parseSetting(text: string): [key: string, value: string] {
  const [key = ''] = text.split('=', 1);
  if (key !== '' && text.includes('=')) return [key, text.slice(key.length + 1)];
  throw new InvalidArgumentError('It must be key=value, such as number=low24.');
}

function wholeNumber(text: string, from: number, to: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new InvalidArgumentError(
    to === Number.MAX_SAFE_INTEGER ? 'It must be a whole number.' : `It must be a whole number from ${from} to ${to}.`,
  );
}

import { InvalidArgumentError } from 'commander';
import { credentialKinds, parseRead, type Read } from '../domain/member/credential.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import { nearest } from '../lib/nearest.ts';

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
  const at = /T\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new InvalidArgumentError('It must be an instant with its offset, such as 2026-06-15T08:00:00+02:00.');
  return at;
}

export function parsePort(text: string): number {
  return wholeNumber(text, 0, 65535);
}

export function parseCount(text: string): number {
  return wholeNumber(text, 0, Number.MAX_SAFE_INTEGER);
}

function wholeNumber(text: string, from: number, to: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= from && number <= to) return number;
  throw new InvalidArgumentError(
    to === Number.MAX_SAFE_INTEGER ? 'It must be a whole number.' : `It must be a whole number from ${from} to ${to}.`,
  );
}

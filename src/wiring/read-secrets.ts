import { readFileSync } from 'node:fs';
import { fromHex } from '../lib/hex.ts';
import { Failure } from '../ports/failure.ts';
import type { SecretNeed } from '../ports/secret-need.ts';

/** The bytes of each key. Throws `Failure` (`bad_input`) for a file that cannot be read or holds no such key; what stands in it is never quoted. */
export function readSecrets(
  needs: Readonly<Record<string, SecretNeed>>,
  files: Readonly<Record<string, string>>,
): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(files).map(([name, file]) => [name, readSecret(name, file, needs[name]?.bytes ?? [])]),
  );
}

function readSecret(name: string, file: string, lengths: readonly number[]): Uint8Array {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replaceAll(/\s/g, '');
  } catch (cause) {
    const advice = 'create it, readable for the gateway only';
    throw new Failure('bad_input', `the file \`${file}\` with the key \`${name}\` cannot be read: ${advice}`, {
      retry: false,
      cause,
    });
  }
  const bytes = /^([0-9A-Fa-f]{2})+$/.test(text) ? fromHex(text) : null;
  if (bytes !== null && lengths.includes(bytes.length)) return bytes;
  const digits = lengths.map((length) => length * 2).join(' or ');
  throw new Failure('bad_input', `the file \`${file}\` must hold the key \`${name}\` as ${digits} hex digits and nothing else`, {
    retry: false,
  });
}

import { readdir } from 'node:fs/promises';
import { extname } from 'node:path';
import { z } from 'zod';
import { refusedProducts } from '../devices/refused.ts';
import type { BusProfile } from './ports/bus.ts';
import type { Profiles, ReaderProfile, RelayProfile, TurnstileProfile } from './ports/device.ts';
import { Failure } from './ports/failure.ts';

// The folders stand beside `src`, in the sources as in what is built from them.
const devicesFolder = new URL('../devices/', import.meta.url);
const extension = extname(import.meta.url);

/** Every product there is a file for, by id. Throws `Failure` (`bad_input`) for a file that is no profile, or whose id is not its name. */
export async function loadProfiles(folder: URL = devicesFolder): Promise<Profiles> {
  const readers = await loadFolder(new URL('readers/', folder), 'read');
  const relays = await loadFolder(new URL('relays/', folder), 'open');
  const turnstiles = await loadFolder(new URL('turnstiles/', folder), 'turn');
  const buses = await loadFolder(new URL('buses/', folder), 'carry');
  return {
    readers: readers as Map<string, ReaderProfile>,
    relays: relays as Map<string, RelayProfile>,
    turnstiles: turnstiles as Map<string, TurnstileProfile>,
    buses: buses as Map<string, BusProfile>,
    refused: refusedProducts,
  };
}

const makers = {
  read: '`defineStreamReader` or `defineExchangeReader`',
  open: '`defineLineRelay` or `defineMqttRelay`',
  turn: '`defineTurnstile`',
  carry: '`defineBus`',
};

async function loadFolder(folder: URL, does: keyof typeof makers): Promise<Map<string, unknown>> {
  const profiles = new Map<string, unknown>();
  const files = (await readdir(folder)).filter((file) => extname(file) === extension && !file.endsWith('.d.ts'));
  for (const file of files.toSorted()) {
    const id = file.slice(0, -extension.length);
    const { default: profile }: { default?: unknown } = await import(new URL(file, folder).href);
    const shape = profileShape.safeParse(profile);
    if (!shape.success || shape.data.does !== does) {
      throw wrong(`\`${file}\` is no device of this folder: export by default what ${makers[does]} returns`);
    }
    if (shape.data.id !== id)
      throw wrong(`\`${file}\` says its id is \`${shape.data.id}\`: name the file \`${shape.data.id}${extension}\``);
    profiles.set(id, profile);
  }
  return profiles;
}

const profileShape = z.object({ id: z.string(), does: z.string(), settings: z.instanceof(z.ZodObject) });

function wrong(message: string): Failure {
  return new Failure('bad_input', message, { retry: false });
}

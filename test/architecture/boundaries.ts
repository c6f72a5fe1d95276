/** What the files of a folder may import, besides each other. The innermost folder that holds a file speaks for it. */
export interface Boundary {
  /** A folder or a single file. */
  of: string;
  /** Folders and files of the project, `npm:<package>`, `node:<module>`, or `node:*`. */
  mayImport: string[];
  /** What it may import with `import type` only. */
  mayImportTypes?: string[];
  /** Its files do not even import each other. */
  apart?: true;
  /** What to do instead of an import that is refused. */
  instead: string;
}

const inner = ['src/ports', 'src/domain', 'src/lib'];

/** A package stands in one line only, its home; zod, which has no I/O, may stand in several. */
export const boundaries: Boundary[] = [
  {
    of: 'src/lib',
    mayImport: ['node:crypto'],
    instead: 'what knows the product is no library: move it to the domain; what does I/O belongs to an adapter',
  },
  {
    of: 'src/domain',
    mayImport: ['src/lib'],
    instead: 'the domain has no I/O, no clock and no schema library: let the caller gather the facts and hand them in',
  },
  {
    of: 'src/domain/schedule',
    mayImport: ['src/domain', 'src/lib', 'npm:temporal-polyfill'],
    instead: 'only calendars are at home here: let the caller hand in what else is needed',
  },
  {
    of: 'src/ports',
    mayImport: ['src/domain', 'src/lib', 'npm:zod'],
    instead: 'a port is words only: put the doing into an adapter, and name here what the app needs of it',
  },
  ...['devices/readers', 'devices/relays', 'devices/turnstiles'].map(
    (folder): Boundary => ({
      of: folder,
      mayImport: ['devices/codecs', 'src/ports/device.ts', 'src/lib', 'npm:zod'],
      apart: true,
      instead:
        'a product file opens no port and knows no other product: share bytes through devices/codecs, leave I/O to the transports',
    }),
  ),
  {
    of: 'devices/buses',
    mayImport: ['devices/codecs', 'src/ports/bus.ts', 'src/lib', 'npm:zod'],
    apart: true,
    instead: 'a bus opens no port and knows no product on it: share bytes through devices/codecs, leave I/O to the transports',
  },
  {
    of: 'devices/codecs',
    mayImport: ['src/ports/bus.ts', 'src/ports/device.ts', 'src/lib', 'npm:zod'],
    instead: 'a codec turns bytes into values and back: leave products to the product files',
  },
  {
    of: 'devices/refused.ts',
    mayImport: [],
    instead: 'it is a list of products that are not supported, for people',
  },
  {
    of: 'devices/usb-identities.ts',
    mayImport: [],
    instead: 'it is a table of what USB ids may mean: leave looking for devices to the transports',
  },
  {
    of: 'src/app',
    mayImport: inner,
    instead: 'the app says what follows what, with no technology: name what it needs as a port and let an adapter do it',
  },
  ...Object.entries({
    store: ['npm:better-sqlite3', 'npm:zod'],
    transport: ['npm:serialport', 'npm:nfc-pcsc', 'npm:node-hid'],
    broker: ['npm:mqtt', 'npm:aedes'],
    web: ['npm:hono', 'npm:@hono/node-server', 'npm:@hono/zod-openapi', 'npm:zod'],
    system: ['npm:pino'],
    simulator: [],
  }).map(
    ([name, packages]): Boundary => ({
      of: `src/adapters/${name}`,
      mayImport: [...inner, 'node:*', ...packages],
      instead:
        'an adapter calls neither the app nor another adapter: let src/gateway.ts hand over what is needed, or make it a port',
    }),
  ),
  {
    of: 'src/config',
    mayImport: [...inner, 'node:*', 'npm:yaml', 'npm:zod'],
    instead: 'the configuration hands out plain values: let the wiring make things of them',
  },
  {
    of: 'src/commands',
    mayImport: ['src', 'node:*', 'npm:commander'],
    instead: 'a command asks and prints: what it does belongs to the wiring, packages to their homes',
  },
  {
    of: 'src/main.ts',
    mayImport: ['src/commands', 'src/ports', 'src/lib', 'node:*', 'npm:commander'],
    instead: 'the command line only lists the commands: put the doing into src/commands',
  },
  {
    of: 'src/load-profiles.ts',
    mayImport: ['devices/refused.ts', 'src/ports', 'node:*', 'npm:zod'],
    instead: 'it finds the product files and nothing else',
  },
  {
    of: 'src',
    mayImport: ['src', 'demo', 'devices', 'node:*'],
    instead: 'the wiring only puts parts together: use a package through its home',
  },
  {
    of: 'demo',
    mayImport: [...inner, 'src/adapters/simulator', 'node:*'],
    mayImportTypes: ['src/app'],
    instead: 'the demo club stands on the far side of the wires: it speaks bytes, as its devices do',
  },
  {
    of: 'kiosk-ui/src',
    mayImport: ['npm:preact'],
    mayImportTypes: ['src/domain', 'src/ports', 'src/adapters/web'],
    instead: 'the browser decides nothing: import types only, and have the gateway say the rest',
  },
];

/** The one speaking for a file; null where nobody does. */
export function boundaryOf(file: string): Boundary | null {
  const speaking = boundaries.filter(({ of }) => isWithin(file, of));
  return speaking.sort((a, b) => b.of.length - a.of.length)[0] ?? null;
}

export function isWithin(name: string, place: string): boolean {
  if (place === 'node:*') return name.startsWith('node:');
  return name === place || name.startsWith(`${place}/`);
}

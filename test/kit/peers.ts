import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { describe } from 'vitest';

/** An outside program that a test talks to instead of a copy of our own ideas about it. */
export type Peer = 'python3' | 'socat' | 'pcscd' | 'mosquitto' | 'chromium' | 'umockdev';

interface PeerSource {
  commands: string[];
  /** All of these must be there too. */
  files?: string[];
  needs?: Peer[];
  packages?: string[];
  install: string;
}

/** How Debian calls this machine in the names of folders. */
const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';

/** Debian 12 and 13 package and file names. */
const sources: Record<Peer, PeerSource> = {
  python3: { commands: ['python3'], install: 'apt install python3' },
  socat: { commands: ['socat'], install: 'apt install socat' },
  pcscd: {
    commands: ['pcscd'],
    files: ['/usr/lib/pcsc/drivers/serial/libifdvpcd.so'],
    needs: ['python3'],
    packages: ['nfc-pcsc'],
    install: 'apt install pcscd vsmartcard-vpcd libpcsclite-dev python3, then npm ci',
  },
  mosquitto: { commands: ['mosquitto'], install: 'apt install mosquitto' },
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome'], install: 'apt install chromium' },
  umockdev: {
    commands: ['umockdev-run'],
    files: ['/usr/lib/python3/dist-packages/gi/__init__.py', `/usr/lib/${multiarch}/girepository-1.0/UMockdev-1.0.typelib`],
    needs: ['python3'],
    packages: ['node-hid'],
    install: 'apt install umockdev gir1.2-umockdev-1.0 python3-gi',
  },
};

/** Debian leaves these out of the PATH of ordinary users, and daemons live there. */
const daemonFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The program's path, or null when it (or a file it cannot do without) is not installed. */
export function havePeer(peer: Peer): string | null {
  const source = sources[peer];
  if (!(source.files ?? []).every((file) => existsSync(file))) return null;
  if (!(source.needs ?? []).every((other) => havePeer(other) !== null)) return null;
  if (!(source.packages ?? []).every(isInstalled)) return null;
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...daemonFolders];
  for (const command of source.commands) {
    const found = folders.map((folder) => join(folder, command)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return null;
}

/** A `describe` that needs an outside program: without it the tests are skipped and the output says which one is missing and how to get it. */
export function describeWith(peer: Peer, title: string, body: (path: string) => void): void {
  const path = havePeer(peer);
  if (path !== null) {
    describe(title, () => body(path));
    return;
  }
  console.warn(`SKIPPED "${title}": \`${peer}\` is missing. To run these tests: ${sources[peer].install}`);
  describe.skip(`${title} (\`${peer}\` is missing)`, () => body(''));
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

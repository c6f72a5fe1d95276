import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, vi } from 'vitest';

/** The device's end of a serial cable; the program under test opens `path`. */
export interface PseudoTerminal {
  path: string;
  write(bytes: Uint8Array): void;
  onBytes(heard: (bytes: Uint8Array) => void): void;
  /** The device neither reads nor sends, as if it hung; its cable stays in. */
  freeze(): Promise<void>;
  thaw(): void;
  /** Pulls the cable; resolves when the port is gone. */
  unplug(): Promise<void>;
}

const program = fileURLToPath(new URL('./pty.py', import.meta.url));

/**
 * Plugs a serial device in; it is unplugged when the test ends. Needs `python3`. With `link` the path is that symbolic link,
 * as `/dev/serial/by-id/…` is one, so that a device can be plugged in again under the same name.
 */
export async function openPseudoTerminal({ link }: { link?: string } = {}): Promise<PseudoTerminal> {
  const far = spawn('python3', [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  const port = await firstLine(far);
  if (link !== undefined) symlinkSync(port, link);
  far.stdout.on('data', (bytes: Uint8Array) => {
    for (const heard of listeners) heard(bytes);
  });
  // A write that crosses an unplugging is lost, as on a real cable.
  far.stdin.on('error', () => {});

  async function unplug(): Promise<void> {
    if (link !== undefined) rmSync(link, { force: true });
    if (far.exitCode !== null || far.signalCode !== null) return;
    const gone = once(far, 'exit');
    far.kill('SIGKILL');
    await gone;
  }
  onTestFinished(unplug);

  return {
    path: link ?? port,
    write: (bytes) => void far.stdin.write(bytes),
    onBytes: (heard) => void listeners.push(heard),
    async freeze() {
      far.kill('SIGSTOP');
      const stopped = /\) T /;
      await vi.waitFor(() => expect(readFileSync(`/proc/${far.pid}/stat`, 'utf8')).toMatch(stopped));
    },
    thaw: () => void far.kill('SIGCONT'),
    unplug,
  };
}

function firstLine({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (bytes: Uint8Array) => {
      text += Buffer.from(bytes).toString();
      if (!text.endsWith('\n')) return;
      stdout?.off('data', read);
      resolve(text.trim());
    };
    stdout?.on('data', read);
    stdout?.once('end', () => reject(new Error('no pseudo-terminal could be opened')));
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A broker that this project did not write, on a free port. */
export interface Mosquitto {
  url: string;
  /** Ends it without a farewell. */
  kill(): Promise<void>;
  /** Starts it again on the same port; it remembers nothing. */
  start(): Promise<void>;
}

/** Starts `program` (a Mosquitto) until the test ends. */
export async function startMosquitto(program: string): Promise<Mosquitto> {
  const port = await freePort();
  const config = join(temporaryFolder(), 'mosquitto.conf');
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_type error\n`);
  let running: ChildProcess | null = null;

  async function start(): Promise<void> {
    const child = spawn(program, ['-c', config], { stdio: 'ignore' });
    running = child;
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error(`mosquitto ended with code ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async function kill(): Promise<void> {
    const child = running;
    running = null;
    if (child === null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  await start();
  onTestFinished(kill);
  return { url: `mqtt://127.0.0.1:${port}`, kill, start };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

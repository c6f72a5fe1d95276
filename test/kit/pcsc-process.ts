import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The PC/SC process as the gateway starts it, without the gateway; killed when the test ends. */
export function startPcscProcess(): ChildProcess {
  const program = fileURLToPath(new URL('../../src/adapters/transport/pcsc-process.ts', import.meta.url));
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../kit/temporary-folder.ts';

/** The command as an installer has it: a link, called from some other folder. */
function gatehouse() {
  const folder = temporaryFolder();
  const command = join(folder, 'gatehouse');
  symlinkSync(resolve('bin/gatehouse'), command);
  return { folder, command };
}

function boxOn(port: number, folder: string): string {
  const path = join(folder, 'box.yaml');
  writeFileSync(path, `branch: center\ndata: ./data\nhttp: { port: ${port} }\ngates: { main-in: {} }\n`);
  return path;
}

describe('bin/gatehouse', { timeout: 120_000 }, () => {
  test('works through a link and from any folder', () => {
    const { folder, command } = gatehouse();
    const { status, stdout } = spawnSync(command, ['--version'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${JSON.parse(readFileSync('package.json', 'utf8')).version}\n` });
  });

  test('ends with what the command ends with', () => {
    const { folder, command } = gatehouse();
    const { status, stderr } = spawnSync(command, ['strat'], { cwd: folder, encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean start?');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('`start` runs until %s and then stops cleanly', async (signal) => {
    const { folder, command } = gatehouse();
    const child = spawn(command, ['start', '--config', boxOn(0, folder)], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
    const lines: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(JSON.parse(line));
      const url = lines.at(-1)?.['kiosk'];
      if (typeof url !== 'string') continue;
      expect((await fetch(url)).status).toBe(200);
      child.kill(signal);
    }
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(code).toBe(0);
    expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['running', 'stopping', 'stopped']));
  });

  test('a port that another program has ends it with 3 and words, not with a stack', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { folder, command } = gatehouse();
    const child = spawn(command, ['start', '--config', boxOn(port, folder)], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const [code] = await once(child, 'close');
    other.close();
    expect(said).toMatch(new RegExp(`^gatehouse: .*${port}.*\n$`, 'm'));
    expect(said).not.toContain('    at ');
    expect(code).toBe(3);
  });
});

import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { createPcscHost } from '../../../src/adapters/transport/pcsc-host.ts';
import { fakeLog } from '../../kit/fake-log.ts';
import { startPcscProcess } from '../../kit/pcsc-process.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const runTypescript = `--import=${new URL('../../kit/run-typescript.mjs', import.meta.url).href}`;

it('a box without the PC/SC library is told what to install, once, and looked at again and again', async () => {
  stubEnvironment({ NODE_OPTIONS: `${runTypescript} --import=${hiding('nfc-pcsc')}` });
  const states: unknown[] = [];
  const after = vi.fn(systemClock.after);
  const log = fakeLog();
  const host = createPcscHost({ clock: { ...systemClock, after }, log });
  host.start({ service: (state) => states.push(state), reader() {}, card() {} });

  const secondRestartMs = 500;
  await vi.waitFor(() => expect(after).toHaveBeenCalledWith(secondRestartMs, expect.any(Function)), { timeout: 10_000 });
  await host.stop();

  const advice = expect.stringMatching(/^not installed: run `sudo apt install .*` and `npm rebuild @pokusew\/pcsclite`/);
  expect(states).toEqual([{ up: false, why: advice }]);
  expect(log.lines).toEqual([]);
});

it('a PC/SC process that crashes is replaced, and the log says so', async () => {
  stubEnvironment({ NODE_OPTIONS: `--import=${dataModule('process.exit(3)')}` });
  const states: unknown[] = [];
  const log = fakeLog();
  const host = createPcscHost({ clock: systemClock, log });
  host.start({ service: (state) => states.push(state), reader() {}, card() {} });
  await vi.waitFor(() => expect(log.lines).toHaveLength(1), { timeout: 10_000 });
  expect(states).toEqual([{ up: false, why: 'the PC/SC process ended' }]);

  vi.stubEnv('NODE_OPTIONS', runTypescript);
  await vi.waitFor(() => expect(states.at(-1)).toMatchObject({ why: expect.stringMatching(/not running|not installed/) }), {
    timeout: 10_000,
  });
  await host.stop();
});

it('the PC/SC process ends with the gateway, however that ended', async () => {
  stubEnvironment({ NODE_OPTIONS: runTypescript });
  const child = startPcscProcess();
  await once(child, 'message');
  const gone = once(child, 'exit');
  child.disconnect();
  expect(await gone).toEqual([0, null]);
});

/** No service listens there, whatever runs on the machine of the tests. */
function stubEnvironment(variables: Record<string, string>): void {
  vi.stubEnv('PCSCLITE_CSOCK_NAME', join(temporaryFolder(), 'pcscd.comm'));
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** Makes a package look as if it had not been installed. */
function hiding(name: string): string {
  const hooks = `export const resolve = (specifier, context, next) => {
    if (specifier === '${name}') throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(specifier, context);
  };`;
  return dataModule(`import { register } from 'node:module'; register('${dataModule(hooks)}');`);
}

function dataModule(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code).replaceAll("'", '%27')}`;
}

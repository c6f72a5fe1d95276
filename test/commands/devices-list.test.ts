import { describe, expect, test, vi } from 'vitest';
import { describeWith } from '../kit/peers.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { openVirtualPcsc } from '../kit/virtual-pcsc.ts';

describe('devices list', () => {
  test('without PC/SC says in words what to do, and lists the rest', async () => {
    vi.stubEnv('PCSCLITE_CSOCK_NAME', '/nowhere/pcscd.comm');
    vi.stubEnv('NODE_OPTIONS', `--import=${new URL('../kit/run-typescript.mjs', import.meta.url).href}`);
    const { exitCode, out } = await runGatehouse(['devices', 'list']);
    vi.unstubAllEnvs();
    expect(exitCode).toBe(0);
    expect(out).toEqual(expect.arrayContaining(['Serial ports', 'HID devices', 'PC/SC readers']));
    expect(out.at(out.indexOf('PC/SC readers') + 1)).toMatch(/run `sudo (systemctl|apt)/);
  });
});

describeWith('pcscd', 'devices list with PC/SC', () => {
  test('names the readers as the configuration wants them', async () => {
    const pcsc = await openVirtualPcsc({ reader: 'ACS ACR122U PICC Interface' });
    // The service of this test has only just been started.
    let { exitCode, out } = await runGatehouse(['devices', 'list']);
    for (let times = 0; times < 3 && !out.join().includes(pcsc.reader); times++)
      ({ exitCode, out } = await runGatehouse(['devices', 'list']));
    expect(exitCode).toBe(0);
    expect(out).toContain(`  ACS ACR122U PICC Interface  (now ${pcsc.reader})`);
    expect(out.join('\n')).toContain('entrance: { gate: main-in, device: pcsc, pcsc: { reader: "ACS ACR122U PICC Interface" } }');
    const json = await runGatehouse(['devices', 'list', '--json']);
    expect(JSON.parse(json.out.join('\n'))).toMatchObject({ noPcsc: null, pcsc: [{ now: pcsc.reader }, {}] });
  });
});

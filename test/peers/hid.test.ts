import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { importSnapshotFile } from '../../src/adapters/store/import-snapshot-file.ts';
import { openJournal } from '../../src/adapters/store/journal-store.ts';
import { fromHex } from '../../src/lib/hex.ts';
import { freePort } from '../kit/free-port.ts';
import { descriptors, type HidTestbed, type MockHid, openHidTestbed } from '../kit/hid-testbed.ts';
import { typed } from '../kit/key-reports.ts';
import { describeWith } from '../kit/peers.ts';
import { annasCard, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

const program = fileURLToPath(new URL('../../dist/src/main.js', import.meta.url));
const on = '00FF01000000000000';
const off = '00FD01000000000000';
const asIfOff = fromHex('36514D4253000000');

const relay: MockHid = {
  node: 'hidraw0',
  usbPort: '1-1.1',
  interface: 0,
  vendorId: '16c0',
  productId: '05df',
  manufacturer: 'www.dcttech.com',
  product: 'USBRelay2',
  serialNumber: null,
  descriptor: descriptors.vendor,
};
const scanner: MockHid = {
  ...relay,
  node: 'hidraw1',
  usbPort: '1-1.2',
  vendorId: '0c2e',
  productId: '0b81',
  manufacturer: 'Honeywell',
  product: 'Scanner',
  serialNumber: 'S1',
  descriptor: descriptors.pos,
};
const cardReader: MockHid = {
  ...scanner,
  node: 'hidraw2',
  usbPort: '1-1.3',
  vendorId: 'ffff',
  productId: '0035',
  product: 'USB Reader',
  serialNumber: null,
  descriptor: descriptors.keyboard,
};

describeWith('umockdev', 'a gateway with USB HID devices', () => {
  it('scans and cards open the gate through a HID relay, which lets go each time, also after it was unplugged in the middle', async () => {
    const testbed = await openHidTestbed();
    const told: string[] = [];
    testbed.onWritten((_, report) => told.push(report));
    for (const device of [relay, scanner, cardReader]) await testbed.plug(device);
    await testbed.answerFeature('hidraw0', asIfOff);
    const { start, entries } = await club();
    const { gateway, cameUp } = start(testbed);
    // What is sent before a reader is open is lost.
    for (const id of ['reader scanner', 'reader cards', 'relay main-in'])
      await until(`${id} is up`, () => cameUp(id) === 1, 30_000);
    await until('the relay is told off', () => told.length > 0);
    expect(told).toEqual([off]);

    await testbed.send('hidraw1', scan('ANNA-QR'));
    await until('it opened and let go', () => told.length === 3);
    expect(told).toEqual([off, on, off]);

    await pause(1500);
    for (const report of typed('3808980205\n')) await testbed.send('hidraw2', report);
    await until('it opened and let go', () => told.length === 5);
    expect(told).toEqual([off, on, off, on, off]);

    await testbed.send('hidraw1', scan('NOBODY'));
    await pause(300);
    await testbed.unplug('hidraw1');
    await testbed.plug({ ...scanner, node: 'hidraw7' });
    await until('the scanner is back', () => cameUp('reader scanner') === 2, 30_000);
    await testbed.send('hidraw7', scan('ANNA-QR'));
    await until('it opened', () => told.length === 6);
    await testbed.unplug('hidraw0');
    await pause(700);
    await testbed.plug({ ...relay, node: 'hidraw8' });
    await testbed.answerFeature('hidraw8', asIfOff);
    await until('the relay is told off as soon as it is back', () => told.length === 7, 15_000);
    expect(told).toEqual([off, on, off, on, off, on, off]);

    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
    expect(told.at(-1)).toBe(off);
    const taps = entries().flatMap(({ event }) => (event.kind === 'decision' ? [event] : []));
    expect(taps.map(({ decision }) => decision.outcome)).toEqual(['granted', 'granted', 'denied', 'granted']);
    expect(taps[2]?.read).toBe('qr:NOBODY');
  }, 90_000);
});

/** A club whose Anna has a QR code and a card, at one gate. */
async function club() {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  const snapshot = smallClub();
  snapshot.credentials.push(
    { id: 'annas-code', kind: 'qr', value: 'ANNA-QR', memberId: 'anna', status: 'active' },
    { id: 'annas-short', kind: 'rfid', value: annasCard.id.slice(-8), memberId: 'anna', status: 'active' },
  );
  mkdirSync(data);
  writeFileSync(join(folder, 'club.json'), JSON.stringify(snapshot));
  importSnapshotFile(join(folder, 'club.json'), join(data, 'club.db'), Date.now());
  writeFileSync(
    join(folder, 'gatehouse.yaml'),
    `branch: center
data: ${data}
http: { port: ${await freePort()} }
readers:
  scanner: { gate: main-in, device: hid-pos, hid: { vendorId: '${scanner.vendorId}', productId: '${scanner.productId}' } }
  cards:
    gate: main-in
    device: hid-keyboard
    hid: { usbPort: '${cardReader.usbPort}' }
    settings: { digits: 8H10D, end: enter }
gates:
  main-in:
    doubleReadSeconds: 0
    relay: { device: dcttech, hid: { vendorId: '${relay.vendorId}', productId: '${relay.productId}' }, pulseMs: 500 }
`,
  );

  return {
    start({ env }: HidTestbed): { gateway: ChildProcess; cameUp(id: string): number } {
      const child = spawn(process.execPath, [program, 'start', '--config', join(folder, 'gatehouse.yaml')], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...env },
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      let log = '';
      child.stdout.on('data', (bytes: Buffer) => {
        log += bytes.toString();
      });
      return { gateway: child, cameUp: (id) => log.split(`${id} is up`).length - 1 };
    },
    entries() {
      const journal = openJournal(join(data, 'gate.db'), { gateway: 'box-1' });
      try {
        return journal.after(0, 1000);
      } finally {
        journal.close();
      }
    },
  };
}

function scan(text: string): Uint8Array {
  const report = Buffer.alloc(64);
  report.set([2, text.length]);
  report.write(`]Q1${text}`, 2, 'latin1');
  return report;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

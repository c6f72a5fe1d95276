import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { framed } from '../../../src/lib/framed.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';
import { isFailure } from '../../contract/line-transport.ts';
import { startHidLine } from '../../kit/hid-line-process.ts';
import { descriptors, type MockHid, openHidTestbed } from '../../kit/hid-testbed.ts';
import { describeWith } from '../../kit/peers.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';
import { until } from '../../kit/until.ts';

const scanner: MockHid = {
  node: 'hidraw0',
  usbPort: '1-1.2',
  interface: 0,
  vendorId: '0c2e',
  productId: '0b81',
  manufacturer: 'Honeywell',
  product: 'Scanner',
  serialNumber: 'S1234',
  descriptor: descriptors.pos,
};
const relay: MockHid = {
  ...scanner,
  node: 'hidraw1',
  usbPort: '1-1.3',
  vendorId: '16c0',
  productId: '05df',
  manufacturer: 'www.dcttech.com',
  product: 'USBRelay2',
  serialNumber: null,
  descriptor: descriptors.vendor,
};
const ids = { vendorId: scanner.vendorId, productId: scanner.productId };
const relayIds = { vendorId: relay.vendorId, productId: relay.productId };

describeWith('umockdev', 'a USB HID device', () => {
  async function start(...devices: MockHid[]) {
    const testbed = await openHidTestbed();
    for (const device of devices) await testbed.plug(device);
    return { testbed, line: startHidLine(testbed) };
  }

  it('the list shows everything that tells devices apart', async () => {
    const { line } = await start(scanner, relay, {
      ...scanner,
      node: 'hidraw2',
      usbPort: '2-4',
      descriptor: descriptors.keyboard,
    });
    expect(await line.list()).toEqual([
      {
        path: '/dev/hidraw0',
        usbPort: '1-1.2',
        vendorId: '0c2e',
        productId: '0b81',
        manufacturer: 'Honeywell',
        product: 'Scanner',
        serialNumber: 'S1234',
        interface: 0,
        usagePage: 0x8c,
        usage: 0x02,
      },
      expect.objectContaining({ path: '/dev/hidraw1', product: 'USBRelay2', serialNumber: null, usbPort: '1-1.3' }),
      expect.objectContaining({ path: '/dev/hidraw2', usbPort: '2-4', usagePage: 1, usage: 6 }),
    ]);
  });

  it('every report is heard by itself, whole and in order', async () => {
    const { testbed, line } = await start(scanner);
    await line.open(ids);
    const reports = [0, 1, 2, 3].map((first) => Uint8Array.from({ length: 64 }, (_, at) => (first * 64 + at) & 0xff));
    for (const report of reports) await testbed.send('hidraw0', report);
    await until('all are heard', () => line.heard.length === reports.length);
    expect(line.heard).toEqual(reports.map((report) => toHex(framed(report))));
  });

  it('a report that is written reaches the device as it is, and a feature report is answered', async () => {
    const { testbed, line } = await start(relay);
    const written: string[] = [];
    testbed.onWritten((_, report) => written.push(report));
    await line.open(relayIds);
    await line.write(fromHex('00FF01000000000000'));
    await until('it is written', () => written.length > 0);
    expect(written).toEqual(['00FF01000000000000']);

    await testbed.answerFeature('hidraw1', fromHex('36514D4253000001'));
    expect(await line.feature(1)).toBe('36514D4253000001');
  });

  it('a device that answers no feature report stays open', async () => {
    const { testbed, line } = await start(relay);
    await line.open(relayIds);
    await expect(line.feature(1)).rejects.toSatisfy(isFailure('absent'));
    await testbed.send('hidraw1', Uint8Array.of(1, 2, 3));
    await until('it is heard', () => line.heard.length === 1);
    expect(line.closed).toEqual([]);
  });

  it('an unplugged device is told once, in words; what is sent to it is refused; and it comes back under another path', async () => {
    const { testbed, line } = await start(scanner);
    await line.open(ids);
    await testbed.unplug('hidraw0');
    await until('it is told', () => line.closed.length > 0);
    await expect(line.write(Uint8Array.of(0, 1))).rejects.toSatisfy(isFailure('absent'));
    await expect(line.open(ids)).rejects.toSatisfy(isFailure('absent'));
    expect(line.closed).toEqual(['`0c2e:0b81` was unplugged']);

    await testbed.plug({ ...scanner, node: 'hidraw5' });
    await line.open(ids);
    await testbed.send('hidraw5', Uint8Array.of(2, 0, 0));
    await until('it is heard again', () => line.heard.length === 1);
  });

  it('who lets go of it is not told that it closed, and hears nothing more', async () => {
    const { testbed, line } = await start(scanner);
    await line.open(ids);
    await line.close();
    await testbed.send('hidraw0', Uint8Array.of(2, 0, 0));
    await testbed.unplug('hidraw0');
    await expect(line.write(Uint8Array.of(0, 1))).rejects.toSatisfy(isFailure('absent'));
    expect(line).toMatchObject({ heard: [], closed: [] });
  });

  it('it can be let go at once, again and again', async () => {
    const { line } = await start(scanner);
    for (let turn = 0; turn < 5; turn++) await line.openAndClose(ids);
    expect(await line.list()).toHaveLength(1);
  });

  it('two of a kind are told apart by their socket; neither is guessed', async () => {
    const { testbed, line } = await start(scanner, { ...scanner, node: 'hidraw1', usbPort: '1-1.4' });
    const failure = await line.open(ids).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'bad_input', message: expect.stringContaining('`1-1.2`, `1-1.4`') });
    await line.open({ ...ids, usbPort: '1-1.4' });
    await testbed.send('hidraw0', Uint8Array.of(2, 0, 0));
    await testbed.send('hidraw1', Uint8Array.of(2, 1, 1));
    await until('one is heard', () => line.heard.length > 0);
    expect(line.heard).toEqual(['0300020101']);
  });

  it('a link that stays the same leads to it', async () => {
    const { testbed, line } = await start(scanner, relay);
    const [link, second] = [join(temporaryFolder(), 'reader'), join(temporaryFolder(), 'again')];
    symlinkSync('/dev/hidraw0', link);
    symlinkSync(link, second);
    await line.open({ path: second });
    await testbed.send('hidraw0', Uint8Array.of(2, 0, 0));
    await until('it is heard', () => line.heard.length === 1);
    await expect(line.open({ path: '/dev/hidraw7' })).rejects.toSatisfy(isFailure('absent'));
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { descriptors, type HidTestbed, type MockHid, openHidTestbed } from '../kit/hid-testbed.ts';
import { typed } from '../kit/key-reports.ts';
import { describeWith } from '../kit/peers.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

// A process of its own sees the devices of a testbed, from its first call on.
const runTypescript = new URL('../kit/run-typescript.mjs', import.meta.url).href;
const gatehouse = ['--import', runTypescript, 'src/main.ts'];
const noPcsc = { PCSCLITE_CSOCK_NAME: '/nowhere/pcscd.comm', NODE_OPTIONS: `--import=${runTypescript}` };

/** A CH340 in one socket, in umockdev's words. */
function ch340(tty: string, socket: string, names: string[]): string {
  const usb = `/devices/pci0000:00/usb1/${socket}`;
  return [
    `P: ${usb}\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nA: idVendor=1a86\nA: idProduct=7523\nA: product=USB Serial\n`,
    `P: ${usb}/${socket}:1.0\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\nA: bInterfaceNumber=00\n`,
    `P: ${usb}/${socket}:1.0/${tty}\nE: SUBSYSTEM=usb-serial\n`,
    `P: ${usb}/${socket}:1.0/${tty}/tty/${tty}\nN: ${tty}\n${names.map((name) => `S: serial/${name}\n`).join('')}` +
      `E: DEVNAME=/dev/${tty}\nE: SUBSYSTEM=tty\nA: dev=188:${tty.slice(-1)}\nL: device=../../../${tty}\n`,
  ].join('\n');
}

const relay: MockHid = {
  node: 'hidraw0',
  usbPort: '1-1.1',
  interface: 0,
  vendorId: '16c0',
  productId: '05df',
  manufacturer: 'www.dcttech.com',
  product: 'USBRelay1',
  serialNumber: null,
  descriptor: descriptors.vendor,
};
const cardReader: MockHid = {
  ...relay,
  node: 'hidraw1',
  usbPort: '1-1.2',
  vendorId: 'ffff',
  productId: '0035',
  manufacturer: null,
  product: 'USB Reader',
  descriptor: descriptors.keyboard,
};

describeWith('umockdev', 'devices on USB', (umockdev) => {
  test('of two boards that look alike each is listed by its socket', async () => {
    const file = join(temporaryFolder(), 'boards.umockdev');
    const boards = [
      ch340('ttyUSB0', '1-1', ['by-path/pci-0000:00:14.0-usb-0:1:1.0-port0']),
      ch340('ttyUSB1', '1-2', ['by-id/usb-1a86_USB_Serial-if00-port0', 'by-path/pci-0000:00:14.0-usb-0:2:1.0-port0']),
    ];
    writeFileSync(file, boards.join('\n'));
    const words = ['--device', file, '--', process.execPath, ...gatehouse, 'devices', 'list', '--json'];
    const { stdout } = await promisify(execFile)(umockdev, words, { env: { ...process.env, ...noPcsc } });
    const { serial, noPcsc: why } = JSON.parse(stdout);
    expect(serial).toMatchObject([
      { name: '/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0', now: '/dev/ttyUSB0', is: 'CH340, a serial chip' },
      { name: '/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0', now: '/dev/ttyUSB1' },
    ]);
    expect(serial[0].notes.at(-1)).toContain('looks exactly like /dev/ttyUSB1');
    expect(why).toContain('the PC/SC service is not running: run `sudo systemctl enable --now pcscd.socket`');
  });

  test('HID relays and readers are listed, and nothing is sent to them; a reader that types is heard', async () => {
    const testbed = await openHidTestbed();
    const written: string[] = [];
    testbed.onWritten((node, report) => written.push(`${node} ${report}`));
    await testbed.plug(relay);
    await testbed.plug(cardReader);
    const env = { ...process.env, ...noPcsc, ...testbed.env };

    const { stdout } = await promisify(execFile)(process.execPath, [...gatehouse, 'devices', 'list', '--json'], { env });
    expect(JSON.parse(stdout).hid).toMatchObject([
      { is: 'dcttech USB relay', config: [expect.stringContaining('relay: { device: dcttech, hid: { vendorId: "16c0"')] },
      { is: 'SYC ID&IC USB reader', config: [expect.stringContaining('device: hid-keyboard')] },
    ]);

    const heard = start(['listen', '/dev/hidraw1', '--seconds', '60'], env);
    await heard.says('hid-keyboard: barcode 0008315940', () => type('0008315940\n', testbed));
    await heard.stop();

    const learnt = start(['learn', '/dev/hidraw1', '--number', '126,58404', '--seconds', '60'], env);
    await learnt.says('hid-keyboard { digits: 8H10D }: rfid 007EE424', () => type('0008315940\n', testbed));
    await learnt.stop();
    expect(written).toEqual([]);
  }, 90_000);
});

/** Holds a card to a reader that types, and takes it away. */
async function type(text: string, testbed: HidTestbed): Promise<void> {
  for (const report of typed(text)) await testbed.send('hidraw1', report);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
}

/** A `gatehouse devices` command in a process of its own. */
function start(words: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [...gatehouse, 'devices', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => said.push(line.trim()));
  const ended = once(child, 'close');
  return {
    /** Holds the card there again and again: on a machine that is busy the testbed runs reports into one, or a pause tears them apart. */
    async says(line: string, holdCard: () => Promise<void>): Promise<void> {
      await until('it listens', () => said.some((words) => words.startsWith('listening on')), 20_000);
      for (let times = 0; times < 15 && !said.includes(line); times++) await holdCard();
      expect(said.join('\n')).toContain(line);
    },
    async stop(): Promise<void> {
      child.kill('SIGINT');
      await ended;
    },
  };
}

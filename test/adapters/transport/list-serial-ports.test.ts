import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { listSerialPorts } from '../../../src/adapters/transport/list-serial-ports.ts';
import { listUsbDevices } from '../../../src/adapters/transport/list-usb-devices.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

/** The kernel's tables as folders: files by path, links by what they lead to. */
function system(files: Record<string, string>, links: Record<string, string> = {}) {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `${text}\n`);
  }
  for (const [path, target] of Object.entries(links)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    symlinkSync(join(root, target), join(root, path));
  }
  return { sys: join(root, 'sys'), dev: join(root, 'dev') };
}

/** A CH340 in one socket of a hub. Two of them tell the same of themselves. */
function board(tty: string, socket: string): { files: Record<string, string>; links: Record<string, string> } {
  const usb = `sys/devices/pci0/usb1/${socket}`;
  return {
    files: {
      [`${usb}/idVendor`]: '1a86',
      [`${usb}/idProduct`]: '7523',
      [`${usb}/product`]: 'USB Serial',
      [`${usb}/${socket}:1.0/${tty}/tty/${tty}/dev`]: '188:0',
      [`dev/${tty}`]: '',
    },
    links: {
      [`sys/class/tty/${tty}`]: `${usb}/${socket}:1.0/${tty}/tty/${tty}`,
      [`${usb}/${socket}:1.0/${tty}/tty/${tty}/device`]: `${usb}/${socket}:1.0/${tty}`,
      [`sys/bus/usb/devices/${socket}`]: usb,
      [`dev/serial/by-path/pci-0000:00:14.0-usb-0:${socket}:1.0-port0`]: `dev/${tty}`,
      [`dev/serial/by-path/pci-0000:00:14.0-usbv2-0:${socket}:1.0-port0`]: `dev/${tty}`,
    },
  };
}

const ch340 = { vendorId: '1a86', productId: '7523', manufacturer: null, product: 'USB Serial', serialNumber: null };

test('a USB port is listed with what its device says of itself and with the names that stay the same', () => {
  const { files, links } = board('ttyUSB0', '1-4.2');
  const folders = system(files, { ...links, 'dev/serial/by-id/usb-1a86_USB_Serial-if00-port0': 'dev/ttyUSB0' });
  expect(listSerialPorts(folders)).toEqual([
    {
      kind: 'serial',
      path: join(folders.dev, 'ttyUSB0'),
      byId: join(folders.dev, 'serial/by-id/usb-1a86_USB_Serial-if00-port0'),
      byPath: join(folders.dev, 'serial/by-path/pci-0000:00:14.0-usb-0:1-4.2:1.0-port0'),
      usb: ch340,
    },
  ]);
  expect(listUsbDevices(folders.sys)).toEqual([ch340]);
});

test('of two boards that look alike only one has the by-id name; each has its own by-path name', () => {
  const [one, two] = [board('ttyUSB0', '1-4.1'), board('ttyUSB1', '1-4.2')];
  const folders = system(
    { ...one.files, ...two.files },
    { ...one.links, ...two.links, 'dev/serial/by-id/usb-1a86_USB_Serial-if00-port0': 'dev/ttyUSB1' },
  );
  expect(listSerialPorts(folders).map(({ byId, byPath }) => [byId !== null, byPath?.slice(-17)])).toEqual([
    [false, '0:1-4.1:1.0-port0'],
    [true, '0:1-4.2:1.0-port0'],
  ]);
});

test('a port of the board is listed; one without a chip, consoles and terminals are not', () => {
  const folders = system(
    {
      'sys/devices/pnp0/00:00/tty/ttyS0/type': '4',
      'sys/devices/pnp0/00:00/id': 'PNP0501',
      'sys/devices/platform/serial8250/tty/ttyS1/type': '0',
      'sys/devices/virtual/tty/tty1/dev': '4:1',
    },
    {
      'sys/class/tty/ttyS0': 'sys/devices/pnp0/00:00/tty/ttyS0',
      'sys/devices/pnp0/00:00/tty/ttyS0/device': 'sys/devices/pnp0/00:00',
      'sys/class/tty/ttyS1': 'sys/devices/platform/serial8250/tty/ttyS1',
      'sys/devices/platform/serial8250/tty/ttyS1/device': 'sys/devices/platform/serial8250',
      'sys/class/tty/tty1': 'sys/devices/virtual/tty/tty1',
    },
  );
  expect(listSerialPorts(folders)).toEqual([
    { kind: 'serial', path: join(folders.dev, 'ttyS0'), byId: null, byPath: null, usb: null },
  ]);
});

test('a box without any of these tables has no ports', () => {
  const nowhere = join(temporaryFolder(), 'nowhere');
  expect(listSerialPorts({ sys: nowhere, dev: nowhere })).toEqual([]);
  expect(listUsbDevices(nowhere)).toEqual([]);
});

import { dirname, join } from 'node:path';
import type { FoundSerialPort, UsbIdentity } from '../../ports/found-device.ts';
import { readUsbIdentity } from './read-usb-identity.ts';
import { namesIn, readSystemFile, realPath } from './system-files.ts';

/** Where the kernel and udev tell of devices. */
export interface SystemFolders {
  sys: string;
  dev: string;
}

/**
 * Every serial port of this box, from the kernel's own tables. No port is opened, no program is started, and it works where
 * there is no udev, which `SerialPort.list()` cannot do without.
 */
export function listSerialPorts({ sys, dev }: SystemFolders = { sys: '/sys', dev: '/dev' }): FoundSerialPort[] {
  const byId = linksIn(join(dev, 'serial/by-id'));
  const byPath = linksIn(join(dev, 'serial/by-path'));
  return namesIn(join(sys, 'class/tty'))
    .flatMap((name): FoundSerialPort[] => {
      const device = realPath(join(sys, 'class/tty', name, 'device'));
      // Consoles and pseudo-terminals have no device behind them; an 8250 port of type 0 has no chip (kernel, serial_core.h, PORT_UNKNOWN).
      if (device === null || readSystemFile(join(sys, 'class/tty', name, 'type')) === '0') return [];
      const path = join(dev, name);
      const real = realPath(path) ?? path;
      return [{ kind: 'serial', path, byId: byId.get(real) ?? null, byPath: byPath.get(real) ?? null, usb: usbDeviceOf(device) }];
    })
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en', { numeric: true }));
}

/** The links of a folder by what they lead to; the shortest of several, for udev makes one more for each version of USB. */
function linksIn(folder: string): Map<string, string> {
  const links = namesIn(folder).map((name) => join(folder, name));
  const longestFirst = links.toSorted((a, b) => b.length - a.length);
  return new Map(longestFirst.map((link) => [realPath(link) ?? link, link]));
}

/** The USB device that something is a part of: the nearest folder above it that is one. */
function usbDeviceOf(device: string): UsbIdentity | null {
  for (let folder = device; folder !== dirname(folder); folder = dirname(folder)) {
    const identity = readUsbIdentity(folder);
    if (identity !== null) return identity;
  }
  return null;
}

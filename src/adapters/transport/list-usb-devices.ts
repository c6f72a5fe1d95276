import { join } from 'node:path';
import type { UsbIdentity } from '../../ports/found-device.ts';
import { readUsbIdentity } from './read-usb-identity.ts';
import { namesIn } from './system-files.ts';

/** Every USB device of this box, hubs included, from the kernel's own table. */
export function listUsbDevices(sys = '/sys'): UsbIdentity[] {
  const folder = join(sys, 'bus/usb/devices');
  return namesIn(folder).flatMap((name) => readUsbIdentity(join(folder, name)) ?? []);
}

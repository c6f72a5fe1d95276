import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Device } from 'node-hid';
import { Failure } from '../../ports/failure.ts';

/** One interface of a USB HID device, by the use that its descriptor names; a device may show several. */
export interface HidDevice {
  /** `/dev/hidraw0`; another one after the next plugging in. */
  path: string;
  /** The USB socket, as the kernel names it: `1-1.2`. Stays the same; null: not on USB. */
  usbPort: string | null;
  /** Four hex digits, lower case. */
  vendorId: string;
  productId: string;
  manufacturer: string | null;
  product: string | null;
  serialNumber: string | null;
  interface: number | null;
  /** HID usage page and usage of the top collection; null: its descriptor cannot be read. */
  usagePage: number | null;
  usage: number | null;
}

/** node-hid; rejects with a `Failure` (`not_installed`) when it cannot be used here. */
export async function loadNodeHid() {
  try {
    const hid = await import('node-hid');
    // The native part is loaded when it is first asked for something.
    hid.getHidapiVersion();
    return hid;
  } catch (cause) {
    const advice = 'run `sudo apt install libudev1` and `npm rebuild node-hid`';
    throw new Failure('not_installed', `HID devices cannot be used here: ${advice}`, { retry: false, cause });
  }
}

/** Everything HID that is plugged in, keyboards and mice too. Opens nothing. Rejects with a `Failure` (`not_installed`). */
export async function listHidDevices(): Promise<HidDevice[]> {
  const { devicesAsync } = await loadNodeHid();
  const devices = await devicesAsync();
  return Promise.all(devices.flatMap(({ path, ...rest }) => (path === undefined ? [] : [describe({ ...rest, path })])));
}

async function describe(device: Device & { path: string }): Promise<HidDevice> {
  return {
    path: device.path,
    usbPort: await usbPortOf(device.path),
    vendorId: idText(device.vendorId),
    productId: idText(device.productId),
    manufacturer: device.manufacturer || null,
    product: device.product || null,
    serialNumber: device.serialNumber || null,
    interface: device.interface >= 0 ? device.interface : null,
    usagePage: device.usagePage || null,
    usage: device.usage || null,
  };
}

/** `/sys/class/hidraw/hidraw0` leads to `…/usb1/1-1/1-1.2/1-1.2:1.0/0003:0C2E:0B81.0001/hidraw/hidraw0`. */
async function usbPortOf(path: string): Promise<string | null> {
  const place = await realpath(`/sys/class/hidraw/${basename(path)}`).catch(() => '');
  return /\/(\d+-\d+(?:\.\d+)*):\d+\.\d+\//.exec(place)?.[1] ?? null;
}

function idText(id: number): string {
  return id.toString(16).padStart(4, '0');
}

import { join } from 'node:path';
import type { UsbIdentity } from '../../ports/found-device.ts';
import { readSystemFile } from './system-files.ts';

/** What the USB device of that folder in the kernel's tables says of itself; null: the folder is no USB device. */
export function readUsbIdentity(folder: string): UsbIdentity | null {
  const vendorId = readSystemFile(join(folder, 'idVendor'));
  if (vendorId === null) return null;
  return {
    vendorId,
    productId: readSystemFile(join(folder, 'idProduct')) ?? '',
    manufacturer: readSystemFile(join(folder, 'manufacturer')),
    product: readSystemFile(join(folder, 'product')),
    serialNumber: readSystemFile(join(folder, 'serial')),
  };
}

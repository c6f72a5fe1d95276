/** What is plugged into this box, as the system tells it: nothing is sent to a device to find it. */

/** What a USB device says of itself. Ids as four lower-case hex digits. They name a chip more often than a product. */
export interface UsbIdentity {
  vendorId: string;
  productId: string;
  manufacturer: string | null;
  product: string | null;
  serialNumber: string | null;
}

export interface FoundSerialPort {
  kind: 'serial';
  /** `/dev/ttyUSB0`: may be another device tomorrow. */
  path: string;
  /** Stays the same for this device, wherever it is plugged in. Null: the system made none. */
  byId: string | null;
  /** Stays the same for this socket, whatever is plugged in. */
  byPath: string | null;
  /** Null: a port of the board itself. */
  usb: UsbIdentity | null;
}

export interface FoundCardReader {
  kind: 'pcsc';
  /** As PC/SC gives it. */
  name: string;
}

/** Who has a device open. `program`: its command line. */
export interface Holder {
  pid: number;
  program: string;
}

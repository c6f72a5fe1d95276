import { findHolders } from '../adapters/transport/find-holders.ts';
import { listSerialPorts } from '../adapters/transport/list-serial-ports.ts';
import { listUsbDevices } from '../adapters/transport/list-usb-devices.ts';
import { createPcscHost } from '../adapters/transport/pcsc-host.ts';
import { type CardReaders, listCardReaders } from '../app/installer/list-card-readers.ts';
import type { Clock } from '../ports/clock.ts';
import type { FoundHid, FoundSerialPort, Holder, UsbIdentity } from '../ports/found-device.ts';
import type { Log } from '../ports/log.ts';

export interface FoundDevices {
  serial: FoundSerialPort[];
  hid: FoundHid[];
  cards: CardReaders;
  usb: UsbIdentity[];
  /** Who holds which device file, by its real path. */
  holders: ReadonlyMap<string, Holder>;
}

/** A service that systemd has to start first takes its time. */
const cardsWithinMs = 4_000;

/** Everything that is plugged into this box. Nothing is sent to any of it. */
export async function findDevices({ clock, log }: { clock: Clock; log: Log }): Promise<FoundDevices> {
  return {
    serial: listSerialPorts(),
    hid: [],
    cards: await listCardReaders(createPcscHost({ clock, log }), cardsWithinMs, clock),
    usb: listUsbDevices(),
    holders: findHolders(),
  };
}

import { findHolders } from '../adapters/transport/find-holders.ts';
import { type HidDevice, listHidDevices } from '../adapters/transport/list-hid-devices.ts';
import { listSerialPorts } from '../adapters/transport/list-serial-ports.ts';
import { listUsbDevices } from '../adapters/transport/list-usb-devices.ts';
import { createPcscHost } from '../adapters/transport/pcsc-host.ts';
import { type CardReaders, listCardReaders } from '../app/installer/list-card-readers.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { FoundSerialPort, Holder, UsbIdentity } from '../ports/found-device.ts';
import type { Log } from '../ports/log.ts';

export interface FoundDevices {
  serial: FoundSerialPort[];
  hid: HidDevice[];
  /** Why HID devices cannot be listed; null: they can. */
  noHid: string | null;
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
    ...(await findHid()),
    cards: await listCardReaders(createPcscHost({ clock, log }), cardsWithinMs, clock),
    usb: listUsbDevices(),
    holders: findHolders(),
  };
}

async function findHid(): Promise<Pick<FoundDevices, 'hid' | 'noHid'>> {
  try {
    return { hid: await listHidDevices(), noHid: null };
  } catch (error) {
    // The rest of the list is as good without them.
    if (!(error instanceof Failure)) throw error;
    return { hid: [], noHid: error.message };
  }
}

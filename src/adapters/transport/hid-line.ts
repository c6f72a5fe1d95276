import type { Device, HIDAsync } from 'node-hid';
import { framed } from '../../lib/framed.ts';
import { Failure } from '../../ports/failure.ts';
import type { HidTransport, LineEvents, OpenHid } from '../../ports/transport.ts';

/** Which USB HID device: everything that is not null must fit. Ids as four hex digits. */
export interface HidLineOptions {
  vendorId: string | null;
  productId: string | null;
  /** Part of the product's name. */
  product: string | null;
  serialNumber: string | null;
  path: string | null;
}

/**
 * A USB HID device: what it sends are framed reports (`lib/framed.ts`), what is written is one output report, its id first. Of a
 * device with several interfaces it is the one whose usage is named; none named: the first. `open` rejects with a `Failure`:
 * `absent`, `refused` (no permission) or `not_installed`.
 */
export function createHidLine(options: HidLineOptions, usages: readonly { page: number; usage: number }[]): HidTransport {
  const name = nameOf(options);
  return {
    name,
    async open(heard) {
      const hid = await import('node-hid').catch((cause: unknown) => {
        const advice = 'run `sudo apt install libusb-1.0-0 libudev1` and `npm rebuild node-hid`';
        throw new Failure('not_installed', `HID devices cannot be used here: ${advice}`, { retry: false, cause });
      });
      const found = (await hid.devicesAsync()).find((device) => fits(device, options, usages));
      if (found?.path === undefined)
        throw new Failure('absent', `no HID device ${name} is plugged in: \`gatehouse devices list\` shows what is`, {
          retry: true,
        });
      const device = await hid.HIDAsync.open(found.path).catch((cause: unknown) => {
        const advice = 'install the udev rules that come with gatehouse, and plug it in again';
        throw new Failure('refused', `the HID device ${name} at \`${found.path}\` cannot be opened: ${advice}`, {
          retry: true,
          cause,
        });
      });
      return carry(device, name, heard);
    },
  };
}

type HeldDevice = Awaited<ReturnType<(typeof HIDAsync)['open']>>;

function carry(device: HeldDevice, name: string, heard: LineEvents): OpenHid {
  let closing: Promise<void> | null = null;
  function close(): Promise<void> {
    closing ??= device.close().catch(() => {});
    return closing;
  }
  const gone = (cause: unknown) =>
    new Failure('absent', `the HID device ${name} does not take what it is sent: plug it in again`, { retry: true, cause });
  device.on('data', (report: Uint8Array) => heard.bytes(framed(report)));
  device.on('error', () => {
    if (closing !== null) return;
    void close().then(() => heard.closed(`${name} was unplugged`));
  });
  return {
    async write(report) {
      await device.write(Buffer.from(report)).catch((cause: unknown) => {
        throw gone(cause);
      });
    },
    async featureReport(reportId, bytes) {
      return await device.getFeatureReport(reportId, bytes).catch((cause: unknown) => {
        throw gone(cause);
      });
    },
    close,
  };
}

function fits(device: Device, options: HidLineOptions, usages: readonly { page: number; usage: number }[]): boolean {
  const { vendorId, productId, product, serialNumber, path } = options;
  return (
    (vendorId === null || device.vendorId === Number.parseInt(vendorId, 16)) &&
    (productId === null || device.productId === Number.parseInt(productId, 16)) &&
    (product === null || (device.product ?? '').includes(product)) &&
    (serialNumber === null || device.serialNumber === serialNumber) &&
    (path === null || device.path === path) &&
    (usages.length === 0 || usages.some(({ page, usage }) => device.usagePage === page && device.usage === usage))
  );
}

function nameOf({ vendorId, productId, product, serialNumber, path }: HidLineOptions): string {
  const id = vendorId === null && productId === null ? null : `${vendorId ?? '????'}:${productId ?? '????'}`;
  return [id, product, serialNumber, path].filter((part) => part !== null).join(' ');
}

import type { HidModel } from '../../ports/device.ts';
import { Failure } from '../../ports/failure.ts';
import type { HidAddress } from '../../ports/transport.ts';
import type { HidDevice } from './list-hid-devices.ts';

/** What a product must be, whatever the address says. */
export interface HidKind {
  /** Which of its interfaces, by HID usage page and usage; left out: any. */
  usages?: readonly { page: number; usage: number }[];
  /** Left out: any. */
  models?: readonly HidModel[];
}

const keyboard = { page: 0x01, usage: 0x06 };

/**
 * The one device that an address names; of several interfaces that do, the first. Throws `Failure`: `absent`, or `bad_input` where
 * it names several, another kind of product, or any keyboard that comes along.
 */
export function chooseHidDevice(devices: readonly HidDevice[], address: HidAddress, kind: HidKind): HidDevice {
  const name = hidAddressText(address);
  const named = devices.filter((device) => isNamed(device, address));
  if (named.length === 0) {
    const advice = '`gatehouse devices list` shows what is';
    throw new Failure('absent', `no HID device ${name} is plugged in: ${advice}`, { retry: true });
  }
  const fitting = named.filter((device) => hasUsage(device, kind) && isModel(device, kind, address));
  const places = new Map(fitting.map((device) => [device.usbPort ?? device.path, device]));
  if (places.size > 1) throw wrong(`${name} names ${places.size} HID devices: ${howToTellApart([...places.values()])}`);
  const [chosen] = fitting.sort((a, b) => (a.interface ?? 0) - (b.interface ?? 0));
  if (chosen === undefined) throw wrong(`the HID device ${name} is ${kindsOf(named)}: ${whatToDo(named, kind)}`);
  if (isKeyboard(chosen) && !isExact(address)) {
    const advice = 'name its `vendorId` and `productId`, its `usbPort` or its `path`';
    throw wrong(`${name} may be any keyboard, and what is typed on it would be read: ${advice}`);
  }
  return chosen;
}

/** What an installer recognises it by. */
export function hidAddressText({ vendorId, productId, product, serialNumber, usbPort, path }: HidAddress): string {
  const id = vendorId === null && productId === null ? null : `${vendorId ?? '????'}:${productId ?? '????'}`;
  const parts = [id, product, serialNumber, usbPort && `USB ${usbPort}`, path];
  return `\`${parts.filter((part) => part !== null).join(' ')}\``;
}

function isNamed(device: HidDevice, address: HidAddress): boolean {
  const { product, ...exact } = address;
  if (product !== null && !(device.product ?? '').includes(product)) return false;
  return (Object.keys(exact) as (keyof typeof exact)[]).every((key) => exact[key] === null || exact[key] === device[key]);
}

function hasUsage(device: HidDevice, { usages }: HidKind): boolean {
  return usages === undefined || usages.some(({ page, usage }) => device.usagePage === page && device.usage === usage);
}

function isModel(device: HidDevice, { models }: HidKind, address: HidAddress): boolean {
  return models === undefined || models.some((model) => isOfModel(device, model, address));
}

function isOfModel(device: HidDevice, model: HidModel, address: HidAddress): boolean {
  if (device.vendorId !== model.vendorId || device.productId !== model.productId || isKeyboard(device)) return false;
  if (address.product !== null) return true;
  return model.product === null ? device.product === null : (device.product ?? '').startsWith(model.product);
}

function isKeyboard({ usagePage, usage }: HidDevice): boolean {
  return usagePage === keyboard.page && usage === keyboard.usage;
}

function isExact({ vendorId, productId, usbPort, path }: HidAddress): boolean {
  return (vendorId !== null && productId !== null) || usbPort !== null || path !== null;
}

/** The first part in which they all differ. */
function howToTellApart(devices: readonly HidDevice[]): string {
  for (const key of ['productId', 'serialNumber', 'usbPort', 'path'] as const) {
    const values = devices.map((device) => device[key]);
    if (values.includes(null) || new Set(values).size < devices.length) continue;
    return `add \`${key}\`, one of ${values.map((value) => `\`${value}\``).join(', ')}`;
  }
  return 'unplug all but one';
}

function kindsOf(devices: readonly HidDevice[]): string {
  const kinds = devices.map((device) => {
    if (isKeyboard(device)) return 'a keyboard';
    const name = device.product === null ? 'without a name' : `called \`${device.product}\``;
    return device.usagePage === null || device.usage === null
      ? `a device ${name}`
      : `a device ${name} with the use \`${hexOf(device.usagePage)}/${hexOf(device.usage)}\``;
  });
  return [...new Set(kinds)].join(' and ');
}

function whatToDo(named: readonly HidDevice[], { usages = [], models }: HidKind): string {
  if (models !== undefined) return 'nothing is sent to it, because it is not the product that `device` names';
  const wantsKeyboard = usages.some(({ page, usage }) => page === keyboard.page && usage === keyboard.usage);
  if (!wantsKeyboard && named.some(isKeyboard))
    return 'scan the code in its manual that sets it to `USB HID POS`, or take `device: hid-keyboard`';
  return 'set its mode by the codes in its manual, or take the `device` that fits it';
}

function wrong(message: string): Failure {
  return new Failure('bad_input', message, { retry: true });
}

function hexOf(number: number): string {
  return number.toString(16).padStart(2, '0');
}

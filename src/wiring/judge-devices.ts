import { type UsbCandidate, type UsbMeaning, usbMeaning } from '../../devices/usb-identities.ts';
import type { HidDevice } from '../adapters/transport/list-hid-devices.ts';
import type { FoundCardReader, FoundSerialPort, Holder, UsbIdentity } from '../ports/found-device.ts';
import type { FoundDevices } from './find-devices.ts';

/** A device with what it may be, and how to name it in the configuration. */
export interface JudgedDevice {
  kind: 'serial' | 'hid' | 'pcsc';
  /** What to write into the configuration: the name that stays the same. */
  name: string;
  /** The name of the moment, where that is another. */
  now: string | null;
  usb: UsbIdentity | null;
  /** What says so of itself; null: nothing is known of its id. */
  is: string | null;
  candidates: UsbCandidate[];
  heldBy: Holder | null;
  /** What an installer must know of it. */
  notes: string[];
  /** Lines for the configuration, one for each product that it may be. */
  config: string[];
}

export interface JudgedDevices {
  serial: JudgedDevice[];
  hid: JudgedDevice[];
  pcsc: JudgedDevice[];
  /** Null: HID devices can be listed. */
  noHid: string | null;
  /** Null: the PC/SC service answers. */
  noPcsc: string | null;
  /** Devices of a known kind that are plugged in and cannot be used as they are. */
  unusable: { usb: UsbIdentity; is: string; note: string }[];
}

/**
 * What each device probably is and why. `devices`: the products there are, so that none is named that cannot be configured.
 * A USB identity is never proof, so all that may be are named.
 */
export function judgeDevices(
  { serial, hid, noHid, cards, usb, holders }: FoundDevices,
  devices: ReadonlySet<string>,
): JudgedDevices {
  return {
    serial: serial.map((port) => judgeSerial(port, serial, holders, devices)),
    hid: hid.map((device) => judgeHid(device, hid, holders, devices)),
    noHid,
    pcsc: cards.readers.map(judgeCardReader),
    noPcsc: cards.service.up ? null : cards.service.why,
    unusable: usb.flatMap((one) => unusableOf(one, { serial, hid, cards })),
  };
}

function judgeSerial(
  port: FoundSerialPort,
  all: readonly FoundSerialPort[],
  holders: FoundDevices['holders'],
  devices: ReadonlySet<string>,
): JudgedDevice {
  const { usb, path, byId, byPath } = port;
  const twins = usb === null ? [] : all.filter((other) => other !== port && looksLike(other.usb, usb));
  const name = (twins.length > 0 ? byPath : (byId ?? byPath)) ?? path;
  const { is, candidates, notes } = meaningOf(usb, devices);
  const line = `serial: { path: ${quoted(name)} }`;
  return {
    kind: 'serial',
    name,
    now: name === path ? null : path,
    usb,
    is,
    candidates,
    heldBy: holders.get(path) ?? null,
    notes: [...notes, ...twinNotes(twins, byPath), ...nameNotes(port)],
    config: candidates.flatMap((candidate) => configLines(candidate, line)),
  };
}

function judgeHid(
  device: HidDevice,
  all: readonly HidDevice[],
  holders: FoundDevices['holders'],
  devices: ReadonlySet<string>,
): JudgedDevice {
  const { path, usbPort, vendorId, productId, manufacturer, product, serialNumber } = device;
  const usb = { vendorId, productId, manufacturer, product, serialNumber };
  const twins = all.filter((other) => other !== device && looksLike(other, usb) && sameUsage(other, device));
  const { is, candidates, notes } = meaningOf(usb, devices);
  const parts = [
    `vendorId: "${vendorId}", productId: "${productId}"`,
    ...(product === null ? [] : [`product: ${quoted(product)}`]),
    ...(serialNumber === null ? [] : [`serialNumber: ${quoted(serialNumber)}`]),
    ...(twins.length === 0 ? [] : [usbPort === null ? `path: ${quoted(path)}` : `usbPort: ${quoted(usbPort)}`]),
  ];
  const fits = candidates.length > 0 ? candidates : candidatesByUsage(device, devices);
  return {
    kind: 'hid',
    name: `${vendorId}:${productId}${product === null ? '' : ` ${product}`}`,
    now: path,
    usb,
    is,
    candidates: fits,
    heldBy: holders.get(path) ?? null,
    notes: [
      ...notes,
      ...usageNotes(device),
      ...twins.map(({ path: other }) => `looks exactly like ${other}: only the socket it is plugged into tells them apart`),
    ],
    config: fits.flatMap((candidate) => configLines(candidate, `hid: { ${parts.join(', ')} }`)),
  };
}

function judgeCardReader({ name }: FoundCardReader): JudgedDevice {
  // PC/SC puts two numbers behind the name, which count readers of the same kind.
  const part = name.replace(/( \d\d){2}$/, '');
  const candidates: UsbCandidate[] = [{ role: 'reader', what: 'a PC/SC reader', devices: ['pcsc'] }];
  const config = candidates.flatMap((candidate) => configLines(candidate, `pcsc: { reader: ${quoted(part)} }`));
  return { kind: 'pcsc', name: part, now: name, usb: null, is: 'a PC/SC reader', candidates, heldBy: null, notes: [], config };
}

/** A device whose kind is known, with something to be done before it shows up where it belongs. */
function unusableOf(
  usb: UsbIdentity,
  { serial, hid, cards }: Pick<FoundDevices, 'serial' | 'hid' | 'cards'>,
): JudgedDevices['unusable'] {
  const meaning = usbMeaning(usb);
  if (meaning === null || [...serial.map((port) => port.usb), ...hid].some((other) => looksLike(other, usb))) return [];
  const { is, note } = meaning;
  const isCardReader = meaning.candidates.some(({ devices }) => devices.includes('pcsc'));
  if (!isCardReader) return note === undefined ? [] : [{ usb, is, note }];
  const product = usb.product ?? '';
  if (product !== '' && cards.readers.some(({ name }) => name.toLowerCase().includes(product.toLowerCase()))) return [];
  if (cards.readers.length > 0) return [];
  return [
    {
      usb,
      is,
      note: note ?? 'PC/SC does not see it: install its driver (`sudo apt install libccid pcscd`), then plug it in again',
    },
  ];
}

/** What the id may mean, with only those products that there are profiles for. */
function meaningOf(usb: UsbIdentity | null, devices: ReadonlySet<string>) {
  const meaning: UsbMeaning | null = usb && usbMeaning(usb);
  if (meaning === null) return { is: usb === null ? 'a serial port of the board itself' : null, candidates: [], notes: [] };
  const candidates = meaning.candidates.map((one) => ({ ...one, devices: one.devices.filter((id) => devices.has(id)) }));
  const isSure = candidates.length === 1;
  const why = `its id ${usb?.vendorId}:${usb?.productId} cannot tell which`;
  const advice = candidates.some(({ role }) => role === 'relay')
    ? 'listen first (`gatehouse devices listen`), and find relays only by an explicit click (`gatehouse devices test`)'
    : 'listen to find out (`gatehouse devices listen`)';
  return {
    is: meaning.is,
    candidates,
    notes: [...(isSure ? [] : [`${why}: ${advice}`]), ...(meaning.note ? [meaning.note] : [])],
  };
}

function candidatesByUsage({ usagePage, usage }: HidDevice, devices: ReadonlySet<string>): UsbCandidate[] {
  const known: UsbCandidate[] = [
    ...(usagePage === 0x8c ? [{ role: 'reader' as const, what: 'a scanner in HID-POS mode', devices: ['hid-pos'] }] : []),
    ...(usagePage === 1 && usage === 6
      ? [{ role: 'reader' as const, what: 'a reader that types like a keyboard, or a keyboard', devices: ['hid-keyboard'] }]
      : []),
  ];
  return known.map((one) => ({ ...one, devices: one.devices.filter((id) => devices.has(id)) }));
}

function usageNotes({ usagePage, usage }: HidDevice): string[] {
  if (usagePage === 0x8c) return ['it is in HID-POS mode'];
  if (usagePage !== 1 || usage !== 6) return [];
  return ['it types like a keyboard: what it reads also reaches the console; HID-POS or USB-COM mode is better where it has one'];
}

function twinNotes(twins: readonly FoundSerialPort[], byPath: string | null): string[] {
  if (twins.length === 0) return [];
  const others = twins.map(({ path }) => path).join(', ');
  const advice =
    byPath === null
      ? 'the system made no by-path names: install udev, or the two will change places'
      : 'only the socket it is plugged into tells them apart: write the by-path name, and label sockets and cables';
  return [`looks exactly like ${others}: ${advice}`];
}

function nameNotes({ byId, byPath, usb }: FoundSerialPort): string[] {
  if (usb === null || byId !== null || byPath !== null) return [];
  return ['it has no name that stays the same (there is no /dev/serial): install udev, or never plug anything else in'];
}

/** A line for the configuration for each product that a candidate may be. */
function configLines({ role, devices }: UsbCandidate, where: string): string[] {
  return devices.map((device) => {
    const settings = `device: ${device}, ${where}`;
    return role === 'relay' ? `relay: { ${settings} }` : `entrance: { gate: main-in, ${settings} }`;
  });
}

function looksLike(a: UsbIdentity | null, b: UsbIdentity): boolean {
  return (
    a !== null &&
    a.vendorId === b.vendorId &&
    a.productId === b.productId &&
    a.product === b.product &&
    a.serialNumber === b.serialNumber
  );
}

function sameUsage(a: HidDevice, b: HidDevice): boolean {
  return a.usagePage === b.usagePage && a.usage === b.usage;
}

/** As YAML takes it: quoted where it must be. */
function quoted(text: string): string {
  return /^[/A-Za-z][\w/.:-]*$/.test(text) && !text.endsWith(':') ? text : JSON.stringify(text);
}

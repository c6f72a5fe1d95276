import { describe, expect, test } from 'vitest';
import type { HidDevice } from '../../src/adapters/transport/list-hid-devices.ts';
import type { FoundSerialPort, UsbIdentity } from '../../src/ports/found-device.ts';
import type { FoundDevices } from '../../src/wiring/find-devices.ts';
import { judgeDevices } from '../../src/wiring/judge-devices.ts';

const products = new Set(['rdm6300', 'line', 'lcus', 'pcsc', 'dcttech', 'hid-pos', 'hid-keyboard', 'ironlogic']);
const ch340: UsbIdentity = { vendorId: '1a86', productId: '7523', manufacturer: null, product: 'USB Serial', serialNumber: null };

function port(differing: Partial<FoundSerialPort> = {}): FoundSerialPort {
  return {
    kind: 'serial',
    path: '/dev/ttyUSB0',
    byId: '/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0',
    byPath: '/dev/serial/by-path/pci-usb-0:1:1.0-port0',
    usb: ch340,
    ...differing,
  };
}

function judge(found: Partial<FoundDevices>) {
  const cards = { service: { up: true, why: 'connected' }, readers: [] };
  return judgeDevices({ serial: [], hid: [], noHid: null, cards, usb: [], holders: new Map(), ...found }, products);
}

describe('a serial port', () => {
  test('is named by its by-id name, with a line for each product that it may be', () => {
    const [judged] = judge({ serial: [port()] }).serial;
    expect(judged).toMatchObject({ name: port().byId, now: '/dev/ttyUSB0', is: 'CH340, a serial chip', heldBy: null });
    expect(judged?.config).toEqual([
      `entrance: { gate: main-in, device: rdm6300, serial: { path: ${port().byId} } }`,
      `entrance: { gate: main-in, device: line, serial: { path: ${port().byId} } }`,
      `relay: { device: lcus, serial: { path: ${port().byId} } }`,
    ]);
    expect(judged?.notes).toEqual([expect.stringMatching(/^its id 1a86:7523 cannot tell which: listen first.*explicit click/)]);
  });

  test('that looks exactly like another is named by its socket, and says so', () => {
    const other = port({ path: '/dev/ttyUSB1', byId: null, byPath: '/dev/serial/by-path/pci-usb-0:2:1.0-port0' });
    const { serial } = judge({ serial: [port(), other] });
    expect(serial.map(({ name }) => name)).toEqual([port().byPath, other.byPath]);
    expect(serial[0]?.notes.at(-1)).toMatch(/looks exactly like \/dev\/ttyUSB1: only the socket .* by-path name/);
  });

  test('of two boards with serial numbers of their own keeps its by-id name', () => {
    const numbered = (serialNumber: string, path: string) => port({ path, usb: { ...ch340, serialNumber } });
    const { serial } = judge({ serial: [numbered('A1', '/dev/ttyUSB0'), numbered('A2', '/dev/ttyUSB1')] });
    expect(serial.map(({ name }) => name)).toEqual([port().byId, port().byId]);
  });

  test('says when the system made no name that stays the same', () => {
    const [judged] = judge({ serial: [port({ byId: null, byPath: null })] }).serial;
    expect(judged).toMatchObject({ name: '/dev/ttyUSB0', now: null });
    expect(judged?.notes.at(-1)).toMatch(/^it has no name that stays the same .*install udev/);
  });

  test('that a process holds says which', () => {
    const holder = { pid: 812, program: 'node bin/gatehouse start --config box.yaml' };
    expect(judge({ serial: [port()], holders: new Map([['/dev/ttyUSB0', holder]]) }).serial[0]?.heldBy).toEqual(holder);
  });

  test('of the board itself, and one of an unknown id, name no product', () => {
    const unknown = { ...ch340, vendorId: 'abcd' };
    const { serial } = judge({ serial: [port({ usb: null, byId: null }), port({ usb: unknown })] });
    expect(serial.map(({ is, config }) => [is, config])).toEqual([
      ['a serial port of the board itself', []],
      [null, []],
    ]);
  });
});

describe('a HID device', () => {
  const hid = (differing: Partial<HidDevice> = {}): HidDevice => ({
    path: '/dev/hidraw0',
    usbPort: '1-1',
    vendorId: '16c0',
    productId: '05df',
    manufacturer: 'www.dcttech.com',
    product: 'USBRelay1',
    serialNumber: null,
    interface: 0,
    usagePage: 0xff00,
    usage: 1,
    ...differing,
  });

  test('is named by ids and product name; by its USB socket only where it has a twin', () => {
    expect(judge({ hid: [hid()] }).hid[0]?.config).toEqual([
      'relay: { device: dcttech, hid: { vendorId: "16c0", productId: "05df", product: USBRelay1 } }',
    ]);
    expect(judge({ hid: [hid(), hid({ path: '/dev/hidraw1', usbPort: '1-1.2' })] }).hid[1]?.config).toEqual([
      'relay: { device: dcttech, hid: { vendorId: "16c0", productId: "05df", product: USBRelay1, usbPort: "1-1.2" } }',
    ]);
  });

  test('of an unknown make is judged by how it is connected', () => {
    const candidates = (usagePage: number, usage: number) =>
      judge({ hid: [hid({ vendorId: 'abcd', product: null, usagePage, usage })] }).hid[0]?.candidates;
    expect(candidates(0x8c, 2)?.[0]?.devices).toEqual(['hid-pos']);
    expect(candidates(1, 6)?.[0]?.devices).toEqual(['hid-keyboard']);
    expect(candidates(1, 2)).toEqual([]);
  });
});

describe('PC/SC', () => {
  test('a reader is named without the numbers that PC/SC counts it by', () => {
    const readers = [{ kind: 'pcsc' as const, name: 'ACS ACR122U PICC Interface 00 00' }];
    expect(judge({ cards: { service: { up: true, why: '' }, readers } }).pcsc[0]?.config).toEqual([
      'entrance: { gate: main-in, device: pcsc, pcsc: { reader: "ACS ACR122U PICC Interface" } }',
    ]);
  });

  test('a service that is absent says what to do', () => {
    const service = { up: false, why: 'the PC/SC service is not running: run `sudo …`' };
    expect(judge({ cards: { service, readers: [] } }).noPcsc).toBe(service.why);
  });

  test('a card reader that is plugged in and not seen is named with what to do', () => {
    const usb = {
      vendorId: '072f',
      productId: '2200',
      manufacturer: 'ACS',
      product: 'ACR122U PICC Interface',
      serialNumber: null,
    };
    expect(judge({ usb: [usb] }).unusable).toEqual([
      { usb, is: 'ACS ACR122U', note: expect.stringContaining('systemd/gatehouse-nfc.conf') },
    ]);
    const readers = [{ kind: 'pcsc' as const, name: 'ACS ACR122U PICC Interface 00 00' }];
    expect(judge({ usb: [usb], cards: { service: { up: true, why: '' }, readers } }).unusable).toEqual([]);
  });
});

test('an IronLogic Z-2 that got no port is named with what to do', () => {
  const usb = {
    vendorId: '0403',
    productId: '1234',
    manufacturer: 'ILogic',
    product: 'USB IronLogic RFID Adapter',
    serialNumber: 'IL03E3BH',
  };
  expect(judge({ usb: [usb] }).unusable).toMatchObject([{ note: expect.stringContaining('60-gatehouse.rules') }]);
  expect(judge({ usb: [usb], serial: [port({ usb })] }).unusable).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import dcttech from '../../../devices/relays/dcttech.ts';
import lcusHid from '../../../devices/relays/lcus-hid.ts';
import { chooseHidDevice, type HidKind } from '../../../src/adapters/transport/choose-hid-device.ts';
import type { HidDevice } from '../../../src/adapters/transport/list-hid-devices.ts';
import type { Failure } from '../../../src/ports/failure.ts';
import type { HidAddress } from '../../../src/ports/transport.ts';

const pos: HidKind = { usages: [{ page: 0x8c, usage: 0x02 }] };
const keyboards: HidKind = { usages: [{ page: 0x01, usage: 0x06 }] };
const nowhere: HidAddress = { vendorId: null, productId: null, product: null, serialNumber: null, usbPort: null, path: null };

let plugged = 0;
function device(what: Partial<HidDevice>): HidDevice {
  const number = plugged++;
  return {
    path: `/dev/hidraw${number}`,
    usbPort: `1-1.${number}`,
    vendorId: '0c2e',
    productId: '0b81',
    manufacturer: 'Honeywell',
    product: 'Scanner',
    serialNumber: null,
    interface: 0,
    usagePage: 0x8c,
    usage: 0x02,
    ...what,
  };
}
const keyboard = (what: Partial<HidDevice> = {}) => device({ usagePage: 1, usage: 6, ...what });
const choose = (devices: HidDevice[], address: Partial<HidAddress>, kind: HidKind = pos) =>
  chooseHidDevice(devices, { ...nowhere, ...address }, kind);

function refusal(devices: HidDevice[], address: Partial<HidAddress>, kind: HidKind = pos): Pick<Failure, 'code' | 'message'> {
  try {
    choose(devices, address, kind);
  } catch (error) {
    return error as Failure;
  }
  throw new Error('it was chosen');
}

describe('which HID device an address names', () => {
  it('the one that fits every part of it', () => {
    const [one, other] = [device({ serialNumber: 'A1' }), device({ serialNumber: 'B2', product: 'Scanner 2D' })];
    const both = [one, other];
    expect(choose(both, { vendorId: '0c2e', serialNumber: 'B2' })).toBe(other);
    expect(choose(both, { product: '2D' })).toBe(other);
    expect(choose(both, { usbPort: one.usbPort })).toBe(one);
    expect(choose(both, { path: other.path })).toBe(other);
    expect(refusal(both, { vendorId: '0c2e', serialNumber: 'C3' })).toMatchObject({
      code: 'absent',
      message: 'no HID device `0c2e:???? C3` is plugged in: `gatehouse devices list` shows what is',
    });
  });

  it('of a device with several interfaces it is the one with the right use, and the first of them', () => {
    const usbPort = '1-4';
    const second = device({ usbPort, interface: 2 });
    const first = device({ usbPort, interface: 1 });
    const volume = device({ usbPort, interface: 0, usagePage: 0x0c, usage: 1 });
    expect(choose([second, volume, first], { vendorId: '0c2e' })).toBe(first);
  });

  it('two of a kind are not guessed between: what tells them apart is said', () => {
    const [one, other] = [device({ serialNumber: 'A1' }), device({ serialNumber: 'B2' })];
    expect(refusal([one, other], { vendorId: '0c2e', productId: '0b81' })).toMatchObject({
      code: 'bad_input',
      message: '`0c2e:0b81` names 2 HID devices: add `serialNumber`, one of `A1`, `B2`',
    });
  });

  it('two of a kind without serial numbers are told apart by the socket, or else by the path', () => {
    const [one, other] = [device({ usbPort: '1-1.2' }), device({ usbPort: '1-1.3' })];
    expect(refusal([one, other], { vendorId: '0c2e' }).message).toContain('add `usbPort`, one of `1-1.2`, `1-1.3`');
    const [bluetooth, another] = [
      device({ usbPort: null, path: '/dev/hidraw8' }),
      device({ usbPort: null, path: '/dev/hidraw9' }),
    ];
    expect(refusal([bluetooth, another], { vendorId: '0c2e' }).message).toContain('`/dev/hidraw8`, `/dev/hidraw9`');
  });

  it('two with the same serial number are told apart by the socket', () => {
    const both = [device({ serialNumber: 'X', usbPort: '1-1.2' }), device({ serialNumber: 'X', usbPort: '1-1.3' })];
    expect(refusal(both, { vendorId: '0c2e' }).message).toContain('add `usbPort`');
  });

  it('a scanner in keyboard mode is not silently no scanner: what to do is said', () => {
    expect(refusal([keyboard()], { vendorId: '0c2e', productId: '0b81' })).toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/^the HID device `0c2e:0b81` is a keyboard: .*`USB HID POS`.*`device: hid-keyboard`$/),
    });
    expect(refusal([device({ usagePage: null, usage: null })], { vendorId: '0c2e' }).message).toContain(
      'is a device called `Scanner`',
    );
    expect(refusal([device({})], { vendorId: '0c2e' }, keyboards).message).toContain('with the use `8c/02`');
  });

  it('a keyboard is read only when it is named so that it cannot be another one', () => {
    const desk = keyboard({ vendorId: '413c', productId: '2113', product: 'Dell Keyboard', serialNumber: 'K1' });
    for (const address of [{ vendorId: '413c' }, { product: 'Dell' }, { serialNumber: 'K1' }])
      expect(refusal([desk], address, keyboards)).toMatchObject({
        code: 'bad_input',
        message: expect.stringContaining('may be any keyboard'),
      });
    for (const address of [{ vendorId: '413c', productId: '2113' }, { usbPort: desk.usbPort }, { path: desk.path }])
      expect(choose([desk], address, keyboards)).toBe(desk);
    expect(refusal([desk, keyboard({ vendorId: '413c' })], { vendorId: '413c' }, keyboards).code).toBe('bad_input');
  });

  it('a relay is never taken for one because its USB ids are shared: its name counts, unless the installer names it', () => {
    const ids = { vendorId: '16c0', productId: '05df', usagePage: null, usage: null };
    const board = device({ ...ids, product: 'USBRelay2' });
    const gadget = device({ ...ids, product: 'LED lamp' });
    const address = { vendorId: '16c0', productId: '05df' };
    expect(choose([gadget, board], address, dcttech)).toBe(board);
    expect(refusal([gadget], address, dcttech)).toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('called `LED lamp`: nothing is sent to it'),
    });
    expect(choose([gadget], { ...address, product: 'LED lamp' }, dcttech)).toBe(gadget);
    expect(refusal([device({ product: 'USBRelay2' })], { product: 'USBRelay2' }, dcttech).code).toBe('bad_input');
  });

  it('a magnetic card reader with the ids of a relay is told nothing', () => {
    const ids = { vendorId: '5131', productId: '2007' };
    const board = device({ ...ids, product: null, usagePage: null, usage: null });
    expect(choose([board], ids, lcusHid)).toBe(board);
    for (const reader of [keyboard({ ...ids, product: null }), device({ ...ids, product: 'MSR-101U' })])
      expect(refusal([reader], ids, lcusHid).message).toContain('nothing is sent to it');
    expect(refusal([keyboard({ ...ids, product: 'MSR-101U' })], { ...ids, product: 'MSR' }, lcusHid).code).toBe('bad_input');
  });
});

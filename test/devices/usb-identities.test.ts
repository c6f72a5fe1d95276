import { expect, test } from 'vitest';
import { usbMeaning, usbMeanings } from '../../devices/usb-identities.ts';
import { loadProfiles } from '../../src/load-profiles.ts';

const usb = (vendorId: string, productId: string, product: string | null = null) => ({ vendorId, productId, product });

test('a CH340 may be a reader or a relay, and both are named', () => {
  const roles = usbMeaning(usb('1a86', '7523', 'USB Serial'))?.candidates.map(({ role }) => role);
  expect(roles).toEqual(['reader', 'relay', 'line']);
});

test('5131:2007 may be a relay or a magnetic-card reader', () => {
  expect(usbMeaning(usb('5131', '2007'))?.candidates.map(({ role }) => role)).toEqual(['relay', 'reader']);
});

test('the shared V-USB id is a relay only when the product says so itself', () => {
  expect(usbMeaning(usb('16c0', '05df', 'USBRelay2'))?.candidates.map(({ role }) => role)).toEqual(['relay']);
  expect(usbMeaning(usb('16c0', '05df', 'Thermometer'))?.candidates).toEqual([]);
  expect(usbMeaning(usb('16c0', '05df'))?.candidates).toEqual([]);
});

test('a vendor that makes nothing but readers is known whatever the product', () => {
  expect(usbMeaning(usb('072f', '2200'))?.is).toBe('ACS ACR122U');
  expect(usbMeaning(usb('072f', '90cc'))?.is).toBe('an ACS card reader');
  expect(usbMeaning(usb('abcd', '0001'))).toBeNull();
});

test('the more exact meaning is found first', () => {
  for (const [index, meaning] of usbMeanings.entries()) {
    const { vendorId, productId = 'none', product = null } = meaning;
    const found = usbMeaning({ vendorId, productId, product });
    expect(found, `${vendorId}:${productId} stands behind another that fits (row ${index})`).toBe(meaning);
  }
});

test('ids are written as the kernel writes them', () => {
  for (const { vendorId, productId = '0000', product = '' } of usbMeanings) {
    expect(`${vendorId}:${productId}`).toMatch(/^[0-9a-f]{4}:[0-9a-f]{4}$/);
    expect(product).toBe(product.toLowerCase());
  }
});

test('every product that is named is there, in its role', async () => {
  const { readers, relays } = await loadProfiles();
  const wrong = usbMeanings
    .flatMap(({ candidates }) => candidates)
    .flatMap(({ role, devices }) => devices.filter((id) => !(role === 'relay' ? relays : readers).has(id)));
  expect(wrong).toEqual([]);
});

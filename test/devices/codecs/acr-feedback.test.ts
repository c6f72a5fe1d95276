import { expect, test } from 'vitest';
import { acrFeedback } from '../../../devices/codecs/acr-feedback.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';

const commands = (reader: string, answer: 'granted' | 'denied' | 'ask_staff' = 'granted', setting: 'auto' | 'off' = 'auto') =>
  acrFeedback({ reader, atr: fromHex('3B8180018080') }, answer, setting).map(toHex);

// The bytes: the examples of nfc-pcsc, ACR122U API 2.04.
test('an ACR122U shines green and beeps once for who may come in, and red with many beeps for who may not', () => {
  expect(commands('ACS ACR122U PICC Interface 00 00')).toEqual(['FF00402E0401000101']);
  expect(commands('ACS ACR122U 01 00', 'denied')).toEqual(['FF00405D0402010501']);
  expect(commands('ACS ACR122U 01 00', 'ask_staff')).toHaveLength(1);
});

test.each([
  'ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00',
  'ACS ACR1252 1S CL Reader PICC 0',
  'ACS ACR1251 CL Reader [ACR1251 CL Reader PICC] 01 00',
  'ACS ACR1281 1S Dual Reader 00 01',
])('%s is told by its own commands', (reader) => {
  expect(commands(reader)).toEqual(['E00000290102', 'E0000028010A']);
  expect(commands(reader, 'denied')).toEqual(['E00000290101', 'E00000280132']);
});

test.each([
  'HID Global OMNIKEY 5022 Smart Card Reader 00 00',
  'SCM Microsystems Inc. SCL3711',
  'ACS ACR38U',
  'ACS ACR1222L',
  'Gate Reader 00 00',
])('%s is sent nothing that it may not know', (reader) => {
  expect(commands(reader)).toEqual([]);
});

test('nothing is sent when it is switched off', () => {
  expect(commands('ACS ACR122U 00 00', 'granted', 'off')).toEqual([]);
});

test('a reader that claims a card where none is does not beep at nobody', () => {
  expect(acrFeedback({ reader: 'ACS ACR122U-SAM 00 00', atr: fromHex('3B00') }, 'denied', 'auto')).toEqual([]);
});

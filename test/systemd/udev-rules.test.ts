import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { usbMeanings } from '../../devices/usb-identities.ts';

const file = 'systemd/60-gatehouse.rules';
const text = readFileSync(file, 'utf8');

/** `KEY{attribute} operator "value"`, as udev(7) has them. */
interface Term {
  key: string;
  attribute: string;
  operator: string;
  value: string;
}

const matches = ['ACTION', 'SUBSYSTEM', 'SUBSYSTEMS', 'KERNEL', 'ATTR', 'ATTRS', 'ENV', 'TEST'];
const assignments = ['GROUP', 'MODE', 'SYMLINK', 'ENV', 'ATTR', 'RUN', 'IMPORT'];

const rules = text
  .split('\n')
  .map((line, index) => ({ line, number: index + 1 }))
  .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'))
  .map(({ line, number }) => ({ line, number, terms: termsOf(line) }));

function termsOf(line: string): Term[] {
  const term = /^([A-Z]+)(?:\{([^}]*)\})?(==|!=|\+=|:=|=)"([^"]*)"(?:, |$)/;
  const terms: Term[] = [];
  let rest = line;
  for (let found = term.exec(rest); found !== null; found = term.exec(rest)) {
    const [whole, key = '', attribute = '', operator = '', value = ''] = found;
    terms.push({ key, attribute, operator, value });
    rest = rest.slice(whole.length);
  }
  return rest === '' ? terms : [];
}

const values = (rule: { terms: Term[] }, key: string, attribute = '') =>
  rule.terms.filter((term) => term.key === key && term.attribute === attribute).flatMap(({ value }) => value.split('|'));

test('every rule is written as udev wants it: known keys, one operator each, values in quotes', () => {
  expect(rules.length).toBeGreaterThan(10);
  for (const { line, number, terms } of rules) {
    expect(terms.length, `line ${number}: ${line}`).toBeGreaterThan(1);
    for (const { key, operator } of terms)
      expect(operator === '==' || operator === '!=' ? matches : assignments, `line ${number}: ${key}${operator}`).toContain(key);
    expect(line, `line ${number} holds a sign that is no ASCII`).toMatch(/^[\x20-\x7e]+$/);
  }
});

test('nothing is done to a device that is not named: each rule asks for a subsystem, and for a kind or an id', () => {
  for (const rule of rules) {
    expect(values(rule, 'SUBSYSTEM').length, `line ${rule.number}`).toBe(1);
    const named = ['KERNEL', 'ATTR', 'ATTRS'].some((key) =>
      rule.terms.some((term) => term.key === key && term.operator === '=='),
    );
    expect(named, `line ${rule.number}`).toBe(true);
  }
});

test('no device is open to everybody', () => {
  for (const rule of rules) for (const mode of values(rule, 'MODE')) expect(mode, `line ${rule.number}`).toBe('0660');
});

describe('what may be a reader or a relay', () => {
  const known = usbMeanings.filter(({ candidates }) => candidates.length > 0);
  const vendorsOf = (wanted: (rule: (typeof rules)[number]) => boolean) =>
    new Set(rules.filter(wanted).flatMap((rule) => [...values(rule, 'ATTR', 'idVendor'), ...values(rule, 'ATTRS', 'idVendor')]));

  test('is not put to sleep', () => {
    const awake = vendorsOf(({ terms }) =>
      terms.some(({ attribute, operator }) => attribute === 'power/control' && operator === '='),
    );
    expect(known.filter(({ vendorId }) => !awake.has(vendorId)).map(({ is }) => is)).toEqual([]);
  });

  test('and speaks HID, can be reached', () => {
    const reachable = vendorsOf((rule) => values(rule, 'SUBSYSTEM').includes('hidraw'));
    const hid = known.filter(({ candidates }) =>
      candidates.some(({ devices }) => devices.some((id) => hidProducts.includes(id))),
    );
    expect(hid.length).toBeGreaterThan(5);
    expect(hid.filter(({ vendorId }) => !reachable.has(vendorId)).map(({ is }) => is)).toEqual([]);
  });

  test('and is a serial port, is left alone by ModemManager', () => {
    const ignored = vendorsOf(({ terms }) => terms.some(({ attribute }) => attribute === 'ID_MM_DEVICE_IGNORE'));
    const serial = known.filter(({ candidates }) =>
      candidates.some(({ devices }) => devices.includes('line') || devices.includes('lcus')),
    );
    expect(serial.filter(({ vendorId }) => !ignored.has(vendorId)).map(({ is }) => is)).toEqual([]);
  });
});

const hidProducts = ['dcttech', 'ucreatefun', 'lcus-hid', 'hid-pos', 'hid-keyboard'];

test('the shared V-USB id is reached only where the product says that it is a relay', () => {
  const [shared, ...more] = rules.filter((rule) => values(rule, 'ATTRS', 'idVendor').includes('16c0'));
  expect(more).toEqual([]);
  expect(shared && values(shared, 'ATTRS', 'product')).toEqual(['USBRelay*']);
});

test('the driver that takes ACR122U readers away from PC/SC is on the list of those not to load', () => {
  const lines = readFileSync('systemd/gatehouse-nfc.conf', 'utf8').split('\n');
  const wanted = lines.filter((line) => line !== '' && !line.startsWith('#'));
  expect(wanted).toEqual(['blacklist pn533_usb', 'blacklist pn533', 'blacklist nfc']);
});

test('udevadm itself finds no fault in the rules', ({ skip }) => {
  const version = Number.parseInt(spawnSync('udevadm', ['--version'], { encoding: 'utf8' }).stdout ?? '', 10);
  if (!(version >= 254)) {
    console.warn(
      `SKIPPED "udevadm verify": udev 254 or newer is missing (this is ${version || 'none'}). Debian 13: apt install udev`,
    );
    skip();
  }
  execFileSync('udevadm', ['verify', '--no-style', file]);
});

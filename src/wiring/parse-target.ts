import { realPath } from '../adapters/transport/system-files.ts';

/** What an installer points at on the command line. */
export type DeviceTarget = LineTarget | { kind: 'pcsc' };

/** `path` of a HID device is the one that the kernel gives, never a link to it. */
export type LineTarget =
  | { kind: 'serial'; path: string }
  | { kind: 'tcp'; host: string; port: number }
  | { kind: 'hid'; path: string };

/** `pcsc`, `host:port`, or a device file: a HID device (or a link to one), or else a serial port. Null: none of these. */
export function parseTarget(text: string): DeviceTarget | null {
  if (text === 'pcsc') return { kind: 'pcsc' };
  if (text.startsWith('/')) {
    const path = [text, realPath(text) ?? text].find((one) => hidDevice.test(one));
    return path === undefined ? { kind: 'serial', path: text } : { kind: 'hid', path };
  }
  const [, host, digits] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return null;
  return { kind: 'tcp', host: host.replace(/^\[(.*)\]$/, '$1'), port };
}

const hidDevice = /^\/dev\/hidraw\d+$/;

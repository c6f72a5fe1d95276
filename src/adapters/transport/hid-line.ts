import { constants } from 'node:fs';
import { access, readlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { HIDAsync } from 'node-hid';
import { framed } from '../../lib/framed.ts';
import { Failure } from '../../ports/failure.ts';
import type { HidAddress, HidTransport, LineEvents, OpenHid } from '../../ports/transport.ts';
import { chooseHidDevice, type HidKind, hidAddressText } from './choose-hid-device.ts';
import { type HidDevice, listHidDevices, loadNodeHid } from './list-hid-devices.ts';

/** More are a circle. */
const mostLinks = 8;

/**
 * A USB HID device: what it sends are framed reports (`lib/framed.ts`), what is written is one output report, its id first. It is
 * looked for anew at every `open`, since its path changes from one plugging in to the next. `open` rejects with a `Failure`:
 * `absent`, `bad_input` (the address names several, or something else), `refused` (no permission) or `not_installed`.
 */
export function createHidLine(address: HidAddress, kind: HidKind): HidTransport {
  const name = hidAddressText(address);
  return {
    name,
    async open(heard) {
      const { HIDAsync } = await loadNodeHid();
      const devices = await listHidDevices();
      const path = address.path === null ? null : await followLinks(address.path, devices);
      const found = chooseHidDevice(devices, { ...address, path }, kind);
      const device = await HIDAsync.open(found.path).catch(async (cause: unknown) => {
        throw await whyNotOpened(name, found.path, cause);
      });
      const line = carry(device, name, heard);
      // QUIRK: node-hid begins to listen in the next tick, and throws there when it was closed before.
      await new Promise(process.nextTick);
      return line;
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

  function end(why: string): void {
    if (closing !== null) return;
    void close().then(() => heard.closed(why));
  }

  async function whileOpen<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    try {
      if (closing === null) return await ask();
    } catch (cause) {
      throw new Failure('absent', `the HID device ${name} does not answer: plug it in again`, { retry: true, cause });
    }
    throw new Failure('absent', `the HID device ${name} is not open: plug it in again`, { retry: true });
  }

  device.on('data', (report: Uint8Array) => {
    if (closing === null) heard.bytes(framed(report));
  });
  device.on('error', () => end(`${name} was unplugged`));
  return {
    async write(report) {
      try {
        await whileOpen(() => device.write(Buffer.from(report)));
      } catch (error) {
        // What it made of half an order is unknown: whoever opens it anew tells it first how to stand.
        end(`${name} does not take what it is sent: plug it in again`);
        throw error;
      }
    },
    featureReport: (reportId, bytes) => whileOpen(() => device.getFeatureReport(reportId, bytes)),
    close,
  };
}

/** Where a link to a device leads; a path that leads to none stays as far as it could be followed. */
async function followLinks(path: string, devices: readonly HidDevice[]): Promise<string> {
  let at = path;
  for (let links = 0; links < mostLinks && !devices.some((device) => device.path === at); links++) {
    const target = await readlink(at).catch(() => null);
    if (target === null) return at;
    at = resolve(dirname(at), target);
  }
  return at;
}

async function whyNotOpened(name: string, path: string, cause: unknown): Promise<Failure> {
  const isForbidden = await access(path, constants.R_OK | constants.W_OK).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'),
  );
  if (!isForbidden) {
    return new Failure('absent', `the HID device ${name} at \`${path}\` cannot be opened: plug it in again`, {
      retry: true,
      cause,
    });
  }
  const advice = 'install the udev rules that come with gatehouse, and plug it in again';
  return new Failure('refused', `no permission for the HID device ${name} at \`${path}\`: ${advice}`, { retry: true, cause });
}

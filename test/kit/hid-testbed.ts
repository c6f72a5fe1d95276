import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** USB HID devices of one test alone: they exist for the processes that are started with `env`, and for nobody else. */
export interface HidTestbed {
  /** To be added to the environment of a process that shall see them. */
  env: Record<string, string>;
  plug(device: MockHid): Promise<void>;
  unplug(node: string): Promise<void>;
  /** The device sends a report; reports of one device need some milliseconds between them. */
  send(node: string, report: Uint8Array): Promise<void>;
  /** What the device answers to a feature report from now on; one of eight bytes is a USBRelay board's, which then does what it is told. */
  answerFeature(node: string, report: Uint8Array): Promise<void>;
  /** Called for each output report, as hex. */
  onWritten(heard: (node: string, report: string) => void): void;
}

export interface MockHid {
  /** `hidraw0` */
  node: string;
  usbPort: string;
  interface: number;
  vendorId: string;
  productId: string;
  manufacturer: string | null;
  product: string | null;
  serialNumber: string | null;
  /** The report descriptor in hex. */
  descriptor: string;
}

/** HID 1.11 report descriptors: a bar code scanner (POS), a keyboard, a vendor's own. */
export const descriptors = {
  pos: '058C0902A1018502150026FF007508953F09FE8102C0',
  keyboard:
    '05010906A101050719E029E71500250175019508810295017508810195057501050819012905910295017503910195067508150025650507190029658100C0',
  vendor: '0600FF0901A101150026FF00750895080901B10209019102C0',
};

const program = fileURLToPath(new URL('./umockdev.py', import.meta.url));
// A Python of one's own in the PATH would not have Debian's packages.
const python = '/usr/bin/python3';
const preload = 'libumockdev-preload.so.0';
/** The device's far end carries bytes, and tells reports apart by their pauses. */
const betweenReportsMs = 20;

/** Starts a testbed without devices; it ends with the test. Needs `umockdev`. */
export async function openHidTestbed(): Promise<HidTestbed> {
  const far = spawn(python, [program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, LD_PRELOAD: preload, G_MESSAGES_DEBUG: '' },
  });
  onTestFinished(() => end(far));
  const listeners: ((node: string, report: string) => void)[] = [];
  const waiting: (() => void)[] = [];
  let begin: (root: string) => void = () => {};
  const root = new Promise<string>((resolve) => {
    begin = resolve;
  });
  createInterface({ input: far.stdout }).on('line', (line) => {
    const said = JSON.parse(line) as { root?: string; done?: true; node?: string; written?: string };
    if (said.root !== undefined) begin(said.root);
    if (said.done) waiting.shift()?.();
    for (const heard of listeners) if (said.written !== undefined) heard(said.node ?? '', said.written);
  });
  far.stdin.on('error', () => {});
  const order = (what: object) =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      far.stdin.write(`${JSON.stringify(what)}\n`);
    });

  return {
    env: { LD_PRELOAD: preload, UMOCKDEV_DIR: await root },
    plug: (device) => order({ plug: { ...device, feature: null } }),
    unplug: (node) => order({ unplug: node }),
    async send(node, report) {
      await order({ send: node, report: Buffer.from(report).toString('hex') });
      await new Promise((resolve) => setTimeout(resolve, betweenReportsMs));
    },
    answerFeature: (node, report) => order({ feature: node, report: Buffer.from(report).toString('hex') }),
    onWritten: (heard) => void listeners.push(heard),
  };
}

async function end(far: ChildProcess): Promise<void> {
  if (far.exitCode !== null || far.signalCode !== null) return;
  const gone = once(far, 'exit');
  // Its folder under /tmp goes with it when it ends by itself.
  far.stdin?.end();
  const late = setTimeout(() => far.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(late);
}

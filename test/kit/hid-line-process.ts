import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { HidDevice } from '../../src/adapters/transport/list-hid-devices.ts';
import { Failure, type FailureCode } from '../../src/ports/failure.ts';
import type { HidAddress } from '../../src/ports/transport.ts';
import type { Order } from './hid-line-in-child.ts';
import type { HidTestbed } from './hid-testbed.ts';

/** A HID line in a process that sees the devices of a testbed. What its calls reject with is told as a `Failure` of the same code. */
export interface HidLineProcess {
  list(): Promise<HidDevice[]>;
  open(address: Partial<HidAddress>): Promise<void>;
  openAndClose(address: Partial<HidAddress>): Promise<void>;
  write(report: Uint8Array): Promise<void>;
  /** Nine bytes of that feature report, as hex. */
  feature(reportId: number): Promise<string>;
  close(): Promise<void>;
  /** What was heard, as hex. */
  heard: string[];
  closed: string[];
}

const program = fileURLToPath(new URL('./hid-line-in-child.ts', import.meta.url));
const runTypescript = new URL('./run-typescript.mjs', import.meta.url).href;
const anything: HidAddress = {
  vendorId: null,
  productId: null,
  product: null,
  serialNumber: null,
  usbPort: null,
  path: null,
};

export function startHidLine({ env }: HidTestbed): HidLineProcess {
  const child = fork(program, { execArgv: [`--import=${runTypescript}`], env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const heard: string[] = [];
  const closed: string[] = [];
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  let orders = 0;
  type Said = {
    heard?: string;
    closed?: string;
    number?: number;
    answer?: unknown;
    failed?: { code: FailureCode; message: string };
  };
  child.on('message', (said: Said) => {
    if (said.heard !== undefined) heard.push(said.heard);
    if (said.closed !== undefined) closed.push(said.closed);
    const asked = waiting.get(said.number ?? -1);
    if (said.failed) asked?.reject(new Failure(said.failed.code, said.failed.message, { retry: true }));
    else asked?.resolve(said.answer);
  });
  const order = (what: Order['do'], address: Partial<HidAddress> = {}, report: readonly number[] = []) =>
    new Promise<unknown>((resolve, reject) => {
      orders += 1;
      waiting.set(orders, { resolve, reject });
      child.send({ number: orders, do: what, address: { ...anything, ...address }, report: [...report] } satisfies Order);
    });
  return {
    list: async () => (await order('list')) as HidDevice[],
    open: async (address) => void (await order('open', address)),
    openAndClose: async (address) => void (await order('open and close', address)),
    write: async (report) => void (await order('write', {}, [...report])),
    feature: async (reportId) => String(await order('feature', {}, [reportId])),
    close: async () => void (await order('close')),
    heard,
    closed,
  };
}

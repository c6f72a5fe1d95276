import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import osdp from '../../devices/buses/osdp.ts';
import { setKey } from '../../devices/codecs/osdp-message.ts';
import { type BusDevice, runBus } from '../app/run-bus.ts';
import { minuteMs, secondMs } from '../domain/schedule/instant.ts';
import { toHex } from '../lib/hex.ts';
import type { BusSeat } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { LineTransport } from '../ports/transport.ts';

export interface KeySetting {
  line: LineTransport;
  baudRate: number;
  address: number;
  /** Where the key is kept; must not be there yet. */
  keyFile: string;
  /** How long the device may be spoken with under the key that everybody knows. */
  minutes: number;
  clock: Clock;
  /** What happens meanwhile, in words; never the key. */
  progress(words: string): void;
  /** Whoever watches wants no more. */
  stopped: Promise<void>;
}

/** Long enough for a device that starts anew after it took its key. */
const proveWithinMs = 20 * secondMs;

/**
 * Gives an OSDP device a key of its own, made here and kept in a file for its owner alone, and proves it in a new session. Until
 * then it is spoken with under the key that everybody knows, which nothing else in the program ever takes: for so many minutes,
 * with an installer who watches, and best at a table, since whoever listens on the cable meanwhile learns the new key. Rejects
 * with a `Failure` that says what became of the device and of the file.
 */
export async function setOsdpKey(setting: KeySetting): Promise<void> {
  const { line, address, keyFile, minutes, clock, progress } = setting;
  if (existsSync(keyFile))
    throw new Failure('bad_input', `the file \`${keyFile}\` is there already, and a key is never written over: name another`, {
      retry: false,
    });
  // Once by itself, to say at once why it cannot be had.
  await (await line.open({ bytes() {}, closed() {} })).close();

  progress(`looking for a device at address ${address} that still has the key it came with; for ${minutes} minutes`);
  const installUntilMs = clock.monotonicMs() + minutes * minuteMs;
  const key = new Uint8Array(randomBytes(16));
  await withDevice(setting, { address, secured: true, secrets: {}, installUntilMs }, async (device, up) => {
    const why = await up(minutes * minuteMs);
    if (why !== null) throw new Failure('no_answer', `no key was set: ${why}`, { retry: true });
    keep(key, keyFile);
    progress(`found it; its key is now in \`${keyFile}\`, and is being told to it`);
    const told = await device.order(setKey(key));
    if (told.outcome === 'done' || told.outcome === 'unknown') return;
    // It surely has its old key.
    rmSync(keyFile, { force: true });
    throw new Failure('refused', `the device did not take the key: ${told.why}; nothing was changed`, { retry: false });
  });

  progress('proving the new key in a new session');
  await withDevice(setting, { address, secured: true, secrets: { key } }, async (_device, up) => {
    const why = await up(proveWithinMs);
    if (why === null) return;
    const advice = `keep the file \`${keyFile}\`: the device may have this key; switch the device off and on, and start the gateway with it`;
    throw new Failure('no_answer', `the device was told its key, and did not prove it (${why}): ${advice}`, { retry: true });
  });
}

/** Resolves null when the device is up, or why it is not when the time is over. */
type Up = (withinMs: number) => Promise<string | null>;

async function withDevice(
  { line, baudRate, clock, progress, stopped }: KeySetting,
  seat: BusSeat,
  use: (device: BusDevice, up: Up) => Promise<void>,
): Promise<void> {
  const log = { info() {}, warn() {}, error() {} };
  const bus = runBus(osdp, osdp.settings.parse({}), line, [seat], { id: line.name, clock, log, random: randomBytes, baudRate });
  const device = bus.at(seat.address);
  let last = 'nothing was heard';
  let isUp = false;
  let came = () => {};
  device.listen({
    up() {
      isUp = true;
      came();
    },
    down(why) {
      isUp = false;
      if (why !== last) progress(why);
      last = why;
    },
    heard() {},
    said() {},
  });
  bus.start({ up() {}, unknown() {}, heard() {}, down() {} });
  try {
    await use(device, async (withinMs) => {
      let callOff = () => {};
      await new Promise<void>((resolve) => {
        came = resolve;
        if (isUp) resolve();
        callOff = clock.after(withinMs, resolve);
        void stopped.then(resolve);
      });
      callOff();
      return isUp ? null : last;
    });
  } finally {
    await bus.stop();
  }
}

/** On the disk before the device has it: a device whose key is lost must be opened. */
function keep(key: Uint8Array, file: string): void {
  let held: number;
  try {
    held = openSync(file, 'wx', 0o600);
  } catch (cause) {
    throw new Failure('bad_input', `the file \`${file}\` cannot be made: choose a folder that you may write to`, {
      retry: false,
      cause,
    });
  }
  try {
    writeSync(held, `${toHex(key)}\n`);
    fsyncSync(held);
  } finally {
    closeSync(held);
  }
}

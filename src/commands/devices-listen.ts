import type { Command } from 'commander';
import type { Reading } from '../app/installer/ear.ts';
import type { Arrival } from '../app/installer/listen.ts';
import type { CardArrival } from '../app/installer/listen-to-cards.ts';
import { unframed } from '../lib/framed.ts';
import { toHex } from '../lib/hex.ts';
import { showHex, showText } from '../lib/show-bytes.ts';
import type { DeviceTarget, LineTarget } from '../wiring/parse-target.ts';
import { endOf } from './end-of.ts';
import { parseBaud, parseBauds, parseCount, parseDeviceTarget } from './parse-arguments.ts';
import { readingLines } from './reading-lines.ts';
import type { Terminal } from './terminal.ts';

interface ListenOptions {
  baud?: number;
  bauds?: number[] | true;
  seconds?: number;
  json?: true;
}

/** The commonest first. */
const usualBauds = [9600, 19200, 115200, 38400, 57600, 4800, 2400, 1200];

export function addDevicesListen(devices: Command, terminal: Terminal): void {
  devices
    .command('listen')
    .summary('show what a reader sends, and which products would read it')
    .description(
      'Shows everything that arrives, raw and as every product reads it that fits. Nothing is sent to the device; a PC/SC reader asks the ' +
        'card for its number, as it does at the gate. Ends with Ctrl-C.',
    )
    .argument('<port>', 'a serial port or HID device (/dev/…), host:port, or pcsc', parseDeviceTarget)
    .option('--baud <speed>', 'speed of a serial port (default: 9600)', parseBaud)
    .option('--bauds [speeds]', 'go on to the next of these speeds (1200,9600,…) when what arrived makes no sense', parseBauds)
    .option('--seconds <count>', 'end after so many seconds', parseCount)
    .option('--json', 'one JSON object a line instead of words')
    .action(async (target: DeviceTarget, options: ListenOptions, command: Command) => {
      if (options.baud !== undefined && options.bauds !== undefined) command.error('error: give --baud or --bauds, not both');
      const { baud, bauds } = options;
      const speeds = bauds === undefined ? [baud ?? 9600] : bauds === true ? usualBauds : bauds;
      const { over, callOff } = endOf(options.seconds);
      try {
        if (target.kind === 'pcsc') await listenToReaders(over, options, terminal);
        else await listenOnLine(target, speeds, over, options, terminal);
      } finally {
        callOff();
      }
    });
}

async function listenOnLine(
  target: LineTarget,
  speeds: readonly number[],
  done: Promise<void>,
  { json }: ListenOptions,
  terminal: Terminal,
): Promise<void> {
  const [{ earsFor, lineTo }, { listenOverSpeeds }, { loadProfiles }, { systemClock }] = await Promise.all([
    import('../wiring/device-target.ts'),
    import('../app/installer/listen-over-speeds.ts'),
    import('../load-profiles.ts'),
    import('../adapters/system/system-clock.ts'),
  ]);
  const ears = earsFor(target, await loadProfiles(), 1);
  const isSerial = target.kind === 'serial';
  const partsOf = (bytes: Uint8Array) => (target.kind === 'hid' ? unframed(bytes).messages : [bytes]);
  const show = json ? jsonLines(partsOf) : arrivalLines(partsOf);
  const listener = {
    listening(speed: number) {
      const where = lineTo(target, speed).name;
      terminal.err(
        `listening on ${where}${isSerial ? ` at ${speed} baud` : ''}: hold a card or code to the reader (Ctrl-C ends)`,
      );
    },
    arrived(arrival: Arrival) {
      for (const line of show(arrival)) terminal.out(line);
    },
    nonsense(speed: number, next: number | null) {
      if (!isSerial) return;
      const advice =
        next === null
          ? 'try other speeds with --bauds; or it speaks in binary, or of a product that is not known here'
          : `trying ${next} baud: hold it again`;
      terminal.err(`  this makes no sense at ${speed} baud: ${advice}`);
    },
  };
  const ended = await listenOverSpeeds((speed) => lineTo(target, speed), speeds, ears, listener, done, systemClock);
  if (ended !== null) terminal.err(`gatehouse: ${ended}`);
}

/** What came, in the parts that mean something by themselves: the reports of a HID device, else all of it. */
type PartsOf = (bytes: Uint8Array) => Uint8Array[];

function jsonLines(partsOf: PartsOf): (arrival: Arrival) => string[] {
  return ({ atMs, bytes, readings }) => [
    JSON.stringify({ atMs: Math.round(atMs), hex: partsOf(bytes).map(toHex).join(' | '), readings }),
  ];
}

/** The lines of each arrival; one that is the same as the one before is only counted. */
function arrivalLines(partsOf: PartsOf): (arrival: Arrival) => string[] {
  let before = '';
  let again = 0;
  return ({ atMs, bytes, readings }) => {
    const hex = toHex(bytes);
    if (hex === before) {
      again++;
      // A reader that repeats a card that lies on it would fill the screen.
      return [1, 10, 100, 1_000].includes(again) ? [`${at(atMs)}  the same again (${again} so far)`] : [];
    }
    before = hex;
    again = 0;
    const parts = partsOf(bytes);
    return [`${at(atMs)}  ${parts.map(showHex).join(' | ')}  ${parts.map(showText).join('|')}`, ...indentedLines(readings)];
  };
}

function at(ms: number): string {
  return `${(ms / 1_000).toFixed(3).padStart(9)} s`;
}

function indentedLines(readings: readonly Reading[]): string[] {
  const lines = readings.length === 0 ? ['no product reads anything in this'] : readingLines(readings);
  return lines.map((line) => `             ${line}`);
}

async function listenToReaders(done: Promise<void>, { json }: ListenOptions, terminal: Terminal): Promise<void> {
  const [{ cardEarsOf, openCards }, { listenToCards }, { loadProfiles }] = await Promise.all([
    import('../wiring/device-target.ts'),
    import('../app/installer/listen-to-cards.ts'),
    import('../load-profiles.ts'),
  ]);
  const { transport, random } = openCards();
  const stop = listenToCards(transport, cardEarsOf(await loadProfiles(), 1), random, {
    service: ({ up, why }) => terminal.err(up ? 'listening: lay a card on a reader (Ctrl-C ends)' : `gatehouse: ${why}`),
    reader: (name, present) => terminal.err(`  ${present ? 'reader' : 'gone:'} ${name}`),
    arrived: (arrival) => {
      const lines = json ? [JSON.stringify({ ...arrival, atr: toHex(arrival.atr) })] : cardLines(arrival);
      for (const line of lines) terminal.out(line);
    },
  });
  await done;
  await stop();
}

function cardLines({ reader, atr, readings, refusals }: CardArrival): string[] {
  return [
    `${reader}: a card that answers to reset with ${showHex(atr)}`,
    ...(readings.length === 0 ? [] : indentedLines(readings)),
    ...new Set(refusals.map(({ device, why }) => `             ${device} refuses it: ${why}`)),
  ];
}

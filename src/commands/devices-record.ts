import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Command } from 'commander';
import type { Capture } from '../app/installer/capture.ts';
import type { Ear } from '../app/installer/ear.ts';
import { Failure } from '../ports/failure.ts';
import type { LineTarget } from '../wiring/parse-target.ts';
import { endOf } from './end-of.ts';
import { parseBaud, parseCount, parseLineTarget, parseSetting } from './parse-arguments.ts';
import { mustBeReadable } from './read-input.ts';
import { readingLines } from './reading-lines.ts';
import { exitCodes, type Terminal } from './terminal.ts';

const megabyte = 1_000_000;

export function addDevicesRecord(devices: Command, terminal: Terminal): void {
  devices
    .command('record')
    .summary('write down everything that a device sends')
    .description(
      'Writes every chunk that arrives into a text file, with its time: for the people who make Gatehouse, or to try products on it later ' +
        '(`devices replay`). Nothing is sent to the device. Ends with Ctrl-C, or when the file is full.',
    )
    .argument('<port>', 'a serial port or HID device (/dev/…), or host:port', parseLineTarget)
    .argument('<file>', 'the file to write; it must not be there yet')
    .option('--baud <speed>', 'speed of a serial port', parseBaud, 9600)
    .option('--seconds <count>', 'end after so many seconds', parseCount)
    .option('--megabytes <count>', 'how big the file may become', parseCount, 10)
    .action(async (target: LineTarget, file: string, options: { baud: number; seconds?: number; megabytes: number }) => {
      const [{ lineTo }, { recordLine, boundedRecorder }, { captureHeader }, { systemClock }] = await Promise.all([
        import('../wiring/device-target.ts'),
        import('../app/installer/record-line.ts'),
        import('../app/installer/capture.ts'),
        import('../adapters/system/system-clock.ts'),
      ]);
      const of = target.kind === 'hid' ? 'reports' : 'bytes';
      const transport = lineTo(target, options.baud);
      const where = target.kind === 'serial' ? `${transport.name} at ${options.baud} baud` : transport.name;
      let chunks = 0;
      let finish: (why: string) => void = () => {};
      const finished = new Promise<string>((resolve) => {
        finish = resolve;
      });
      // INVARIANT: opened before the device, so that a file that cannot be written disturbs nothing.
      const fd = newFile(file);
      try {
        const write = (line: string) => void writeSync(fd, `${line}\n`);
        for (const line of captureHeader(of, where, new Date())) write(line);
        const record = boundedRecorder(options.megabytes * megabyte, write, () => finish(`\`${file}\` is full`));
        const recording = recordLine(
          transport,
          of,
          (chunk) => {
            chunks++;
            record(chunk);
          },
          systemClock,
        );
        const line = await recording.open({ bytes() {}, closed: finish });
        terminal.err(`recording ${where} into ${file} (Ctrl-C ends)`);
        const { over, callOff } = endOf(options.seconds);
        const why = await Promise.race([finished, over]);
        callOff();
        await line.close();
        if (typeof why === 'string') terminal.err(`gatehouse: ${why}`);
      } finally {
        closeSync(fd);
      }
      terminal.out(`${chunks} chunks in ${file}`);
    });
}

export function addDevicesReplay(devices: Command, terminal: Terminal): void {
  devices
    .command('replay')
    .summary('run a recording through a product, or through all of them')
    .description(
      'Runs what a device sent, as `devices record` wrote it down, through a product and prints what it reads. Needs no device. Ends with ' +
        '1 when nothing is read, with 2 when the file cannot be used.',
    )
    .argument('<file>', 'the recording')
    .option('--device <product>', 'the product; default: every one that fits, under its defaults and each setting changed')
    .option('--settings <key=value...>', 'with --device: its settings', collectSetting, {})
    .action(async (file: string, { device, settings }: { device?: string; settings: Settings }, command: Command) => {
      if (device === undefined && Object.keys(settings).length > 0) command.error('error: --settings goes with --device');
      mustBeReadable(file);
      const [{ parseCapture }, { replayCapture }] = await Promise.all([
        import('../app/installer/capture.ts'),
        import('../app/installer/replay-capture.ts'),
      ]);
      const parsed = parseCapture(readFileSync(file, 'utf8'));
      if ('problems' in parsed) {
        for (const { line, problem } of parsed.problems) terminal.err(`${file}:${line}: ${problem}`);
        terminal.exitCode = exitCodes.wrongUse;
        return;
      }
      const ears = device === undefined ? await allEars(parsed.capture) : [await earOf(device, settings, parsed.capture)];
      const replayed = replayCapture(parsed.capture, ears);
      for (const { atMs, readings } of replayed) {
        for (const line of readingLines(readings)) terminal.out(`+${String(atMs).padStart(4, '0')}ms  ${line}`);
      }
      if (replayed.length > 0) return;
      terminal.out(device === undefined ? 'no product reads anything in it' : `\`${device}\` reads nothing in it`);
      terminal.exitCode = exitCodes.faults;
    });
}

type Settings = Record<string, string>;

function collectSetting(text: string, before: Settings): Settings {
  const [key, value] = parseSetting(text);
  return { ...before, [key]: value };
}

const speaksOf = (capture: Capture) => (capture.of === 'reports' ? 'hid' : 'stream');

async function allEars(capture: Capture): Promise<Ear[]> {
  const [{ earsSpeaking }, { loadProfiles }] = await Promise.all([
    import('../wiring/device-target.ts'),
    import('../load-profiles.ts'),
  ]);
  return earsSpeaking(speaksOf(capture), await loadProfiles(), 1);
}

/** One product as the words of the command line set it. Throws `Failure` (`bad_input`) that says what is allowed. */
async function earOf(device: string, words: Settings, capture: Capture): Promise<Ear> {
  const [{ loadProfiles }, { parseSettings }, { suggestion }] = await Promise.all([
    import('../load-profiles.ts'),
    import('../config/parse-settings.ts'),
    import('../config/wiring/find-profile.ts'),
  ]);
  const { readers } = await loadProfiles();
  const wanted = speaksOf(capture);
  const fitting = [...readers.values()].filter(({ speaks }) => speaks === wanted).map(({ id }) => id);
  const profile = readers.get(device);
  if (profile?.speaks === 'stream' || profile?.speaks === 'hid') {
    if (profile.speaks === wanted) return { profile, ...parseSettings(profile, words) };
  }
  const what =
    profile === undefined ? `there is no reader \`${device}\`` : `\`${device}\` does not send what this is a recording of`;
  throw new Failure('bad_input', `${what}: ${suggestion(device, fitting)}`, { retry: false });
}

function newFile(file: string): number {
  try {
    // Card numbers stand in it: its owner's eyes only.
    return openSync(file, 'wx', 0o600);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why =
      code === 'EEXIST' ? 'is there already: choose another name' : `cannot be written (\`${code}\`): choose another place`;
    throw new Failure('bad_input', `\`${file}\` ${why}`, { retry: false, cause });
  }
}

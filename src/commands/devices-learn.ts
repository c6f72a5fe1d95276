import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { CardSetting, LearnEvent, LearntDevice } from '../app/installer/learn-card.ts';
import type { Config } from '../config/config.ts';
import type { Profiles } from '../ports/device.ts';
import type { DeviceTarget } from '../wiring/parse-target.ts';
import { endOf } from './end-of.ts';
import { withNeeded } from './needed-options.ts';
import { parseBaud, parseCount, parseDeviceTarget } from './parse-arguments.ts';
import { readConfig } from './read-config.ts';
import { changedText, readingLines } from './reading-lines.ts';
import { exitCodes, type Terminal } from './terminal.ts';

interface LearnOptions {
  number?: string[];
  config?: string;
  reader?: string;
  device?: string;
  data?: string;
  baud?: number;
  seconds: number;
  dryRun?: true;
}

export function addDevicesLearn(devices: Command, terminal: Terminal): void {
  devices
    .command('learn')
    .summary('find out how to set a reader, from a card whose number is printed on it')
    .description(
      'Hold a card to the reader whose printed number is known, twice. Every product under every way to set it is tried on what arrives; ' +
        'those that give that number are named, and with --config the setting is written. Nothing is sent to the reader. Ends with 1 when ' +
        'nothing fits, or when the file is not to be changed.',
    )
    .argument('<port>', 'a serial port or HID device (/dev/…), host:port, or pcsc', parseDeviceTarget)
    .option('--number <printed>', 'the number on the card, as it is printed: "126,58404"; again for a second card', collect, [])
    .option('--config <file>', 'the configuration to write the setting into; remarks in it stay')
    .option('--reader <name>', 'with --config: which reader of it; default: the one on this port')
    .option('--device <product>', 'which product to take where several fit')
    .option('--data <folder>', "the club's data, to see which cards could not be told apart; default: that of --config")
    .option('--baud <speed>', 'speed of a serial port; default: that of --config, or 9600', parseBaud)
    .option('--seconds <count>', 'give up after so many seconds', parseCount, 120)
    .option('--dry-run', 'with --config: show what would be written, and write nothing')
    .action(async (target: DeviceTarget, options: LearnOptions, command: Command) => {
      const { number: numbers } = withNeeded(options, ['number'], command);
      if (numbers.length === 0) command.error('error: --number <printed> is missing');
      if (options.reader !== undefined && options.config === undefined) command.error('error: --reader goes with --config');
      const config = options.config === undefined ? null : await readConfig(options.config, terminal);
      if (options.config !== undefined && config === null) return;
      await learnFrom(target, numbers, options, config, terminal);
    });
}

const collect = (text: string, before: string[]) => [...before, text];

async function learnFrom(
  target: DeviceTarget,
  numbers: readonly string[],
  options: LearnOptions,
  config: Config | null,
  terminal: Terminal,
): Promise<void> {
  const [{ loadProfiles }, { readCardNumbers }, { bestSettings, clearlyBest }] = await Promise.all([
    import('../load-profiles.ts'),
    import('../adapters/store/read-card-numbers.ts'),
    import('../app/installer/learn-card.ts'),
  ]);
  const profiles = await loadProfiles();
  const reader = config === null ? null : readerMeant(target, options.reader, config, terminal);
  if (reader === undefined) return;
  const data = options.data === undefined ? config?.dataFolder : resolve(options.data);
  const cards = data === undefined ? null : readCardNumbers(join(data, 'club.db'));

  const { settings, tried } = await listenForCards(target, numbers, options, config, profiles, terminal);
  if (settings.length === 0) {
    terminal.exitCode = exitCodes.faults;
    return;
  }
  const known = new Set(cards);
  const learnt = bestSettings(settings, (value) => known.has(value));
  for (const line of learnt.flatMap(linesOf)) terminal.out(line);
  const chosen = chooseDevice(learnt, options.device, deviceOf(config, reader), clearlyBest(learnt));
  if (chosen === null) {
    terminal.err('several products fit: say with --device which one it is');
    if (config !== null || options.device !== undefined) terminal.exitCode = exitCodes.faults;
    return;
  }
  if (learnt.length > 1) terminal.out(`it is taken for \`${chosen.device}\`; say with --device if it is another one`);
  if (cards !== null) await warnOfSharedNumbers(chosen, settings, cards, terminal);
  if (config === null || reader === null || options.config === undefined) return;
  await write(options.config, config, reader, chosen, tried(chosen.device), options.dryRun ?? false, profiles, terminal);
}

/** Null: none is needed. `undefined`: it is not to be told which one is meant, and that was said. */
function readerMeant(
  target: DeviceTarget,
  named: string | undefined,
  { readers }: Config,
  terminal: Terminal,
): string | undefined {
  const fitting = readers.filter((reader) => (named === undefined ? isOn(reader, target) : reader.id === named));
  const [first] = fitting;
  if (first !== undefined && fitting.length === 1) return first.id;
  const what = named === undefined ? 'it cannot be told which reader is on this port' : `there is no reader \`${named}\``;
  const names = readers.map(({ id }) => `\`${id}\``).join(', ');
  terminal.err(`gatehouse: ${what}: say it with --reader, one of ${names || 'none: name one in the file first'}`);
  terminal.exitCode = exitCodes.wrongUse;
  return undefined;
}

function isOn(reader: Config['readers'][number], target: DeviceTarget): boolean {
  switch (reader.speaks) {
    case 'stream':
      if (reader.line.kind === 'serial') return target.kind === 'serial' && reader.line.path === target.path;
      return target.kind === 'tcp' && reader.line.host === target.host && reader.line.port === target.port;
    case 'hid':
      return target.kind === 'hid';
    case 'exchange':
      return target.kind === 'pcsc';
    default:
      return false;
  }
}

function deviceOf(config: Config | null, reader: string | null): string | null {
  return config?.readers.find(({ id }) => id === reader)?.profile.id ?? null;
}

interface Heard {
  settings: readonly CardSetting[];
  /** The settings of a product that were tried. */
  tried(device: string): string[];
}

/** Until every card was held there twice, the time is over or Ctrl-C. Nothing fits: that was said. */
async function listenForCards(
  target: DeviceTarget,
  numbers: readonly string[],
  { baud, seconds }: LearnOptions,
  config: Config | null,
  profiles: Profiles,
  terminal: Terminal,
): Promise<Heard> {
  const [{ beginLearning, learn }, { openTaps }, { systemClock }] = await Promise.all([
    import('../app/installer/learn-card.ts'),
    import('../wiring/open-taps.ts'),
    import('../adapters/system/system-clock.ts'),
  ]);
  let state = beginLearning(numbers);
  let answer: readonly CardSetting[] = [];
  let finish: () => void = () => {};
  const finished = new Promise<void>((done) => {
    finish = done;
  });
  let said = false;
  const taps = await openTaps(target, baud ?? baudOf(target, config), profiles, {
    ready(where) {
      terminal.err(`listening on ${where}: hold the card ${numbers[0]} to the reader, and take it away (Ctrl-C ends)`);
    },
    tap(readings) {
      const step = learn(state, readings, systemClock.monotonicMs());
      state = step.state;
      if (step.event === null) return;
      for (const line of eventLines(step.event)) terminal.err(line);
      said = step.event.kind === 'unexplained' || step.event.kind === 'changed';
      if (step.event.kind !== 'done') return;
      answer = step.event.settings;
      finish();
    },
    unreadable(words) {
      terminal.err(`  ${words}`);
    },
    ended(why) {
      terminal.err(`gatehouse: ${why}`);
      said = true;
      finish();
    },
  });
  const { over, callOff } = endOf(seconds);
  await Promise.race([finished, over]);
  callOff();
  await taps.stop();
  if (answer.length === 0 && !said && state.soFar?.length !== 0)
    terminal.err('gatehouse: nothing was learnt: no card was held there twice in time');
  return { settings: answer, tried: taps.tried };
}

function baudOf(target: DeviceTarget, config: Config | null): number {
  const reader = config?.readers.find((one) => isOn(one, target));
  return reader?.speaks === 'stream' && reader.line.kind === 'serial' ? reader.line.baudRate : 9600;
}

function eventLines(event: LearnEvent): string[] {
  switch (event.kind) {
    case 'unexplained':
      return [
        `  this is not the card ${event.printed} under any setting of any product; it reads as:`,
        ...readingLines(event.readings)
          .slice(0, longestList)
          .map((line) => `    ${line}`),
        '  check the number, or hold the card there that has it',
      ];
    case 'again':
      return [`  it fits (${event.fits} ways to set it): once more, to be sure`];
    case 'changed':
      return [
        '  it gave another number than the time before: another card, or a phone or card whose number is random and changes at',
        '  every tap. Such a one cannot be enrolled: use a code, the app, or a card with a number of its own',
      ];
    case 'next':
      return [`  now the card ${event.printed}`];
    case 'done':
      return event.settings.length > 0
        ? []
        : ['gatehouse: each of these cards fits by itself, and no setting fits all: check the numbers'];
  }
}

const longestList = 12;

function linesOf({ device, changed, value, spelling, isKnown, open }: LearntDevice): string[] {
  const untested = Object.keys(open).filter((key) => !(key in changed));
  return [
    `${device}${changedText(changed)}: rfid ${value}`,
    ...(spelling === 'R' ? ['  the number is printed with its bytes the other way round'] : []),
    ...(isKnown ? ["  the club's data has the card by this number"] : []),
    ...Object.keys(changed).flatMap((key) => {
      const others = (open[key] ?? []).map((choice) => `\`${String(choice)}\``).join(', ');
      if (others === '') return [];
      return [`  ${key}: ${others} would read it as the same number; a second card may tell (--number again)`];
    }),
    ...(untested.length === 0 ? [] : [`  left as they are, for this card does not tell: ${untested.join(', ')}`]),
  ];
}

/** Null: it cannot be told. */
function chooseDevice(
  learnt: readonly LearntDevice[],
  wanted: string | undefined,
  present: string | null,
  best: LearntDevice | null,
): LearntDevice | null {
  const of = (device: string | null | undefined) => learnt.find((one) => one.device === device) ?? null;
  if (wanted !== undefined) return of(wanted);
  return of(present) ?? best;
}

async function warnOfSharedNumbers(
  { value }: LearntDevice,
  settings: readonly CardSetting[],
  cards: readonly string[],
  terminal: Terminal,
): Promise<void> {
  const [{ hexDigitsOf, sharedEndings }, { wholeDigits }] = await Promise.all([
    import('../domain/member/printed-number.ts'),
    import('../app/installer/learn-card.ts'),
  ]);
  const digits = hexDigitsOf(value);
  const whole = wholeDigits(settings);
  if (digits >= whole) return;
  const shared = sharedEndings(cards, digits);
  const what = `it gives the last ${digits} of ${whole} hex digits`;
  terminal.err(
    shared === 0
      ? `note: ${what}; no two of the club's ${cards.length} cards share them yet`
      : `warning: ${what}, and ${shared} of the club's ${cards.length} cards share these with another: they cannot be told apart`,
  );
}

async function write(
  path: string,
  config: Config,
  reader: string,
  { device, changed }: LearntDevice,
  tried: readonly string[],
  dryRun: boolean,
  profiles: Profiles,
  terminal: Terminal,
): Promise<void> {
  const { planConfigChange, settingsToWrite } = await import('../wiring/plan-config-change.ts');
  const settings = settingsToWrite(config, reader, device, changed, tried, profiles);
  // The settings of another product mean nothing to this one.
  const whole = deviceOf(config, reader) === device ? [] : ['settings'];
  const plan = planConfigChange(path, ['readers', reader], { device, settings }, whole, profiles);
  if ('problems' in plan) {
    for (const problem of plan.problems) terminal.err(problem);
    terminal.err(`gatehouse: ${path} is not changed`);
    terminal.exitCode = exitCodes.faults;
    return;
  }
  for (const line of plan.diff) terminal.out(line);
  if (plan.diff.length === 0) return terminal.out(`${path} says so already`);
  if (dryRun) return terminal.out('nothing was written (--dry-run)');
  plan.write();
  terminal.out(`written to ${path}: start the gateway again to use it`);
}

import { chmodSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import {
  askEveryMs,
  machineTools,
  startSystemTimeSync,
  type TimeSyncTools,
  timesyncFile,
  timesyncFileSpeaksForMs,
} from '../../../src/adapters/system/system-time-sync.ts';
import { minuteMs, secondMs } from '../../../src/domain/schedule/instant.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';
import { until } from '../../kit/until.ts';

/** chrony 4.3, `chronyc -n tracking`. */
const tracking = (leap: string, reference = 'C0A80101 (192.168.1.1)') =>
  `Reference ID    : ${reference}\nStratum         : 3\nRoot dispersion : 0.001234567 seconds\nUpdate interval : 64.2 seconds\nLeap status     : ${leap}\n`;

interface Machine {
  timedatectl?: string;
  /** How long ago the file was written. */
  fileAgeMs?: number;
  chronyc?: string;
}

/** A machine whose programs write what the test gives them; without, they are missing. */
function aMachine(machine: Machine = {}) {
  const clock = fakeClock();
  const asked: string[] = [];
  const tools: TimeSyncTools = {
    async run(program, args) {
      asked.push([program, ...args].join(' '));
      return (program === 'timedatectl' ? machine.timedatectl : machine.chronyc) ?? null;
    },
    async writtenAt(path) {
      asked.push(path);
      return machine.fileAgeMs === undefined ? null : clock.now() - machine.fileAgeMs;
    },
  };
  return { clock, asked, tools, machine };
}

async function answerOf(machine: Machine): Promise<boolean | null> {
  const { clock, tools } = aMachine(machine);
  const timeSync = startSystemTimeSync(clock, tools);
  await clock.advanceSlowly(0);
  timeSync.stop();
  return timeSync.synchronised();
}

describe('whether a time server keeps the clock right', () => {
  it.each<[string, Machine, boolean | null]>([
    ['systemd says yes', { timedatectl: 'yes\n' }, true],
    ['systemd says no', { timedatectl: 'no\n' }, false],
    ['systemd says no, whatever others say', { timedatectl: 'no\n', fileAgeMs: 0, chronyc: tracking('Normal') }, false],
    ['systemd says what nobody knows', { timedatectl: 'perhaps\n' }, null],
    ['timesyncd was there just now', { fileAgeMs: 0 }, true],
    ['timesyncd was there an hour ago', { fileAgeMs: timesyncFileSpeaksForMs }, true],
    ['timesyncd was there longer ago', { fileAgeMs: timesyncFileSpeaksForMs + 1 }, false],
    ['timesyncd was there later than now: the clock was set back', { fileAgeMs: -1 }, false],
    ['chrony follows a server', { chronyc: tracking('Normal') }, true],
    ['chrony announces a leap second', { chronyc: tracking('Insert second') }, true],
    ['chrony follows nobody', { chronyc: tracking('Not synchronised', '00000000 ()') }, false],
    ['chrony serves its own clock', { chronyc: tracking('Normal', '7F7F0101 ()') }, false],
    ['chrony does not run', { chronyc: '506 Cannot talk to daemon\n' }, null],
    ['nothing is installed', {}, null],
  ])('%s', async (_, machine, answer) => {
    expect(await answerOf(machine)).toBe(answer);
  });

  it('the machine is asked in this order, with these words', async () => {
    const { clock, asked, tools } = aMachine();
    const timeSync = startSystemTimeSync(clock, tools);
    await clock.advanceSlowly(0);
    timeSync.stop();
    expect(asked).toEqual(['timedatectl show --property=NTPSynchronized --value', timesyncFile, 'chronyc -n tracking']);
  });

  it('it is asked again every minute, and a lost server is known a minute later', async () => {
    const { clock, asked, tools, machine } = aMachine({ timedatectl: 'yes\n' });
    const timeSync = startSystemTimeSync(clock, tools);
    await clock.advanceSlowly(0);
    expect(clock.nextTimerMs()).toBe(minuteMs);
    machine.timedatectl = 'no\n';
    await clock.advanceSlowly(minuteMs - 1);
    expect(timeSync.synchronised()).toBe(true);
    await clock.advanceSlowly(1);
    expect(timeSync.synchronised()).toBe(false);
    await clock.advanceSlowly(10 * minuteMs);
    expect(asked).toHaveLength(12);
    timeSync.stop();
  });

  it('a program that hangs is stopped after five seconds, and the next one is asked', async () => {
    const { clock, tools } = aMachine({ chronyc: tracking('Normal') });
    const stopped: string[] = [];
    const hangs: TimeSyncTools['run'] = (program, args, signal) =>
      program === 'chronyc'
        ? tools.run(program, args, signal)
        : new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              stopped.push(program);
              resolve(null);
            });
          });
    const timeSync = startSystemTimeSync(clock, { ...tools, run: hangs });
    await clock.advanceSlowly(5 * secondMs - 1);
    expect([stopped, timeSync.synchronised()]).toEqual([[], null]);
    await clock.advanceSlowly(1);
    expect([stopped, timeSync.synchronised()]).toEqual([['timedatectl'], true]);
    timeSync.stop();
  });

  it('what breaks while asking is "does not say", and the machine is asked again', async () => {
    const { clock, tools, machine } = aMachine({ timedatectl: 'yes\n' });
    let broken = true;
    const run: TimeSyncTools['run'] = (...call) => (broken ? Promise.reject(new Error('out of memory')) : tools.run(...call));
    const timeSync = startSystemTimeSync(clock, { ...tools, run });
    await clock.advanceSlowly(0);
    expect(timeSync.synchronised()).toBeNull();
    broken = false;
    await clock.advanceSlowly(minuteMs);
    expect(timeSync.synchronised()).toBe(true);
    machine.timedatectl = 'no\n';
    broken = true;
    await clock.advanceSlowly(minuteMs);
    expect(timeSync.synchronised()).toBeNull();
    timeSync.stop();
  });

  it('after the clock was set, an answer to an earlier question counts no longer', async () => {
    const clock = fakeClock();
    const answers: ((written: string) => void)[] = [];
    const run: TimeSyncTools['run'] = () => new Promise((resolve) => answers.push(resolve));
    const timeSync = startSystemTimeSync(clock, { run, writtenAt: async () => null });
    const answer = async (question: number, written: string) => {
      answers[question]?.(written);
      await clock.advanceSlowly(0);
    };
    await answer(0, 'yes\n');
    await clock.advanceSlowly(minuteMs);
    timeSync.askAgain();
    expect(timeSync.synchronised()).toBeNull();
    await answer(1, 'yes\n');
    expect(timeSync.synchronised()).toBeNull();
    await answer(2, 'no\n');
    expect(timeSync.synchronised()).toBe(false);
    timeSync.askAgain();
    expect(timeSync.synchronised()).toBe(false);
    await answer(3, 'yes\n');
    expect(timeSync.synchronised()).toBe(true);
    await clock.advanceSlowly(minuteMs - 1);
    expect(answers).toHaveLength(4);
    await clock.advanceSlowly(1);
    expect(answers).toHaveLength(5);
    timeSync.stop();
  });

  it('a program that still runs when it is stopped ends with it', () => {
    const signals: AbortSignal[] = [];
    const run: TimeSyncTools['run'] = (_program, _args, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    };
    const timeSync = startSystemTimeSync(fakeClock(), { run, writtenAt: async () => null });
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    timeSync.stop();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('nothing is asked after it was stopped, whatever stood open', async () => {
    for (const waitMs of [0, 1]) {
      const { clock, asked, tools } = aMachine(waitMs === 0 ? {} : { timedatectl: 'yes\n' });
      const timeSync = startSystemTimeSync(clock, tools);
      if (waitMs > 0) await clock.advanceSlowly(waitMs);
      timeSync.stop();
      await clock.advanceSlowly(0);
      expect(clock.nextTimerMs()).toBeNull();
      timeSync.askAgain();
      await clock.advanceSlowly(10 * minuteMs);
      expect(asked.filter((program) => program !== timesyncFile)).toHaveLength(1);
    }
  });
});

describe('this machine', () => {
  const never = new AbortController().signal;
  afterEach(() => vi.unstubAllEnvs());

  /** Resolves when the first question is answered: the next one is then set for a minute later. */
  async function firstAnswer(): Promise<boolean | null> {
    let answered = () => {};
    const done = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const clock: Clock = {
      ...systemClock,
      after(delayMs, run) {
        if (delayMs === askEveryMs) answered();
        return systemClock.after(delayMs, run);
      },
    };
    const timeSync = startSystemTimeSync(clock);
    await done;
    timeSync.stop();
    return timeSync.synchronised();
  }

  it('says something or nothing, and nothing fails', async () => {
    expect([true, false, null]).toContain(await firstAnswer());
  });

  it('its programs are found and their word is taken', async () => {
    const folder = temporaryFolder();
    const program = join(folder, 'timedatectl');
    writeFileSync(program, '#!/bin/sh\n[ "$*" = "show --property=NTPSynchronized --value" ] && echo yes\n');
    chmodSync(program, 0o755);
    vi.stubEnv('PATH', [folder, process.env['PATH']].join(delimiter));
    expect(await firstAnswer()).toBe(true);
  });

  it('a program that is missing or fails has written nothing', async () => {
    expect(await machineTools.run('no-such-program-anywhere', [], never)).toBeNull();
    expect(await machineTools.run('sh', ['-c', 'echo yes; exit 1'], never)).toBeNull();
    expect(await machineTools.run('sh', ['-c', 'echo yes'], never)).toBe('yes\n');
  });

  it('a program that will not end is ended', async () => {
    const pidFile = join(temporaryFolder(), 'pid');
    const stop = new AbortController();
    let ended = false;
    const script = `trap "" TERM; echo $$ > ${pidFile}; sleep 5; :`;
    const running = machineTools.run('sh', ['-c', script], stop.signal).finally(() => {
      ended = true;
    });
    await until('the program runs', () => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n'));
    stop.abort();
    await until('nobody waits for what it started', () => ended, 2000);
    expect(await running).toBeNull();
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await until('the program ended', () => !existsSync(`/proc/${pid}`), 3000);
  });

  it('the age of a file is read, and a missing one has none', async () => {
    const file = join(temporaryFolder(), 'synchronized');
    expect(await machineTools.writtenAt(file)).toBeNull();
    writeFileSync(file, '');
    utimesSync(file, 1_750_000_000, 1_750_000_000);
    expect(await machineTools.writtenAt(file)).toBe(1_750_000_000_000);
  });
});

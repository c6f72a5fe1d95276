import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { hourMs, type Instant, minuteMs, secondMs } from '../../domain/schedule/instant.ts';
import type { Clock } from '../../ports/clock.ts';
import type { TimeSync } from '../../ports/time-sync.ts';

/** How the machine is asked. */
export interface TimeSyncTools {
  /** What a program wrote; null when it is missing, failed, or was stopped by `signal`. */
  run(program: string, args: string[], signal: AbortSignal): Promise<string | null>;
  /** When a file was last written; null when there is none. */
  writtenAt(path: string): Promise<Instant | null>;
}

export const askEveryMs = minuteMs;
export const answerWithinMs = 5 * secondMs;

/** Touched by systemd-timesyncd at each synchronisation (systemd-timesyncd.service(8)). */
export const timesyncFile = '/run/systemd/timesync/synchronized';

/**
 * systemd-timesyncd asks its server at least every 34 minutes (2048 s, timesyncd.conf(5), PollIntervalMaxSec): one may fail.
 *
 * QUIRK: the file stays when the server is lost, so only a young one speaks for the clock. On a clock that was set back by
 * less than the file's age it looks young too; it does so for this time at most.
 */
export const timesyncFileSpeaksForMs = hourMs;

/**
 * Asks the machine now and every minute, in the background, whether a time server keeps its clock right. Of timedatectl,
 * systemd-timesyncd's file and chrony the first that answers is believed. A machine that has none of them does not say.
 */
export function startSystemTimeSync(clock: Clock, tools: TimeSyncTools = machineTools): TimeSync & { stop(): void } {
  let said: boolean | null = null;
  let asking = new AbortController();
  let callOffNext = () => {};
  let stopped = false;

  async function ask(): Promise<void> {
    asking.abort();
    callOffNext();
    if (stopped) return;
    asking = new AbortController();
    const { signal } = asking;
    // Nothing hangs on one question: what went wrong is "does not say", and the next question follows.
    const answer = await askMachine(tools, clock, signal).catch(() => null);
    if (signal.aborted) return;
    said = answer;
    callOffNext = clock.after(askEveryMs, () => void ask());
  }

  void ask();
  return {
    synchronised: () => said,
    askAgain() {
      if (said === true) said = null;
      void ask();
    },
    stop() {
      stopped = true;
      asking.abort();
      callOffNext();
    },
  };
}

type Asked = (program: string, ...args: string[]) => Promise<string | null>;

async function askMachine(tools: TimeSyncTools, clock: Clock, stopped: AbortSignal): Promise<boolean | null> {
  const asked: Asked = async (program, ...args) => {
    if (stopped.aborted) return null;
    const tooLate = new AbortController();
    const callOff = clock.after(answerWithinMs, () => tooLate.abort());
    try {
      return await tools.run(program, args, AbortSignal.any([stopped, tooLate.signal]));
    } finally {
      callOff();
    }
  };
  return (await askTimedatectl(asked)) ?? (await lookAtTimesync(tools, clock)) ?? (await askChrony(asked));
}

/** QUIRK: systemd says `yes` until the kernel's error bound has grown to 16 s at 500 ppm: for nine hours after the last contact, but not after somebody set the clock by hand. */
async function askTimedatectl(asked: Asked): Promise<boolean | null> {
  const answer = (await asked('timedatectl', 'show', '--property=NTPSynchronized', '--value'))?.trim();
  return answer === 'yes' ? true : answer === 'no' ? false : null;
}

async function lookAtTimesync(tools: TimeSyncTools, clock: Clock): Promise<boolean | null> {
  const writtenAt = await tools.writtenAt(timesyncFile);
  if (writtenAt === null) return null;
  const ageMs = clock.now() - writtenAt;
  return ageMs >= 0 && ageMs <= timesyncFileSpeaksForMs;
}

/** chronyc(1), `tracking`. Reference 7F7F0101 is chrony's own `local` mode: it serves the machine's clock and follows nobody. */
async function askChrony(asked: Asked): Promise<boolean | null> {
  const answer = await asked('chronyc', '-n', 'tracking');
  if (answer === null) return null;
  const leap = /^Leap status\s*:\s*(.+?)\s*$/m.exec(answer)?.[1];
  if (leap === undefined) return null;
  return leap !== 'Not synchronised' && !/^Reference ID\s*:\s*7F7F0101\b/m.test(answer);
}

/** The tools of the machine itself. */
export const machineTools: TimeSyncTools = {
  run(program, args, signal) {
    return new Promise((resolve) => {
      const child = execFile(program, args, (error, written) => resolve(error ? null : written));
      // QUIRK: Node's own `signal` option asks politely (SIGTERM), whatever `killSignal` says (Node 20).
      signal.addEventListener('abort', () => {
        child.kill('SIGKILL');
        resolve(null);
      });
    });
  },
  async writtenAt(path) {
    const file = await stat(path).catch(() => null);
    return file === null ? null : file.mtimeMs;
  },
};

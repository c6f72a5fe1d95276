import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../src/lib/hex.ts';
import { setOsdpKey } from '../../src/wiring/set-osdp-key.ts';
import { clubKey } from '../kit/bus-on-fakes.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { attachOsdpPeripheral } from '../kit/osdp-peripheral.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

/** A reader on an installer's table, and somebody who gives it a key. */
function table(wished: Parameters<typeof attachOsdpPeripheral>[1] = {}, watch: (said: string) => void = () => {}) {
  const clock = fakeClock();
  const line = createFakeLine('/dev/ttyUSB0');
  const peripheral = attachOsdpPeripheral(line.far, { clock, installMode: true, ...wished });
  const keyFile = join(temporaryFolder(), 'door.key');
  const words: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const progress = (said: string) => {
    words.push(said);
    watch(said);
  };
  const run = () => {
    const setting = {
      line,
      baudRate: 9600,
      address: 0,
      keyFile,
      minutes: 5,
      clock,
      progress,
      stopped,
    };
    return setOsdpKey(setting).then(
      () => 'done',
      (error: unknown) => error,
    );
  };
  return { clock, line, peripheral, keyFile, words, run, stop };
}

describe('a reader gets a key of its own', () => {
  it('the key is in a file for its owner alone, the reader has it and proves it, and nobody is shown it', async () => {
    const { clock, peripheral, keyFile, words, run, line } = table();
    const done = run();
    await clock.advanceSlowly(10_000);
    expect(await done).toBe('done');
    const key = readFileSync(keyFile, 'utf8').trim();
    expect(key).toMatch(/^[0-9A-F]{32}$/);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(peripheral.scbk && toHex(peripheral.scbk)).toBe(key);
    expect(words.join('\n')).not.toContain(key);
    expect(peripheral.commands.filter(({ id }) => id === 0x75).map(({ isSecured }) => isSecured)).toEqual([true]);
    expect(peripheral.commands.filter(({ id }) => id === 0x76)).toHaveLength(2);
    expect(peripheral.violations).toEqual([]);
    // The line is free again.
    await (await line.open({ bytes() {}, closed() {} })).close();
  });

  it('every run makes another key', async () => {
    const [one, other] = [table(), table()];
    for (const each of [one, other]) {
      const done = each.run();
      await each.clock.advanceSlowly(10_000);
      expect(await done).toBe('done');
    }
    expect(readFileSync(one.keyFile, 'utf8')).not.toBe(readFileSync(other.keyFile, 'utf8'));
  });

  it('a file that is there is never written over, and the reader is not spoken to', async () => {
    const { run, keyFile, peripheral } = table();
    writeFileSync(keyFile, 'precious');
    expect(await run()).toMatchObject({ code: 'bad_input', message: expect.stringContaining('is there already') as string });
    expect(readFileSync(keyFile, 'utf8')).toBe('precious');
    expect(peripheral.commands).toEqual([]);
  });

  it('a port that the gateway holds is said at once', async () => {
    const { run, line, keyFile } = table();
    await line.open({ bytes() {}, closed() {} });
    expect(await run()).toMatchObject({ code: 'in_use', message: expect.stringContaining('another program holds') as string });
    expect(existsSync(keyFile)).toBe(false);
  });

  it('one that has a key already is told so; after five minutes all is as it was', async () => {
    const { clock, run, keyFile, words, peripheral } = table({ installMode: false, scbk: clubKey });
    const done = run();
    await clock.advanceSlowly(299_000);
    expect(existsSync(keyFile)).toBe(false);
    await clock.advanceSlowly(2_000);
    expect(await done).toMatchObject({ code: 'no_answer', message: expect.stringContaining('no key was set') as string });
    expect(words.join('\n')).toMatch(/secure channel|key of its own/);
    expect(existsSync(keyFile)).toBe(false);
    expect(peripheral.scbk).toEqual(clubKey);
    const heard = peripheral.commands.length;
    await clock.advanceSlowly(60_000);
    expect(peripheral.commands).toHaveLength(heard);
  });

  it('one that is put into its install mode in time is found', async () => {
    const { clock, run, peripheral } = table({ installMode: false });
    const done = run();
    await clock.advanceSlowly(60_000);
    peripheral.setInstallMode(true);
    await clock.advanceSlowly(20_000);
    expect(await done).toBe('done');
  });

  it('one that refuses the key keeps its old one, and no file is left', async () => {
    const { clock, run, keyFile, peripheral } = table({}, (said) => {
      if (said.startsWith('found it')) peripheral.nakNext(3);
    });
    const done = run();
    await clock.advanceSlowly(10_000);
    expect(await done).toMatchObject({ code: 'refused', message: expect.stringContaining('nothing was changed') as string });
    expect(existsSync(keyFile)).toBe(false);
    expect(peripheral.scbk).toBeNull();
  });

  it('when its confirmation is lost the new key is tried, and the file is kept whatever comes of it', async () => {
    const { clock, run, keyFile, words, peripheral } = table();
    const done = run();
    while (!words.some((line) => line.includes('is being told to it'))) await clock.advanceSlowly(1);
    peripheral.setSilent(true);
    await clock.advanceSlowly(30_000);
    expect(await done).toMatchObject({ code: 'no_answer', message: expect.stringContaining('keep the file') as string });
    expect(readFileSync(keyFile, 'utf8')).toMatch(/^[0-9A-F]{32}\n$/);
  });

  it('whoever watches may end it', async () => {
    const { clock, run, stop, keyFile } = table({ installMode: false });
    const done = run();
    await clock.advanceSlowly(1_000);
    stop();
    await clock.advanceSlowly(0);
    expect(await done).toMatchObject({ code: 'no_answer' });
    expect(existsSync(keyFile)).toBe(false);
  });
});

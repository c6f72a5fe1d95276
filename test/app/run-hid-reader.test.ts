import { beforeEach, describe, expect, it } from 'vitest';
import hidKeyboard from '../../devices/readers/hid-keyboard.ts';
import hidPos from '../../devices/readers/hid-pos.ts';
import { runStreamReader } from '../../src/app/run-reader.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import { framed } from '../../src/lib/framed.ts';
import type { HidReader } from '../../src/ports/device.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { createFakeLine, type FakeLine } from '../kit/fake-line.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { typed } from '../kit/key-reports.ts';

describe('a scanner on USB', () => {
  let clock: FakeClock;
  let line: FakeLine;
  let reads: string[];
  let health: ReturnType<typeof createHealth>;

  beforeEach(() => {
    clock = fakeClock();
    line = createFakeLine();
    reads = [];
    health = createHealth({ clock, log: fakeLog() });
  });

  async function run(profile: HidReader, settings: Record<string, unknown> = {}) {
    runStreamReader(profile, profile.settings.parse(settings), line, {
      id: 'entrance',
      clock,
      health: health.register({ id: 'reader entrance', product: profile.name, where: line.name }),
      log: fakeLog(),
      read({ value }) {
        reads.push(value);
        return 'granted';
      },
      keys: () => null,
      frameComes() {},
    });
    await clock.advanceSlowly(0);
  }

  function type(text: string): void {
    for (const report of typed(text)) {
      line.far.write(framed(report));
      clock.advance(4);
    }
  }

  it('a code that ends with Enter is read at once', async () => {
    await run(hidKeyboard);
    type('0042\n');
    expect(reads).toEqual(['0042']);
    clock.advance(5_000);
    expect(reads).toEqual(['0042']);
  });

  it('a code that ends in silence is read once, a moment later', async () => {
    await run(hidKeyboard);
    type('0042');
    expect(reads).toEqual([]);
    clock.advance(150);
    expect(reads).toEqual(['0042']);
    clock.advance(5_000);
    expect(reads).toEqual(['0042']);
    type('0043');
    clock.advance(150);
    expect(reads).toEqual(['0042', '0043']);
  });

  it('half a code is not taken for one while the rest of it waits for a busy computer', async () => {
    await run(hidKeyboard);
    type('0042');
    clock.advance(105);
    type('17\n');
    expect(reads).toEqual(['004217']);
  });

  it('half a code of a scanner that was unplugged is no code', async () => {
    await run(hidKeyboard);
    type('0042');
    line.far.unplug();
    line.far.plug();
    await clock.advanceSlowly(10_000);
    expect(reads).toEqual([]);
  });

  it('a long code that is typed is not taken for noise', async () => {
    await run(hidKeyboard);
    type('A'.repeat(256));
    expect(health.get('reader entrance')).toMatchObject({ state: 'up' });
  });

  it('the first report of a code whose second never comes is forgotten', async () => {
    await run(hidPos);
    const report = Buffer.alloc(64);
    report.set([2, 4, 0x5d, 0x51, 0x31, 0x30, 0x30, 0x34, 0x32]);
    const continued = Buffer.from(report);
    continued[63] = 1;
    line.far.write(framed(continued));
    clock.advance(600);
    line.far.write(framed(report));
    expect(reads).toEqual(['0042']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import rdm6300 from '../../devices/readers/rdm6300.ts';
import { runStreamReader } from '../../src/app/run-reader.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { annasCard, piotrsCard } from '../kit/running-gateway.ts';

describe('a card reader on a line', () => {
  let clock: FakeClock;
  let line: ReturnType<typeof createFakeLine>;
  let reads: string[];
  let comes: number;
  let health: ReturnType<typeof createHealth>;

  beforeEach(async () => {
    clock = fakeClock();
    line = createFakeLine();
    reads = [];
    comes = 0;
    health = createHealth({ clock, log: fakeLog() });
    const device = health.register({ id: 'reader entrance', product: 'RDM6300', where: line.name });
    runStreamReader(rdm6300, { number: 'full' }, line, {
      id: 'entrance',
      clock,
      health: device,
      log: fakeLog(),
      read({ value }) {
        reads.push(value);
        return 'granted';
      },
      frameComes: () => (comes += 1),
    });
    await clock.advanceSlowly(0);
  });

  it('a card that lies on it is presented once, and again after it was taken away', () => {
    for (let repeat = 0; repeat < 20; repeat += 1) {
      line.far.write(annasCard.frame);
      clock.advance(65);
    }
    expect(reads).toEqual([annasCard.id]);
    clock.advance(400);
    line.far.write(annasCard.frame);
    expect(reads).toEqual([annasCard.id, annasCard.id]);
  });

  it('two cards in turn are two cards', () => {
    line.far.write(Buffer.concat([annasCard.frame, piotrsCard.frame, annasCard.frame]));
    expect(reads).toEqual([annasCard.id, piotrsCard.id, annasCard.id]);
  });

  it('half a frame from before an unplugging is not glued to what comes after', async () => {
    line.far.write(annasCard.frame.subarray(0, 7));
    line.far.unplug();
    line.far.plug();
    await clock.advanceSlowly(10_000);
    line.far.write(annasCard.frame.subarray(7));
    line.far.write(piotrsCard.frame);
    expect(reads).toEqual([piotrsCard.id]);
  });

  it('a frame that stays unfinished is forgotten', () => {
    line.far.write(annasCard.frame.subarray(0, 7));
    clock.advance(5_000);
    line.far.write(annasCard.frame.subarray(7));
    expect(reads).toEqual([]);
  });

  it('while a frame is on its way the gate is told now and then, and not when it is there', () => {
    for (const byte of annasCard.frame) {
      line.far.write(Uint8Array.of(byte));
      clock.advance(1);
    }
    expect(comes).toBeGreaterThanOrEqual(2);
    expect(comes).toBeLessThanOrEqual(4);
    const before = comes;
    clock.advance(1_000);
    line.far.write(piotrsCard.frame);
    expect(comes).toBe(before);
  });

  it('its health says why it is away, and that it came back', async () => {
    expect(health.get('reader entrance')).toMatchObject({ state: 'up' });
    line.far.unplug();
    expect(health.get('reader entrance')).toMatchObject({ state: 'down' });
    line.far.plug();
    await clock.advanceSlowly(10_000);
    expect(health.get('reader entrance')).toMatchObject({ state: 'up' });
  });
});

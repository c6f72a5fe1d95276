import { beforeEach, describe, expect, it } from 'vitest';
import rdm6300 from '../../devices/readers/rdm6300.ts';
import { runStreamReader } from '../../src/app/run-reader.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { type FakeLog, fakeLog } from '../kit/fake-log.ts';
import { annasCard, piotrsCard } from '../kit/running-gateway.ts';

describe('a card reader on a line', () => {
  let clock: FakeClock;
  let line: ReturnType<typeof createFakeLine>;
  let reads: string[];
  let comes: number;
  let health: ReturnType<typeof createHealth>;
  let log: FakeLog;

  beforeEach(async () => {
    clock = fakeClock();
    line = createFakeLine();
    reads = [];
    comes = 0;
    log = fakeLog();
    health = createHealth({ clock, log: fakeLog() });
    const device = health.register({ id: 'reader entrance', product: 'RDM6300', where: line.name });
    runStreamReader(rdm6300, { number: 'full' }, line, {
      id: 'entrance',
      clock,
      health: device,
      log,
      read({ value }) {
        reads.push(value);
        return 'granted';
      },
      keys: () => null,
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

  it('its health says when it sends what means nothing, until it is understood again', () => {
    for (let chunk = 0; chunk < 20; chunk += 1) line.far.write(new Uint8Array(100).fill(0x55));
    expect(health.get('reader entrance')).toMatchObject({
      state: 'down',
      why: 'it sends what means nothing to `rdm6300`: check the product, its speed and the wiring',
    });
    line.far.write(annasCard.frame);
    expect(health.get('reader entrance')).toMatchObject({ state: 'up', why: 'connected' });
  });

  it('a flood of cards is cut to what people could tap, and the log says so once', () => {
    for (let turn = 0; turn < 500; turn += 1) {
      line.far.write(Buffer.concat([annasCard.frame, piotrsCard.frame]));
      clock.advance(1);
    }
    expect(reads).toHaveLength(100);
    expect(log.lines.filter(({ message }) => message.includes('more cards than people can hold'))).toHaveLength(1);
    clock.advance(2_000);
    line.far.write(annasCard.frame);
    expect(reads).toHaveLength(101);
  });
});

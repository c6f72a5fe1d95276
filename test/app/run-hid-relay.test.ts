import { beforeEach, describe, expect, it } from 'vitest';
import dcttech from '../../devices/relays/dcttech.ts';
import ucreatefun from '../../devices/relays/ucreatefun.ts';
import { runHidRelay } from '../../src/app/run-hid-relay.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { HidRelay } from '../../src/ports/device.ts';
import type { Relay } from '../../src/ports/relay.ts';
import { isFailure } from '../contract/line-transport.ts';
import { type FakeClock, fakeClock } from '../kit/fake-clock.ts';
import { createFakeHid, type FakeHid } from '../kit/fake-hid.ts';
import { type FakeLog, fakeLog } from '../kit/fake-log.ts';

const on = '00FF01000000000000';
const off = '00FD01000000000000';
const serial = [0x36, 0x51, 0x4d, 0x42, 0x53];

describe('a USB HID relay at a gate', () => {
  let clock: FakeClock;
  let board: FakeHid;
  let health: ReturnType<typeof createHealth>;
  let log: FakeLog;
  let relay: Relay;

  /** The board's relay 1 does what it was told last. */
  const obeys = () => Uint8Array.of(...serial, 0, 0, board.far.written.at(-1) === on ? 1 : 0);
  const says = (states: number) => () => Uint8Array.of(...serial, 0, 0, states);
  /** The board takes its time for the next answer, until the returned function gives it. */
  function slowAnswer(): (states: number) => void {
    let give: (report: Uint8Array) => void = () => {};
    board.far.feature = () => {
      board.far.feature = obeys;
      return new Promise((resolve) => (give = resolve));
    };
    return (states) => give(says(states)());
  }
  const state = () => health.get('relay main-in');

  async function run(profile: HidRelay) {
    const device = health.register({ id: 'relay main-in', product: profile.name, where: board.name });
    relay = runHidRelay(profile, { channel: 1 }, board, { id: 'main-in', pulseMs: 500, clock, health: device, log });
    await clock.advanceSlowly(0);
  }

  beforeEach(async () => {
    clock = fakeClock();
    board = createFakeHid();
    board.far.feature = obeys;
    log = fakeLog();
    health = createHealth({ clock, log: fakeLog() });
    await run(dcttech);
  });

  it('lets go before anything else when it is found, and again when it was plugged in anew', async () => {
    expect(board.far.written).toEqual([off]);
    board.far.unplug();
    board.far.plug();
    await clock.advanceSlowly(10_000);
    expect(board.far.written).toEqual([off, off]);
  });

  it('closes its contact for the pulse, says that it did, and lets go', async () => {
    await expect(relay.pulse('in')).resolves.toBe('told');
    await clock.advanceSlowly(499);
    expect(board.far.written).toEqual([off, on]);
    await clock.advanceSlowly(1);
    expect(board.far.written).toEqual([off, on, off]);
    await clock.advanceSlowly(60_000);
    expect(board.far.written).toEqual([off, on, off]);
  });

  it('two people after one another get one pulse as long as the second needs', async () => {
    await relay.pulse('in');
    await clock.advanceSlowly(300);
    await relay.pulse('in');
    await clock.advanceSlowly(499);
    expect(board.far.written).toEqual([off, on, on]);
    await clock.advanceSlowly(1);
    expect(board.far.written).toEqual([off, on, on, off]);
  });

  it('a board that says that its contact did not close has failed, and is told to let go at once', async () => {
    board.far.feature = says(0);
    await expect(relay.pulse('in')).rejects.toSatisfy(isFailure('refused'));
    await clock.advanceSlowly(0);
    expect(board.far.written).toEqual([off, on, off]);
    await clock.advanceSlowly(60_000);
    expect(board.far.written).toEqual([off, on, off]);
  });

  it('another relay of the same board is not taken for this one', async () => {
    board.far.feature = says(0b1111_1110);
    await expect(relay.pulse('in')).rejects.toSatisfy(isFailure('refused'));
  });

  it('a board that does not say whether it closed may have opened: it is told off as ever, and never on again', async () => {
    board.far.feature = () => null;
    await expect(relay.pulse('in')).resolves.toBe('unknown');
    await clock.advanceSlowly(60_000);
    expect(board.far.written).toEqual([off, on, off]);
    expect(log.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('unknown') }]);
  });

  it('a contact that does not open again is told to everybody, until it does', async () => {
    board.far.feature = says(1);
    await relay.pulse('in');
    await clock.advanceSlowly(500);
    expect(state()).toMatchObject({ state: 'down', why: expect.stringContaining('may stand open') });
    expect(log.lines).toMatchObject([{ level: 'error' }]);
    board.far.feature = obeys;
    await relay.pulse('in');
    await clock.advanceSlowly(500);
    expect(state()).toMatchObject({ state: 'up' });
  });

  it('unplugged in the middle of a pulse, it is told to let go as soon as it is back', async () => {
    await relay.pulse('in');
    board.far.unplug();
    await clock.advanceSlowly(2_000);
    expect(board.far.written).toEqual([off, on]);
    await expect(relay.pulse('in')).rejects.toSatisfy(isFailure('absent'));
    board.far.plug();
    await clock.advanceSlowly(10_000);
    expect(board.far.written).toEqual([off, on, off]);
  });

  it('a board that does not take "open" has failed, nothing is sent later, and it is told to let go when it takes words again', async () => {
    board.far.takes = false;
    await expect(relay.pulse('in')).rejects.toSatisfy(isFailure('absent'));
    expect(state()).toMatchObject({ state: 'down' });
    board.far.takes = true;
    await clock.advanceSlowly(10_000);
    expect(board.far.written).toEqual([off, on, off]);
    expect(state()).toMatchObject({ state: 'up' });
  });

  it('a board that refuses "open" and stays there is told to let go at once: it may have closed its contact all the same', async () => {
    board.far.refuses = [on];
    await expect(relay.pulse('in')).rejects.toSatisfy(isFailure('absent'));
    await clock.advanceSlowly(0);
    expect(board.far.written).toEqual([off, on, off]);
  });

  it('a contact that is closed again for the next person is not taken for one that did not open', async () => {
    await relay.pulse('in');
    const answered = slowAnswer();
    await clock.advanceSlowly(500);
    await relay.pulse('in');
    answered(1);
    await clock.advanceSlowly(100);
    expect(state()).toMatchObject({ state: 'up' });
    expect(log.lines).toEqual([]);
  });

  it('an answer that comes when the pulse is over says nothing of it', async () => {
    const answered = slowAnswer();
    const pulse = relay.pulse('in');
    await clock.advanceSlowly(500);
    answered(0);
    await expect(pulse).resolves.toBe('unknown');
    expect(board.far.written).toEqual([off, on, off]);
  });

  it('lets go when the gateway stops, in the middle of a pulse too, and only once', async () => {
    await relay.pulse('in');
    await relay.stop();
    expect(board.far.written).toEqual([off, on, off]);
    await clock.advanceSlowly(60_000);
    expect(board.far.written).toEqual([off, on, off]);
  });

  it('a stop says loudly that a relay could not be told to let go', async () => {
    await relay.pulse('in');
    board.far.takes = false;
    await relay.stop();
    expect(log.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('may stay closed') }]);
  });

  it('a board that tells nothing is told and believed', async () => {
    board = createFakeHid();
    await run(ucreatefun);
    await expect(relay.pulse('in')).resolves.toBe('told');
    await clock.advanceSlowly(500);
    expect(board.far.written).toEqual(['000100000000000000', '00F100000000000000', '000100000000000000']);
  });
});

import { describe, expect, it } from 'vitest';
import kmtronic from '../../devices/relays/kmtronic.ts';
import lcus from '../../devices/relays/lcus.ts';
import modbus from '../../devices/relays/modbus-relay.ts';
import numato from '../../devices/relays/numato.ts';
import { runLineBoard } from '../../src/app/run-line-board.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { LineRelay } from '../../src/ports/device.ts';
import { fakeClock } from '../kit/fake-clock.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { kmtronicBoard, modbusBoard, numatoBoard, type RelayBoard } from '../kit/relay-boards.ts';

type Wire = Parameters<typeof modbusBoard>[0];

/** Gates on one board in memory; each with settings of its own. */
async function atWork(
  profile: LineRelay,
  makeBoard: (wire: Wire) => RelayBoard,
  settings: Record<string, unknown>[] = [{}],
  pulseMs = 500,
) {
  const clock = fakeClock();
  const line = createFakeLine();
  const log = fakeLog();
  const board = makeBoard({ clock, say: (bytes) => line.far.write(bytes) });
  line.far.onBytes((bytes) => board.hear(bytes));
  const health = createHealth({ clock, log });
  const inputs: string[] = [];
  const running = runLineBoard(profile, line, { clock, log });
  const relays = settings.map((one, index) => {
    const id = `gate-${index}`;
    const parts = { id, pulseMs, clock, log, health: health.register({ id, product: profile.name, where: line.name }) };
    return running.relay(profile.settings.parse(one), parts, {
      passage() {},
      input: (input, closed) => void inputs.push(`${id} ${input} ${closed ? 'closed' : 'open'}`),
      inputsLost: () => void inputs.push(`${id} lost`),
    });
  });
  const [relay] = relays;
  if (relay === undefined) throw new Error('no gate');
  await clock.advanceSlowly(1_000);
  /** What became of a pulse, with as much time as it may take. */
  const pulse = async (which = relay) => {
    const outcome = which.pulse('in').catch((error: { code: string; message: string }) => `${error.code}: ${error.message}`);
    for (let step = 0; step < 30; step++) await clock.advanceSlowly(50);
    return await outcome;
  };
  return { clock, line, log, board, health, inputs, relay, relays, pulse };
}

const opens = (board: RelayBoard) => board.heard.filter((said) => /^(on|flash|relay on)/.test(said));

describe.each([
  ['an LCUS board', lcus, null, {}],
  ['a Modbus board timed by the gateway', modbus, modbusBoard, {}],
  ['a Modbus board that times its pulse', modbus, modbusBoard, { timing: 'board' }],
  ['a Numato module', numato, numatoBoard, {}],
  ['a KMTronic board with one relay', kmtronic, kmtronicBoard, {}],
  ['a KMTronic board with four', kmtronic, (wire: Wire) => kmtronicBoard(wire, { channels: 4 }), { channels: 4, channel: 2 }],
] as [string, LineRelay, ((wire: Wire) => RelayBoard) | null, Record<string, unknown>][])(
  '%s',
  (_, profile, makeBoard, settings) => {
    /** A board that only listens. */
    const listener = (wire: Wire): RelayBoard => {
      const board = modbusBoard(wire);
      board.hear = (bytes) => board.heard.push(Buffer.from(bytes).toString('hex'));
      return board;
    };
    const setUp = () => atWork(profile, makeBoard ?? listener, [settings]);

    it('is told to let go before anything else, and at the stop', async () => {
      const { board, relay } = await setUp();
      const off = makeBoard === null ? Buffer.from(profile.off(profile.settings.parse(settings))).toString('hex') : 'off';
      expect(board.heard.filter((said) => !said.includes('read'))[0]).toContain(off);
      board.heard.length = 0;
      await relay.stop();
      expect(board.heard).toEqual([expect.stringContaining(off)]);
    });

    if (makeBoard === null) return;

    it('opens once for as long as it is told', async () => {
      const { board, pulse, health } = await setUp();
      expect(await pulse()).toBe('told');
      const channel = Number(settings['channel'] ?? 1) - 1;
      expect(board.changes).toEqual([`+${channel}`, `-${channel}`]);
      expect(opens(board)).toHaveLength(1);
      expect(health.get('gate-0')).toMatchObject({ state: 'up', why: 'it answers' });
    });

    it('is heard through garbage', async () => {
      const { board, pulse } = await setUp();
      board.faults.garbage = 'c37e55';
      expect(await pulse()).toBe('told');
      expect(opens(board)).toHaveLength(1);
    });

    it('a pulse of which nothing was heard may have opened, and is not told again', async () => {
      const { board, pulse, log, clock, health } = await setUp();
      board.faults.mute = true;
      expect(await pulse()).toBe('unknown');
      expect(log.lines).toContainEqual(
        expect.objectContaining({ level: 'error', message: expect.stringContaining('is unknown') }),
      );
      await clock.advanceSlowly(20_000);
      expect(opens(board)).toHaveLength(1);
      expect(board.closed).not.toContain(true);
      expect(health.get('gate-0')).toMatchObject({ state: 'down', why: expect.stringContaining('does not answer') });
    });

    it('half an answer is none', async () => {
      const { board, pulse } = await setUp();
      board.faults.cutAt = 2;
      expect(await pulse()).toBe('unknown');
      expect(opens(board)).toHaveLength(1);
    });

    it('known not to answer it is not told at all, until it answers again', async () => {
      const { board, pulse, clock, health } = await setUp();
      board.faults.dead = true;
      expect(await pulse()).toBe('unknown');
      expect(await pulse()).toMatch(/^no_answer: the relay of gate `gate-0` does not answer, and was not told/);
      board.faults.dead = false;
      await clock.advanceSlowly(3_000);
      expect(board.closed).not.toContain(true);
      expect(opens(board)).toEqual([]);
      expect(await pulse()).toBe('told');
      expect(health.get('gate-0')).toMatchObject({ state: 'up' });
    });

    it('an answer that comes late is credited to no later pulse', async () => {
      const { board, pulse, clock } = await setUp();
      for (const lateMs of [120, 200, 350, 700, 1_100]) {
        board.faults.lateMs = lateMs;
        await pulse();
        // From now on it obeys nothing, and only what it said earlier is still on its way.
        board.faults.dead = true;
        const opened = board.changes.filter((change) => change.startsWith('+')).length;
        expect(await pulse(), `${lateMs} ms late`).not.toBe('told');
        expect(board.changes.filter((change) => change.startsWith('+'))).toHaveLength(opened);
        board.faults.dead = false;
        board.faults.lateMs = 0;
        await clock.advanceSlowly(5_000);
        expect(await pulse()).toBe('told');
      }
    });

    it('plugged in again it is told to let go first, and what was asked before is not told', async () => {
      const { board, line, clock, relay, inputs } = await setUp();
      board.faults.mute = true;
      const under = relay.pulse('in');
      await clock.advanceSlowly(20);
      line.far.unplug();
      await expect(under).resolves.toBe('unknown');
      await expect(relay.pulse('in')).rejects.toMatchObject({ code: 'absent' });
      board.faults.mute = false;
      board.heard.length = 0;
      line.far.plug();
      await clock.advanceSlowly(2_000);
      expect(board.heard[0]).toMatch(/off/);
      expect(opens(board)).toEqual([]);
      expect(board.closed).not.toContain(true);
      expect(inputs).toContain('gate-0 lost');
    });
  },
);

describe('a relay that says no', () => {
  it('a contact that reads as open is a gate that did not open', async () => {
    for (const [profile, make] of [
      [modbus, modbusBoard],
      [numato, numatoBoard],
      [kmtronic, kmtronicBoard],
    ] as [LineRelay, (wire: Wire) => RelayBoard][]) {
      const { board, pulse, health } = await atWork(profile, make);
      board.faults.stuck = true;
      expect(await pulse()).toMatch(/^refused: the relay of gate `gate-0` would not open: its contact reads as open/);
      expect(opens(board)).toHaveLength(1);
      expect(health.get('gate-0')).toMatchObject({ state: 'down', why: expect.stringContaining('reads as open') });
      board.faults.stuck = false;
      expect(await pulse()).toBe('told');
      expect(health.get('gate-0')).toMatchObject({ state: 'up' });
    }
  });

  it('a board without a flash command says so, in words for the installer', async () => {
    const { pulse } = await atWork(modbus, (wire) => modbusBoard(wire, { flash: false }), [{ timing: 'board' }]);
    expect(await pulse()).toContain(
      'Modbus exception 2, it has no such address: correct `channel`, or, if the board knows no flash',
    );
  });

  it('a contact that stays closed is told to let go again, and staff are told', async () => {
    const { board, clock, relay, log, health } = await atWork(numato, numatoBoard);
    void relay.pulse('in');
    await clock.advanceSlowly(300);
    board.faults.stuck = true;
    board.heard.length = 0;
    await clock.advanceSlowly(2_000);
    expect(board.heard.filter((said) => said === 'relay off 0')).toHaveLength(3);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('stays closed') }),
    );
    expect(health.get('gate-0')).toMatchObject({ state: 'down', why: expect.stringContaining('stays closed') });
  });
});

describe('a flash whose answer was lost', () => {
  it('is followed by one look at the coil: closed, it was told', async () => {
    const { board, clock, relay } = await atWork(modbus, modbusBoard, [{ timing: 'board' }]);
    board.heard.length = 0;
    board.faults.mute = true;
    const outcome = relay.pulse('in');
    await clock.advanceSlowly(50);
    board.faults.mute = false;
    await clock.advanceSlowly(150);
    await expect(outcome).resolves.toBe('told');
    expect(board.heard.slice(0, 2)).toEqual(['flash 0 500 ms', 'read coils']);
    await clock.advanceSlowly(10_000);
    expect(opens(board)).toHaveLength(1);
  });

  it('an open coil proves nothing: the flash may be over', async () => {
    const { board, clock, relay } = await atWork(modbus, modbusBoard, [{ timing: 'board' }], 100);
    board.faults.mute = true;
    const outcome = relay.pulse('in');
    await clock.advanceSlowly(50);
    board.faults.mute = false;
    await clock.advanceSlowly(150);
    await expect(outcome).resolves.toBe('unknown');
    await clock.advanceSlowly(10_000);
    expect(opens(board)).toHaveLength(1);
  });
});

it('a contact is asked whether it closed before a short pulse ends', async () => {
  const { board, clock, relay } = await atWork(modbus, modbusBoard, [{}], 100);
  board.faults.mute = true;
  const outcome = relay.pulse('in').catch((error: Error) => error.message);
  await clock.advanceSlowly(50);
  board.faults.mute = false;
  await clock.advanceSlowly(500);
  await expect(outcome).resolves.toBe('told');
  expect(board.changes).toEqual(['+0', '-0']);
});

describe('inputs', () => {
  it('that wait to be asked let a pulse go first', async () => {
    const { board, clock, relay } = await atWork(numato, numatoBoard, [{ inputs: [0, 1, 2, 3] }]);
    board.faults.lateMs = 20;
    await clock.advanceSlowly(500);
    while (board.heard.at(-1) !== 'gpio read 0') await clock.advanceSlowly(1);
    board.heard.length = 0;
    void relay.pulse('in');
    await clock.advanceSlowly(300);
    expect(board.heard[0]).toBe('relay on 0');
  });

  it('are asked again and again, and a pulse does not wait for them', async () => {
    const { board, inputs, clock, relay } = await atWork(modbus, modbusBoard, [{ inputs: 2 }]);
    board.inputs[1] = true;
    inputs.length = 0;
    board.heard.length = 0;
    await clock.advanceSlowly(50);
    expect(inputs).toEqual(expect.arrayContaining(['gate-0 1 open', 'gate-0 2 closed']));
    const outcome = relay.pulse('in');
    await clock.advanceSlowly(10);
    await expect(outcome).resolves.toBe('told');
    const asked = board.heard.filter((said) => said === 'read inputs').length;
    await clock.advanceSlowly(1_000);
    expect(board.heard.filter((said) => said === 'read inputs').length - asked).toBeGreaterThan(18);
  });

  it('of a board that does not answer are lost, and told anew when it does', async () => {
    const { board, inputs, clock } = await atWork(numato, numatoBoard, [{ inputs: [0, 3] }]);
    board.faults.dead = true;
    inputs.length = 0;
    await clock.advanceSlowly(2_000);
    expect(inputs.at(-1)).toBe('gate-0 lost');
    board.faults.dead = false;
    board.inputs[3] = true;
    await clock.advanceSlowly(2_000);
    expect(inputs.slice(-2).sort()).toEqual(['gate-0 0 open', 'gate-0 3 closed']);
  });
});

describe('two gates on one board', () => {
  it('open each its own contact, one after the other', async () => {
    const { board, clock, relays } = await atWork(modbus, modbusBoard, [{ channel: 1 }, { channel: 2 }]);
    expect(board.heard.filter((said) => said.startsWith('off'))).toEqual(['off 0', 'off 1']);
    const outcomes = Promise.all(relays.map((relay) => relay.pulse('in')));
    await clock.advanceSlowly(100);
    await expect(outcomes).resolves.toEqual(['told', 'told']);
    expect(board.changes).toEqual(['+0', '+1']);
    await clock.advanceSlowly(1_000);
    expect(board.changes.sort()).toEqual(['+0', '+1', '-0', '-1']);
  });

  it('the line is let go with the last of them', async () => {
    const { board, line, clock, relays, pulse } = await atWork(modbus, modbusBoard, [{ channel: 1 }, { channel: 2 }]);
    await relays[0]?.stop();
    expect(await pulse(relays[1])).toBe('told');
    await relays[1]?.stop();
    expect(board.closed).not.toContain(true);
    await expect(line.open({ bytes() {}, closed() {} })).resolves.toBeDefined();
    await clock.advanceSlowly(20_000);
  });
});

describe('a line that is never quiet', () => {
  it('does not keep the contact closed, and nobody waiting for an answer', async () => {
    const { board, clock, line, relay } = await atWork(kmtronic, kmtronicBoard);
    const outcome = relay.pulse('in').catch((error: Error) => error.message);
    for (let step = 0; step < 60; step++) {
      line.far.write(Uint8Array.of(0x55));
      await clock.advanceSlowly(20);
    }
    await expect(outcome).resolves.toBe('told');
    expect(board.changes).toEqual(['+0', '-0']);
  });

  it('a pulse that waited too long is given up, unsent', async () => {
    const { board, clock, line, relay } = await atWork(kmtronic, kmtronicBoard);
    board.heard.length = 0;
    line.far.write(Uint8Array.of(0x55));
    const outcome = relay.pulse('in').catch((error: Error) => error.message);
    for (let step = 0; step < 60; step++) {
      line.far.write(Uint8Array.of(0x55));
      await clock.advanceSlowly(20);
    }
    await expect(outcome).resolves.toContain('not sent within 1000 ms');
    await clock.advanceSlowly(10_000);
    expect(opens(board)).toEqual([]);
  });
});

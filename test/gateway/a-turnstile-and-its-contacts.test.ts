import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { modbusBoard, type RelayBoard } from '../kit/relay-boards.ts';
import { annasCard, piotrsCard, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;
const piotr = { kind: 'rfid', value: piotrsCard.id } as const;

describeWith('python3', 'a PERCo turnstile on a Modbus board', () => {
  const [passIn, passOut, ready, fire] = [0, 1, 2, 3];

  /** Everything as it is while the turnstile has power and nobody is there: all four contacts are closed. */
  const powered = (board: RelayBoard) => board.inputs.fill(true, 0, 4);

  async function club(stand: (board: RelayBoard) => unknown = powered, twoSided = false) {
    const link = join(temporaryFolder(), 'board');
    let cable = await openPseudoTerminal({ link });
    const board = modbusBoard({ clock: systemClock, say: (bytes) => cable.write(bytes) });
    cable.onBytes((bytes) => board.hear(bytes));
    stand(board);
    const gateway = await runningGateway(
      {
        gates: {
          'main-in': {
            direction: 'both',
            passage: 'reported',
            passageTimeoutSeconds: 1.5,
            turnstile: { device: 'perco' },
            relay: { device: 'modbus-relay', serial: { path: link }, settings: { timing: 'board', inputs: 4 } },
            ...(twoSided && {
              relayOut: { device: 'modbus-relay', serial: { path: link }, settings: { timing: 'board', channel: 2 } },
            }),
            contacts: { passIn: { input: 1 }, passOut: { input: 2 }, ready: { input: 3 }, fire: { input: 4 } },
          },
        },
      },
      smallClub(),
    );
    const { box } = gateway;
    const entries = () => box.central.journalAfter(0, 99).entries.map(({ event }) => event);
    return {
      box,
      board,
      turnstile: () => box.health.get('turnstile main-in'),
      codes: () =>
        entries().map((event) => ('decision' in event ? event.decision.code : 'code' in event ? event.code : event.kind)),
      isUp: () => until('the turnstile is up', () => box.health.get('turnstile main-in')?.state === 'up'),
      async walk(contact: number) {
        for (const closed of [false, true, false, true, false]) {
          board.inputs[contact] = closed;
          await sleep(5);
        }
        await sleep(300);
        board.inputs[contact] = true;
      },
      unplug: () => cable.unplug(),
      async plug() {
        cable = await openPseudoTerminal({ link });
        cable.onBytes((bytes) => board.hear(bytes));
      },
    };
  }

  it('a member taps and walks through a contact that bounces: one visit, one pulse', async () => {
    const { box, board, codes, isUp, walk } = await club();
    await isUp();
    box.tap('main-in', anna, 'in');
    await until('the board was told', () => board.heard.includes('flash 0 500 ms'));
    await walk(passIn);
    await until('the visit is taken', () => codes().length === 2);
    await sleep(400);
    expect(codes()).toEqual(['OK', 'PASSED']);
    expect(board.changes).toEqual(['+0', '-0']);
  });

  it('the power goes while somebody is awaited: nobody’s visit, and the desk is told until it is back', async () => {
    const { box, board, codes, isUp, turnstile } = await club();
    await isUp();
    box.tap('main-in', anna, 'in');
    board.inputs[passIn] = false;
    await sleep(45);
    board.inputs.fill(false, passOut, fire);
    await until('the desk is told', () => turnstile()?.state === 'down');
    expect(turnstile()?.why).toMatch(/^both passage contacts changed at once: power loss or emergency/);
    await until('the visit is given back', () => codes().length === 2);
    powered(board);
    await isUp();
    await sleep(300);
    expect(codes()).toEqual(['OK', 'NOT_PASSED']);
  });

  it('a fire while somebody is awaited frees the gate by itself, and ends by itself', async () => {
    const { box, board, codes, isUp, walk } = await club();
    await isUp();
    box.tap('main-in', anna, 'in');
    board.inputs[fire] = false;
    const mode = () => box.frontDesk.status().gates[0]?.mode;
    await until('the gate is free', () => mode() === 'emergency');
    await walk(passOut);
    await until('somebody fled', () => codes().includes('PASSED'));
    board.inputs[fire] = true;
    await until('the fire is over', () => mode() === 'controlled');
    await until('the visit is given back', () => codes().includes('NOT_PASSED'));
    expect(codes().filter((code) => code === 'UNEXPECTED_PASSAGE')).toEqual([]);
    expect(codes().filter((code) => code === 'mode')).toEqual(['mode', 'mode']);
  });

  it('somebody stands in the arm when the gateway starts: they are nobody, the next one is somebody', async () => {
    const { box, board, codes, isUp, walk } = await club((starting) => {
      powered(starting);
      starting.inputs[passIn] = false;
    });
    await isUp();
    board.inputs[passIn] = true;
    await sleep(400);
    expect(codes()).toEqual([]);
    box.tap('main-in', anna, 'in');
    await walk(passIn);
    await until('the visit is taken', () => codes().includes('PASSED'));
    expect(codes()).toEqual(['OK', 'PASSED']);
  });

  it('a board that is plugged in again with the contact closed makes up nobody', async () => {
    const { box, board, codes, isUp, turnstile, unplug, plug } = await club();
    await isUp();
    box.tap('main-in', anna, 'in');
    await unplug();
    await until('nothing is known of the contacts', () => turnstile()?.state === 'unknown');
    board.inputs[passIn] = false;
    await plug();
    await isUp();
    await until('the visit is given back', () => codes().includes('NOT_PASSED'));
    await sleep(300);
    expect(codes()).toEqual(['OK', 'NOT_PASSED']);
  });

  it('a turnstile that is not ready is not told to let anybody in, and is told to let people out', async () => {
    const { box, board, codes, isUp, turnstile } = await club();
    await isUp();
    board.inputs[ready] = false;
    await until('it is not ready', () => turnstile()?.why === 'it says that it is not ready');
    box.tap('main-in', anna, 'in');
    await until('the visit is given back', () => codes().includes('NOT_PASSED'));
    expect(board.changes).toEqual([]);
    box.tap('main-in', anna, 'out');
    await until('the way out opens', () => board.changes.includes('+0'));
  });

  it('with a contact for each way, the way out opens when the way in has let go, and each visit is its own', async () => {
    const { box, board, codes, isUp, walk } = await club(powered, true);
    await isUp();
    box.tap('main-in', anna, 'in');
    await walk(passIn);
    await until('the visit is taken', () => codes().length === 2);
    box.tap('main-in', piotr, 'out');
    await until('the way out opened', () => board.changes.includes('-1'));
    await walk(passOut);
    await until('the visit is over', () => codes().length === 4);
    expect(board.changes).toEqual(['+0', '-0', '+1', '-1']);
    expect(codes()).toEqual(['OK', 'PASSED', 'OK', 'PASSED']);
    expect(['relay main-in', 'relay main-in out'].map((id) => box.health.get(id)?.state)).toEqual(['up', 'up']);
  });
});

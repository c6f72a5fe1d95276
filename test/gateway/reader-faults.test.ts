import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../kit/pseudo-terminal.ts';
import { annasCard, piotrsCard, relayOff, relayOn, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

describeWith('python3', 'what goes wrong on the wire of a reader', () => {
  async function club() {
    const folder = temporaryFolder();
    const link = join(folder, 'reader');
    const reader = await openPseudoTerminal({ link });
    const relay = await openPseudoTerminal();
    const told: Uint8Array[] = [];
    relay.onBytes((bytes) => told.push(bytes));
    const gateway = await runningGateway(
      {
        readers: { entrance: { gate: 'main-in', device: 'rdm6300', serial: { path: link } } },
        gates: { 'main-in': { relay: { device: 'lcus', serial: { path: relay.path }, pulseMs: 100 } } },
      },
      smallClub(),
    );
    const status = () => gateway.box.frontDesk.status().devices.find(({ id }) => id === 'reader entrance');
    const codes = () =>
      gateway.box.central
        .journalAfter(0, 99)
        .entries.map(({ event }) => ('decision' in event ? event.decision.code : event.kind));
    const opened = () => Buffer.concat(told).toString('hex').split(relayOn.toString('hex')).length - 1;
    await until('the reader is up', () => status()?.state === 'up');
    await until('the relay was told off', () => Buffer.concat(told).includes(relayOff));
    return { link, reader, status, codes, opened };
  }

  const card = async (reader: PseudoTerminal, { opened }: { opened(): number }) => {
    const before = opened();
    reader.write(piotrsCard.frame);
    await until('the card opens', () => opened() === before + 1);
  };

  it('half a frame, and the rest of it much later, is no card', async () => {
    const wires = await club();
    wires.reader.write(annasCard.frame.subarray(0, 8));
    await new Promise((resolve) => setTimeout(resolve, 700));
    wires.reader.write(annasCard.frame.subarray(8));
    await card(wires.reader, wires);
    expect(wires.codes()).toEqual(['OK']);
    expect(wires.opened()).toBe(1);
  });

  it('garbage opens nothing, is told on the status page, and the next card heals it', async () => {
    const wires = await club();
    for (let block = 0; block < 20; block += 1) wires.reader.write(new Uint8Array(100).fill(0xf0 + (block % 7)));
    await until('the status page says so', () => wires.status()?.state === 'down');
    expect(wires.status()?.why).toBe('it sends what means nothing to `rdm6300`: check the product, its speed and the wiring');
    expect(wires.codes()).toEqual([]);
    await card(wires.reader, wires);
    await until('it is well again', () => wires.status()?.state === 'up');
  });

  it('a reader that comes back under another name is found by the name that stays', async () => {
    const wires = await club();
    await wires.reader.unplug();
    await until('it is down', () => wires.status()?.state === 'down');
    expect(wires.status()?.why).toMatch(/unplugged|is not there: plug the device in/);
    // Somebody else took the old number meanwhile.
    await openPseudoTerminal();
    const again = await openPseudoTerminal({ link: wires.link });
    await until('it is up', () => wires.status()?.state === 'up', 15_000);
    await card(again, wires);
  });

  it('a flood of two cards is answered as fast as people could tap, and opens for one of them at a time', async () => {
    const wires = await club();
    const both = Buffer.concat([annasCard.frame, piotrsCard.frame]);
    for (let burst = 0; burst < 50; burst += 1) wires.reader.write(Buffer.concat(Array.from({ length: 20 }, () => both)));
    await until('the first were answered', () => wires.codes().length >= 2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // Each card is a double read of itself after its first tap.
    expect(wires.codes()).toEqual(['OK', 'OK']);
    expect(wires.opened()).toBe(2);
  });

  it('a line that is stuck is no harm to the other devices, and speaks again when it can', async () => {
    const wires = await club();
    await wires.reader.freeze();
    expect(wires.opened()).toBe(0);
    wires.reader.thaw();
    await card(wires.reader, wires);
  });
});

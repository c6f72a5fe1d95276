import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort } from '../kit/free-port.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { annasCard, piotrsCard, relayOff, relayOn, runningGateway, smallClub, startOn } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

describeWith('python3', 'a card on a serial reader opens the gate on a serial relay', () => {
  /** A reader and a relay on pseudo-terminals, and what the relay was told. */
  async function hardware() {
    const folder = temporaryFolder();
    const reader = await openPseudoTerminal({ link: join(folder, 'reader') });
    const relay = await openPseudoTerminal({ link: join(folder, 'relay') });
    return { folder, reader, relay, told: listenTo(relay) };
  }

  function listenTo(relay: { onBytes(heard: (bytes: Uint8Array) => void): void }): () => string {
    let bytes = Buffer.alloc(0);
    relay.onBytes((chunk) => (bytes = Buffer.concat([bytes, chunk])));
    return () => bytes.toString('hex').toUpperCase();
  }

  const on = relayOn.toString('hex').toUpperCase();
  const off = relayOff.toString('hex').toUpperCase();
  const wired = ({ reader, relay }: Awaited<ReturnType<typeof hardware>>) => ({
    readers: { entrance: { gate: 'main-in', device: 'rdm6300', serial: { path: reader.path } } },
    gates: { 'main-in': { relay: { device: 'lcus', serial: { path: relay.path }, pulseMs: 200 } } },
  });
  const isUp = (gateway: Awaited<ReturnType<typeof runningGateway>>, id: string) => gateway.box.health.get(id)?.state === 'up';

  it('the relay is let go first, then closed once for a member and let go again', async () => {
    const wires = await hardware();
    const gateway = await runningGateway(wired(wires), smallClub());
    await until('the relay is told off at the start', () => wires.told() === off);
    await until('the reader is up', () => isUp(gateway, 'reader entrance'));
    wires.reader.write(annasCard.frame);
    await until('the relay was closed and let go', () => wires.told() === off + on + off);
    expect(gateway.box.central.journalAfter(0, 9).entries).toMatchObject([
      { number: 1, visitNumber: 1, event: { kind: 'decision', decision: { code: 'OK', memberId: 'anna', left: 999 } } },
    ]);
  });

  it('a card that lies on the reader is one tap, and a stranger opens nothing', async () => {
    const wires = await hardware();
    const gateway = await runningGateway(wired(wires), smallClub());
    await until('everything is up', () => isUp(gateway, 'reader entrance') && isUp(gateway, 'relay main-in'));
    for (let held = 0; held < 5; held += 1) wires.reader.write(annasCard.frame);
    const stranger = Buffer.from('0235353030374545343234454203', 'hex');
    wires.reader.write(stranger);
    await until('both were answered', () => gateway.box.central.journalAfter(0, 1).newest >= 2);
    expect(gateway.box.central.journalAfter(0, 9).entries.map(({ event }) => 'decision' in event && event.decision.code)).toEqual(
      ['OK', 'UNKNOWN_CREDENTIAL'],
    );
    await until('the pulse is over', () => wires.told() === off + on + off);
  });

  it('a reader and a relay that were unplugged come back by themselves under their stable names', async () => {
    const wires = await hardware();
    const gateway = await runningGateway(wired(wires), smallClub());
    await until('everything is up', () => isUp(gateway, 'reader entrance') && isUp(gateway, 'relay main-in'));
    await wires.reader.unplug();
    await wires.relay.unplug();
    await until('both are known to be down', () => !isUp(gateway, 'reader entrance') && !isUp(gateway, 'relay main-in'));
    expect(gateway.box.health.get('reader entrance')?.why).not.toBe('');

    const reader = await openPseudoTerminal({ link: join(wires.folder, 'reader') });
    const relay = await openPseudoTerminal({ link: join(wires.folder, 'relay') });
    const told = listenTo(relay);
    await until('both are up again', () => isUp(gateway, 'reader entrance') && isUp(gateway, 'relay main-in'), 15_000);
    reader.write(annasCard.frame);
    await until('the card opens', () => told().startsWith(off + on));
  });

  it('while the relay is unplugged the visit is given back, and nothing opens when it is plugged in again', async () => {
    const wires = await hardware();
    const gateway = await runningGateway(wired(wires), smallClub());
    await until('everything is up', () => isUp(gateway, 'reader entrance') && isUp(gateway, 'relay main-in'));
    await wires.relay.unplug();
    await until('it is known to be down', () => !isUp(gateway, 'relay main-in'));
    wires.reader.write(piotrsCard.frame);
    await until('the visit was given back', () => gateway.box.central.journalAfter(0, 1).newest === 2);
    expect(gateway.box.central.journalAfter(1, 1).entries[0]).toMatchObject({
      event: { kind: 'release', because: 'gate_failed', visit: 1 },
    });

    const told = listenTo(await openPseudoTerminal({ link: join(wires.folder, 'relay') }));
    await until('it is told off, and only that', () => told() === off, 15_000);
    // A card must be away for 300 ms before it is presented again.
    await new Promise((resolve) => setTimeout(resolve, 350));
    wires.reader.write(piotrsCard.frame);
    await until('the only visit is still there', () => told() === off + on + off);
  });

  it('at the stop a relay in the middle of its pulse is let go', async () => {
    const wires = await hardware();
    const config = {
      ...wired(wires),
      gates: { 'main-in': { relay: { device: 'lcus', serial: { path: wires.relay.path }, pulseMs: 5000 } } },
    };
    const gateway = await runningGateway(config, smallClub());
    await until('everything is up', () => isUp(gateway, 'reader entrance') && isUp(gateway, 'relay main-in'));
    wires.reader.write(annasCard.frame);
    await until('it is closed', () => wires.told().endsWith(on));
    await gateway.stop();
    await until('it is let go', () => wires.told().endsWith(off));
  });

  it('what was reserved when the gateway ended is settled at the next start, and the gate modes are kept', async () => {
    const wires = await hardware();
    const signal = { device: 'generic-mqtt', settings: { passageTopic: 'gate/passed', commandTopic: 'gate/none' } };
    const config = {
      ...wired(wires),
      mqtt: { embedded: true, port: await freePort() },
      gates: { 'main-in': { ...wired(wires).gates['main-in'], passage: 'reported', passageFrom: signal } },
    };
    const first = await runningGateway(config, smallClub());
    await until('everything is up', () => isUp(first, 'reader entrance') && isUp(first, 'relay main-in'));
    wires.reader.write(piotrsCard.frame);
    await until('a visit is reserved', () => first.box.central.journalAfter(0, 1).newest === 1);
    first.box.frontDesk.setMode({ gate: 'main-in', mode: 'closed', staff: 'desk' });
    await first.stop();

    const second = await startOn(first.data, config);
    expect(second.box.central.journalAfter(2, 9).entries).toMatchObject([
      { number: 3, event: { kind: 'release', because: 'restart' } },
    ]);
    expect(second.box.gates.get('main-in')?.mode()).toBe('closed');
  });

  it('a second gateway on the same data is refused, with the folder named', async () => {
    const config = { gates: { 'main-in': {} } };
    const first = await runningGateway(config, smallClub());
    await expect(startOn(first.data, config)).rejects.toMatchObject({
      code: 'in_use',
      message: expect.stringContaining(first.data),
    });
  });
});

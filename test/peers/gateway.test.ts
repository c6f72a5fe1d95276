import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectMqttBroker } from '../../src/adapters/broker/mqtt-broker.ts';
import { simulateRdm6300 } from '../../src/adapters/simulator/simulated-rdm6300.ts';
import { simulateShelly } from '../../src/adapters/simulator/simulated-shelly.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { fromHex } from '../../src/lib/hex.ts';
import { startMosquitto } from '../kit/mosquitto.ts';
import { describeWith } from '../kit/peers.ts';
import { annasCard, piotrsCard, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { until } from '../kit/until.ts';
import { openVirtualPcsc } from '../kit/virtual-pcsc.ts';

type Gateway = Awaited<ReturnType<typeof runningGateway>>;
const isUp = (gateway: Gateway, id: string) => gateway.box.health.get(id)?.state === 'up';
const journal = (gateway: Gateway) => gateway.box.central.journalAfter(0, 100).entries;

async function cardReader() {
  const reader = await simulateRdm6300({ clock: systemClock });
  onTestFinished(() => reader.unplug());
  return reader;
}

describeWith('mosquitto', 'a gateway on a broker that it did not start', (program) => {
  /** Somebody else on the broker who writes down every message. */
  async function watcher(url: string, topic: string) {
    const client = await mqtt.connectAsync(url);
    onTestFinished(() => void client.end(true));
    const messages: { topic: string; payload: string; retain: boolean }[] = [];
    client.on('message', (at, payload, packet) =>
      messages.push({ topic: at, payload: payload.toString(), retain: packet.retain }),
    );
    await client.subscribeAsync(topic);
    return { client, messages };
  }

  it('a card opens a Shelly relay, the arm turns, and the visit is committed', async () => {
    const { url } = await startMosquitto(program);
    const reader = await cardReader();
    const shelly = simulateShelly({
      clock: systemClock,
      prefix: 'shelly-gate',
      connect: (presence) => connectMqttBroker({ url, clientId: 'shelly-gate', presence }),
    });
    onTestFinished(() => shelly.unplug());
    const contacts: boolean[] = [];
    shelly.onContact(({ closed }) => contacts.push(closed));
    const gateway = await runningGateway(
      {
        mqtt: { url },
        readers: { entrance: { gate: 'main-in', device: 'rdm6300', tcp: { host: '127.0.0.1', port: reader.port } } },
        gates: {
          'main-in': {
            passage: 'reported',
            relay: { device: 'shelly-gen2', pulseMs: 300, settings: { prefix: 'shelly-gate', passageInput: 0 } },
          },
        },
      },
      smallClub(),
    );
    await until('everything is up', () => isUp(gateway, 'reader entrance') && isUp(gateway, 'relay main-in'));
    reader.present(annasCard.id);
    await until('the relay timed its own pulse', () => contacts.length === 2);
    expect(contacts).toEqual([true, false]);
    shelly.walkThrough();
    await until('the visit is committed', () => journal(gateway).length === 2);
    expect(journal(gateway)[1]).toMatchObject({ event: { kind: 'passage', code: 'PASSED', visit: 1, because: 'arm_turned' } });
  });

  it('one command for one tap, never retained; without the broker the visit is given back, and nothing comes late', async () => {
    const broker = await startMosquitto(program);
    const reader = await cardReader();
    const gateway = await runningGateway(
      {
        mqtt: { url: broker.url },
        readers: { entrance: { gate: 'main-in', device: 'rdm6300', tcp: { host: '127.0.0.1', port: reader.port } } },
        gates: {
          'main-in': {
            relay: {
              device: 'generic-mqtt',
              pulseMs: 200,
              settings: { commandTopic: 'club/gate/set', onPayload: 'OPEN', offPayload: 'SHUT' },
            },
          },
        },
      },
      smallClub(),
    );
    const first = await watcher(broker.url, 'club/gate/set');
    await until('the broker is up', () => isUp(gateway, 'broker') && isUp(gateway, 'reader entrance'));
    reader.present(annasCard.id);
    await until(
      'it was opened and shut',
      () => first.messages.some(({ payload }) => payload === 'OPEN') && first.messages.at(-1)?.payload === 'SHUT',
    );
    expect(first.messages.filter(({ payload }) => payload === 'OPEN')).toEqual([
      { topic: 'club/gate/set', payload: 'OPEN', retain: false },
    ]);

    await broker.kill();
    await until('the broker is known to be away', () => !isUp(gateway, 'broker'));
    reader.present(piotrsCard.id);
    await until('the visit was given back', () => journal(gateway).some(({ event }) => event.kind === 'release'));
    await broker.start();
    const later = await watcher(broker.url, '#');
    await until('the broker is up again', () => isUp(gateway, 'broker'), 15_000);
    await until('the relay is told to be shut', () => later.messages.some(({ payload }) => payload === 'SHUT'));
    expect(later.messages.filter(({ payload }) => payload === 'OPEN')).toEqual([]);
  }, 60_000);
});

describe('PC/SC at the gate', () => {
  describeWith('pcscd', 'a card on the PC/SC service', () => {
    it('opens the gate for the member who holds it, and a phone is not read', async () => {
      const pcsc = await openVirtualPcsc();
      const club = smallClub();
      club.credentials.push({ id: 'desfire', kind: 'rfid', value: '04958CAA5C5E80', memberId: 'anna', status: 'active' });
      const gateway = await runningGateway(
        { readers: { desk: { gate: 'main-in', device: 'pcsc', pcsc: { reader: 'gate reader' } } }, gates: { 'main-in': {} } },
        club,
      );
      await until('the reader is up', () => isUp(gateway, 'reader desk'), 15_000);
      const card = (atr: string, uid: string) => ({ atr: fromHex(atr), answer: () => fromHex(`${uid}9000`) });
      await pcsc.insertCard(card('3B80800101', '08112233'));
      await pcsc.removeCard();
      await pcsc.insertCard(card('3B8180018080', '04958CAA5C5E80'));
      await until('the card was answered', () => journal(gateway).length > 0, 15_000);
      expect(journal(gateway)).toMatchObject([{ event: { kind: 'decision', decision: { code: 'OK', memberId: 'anna' } } }]);
    }, 60_000);
  });
});

import mqtt from 'mqtt';
import { expect, it, onTestFinished } from 'vitest';
import { connectMqttBroker } from '../../src/adapters/broker/mqtt-broker.ts';
import { simulateShelly } from '../../src/adapters/simulator/simulated-shelly.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { startMosquitto } from '../kit/mosquitto.ts';
import { describeWith } from '../kit/peers.ts';
import { annasCard, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { until } from '../kit/until.ts';

const anna = { kind: 'rfid', value: annasCard.id } as const;

/** A gateway with one gate, and what became of its taps and passages. */
async function club(url: string, gate: Record<string, unknown>) {
  const { box } = await runningGateway(
    { mqtt: { url }, gates: { 'main-in': { passage: 'reported', passageTimeoutSeconds: 1.5, ...gate } } },
    smallClub(),
  );
  const events = () => box.central.journalAfter(0, 100).entries.map(({ event }) => event);
  return {
    box,
    codes: () => events().map((event) => ('decision' in event ? event.decision.code : 'code' in event ? event.code : event.kind)),
    turnstile: () => box.health.get('turnstile main-in'),
    isUp: (id: string) => until(`${id} is up`, () => box.health.get(id)?.state === 'up'),
  };
}

describeWith('mosquitto', 'the contacts of a turnstile through a broker', (program) => {
  it('a Shelly sees the arm of a PERCo turnstile, whose contact is closed at rest', async () => {
    const { url } = await startMosquitto(program);
    const shelly = simulateShelly({
      clock: systemClock,
      prefix: 'shelly-gate',
      connect: (presence) => connectMqttBroker({ url, clientId: 'shelly-gate', presence }),
    });
    onTestFinished(() => shelly.unplug());
    shelly.setInput(true);
    const { box, codes, isUp } = await club(url, {
      turnstile: { device: 'perco' },
      relay: { device: 'shelly-gen2', settings: { prefix: 'shelly-gate' } },
      contacts: { passIn: { input: 0 } },
    });
    await isUp('relay main-in');
    // Asked at the start: the first to walk through after it is somebody.
    await isUp('turnstile main-in');
    box.tap('main-in', anna, null);
    await until('the relay closed', () => shelly.isClosed());
    shelly.setInput(false);
    shelly.setInput(true);
    await until('the visit is taken', () => codes().length === 2);
    expect(codes()).toEqual(['OK', 'PASSED']);
  });

  it('a loss of power and a fire are told by a device of the installer’s own; a broker that was away makes up nobody', async () => {
    const broker = await startMosquitto(program);
    const { url } = broker;
    const device = mqtt.connect(url, { reconnectPeriod: 50 });
    onTestFinished(() => void device.end(true));
    const stands: Record<string, string> = { in: 'ON', out: 'ON', fire: 'ON' };
    const tell = (contact: string, state: string) => {
      stands[contact] = state;
      device.publish(`gate/${contact}`, state);
    };
    const tellAll = () => {
      for (const [contact, state] of Object.entries(stands)) tell(contact, state);
    };
    const { box, codes, turnstile, isUp } = await club(url, {
      direction: 'both',
      turnstile: { device: 'perco' },
      relay: { device: 'generic-mqtt', settings: { timesPulse: true, inputTopics: ['gate/in', 'gate/out', 'gate/fire'] } },
      contacts: { passIn: { input: 1 }, passOut: { input: 2 }, fire: { input: 3 } },
    });
    await isUp('relay main-in');
    await until('its contacts are told', () => {
      tellAll();
      return turnstile()?.state === 'up';
    });

    box.tap('main-in', anna, 'in');
    tell('in', 'OFF');
    tell('out', 'OFF');
    await until('the desk is told', () => turnstile()?.why.startsWith('both passage contacts') ?? false);
    await until('the visit is given back', () => codes().length === 2);
    tell('in', 'ON');
    tell('out', 'ON');
    await isUp('turnstile main-in');

    tell('fire', 'OFF');
    await until('the gate is free', () => box.gates.get('main-in')?.mode() === 'emergency');
    tell('out', 'OFF');
    tell('out', 'ON');
    await until('somebody fled', () => codes().includes('PASSED'));
    tell('fire', 'ON');
    await until('the fire is over', () => box.gates.get('main-in')?.mode() === 'controlled');

    await broker.kill();
    await until('nothing is known of the contacts', () => turnstile()?.state === 'unknown');
    stands.in = 'OFF';
    await broker.start();
    await isUp('relay main-in');
    await until('its contacts are told anew', () => {
      tellAll();
      return turnstile()?.state === 'up';
    });
    expect(codes()).toEqual(['OK', 'NOT_PASSED', 'mode', 'PASSED', 'mode']);
  });
});

import { createServer } from 'node:net';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import esphome from '../../devices/relays/esphome.ts';
import kmtronic from '../../devices/relays/kmtronic.ts';
import modbus from '../../devices/relays/modbus-relay.ts';
import numato from '../../devices/relays/numato.ts';
import { connectMqttBroker } from '../../src/adapters/broker/mqtt-broker.ts';
import { simulateLcus } from '../../src/adapters/simulator/simulated-lcus.ts';
import { simulateRdm6300 } from '../../src/adapters/simulator/simulated-rdm6300.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { createSerialLine } from '../../src/adapters/transport/serial-line.ts';
import { runLineBoard } from '../../src/app/run-line-board.ts';
import { runMqttRelay } from '../../src/app/run-mqtt-relay.ts';
import { createHealth } from '../../src/app/watch-health.ts';
import type { LineRelay } from '../../src/ports/device.ts';
import type { Relay } from '../../src/ports/relay.ts';
import { fakeLog } from '../kit/fake-log.ts';
import { freePort } from '../kit/free-port.ts';
import { startMosquitto } from '../kit/mosquitto.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../kit/pseudo-terminal.ts';
import { kmtronicBoard, modbusBoard, numatoBoard, type RelayBoard } from '../kit/relay-boards.ts';
import { annasCard, runningGateway, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

const clock = systemClock;
const noSignals = { passage() {}, input() {}, inputsLost() {} };
const opensIn = (board: RelayBoard) => board.heard.filter((said) => /^(on|flash|relay on)/.test(said));
const outcomeOf = (relay: Relay) => relay.pulse('in').catch((error: { code: string }) => error.code);

function wire(terminal: PseudoTerminal, make: (wire: Parameters<typeof modbusBoard>[0]) => RelayBoard): RelayBoard {
  const board = make({ clock, say: (bytes) => terminal.write(bytes) });
  terminal.onBytes((bytes) => board.hear(bytes));
  return board;
}

function runAt(path: string, profile: LineRelay, settings: Record<string, unknown> = {}) {
  const log = fakeLog();
  const health = createHealth({ clock, log });
  const device = health.register({ id: 'relay', product: profile.name, where: path });
  const board = runLineBoard(profile, createSerialLine({ path, baudRate: profile.serial.baudRate }), { clock, log });
  const relay = board.relay(
    profile.settings.parse(settings),
    { id: 'main-in', pulseMs: 200, clock, health: device, log },
    noSignals,
  );
  onTestFinished(() => relay.stop());
  return { relay, log, health: () => health.get('relay') };
}

describeWith('python3', 'a relay board on a serial port', () => {
  it.each([
    ['Modbus, timed by the gateway', modbus, modbusBoard, {}],
    ['Modbus, timed by the board', modbus, modbusBoard, { timing: 'board' }],
    ['Numato', numato, numatoBoard, {}],
    ['KMTronic', kmtronic, kmtronicBoard, {}],
  ] as [string, LineRelay, typeof modbusBoard, Record<string, unknown>][])(
    '%s: lets go at first, opens once, lets go again',
    async (_, profile, make, settings) => {
      const terminal = await openPseudoTerminal();
      const board = wire(terminal, make);
      const { relay, health } = runAt(terminal.path, profile, settings);
      await until('it answers', () => health()?.why === 'it answers');
      expect(await outcomeOf(relay)).toBe('told');
      await until('it let go', () => board.changes.length === 2);
      expect(board.changes).toEqual(['+0', '-0']);
      expect(opensIn(board)).toHaveLength(1);
    },
  );

  it('that hangs opens for nobody afterwards, and says that it hangs', async () => {
    const terminal = await openPseudoTerminal();
    const board = wire(terminal, modbusBoard);
    const { relay, health } = runAt(terminal.path, modbus);
    await until('it answers', () => health()?.why === 'it answers');
    await terminal.freeze();
    expect(await outcomeOf(relay)).toBe('unknown');
    expect(health()).toMatchObject({ state: 'down', why: expect.stringContaining('does not answer') });
    expect(await outcomeOf(relay)).toBe('no_answer');
    expect(await outcomeOf(relay)).toBe('no_answer');
    terminal.thaw();
    await until('it answers again', () => health()?.state !== 'down', 10_000);
    // What was written before it hung was still on its way, and what lets go stood right behind it.
    expect(opensIn(board).length).toBeLessThanOrEqual(1);
    await until('its contact is open', () => !board.closed[0]);
    expect(await outcomeOf(relay)).toBe('told');
  }, 30_000);

  it('unplugged in the middle of a pulse and plugged in elsewhere is told to let go before anything else', async () => {
    const link = join(temporaryFolder(), 'usb-relay');
    const first = await openPseudoTerminal({ link });
    const board = wire(first, numatoBoard);
    const { relay, health } = runAt(link, numato);
    await until('it answers', () => health()?.why === 'it answers');
    await relay.pulse('in');
    expect(board.closed[0]).toBe(true);
    await first.unplug();
    await until('it is known to be away', () => health()?.state === 'down');
    await expect(relay.pulse('in')).rejects.toMatchObject({ code: 'absent' });
    const second = await openPseudoTerminal({ link });
    const again = wire(second, numatoBoard);
    again.closed[0] = true;
    await until('it let go', () => !again.closed[0], 10_000);
    expect(again.heard[0]).toBe('relay off 0');
    expect(opensIn(again)).toEqual([]);
  }, 30_000);

  it('noise on the line hides no answer', async () => {
    const terminal = await openPseudoTerminal();
    const board = wire(terminal, modbusBoard);
    board.faults.garbage = '0105ff00010501c37e';
    const { relay, health } = runAt(terminal.path, modbus);
    await until('it answers', () => health()?.why === 'it answers');
    expect(await outcomeOf(relay)).toBe('told');
  });
});

describeWith('mosquitto', 'a relay behind a broker that goes', (program) => {
  it('between the command and the answer: nobody knows, and it is not told again', async () => {
    const broker = await startMosquitto(program);
    const commands: string[] = [];
    const device = await mqtt.connectAsync(broker.url, { reconnectPeriod: 200, clientId: 'esphome-gate' });
    onTestFinished(() => void device.end(true));
    await device.publishAsync('gate/status', 'online', { retain: true });
    await device.subscribeAsync('gate/switch/gate/command', { qos: 1 });
    const kills: Promise<void>[] = [];
    device.on('message', (_, payload) => {
      commands.push(payload.toString());
      if (payload.toString() === 'ON') kills.push(broker.kill());
    });
    const log = fakeLog();
    const health = createHealth({ clock, log });
    const connection = connectMqttBroker({ url: broker.url, clientId: 'gatehouse-test' });
    onTestFinished(() => connection.close());
    const status = health.register({ id: 'relay', product: esphome.name, where: '' });
    const parts = { id: 'main-in', pulseMs: 200, clock, health: status, log };
    const relay = runMqttRelay(esphome, esphome.settings.parse({ prefix: 'gate' }), connection, parts, noSignals);
    await until('it is online', () => health.get('relay')?.state === 'up');
    expect(await outcomeOf(relay)).toBe('unknown');
    expect(kills).toHaveLength(1);
    await Promise.all(kills);
    expect(await outcomeOf(relay)).toBe('absent');
    await broker.start();
    await until('the device is there again', () => device.connected, 10_000);
    await until('it is told to let go', () => commands.at(-1) === 'OFF', 15_000);
    expect(commands.filter((command) => command === 'ON')).toHaveLength(1);
  }, 60_000);
});

describe('a broker that takes no connection', () => {
  it('opens nothing, at once, and keeps nobody waiting', async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const { port } = mute.address() as { port: number };
    const log = fakeLog();
    const health = createHealth({ clock, log });
    const connection = connectMqttBroker({ url: `mqtt://127.0.0.1:${port}`, clientId: 'gatehouse-test' });
    onTestFinished(() => connection.close());
    const parts = { id: 'main-in', pulseMs: 200, clock, log, health: health.register({ id: 'relay', product: '', where: '' }) };
    const relay = runMqttRelay(esphome, esphome.settings.parse({}), connection, parts, noSignals);
    const sinceMs = clock.monotonicMs();
    expect(await outcomeOf(relay)).toBe('absent');
    expect(clock.monotonicMs() - sinceMs).toBeLessThan(100);
    expect(health.get('relay')).toMatchObject({ state: 'unknown', why: 'waiting for the broker' });
  });

  it('the relay behind opens the gate instead, and both stand on the status page', async () => {
    const lcus = await simulateLcus({ clock });
    onTestFinished(() => lcus.unplug());
    const reader = await simulateRdm6300({ clock });
    onTestFinished(() => reader.unplug());
    const contacts: boolean[] = [];
    lcus.onContact(({ closed }) => contacts.push(closed));
    const gateway = await runningGateway(
      {
        mqtt: { url: `mqtt://127.0.0.1:${await freePort()}` },
        readers: { entrance: { gate: 'main-in', device: 'rdm6300', tcp: { host: '127.0.0.1', port: reader.port } } },
        gates: {
          'main-in': {
            relay: {
              device: 'shelly-gen2',
              pulseMs: 300,
              fallback: { device: 'lcus', tcp: { host: '127.0.0.1', port: lcus.port } },
            },
          },
        },
      },
      smallClub(),
    );
    const stateOf = (id: string) => gateway.box.health.get(id)?.state;
    await until('reader and relay are up', () => stateOf('reader entrance') === 'up' && stateOf('fallback main-in') === 'up');
    expect(stateOf('relay main-in')).not.toBe('up');
    reader.present(annasCard.id);
    await until('it was opened and let go', () => contacts.length === 2);
    expect(contacts).toEqual([true, false]);
  });
});

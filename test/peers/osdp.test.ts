import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../devices/codecs/wiegand.ts';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import { cardBits, cardNumber, clubKey } from '../kit/bus-on-fakes.ts';
import { attachOsdpBus, attachOsdpPeripheral, type OsdpPeripheral } from '../kit/osdp-peripheral.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { runningGateway, smallClub } from '../kit/running-gateway.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

type Gateway = Awaited<ReturnType<typeof runningGateway>>;
const healthOf = (gateway: Gateway, id: string) => gateway.box.health.get(id);
const journal = (gateway: Gateway) => gateway.box.central.journalAfter(0, 100).entries;
const decisions = (gateway: Gateway) => journal(gateway).filter(({ event }) => event.kind === 'decision');
const isUp = (gateway: Gateway, id: string) => healthOf(gateway, id)?.state === 'up';

const strangersBits = frameOf('h10301', { facility: 123, number: 4568 }) ?? '';

function keyFile(key: Uint8Array): string {
  const file = join(temporaryFolder(), 'door.key');
  writeFileSync(file, toHex(key), { mode: 0o600 });
  return file;
}

function club() {
  const members = smallClub();
  members.credentials.push({ id: 'annas-fob', kind: 'rfid', value: cardNumber, memberId: 'anna', status: 'active' });
  members.credentials.push({ id: 'annas-pin', kind: 'pin', value: '4711', memberId: 'anna', status: 'active' });
  return members;
}

/** A gateway with one OSDP reader, whose output opens the gate, on a pseudo-terminal. */
async function gatewayOn(path: string, { secured = true, key = clubKey, more = {} } = {}): Promise<Gateway> {
  const settings = { address: 3, ...(secured ? {} : { secureChannel: 'off' }) };
  const secrets = secured ? { key: keyFile(key) } : {};
  return await runningGateway(
    {
      buses: { front: { device: 'osdp', serial: { path } } },
      readers: { door: { gate: 'main-in', device: 'osdp', bus: 'front', settings, secrets } },
      gates: {
        'main-in': { doubleReadSeconds: 0, relay: { device: 'osdp-output', bus: 'front', pulseMs: 300, settings }, ...more },
      },
    },
    club(),
  );
}

type Wished = Parameters<typeof attachOsdpPeripheral>[1];

async function doorOf(wished: Wished = {}, config: Parameters<typeof gatewayOn>[1] = {}) {
  const terminal = await openPseudoTerminal();
  const peripheral = attachOsdpPeripheral(terminal, { address: 3, outputs: 1, scbk: clubKey, ...wished });
  const gateway = await gatewayOn(terminal.path, config);
  return { terminal, peripheral, gateway };
}

const pulses = ({ outputChanges }: OsdpPeripheral) => outputChanges.filter(({ on }) => on).length;

describeWith('python3', 'OSDP on a pseudo-terminal', () => {
  it.each([
    ['under its key', true, 'encrypted with a key of its own'],
    ['without encryption, as the configuration says', false, 'NOT ENCRYPTED'],
  ])('a card opens the gate by the output of the reader, %s', async (_how, secured, why) => {
    const { peripheral, gateway } = await doorOf({}, { secured });
    await until('the reader is up', () => isUp(gateway, 'reader door') && isUp(gateway, 'relay main-in'));
    expect(healthOf(gateway, 'reader door')?.why).toContain(why);
    expect(healthOf(gateway, 'bus front')).toMatchObject({ state: 'up' });
    peripheral.presentCard(cardBits);
    await until('the output closed and opened', () => peripheral.outputChanges.length === 2);
    expect(peripheral.outputChanges.map(({ on }) => on)).toEqual([true, false]);
    expect(decisions(gateway)).toMatchObject([{ event: { decision: { code: 'OK', memberId: 'anna' } } }]);
    await until('it shone and sounded', () => peripheral.buzzes.length === 1);
    expect(peripheral.light()).toMatchObject({ onColour: 'green' });
    peripheral.presentCard(strangersBits);
    await until('the stranger was answered', () => decisions(gateway).length === 2);
    await until('it sounded for the stranger', () => peripheral.buzzes.length === 2);
    expect(peripheral.light()).toMatchObject({ onColour: 'red' });
    expect(pulses(peripheral)).toBe(1);
    expect(peripheral.violations).toEqual([]);
  });

  it('a PIN that is typed on its keypad opens the gate', async () => {
    const { peripheral, gateway } = await doorOf();
    await until('the reader is up', () => isUp(gateway, 'reader door'));
    for (const key of '4711#') peripheral.pressKeys(key);
    await until('it opened', () => pulses(peripheral) === 1);
    expect(decisions(gateway)).toMatchObject([{ event: { decision: { code: 'OK', memberId: 'anna' } } }]);
  });

  it('a reader with another key is down and opens nothing', async () => {
    const { peripheral, gateway } = await doorOf({ scbk: new Uint8Array(16).fill(9) });
    await until('it is refused', () => healthOf(gateway, 'reader door')?.state === 'down');
    expect(healthOf(gateway, 'reader door')?.why).toContain('another key');
    peripheral.presentCard(cardBits);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(journal(gateway)).toEqual([]);
    expect(pulses(peripheral)).toBe(0);
  });

  it('a reader that speaks clear text only is down where a key is demanded', async () => {
    const { peripheral, gateway } = await doorOf({ scbk: null });
    await until('it is refused', () => healthOf(gateway, 'reader door')?.state === 'down');
    peripheral.presentCard(cardBits);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(journal(gateway)).toEqual([]);
  });

  it.each<[string, (peripheral: OsdpPeripheral) => void]>([
    ['that was switched off and on', (peripheral) => peripheral.reboot()],
    [
      'after half a frame and garbage',
      (peripheral) => (peripheral.cutNextReplyAt(7), peripheral.garbageBefore(fromHex('535380'))),
    ],
    ['that answers late', (peripheral) => peripheral.setReplyDelay(180)],
    ['that answers too late', (peripheral) => peripheral.setReplyDelay(240)],
    ['whose answers come in two parts', (peripheral) => peripheral.splitReplies({ at: 6, pauseMs: 30 })],
    ['that lost count', (peripheral) => peripheral.nakNext(4)],
    ['that says that it is busy', (peripheral) => peripheral.busyNext(5)],
  ])('a card on a reader %s opens the gate', async (_what, happen) => {
    const { peripheral, gateway } = await doorOf();
    await until('the reader is up', () => isUp(gateway, 'reader door'));
    happen(peripheral);
    await until('it is conversed with again', () => peripheral.isSecured);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    peripheral.presentCard(cardBits);
    await until('it opened', () => pulses(peripheral) === 1);
    expect(decisions(gateway)).toHaveLength(1);
  });

  it('a reader that falls silent is down after eight seconds, and comes back', async () => {
    const { peripheral, gateway } = await doorOf();
    await until('the reader is up', () => isUp(gateway, 'reader door'));
    peripheral.setSilent(true);
    await until('it is down', () => !isUp(gateway, 'reader door'), 12_000);
    peripheral.setSilent(false);
    await until('it is up', () => isUp(gateway, 'reader door'), 12_000);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(pulses(peripheral)).toBe(0);
  }, 40_000);

  it('a cable that is pulled and put back brings the reader back', async () => {
    const link = join(temporaryFolder(), 'rs485');
    const first = await openPseudoTerminal({ link });
    attachOsdpPeripheral(first, { address: 3, outputs: 1, scbk: clubKey });
    const gateway = await gatewayOn(link);
    await until('the reader is up', () => isUp(gateway, 'reader door'));
    await first.unplug();
    await until('the line and the reader are down', () => !isUp(gateway, 'reader door') && !isUp(gateway, 'bus front'));
    const second = await openPseudoTerminal({ link });
    const peripheral = attachOsdpPeripheral(second, { address: 3, outputs: 1, scbk: clubKey });
    await until('the reader is up again', () => isUp(gateway, 'reader door'), 15_000);
    peripheral.presentCard(cardBits);
    await until('it opened', () => pulses(peripheral) === 1);
  }, 40_000);

  it('an opened case is on the status page', async () => {
    const { peripheral, gateway } = await doorOf();
    await until('the reader is up', () => isUp(gateway, 'reader door'));
    peripheral.tamper(true);
    await until('it is told', () => healthOf(gateway, 'reader door')?.why.includes('its case is open') === true);
  });

  it("a contact on the reader's input tells that the person went through", async () => {
    const more = { passage: 'reported', contacts: { pass: { input: 1 } } };
    const { peripheral, gateway } = await doorOf({ inputs: 2 }, { more });
    await until('the reader is up', () => isUp(gateway, 'reader door'));
    peripheral.presentCard(cardBits);
    await until('it opened', () => pulses(peripheral) === 1);
    peripheral.input(1, true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    peripheral.input(1, false);
    await until('the visit is committed', () => journal(gateway).some(({ event }) => event.kind === 'passage'));
    expect(journal(gateway).at(-1)).toMatchObject({ event: { code: 'PASSED', because: 'arm_turned' } });
  });

  it('two readers on one line open two gates', async () => {
    const terminal = await openPseudoTerminal();
    const bus = attachOsdpBus(terminal, [
      { address: 0, outputs: 1, scbk: clubKey },
      { address: 1, outputs: 1, scbk: null, checksum: 'checksum' },
    ]);
    const secrets = { key: keyFile(clubKey) };
    const off = { address: 1, secureChannel: 'off' };
    const gateway = await runningGateway(
      {
        buses: { front: { device: 'osdp', serial: { path: terminal.path } } },
        readers: {
          in: { gate: 'in', device: 'osdp', bus: 'front', secrets },
          out: { gate: 'out', device: 'osdp', bus: 'front', settings: off },
        },
        gates: {
          in: { relay: { device: 'osdp-output', bus: 'front' } },
          out: { direction: 'out', relay: { device: 'osdp-output', bus: 'front', settings: off } },
        },
      },
      club(),
    );
    await until('both are up', () => isUp(gateway, 'reader in') && isUp(gateway, 'reader out'));
    const [first, second] = bus.peripherals;
    if (first === undefined || second === undefined) throw new Error('two readers were attached');
    bus.noise(fromHex('FF5300A00553'));
    first.presentCard(cardBits);
    await until('the first opened', () => pulses(first) === 1);
    second.presentCard(cardBits);
    await until('the second opened', () => pulses(second) === 1);
    expect([pulses(first), pulses(second)]).toEqual([1, 1]);
  });
});

describeWith('python3', 'gatehouse devices osdp-key', () => {
  it('gives a reader its key, and the gateway takes it', async () => {
    const terminal = await openPseudoTerminal();
    const peripheral = attachOsdpPeripheral(terminal, { address: 3, outputs: 1, installMode: true });
    const file = join(temporaryFolder(), 'door.key');
    const words = ['devices', 'osdp-key', terminal.path, '--address', '3', '--key-file', file, '--minutes', '1'];
    const { exitCode, out, err } = await runGatehouse(words);
    expect({ exitCode, out: out[0] }).toEqual({
      exitCode: 0,
      out: `the reader at address 3 has a key of its own, and proved it; the key is in ${file}`,
    });
    const key = readFileSync(file, 'utf8').trim();
    expect([...out, ...err].join('\n')).not.toContain(key);
    peripheral.setInstallMode(false);
    const gateway = await gatewayOn(terminal.path, { key: fromHex(key) });
    await until('the reader is up', () => isUp(gateway, 'reader door'));

    const again = await runGatehouse(words);
    expect(again).toMatchObject({ exitCode: 2, err: [expect.stringContaining('is there already') as string] });
    const held = await runGatehouse([...words.slice(0, -3), `${file}.2`, '--minutes', '1']);
    expect(held).toMatchObject({
      exitCode: 3,
      err: [expect.stringContaining(`another program holds \`${terminal.path}\``) as string],
    });
  });
});

describe('a key that is no secret', () => {
  it('is not taken from its file', async () => {
    const key = fromHex('303132333435363738393A3B3C3D3E3F');
    const file = keyFile(key);
    await expect(
      runningGateway(
        {
          buses: { front: { device: 'osdp', tcp: { host: '127.0.0.1', port: 9 } } },
          readers: { door: { gate: 'main-in', device: 'osdp', bus: 'front', secrets: { key: file } } },
          gates: { 'main-in': {} },
        },
        club(),
      ),
    ).rejects.toMatchObject({ code: 'bad_input', message: expect.stringContaining('everybody knows it') as string });
  });
});

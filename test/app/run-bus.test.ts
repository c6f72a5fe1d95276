import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../src/lib/hex.ts';
import type { BusSeat } from '../../src/ports/bus.ts';
import { busOnFakes, cardBits, cardNumber, clubKey } from '../kit/bus-on-fakes.ts';
import { attachOsdpBus, attachOsdpPeripheral, type OsdpPeripheral } from '../kit/osdp-peripheral.ts';

const secured: BusSeat = { address: 0, secured: true, secrets: { key: clubKey } };
const open: BusSeat = { address: 0, secured: false, secrets: {} };
const poll = 0x60;
const out = 0x68;

type Wished = Parameters<typeof attachOsdpPeripheral>[1];
type Held = ReturnType<typeof busOnFakes> & { peripheral: OsdpPeripheral };

/** A club's reader on its line; runs until it is up, unless told how long. */
async function heldReader(seat = secured, wished: Wished = {}, forMs = 1_000, parts = {}): Promise<Held> {
  const held = busOnFakes([seat], parts);
  const peripheral = attachOsdpPeripheral(held.line.far, { clock: held.clock, scbk: clubKey, ...wished });
  await held.clock.advanceSlowly(forMs);
  return { ...held, peripheral };
}

const commandsOf = (peripheral: OsdpPeripheral, id: number) => peripheral.commands.filter((command) => command.id === id);

describe('a reader under a key', () => {
  it('is asked who it is and what it can, proves its key, and says nothing in clear text from then on', async () => {
    const { peripheral, stateOf, whyOf } = await heldReader();
    expect(stateOf(0)).toBe('up');
    expect(whyOf(0)).toBe('encrypted with a key of its own; vendor 000EE3, model 16.16, serial 00007497, firmware 35.6.6');
    const [identify, capabilities, challenge, proof, ...rest] = peripheral.commands;
    expect([identify, capabilities, challenge, proof].map((command) => command?.id)).toEqual([0x61, 0x62, 0x76, 0x77]);
    expect(rest.length).toBeGreaterThan(10);
    expect(rest.filter(({ isSecured }) => !isSecured)).toEqual([]);
    expect(peripheral.violations).toEqual([]);
  });

  it('reads a card once, however often it is polled', async () => {
    const { clock, peripheral, reads } = await heldReader();
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(2_000);
    expect(reads).toEqual([`0: ${cardNumber}`]);
  });

  it('hands on its keys, and shows when a PIN is done', async () => {
    const { clock, peripheral, keys } = await heldReader();
    peripheral.pressKeys('12');
    await clock.advanceSlowly(500);
    expect(peripheral.buzzes).toEqual([]);
    peripheral.pressKeys('34#');
    await clock.advanceSlowly(500);
    expect(keys).toEqual(['12', '34#']);
    expect(peripheral.buzzes).toHaveLength(1);
  });

  it('shows on its own lamp and buzzer how the tap ended', async () => {
    const { clock, peripheral } = await heldReader();
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(500);
    expect(peripheral.light()).toMatchObject({ onColour: 'green', isTemporary: true });
    expect(peripheral.buzzes).toHaveLength(1);
    const refused = await heldReader(secured, {}, 1_000, { answer: 'denied' });
    refused.peripheral.presentCard(cardBits);
    await refused.clock.advanceSlowly(500);
    expect(refused.peripheral.light()).toMatchObject({ onColour: 'red' });
  });

  it('a key with which it answers wrongly is said, and nothing that it says is believed', async () => {
    const { clock, peripheral, reads, stateOf, whyOf } = await heldReader(secured, { scbk: new Uint8Array(16).fill(7) });
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(10_000);
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toBe('it has another key than its key file: nothing that it says is believed');
    expect(reads).toEqual([]);
    expect(commandsOf(peripheral, 0x77)).toEqual([]);
    expect(commandsOf(peripheral, 0x76).length).toBeLessThan(7);
  });

  it('one without a key of its own is down, and is told how to get one', async () => {
    const { stateOf, whyOf, reads, peripheral, clock } = await heldReader(secured, { scbk: null, installMode: true });
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(10_000);
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toContain('gatehouse devices osdp-key');
    expect(reads).toEqual([]);
    expect(commandsOf(peripheral, poll)).toEqual([]);
  });

  it('one that denies to know any secure channel is not spoken with in clear text', async () => {
    // PDCAP: no security, no CRC.
    const capabilities = fromHex('080000090000');
    const { stateOf, peripheral, reads, clock } = await heldReader(secured, { scbk: null, capabilities });
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(10_000);
    expect(stateOf(0)).toBe('down');
    expect(reads).toEqual([]);
    expect(commandsOf(peripheral, poll)).toEqual([]);
  });

  it('a frame in clear text within the session is no card', async () => {
    const { clock, line, reads, peripheral, stateOf } = await heldReader();
    const forged = [0, 1, 2, 3].map((sequence) => plainCard(sequence));
    for (let round = 0; round < 40; round++) {
      for (const frame of forged) line.far.write(frame);
      await clock.advanceSlowly(25);
    }
    expect(reads).toEqual([]);
    expect(stateOf(0)).toBe('up');
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(1_000);
    expect(reads).toEqual([`0: ${cardNumber}`]);
  });

  it('one that answers in clear text all of a sudden is down, and is not believed', async () => {
    const { clock, line, peripheral, reads, stateOf, whyOf } = await heldReader();
    peripheral.setSilent(true);
    line.far.onBytes((bytes) => {
      // FF 53 address length length control: a card in the number of the command, and an answer to whatever begins anew.
      const sequence = (bytes[5] ?? 0) & 0x03;
      line.far.write(sequence === 0 ? fromHex('FF53800800044059AC') : plainCard(sequence));
    });
    await clock.advanceSlowly(4_000);
    expect(reads).toEqual([]);
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toMatch(/clear text/);
  });

  it('one that was given the key that everybody knows under another name is not believed', async () => {
    const { clock, line, reads, stateOf, whyOf } = busOnFakes([secured]);
    // Device-protocols section 8.3: CCRYPT of a live capture, made with the key that every device comes with.
    const cryptogram = 'FF53802B000E0312007600000015CD5B0700D66D5A91E600806A53FA00E5E6E152ABD57A7E10000B4A5FA052';
    line.far.onBytes((bytes) => {
      const [sequence, code] = [(bytes[5] ?? 0) & 0x03, bytes[9]];
      if (code === 0x76) line.far.write(fromHex(cryptogram));
      else line.far.write(fromHex(sequence === 0 ? 'FF53800800044059AC' : 'FF538008000540689F'));
    });
    await clock.advanceSlowly(1_000);
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toContain('it still has the key that every reader comes with');
    expect(reads).toEqual([]);
  });

  it('one that was switched off and on is greeted anew at once', async () => {
    const { clock, peripheral, reads, stateOf, log } = await heldReader();
    peripheral.reboot();
    await clock.advanceSlowly(1_500);
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(500);
    expect(reads).toEqual([`0: ${cardNumber}`]);
    expect(stateOf(0)).toBe('up');
    expect(log.lines.map(({ message }) => message)).toContain('the conversation with a peripheral begins anew');
    expect(commandsOf(peripheral, 0x76)).toHaveLength(2);
  });

  it('one whose key follows from a master key has the key of its own number', async () => {
    const { keyFromMaster } = await import('../../devices/codecs/osdp-secure-channel.ts');
    const clientUid = fromHex('0102030405060708');
    const seat = { address: 0, secured: true, secrets: { masterKey: clubKey } };
    const { stateOf } = await heldReader(seat, { scbk: keyFromMaster(clubKey, clientUid), clientUid });
    expect(stateOf(0)).toBe('up');
  });

  it.each<[string, Wished]>([
    ['with SCS_12 at the end of the handshake', { rmacAsScs12: true }],
    ['that knows only the checksum', { checksum: 'checksum' }],
    ['without marks', { marks: false }],
    ['that speaks to nobody without a session', { secureOnly: true }],
    ['that tells nothing of what it can', { capabilities: new Uint8Array() }],
    ['whose adapter hands us our own bytes back', { echo: true }],
    ['that counts BUSY as the command', { busySequence: 'same' }],
  ])('a reader %s works too', async (_what, wished) => {
    const { clock, peripheral, reads, stateOf } = await heldReader(secured, wished, 5_000);
    expect(stateOf(0)).toBe('up');
    peripheral.busyNext(3);
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(1_000);
    expect(reads).toEqual([`0: ${cardNumber}`]);
    expect(peripheral.violations).toEqual([]);
  });
});

/** ID of a card at address 0 in clear text. */
function plainCard(sequence: number): Uint8Array {
  const frames = [
    'FF53801000045000011A00BD88EB80',
    'FF53801000055000011A00BD88EB80',
    'FF53801000065000011A00BD88EB80',
    'FF53801000075000011A00BD88EB80',
  ];
  const body = fromHex(frames[sequence] ?? '');
  return Uint8Array.of(...body, ...crcOf(body.subarray(1)));
}

function crcOf(bytes: Uint8Array): [number, number] {
  let crc = 0x1d0f;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return [crc & 0xff, crc >> 8];
}

describe('a reader without a key, where the installer said so', () => {
  it('works, and the status says that it is not encrypted', async () => {
    const { clock, peripheral, reads, whyOf } = await heldReader(open, { scbk: null });
    peripheral.presentCard(cardBits);
    peripheral.presentCard('0'.repeat(32));
    await clock.advanceSlowly(500);
    expect(reads).toEqual([`0: ${cardNumber}`]);
    expect(whyOf(0)).toContain('NOT ENCRYPTED');
  });

  it('one that wants a secure channel is down, and says so', async () => {
    const { stateOf, whyOf } = await heldReader(open, { secureOnly: true });
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toContain('it wants a secure channel');
  });
});

describe('a bad line', () => {
  it.each<[string, (peripheral: OsdpPeripheral) => void]>([
    ['garbage before an answer', (peripheral) => peripheral.garbageBefore(fromHex('00FF5380A00553535380'))],
    ['half an answer', (peripheral) => peripheral.cutNextReplyAt(6)],
    ['a wrong bit', (peripheral) => peripheral.corruptNextReply(7)],
    ['an answer that is lost', (peripheral) => peripheral.loseNextReply()],
    ['an answer in two parts', (peripheral) => peripheral.splitReplies({ at: 5, pauseMs: 30 })],
    ['an answer that comes late', (peripheral) => peripheral.setReplyDelay(150)],
    ['an answer that always comes too late', (peripheral) => peripheral.setReplyDelay(280)],
    ['NAK 1, a command that came damaged', (peripheral) => peripheral.nakNext(1)],
    ['NAK 4, a lost count', (peripheral) => peripheral.nakNext(4)],
    ['NAK 6, a lost session', (peripheral) => peripheral.nakNext(6)],
    ['a handshake that fails once', (peripheral) => (peripheral.failNextHandshake(), peripheral.reboot())],
  ])('%s costs no card, and no card is read twice', async (_what, happen) => {
    for (const seat of [secured, open]) {
      const { clock, peripheral, reads, stateOf } = await heldReader(seat);
      happen(peripheral);
      await clock.advanceSlowly(3_000);
      peripheral.presentCard(cardBits);
      await clock.advanceSlowly(3_000);
      expect(reads).toEqual([`0: ${cardNumber}`]);
      expect(stateOf(0)).toBe('up');
    }
  });

  it('a card whose report is lost on the way is told again, with the same number, and read once', async () => {
    const { clock, peripheral, reads } = await heldReader();
    peripheral.loseNextReply();
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(1_000);
    expect(reads).toEqual([`0: ${cardNumber}`]);
    expect(peripheral.repetitions).toBeGreaterThan(0);
    expect(commandsOf(peripheral, 0x76)).toHaveLength(1);
  });

  it('a reader that says nothing for eight seconds is down; it is asked now and then and comes back by itself', async () => {
    const { clock, peripheral, stateOf, whyOf, sent, inputs } = await heldReader();
    peripheral.setSilent(true);
    await clock.advanceSlowly(7_000);
    expect(stateOf(0)).toBe('up');
    await clock.advanceSlowly(4_000);
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toContain('no answer');
    expect(inputs.at(-1)).toBe('lost');
    const before = sent.length;
    await clock.advanceSlowly(60_000);
    expect(sent.length - before).toBeLessThan(60);
    expect(sent.length - before).toBeGreaterThan(20);
    peripheral.setSilent(false);
    await clock.advanceSlowly(8_000);
    expect(stateOf(0)).toBe('up');
  });

  it('what a reader saw while nobody could ask it opens nothing when it is back, and the next card does', async () => {
    const { clock, line, peripheral, reads, stateOf } = await heldReader();
    line.far.unplug();
    peripheral.presentCard(cardBits);
    peripheral.pressKeys('12#');
    await clock.advanceSlowly(5_000);
    line.far.plug();
    await clock.advanceSlowly(8_000);
    expect(stateOf(0)).toBe('up');
    expect(reads).toEqual([]);
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(500);
    expect(reads).toEqual([`0: ${cardNumber}`]);
  });

  it('nobody at the address is said, with what to check', async () => {
    const { clock, stateOf, whyOf } = busOnFakes([{ ...secured, address: 3 }]);
    await clock.advanceSlowly(3_000);
    expect(stateOf(3)).toBe('down');
    expect(whyOf(3)).toContain('no answer at address 3: check');
  });

  it('an unplugged line takes every reader down, and brings them back', async () => {
    const { clock, line, stateOf, health, reads, peripheral } = await heldReader();
    line.far.unplug();
    await clock.advanceSlowly(100);
    expect(health.get('bus front')).toMatchObject({ state: 'down' });
    expect(stateOf(0)).toBe('down');
    line.far.plug();
    await clock.advanceSlowly(6_000);
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(500);
    expect(reads).toEqual([`0: ${cardNumber}`]);
    expect(stateOf(0)).toBe('up');
  });

  it('a line full of noise never hangs', async () => {
    const { clock, line, peripheral, reads } = await heldReader();
    for (let round = 0; round < 200; round++) {
      line.far.write(Uint8Array.from({ length: 50 }, (_, index) => (index * round * 83 + 0x53) & 0xff));
      await clock.advanceSlowly(20);
    }
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(3_000);
    expect(reads).toEqual([`0: ${cardNumber}`]);
  });
});

describe('several readers on one line', () => {
  const seats = [0, 5, 126].map((address) => ({ ...secured, address }));

  it('each reads its own cards, and one that is dead does not hold up the others', async () => {
    const { clock, line, reads, stateOf } = busOnFakes(seats);
    const { peripherals } = attachOsdpBus(
      line.far,
      seats.map(({ address }) => ({ address, scbk: clubKey })),
      { clock },
    );
    await clock.advanceSlowly(2_000);
    expect(seats.map(({ address }) => stateOf(address))).toEqual(['up', 'up', 'up']);
    const [first, second, third] = peripherals;
    second?.setSilent(true);
    await clock.advanceSlowly(20_000);
    expect(seats.map(({ address }) => stateOf(address))).toEqual(['up', 'down', 'up']);
    first?.presentCard(cardBits);
    third?.presentCard(cardBits);
    await clock.advanceSlowly(1_000);
    expect(reads.toSorted()).toEqual([`0: ${cardNumber}`, `126: ${cardNumber}`]);
    for (const peripheral of peripherals) expect(peripheral.violations).toEqual([]);
  });
});

describe('the case, the power and the inputs', () => {
  it('a case that is opened is on the status page and in the log, until it is shut', async () => {
    const { clock, peripheral, whyOf, stateOf, log } = await heldReader();
    peripheral.tamper(true);
    await clock.advanceSlowly(500);
    expect(whyOf(0)).toContain('its case is open');
    expect(stateOf(0)).toBe('up');
    peripheral.powerFail(true);
    peripheral.tamper(false);
    await clock.advanceSlowly(500);
    expect(whyOf(0)).toContain('its power is low');
    expect(whyOf(0)).not.toContain('its case is open');
    const messages = log.lines.map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        'somebody opened the case of a peripheral',
        'the case of a peripheral is shut again',
        'the power of a peripheral is low',
      ]),
    );
  });

  it('a reader that sends cards as text, and answers no poll without one, works in the end; the log says once that it should not', async () => {
    const { clock, line, reads, log } = busOnFakes([open]);
    const text = fromHex('FF53800F00055100000454455354');
    const frames = [0, 1, 2, 3].map((sequence) => {
      const body = text.slice();
      body[5] = 0x04 | sequence;
      return Uint8Array.of(...body, ...crcOf(body.subarray(1)));
    });
    line.far.onBytes((bytes) => line.far.write(frames[(bytes[5] ?? 0) & 0x03] ?? new Uint8Array()));
    await clock.advanceSlowly(1_000);
    expect(reads).toEqual([]);
    await clock.advanceSlowly(2_000);
    expect(new Set(reads)).toEqual(new Set(['0: TEST']));
    expect(log.lines.filter(({ message }) => message.includes('as text'))).toHaveLength(1);
  });

  it('inputs are asked for at first, and told when they change', async () => {
    const { clock, peripheral, inputs } = await heldReader(secured, { inputs: 2 });
    expect(inputs).toEqual(['0 open', '1 open']);
    peripheral.input(1, true);
    await clock.advanceSlowly(500);
    expect(inputs.slice(2)).toEqual(['0 open', '1 closed']);
  });

  it('a reader that answers every poll with how it stands reads cards all the same', async () => {
    const { clock, line, reads } = busOnFakes([open]);
    const status = (sequence: number) => {
      const body = fromHex('FF53800A0004480000');
      body[5] = 0x04 | sequence;
      return Uint8Array.of(...body, ...crcOf(body.subarray(1)));
    };
    let holdsCard = false;
    line.far.onBytes((bytes) => {
      const sequence = (bytes[5] ?? 0) & 0x03;
      line.far.write(holdsCard && sequence !== 0 ? plainCard(sequence) : status(sequence));
      holdsCard = false;
    });
    await clock.advanceSlowly(3_000);
    holdsCard = true;
    await clock.advanceSlowly(500);
    expect(reads).toEqual([`0: ${cardNumber}`]);
  });

  it('what a reader does not know it is asked once', async () => {
    const { clock, peripheral, stateOf } = await heldReader(secured, {}, 150);
    await clock.advanceSlowly(100_000);
    expect(commandsOf(peripheral, 0x65).length).toBeLessThan(6);
    expect(stateOf(0)).toBe('up');
  });
});

describe('an output that opens a gate', () => {
  const pulsesOf = (peripheral: OsdpPeripheral) => peripheral.outputChanges.filter(({ output }) => output === 0);

  it('closes for the pulse, by the timer of the device, and the gate is told that it was told', async () => {
    const { clock, peripheral, relays } = await heldReader(secured, { outputs: 1 });
    const told = relays[0]?.pulse('in');
    await clock.advanceSlowly(2_000);
    expect(await told).toBe('told');
    const [on, off, ...more] = pulsesOf(peripheral);
    expect(more).toEqual([]);
    expect([on?.on, off?.on]).toEqual([true, false]);
    expect((off?.atMs ?? 0) - (on?.atMs ?? 0)).toBe(500);
  });

  it('opens once when the confirmation is lost: the same command is repeated, and not carried out again', async () => {
    for (const seat of [secured, open]) {
      const { clock, peripheral, relays } = await heldReader(seat, { outputs: 1 });
      peripheral.loseNextReply();
      const told = relays[0]?.pulse('in');
      await clock.advanceSlowly(3_000);
      expect(await told).toBe('told');
      expect(commandsOf(peripheral, out)).toHaveLength(1);
      expect(pulsesOf(peripheral)).toHaveLength(2);
    }
  });

  it('what was never confirmed is unknown, and is never said again', async () => {
    for (const seat of [secured, open]) {
      const { clock, peripheral, relays, log } = await heldReader(seat, { outputs: 1 });
      peripheral.setReplyDelay(60_000);
      const told = relays[0]?.pulse('in');
      await clock.advanceSlowly(1_500);
      expect(await told).toBe('unknown');
      expect(log.lines.some(({ level, message }) => level === 'error' && message.includes('is not told again'))).toBe(true);
      peripheral.setReplyDelay(0);
      await clock.advanceSlowly(30_000);
      expect(commandsOf(peripheral, out)).toHaveLength(1);
      expect(pulsesOf(peripheral)).toHaveLength(2);
    }
  });

  it('one that is switched off in between is not told by the repetition', async () => {
    for (const seat of [secured, open]) {
      const { clock, peripheral, relays } = await heldReader(seat, { outputs: 1 });
      peripheral.loseNextReply();
      const told = relays[0]?.pulse('in').catch(() => 'failed');
      await clock.advanceSlowly(60);
      peripheral.reboot();
      await clock.advanceSlowly(5_000);
      expect(await told).toBe('unknown');
      expect(commandsOf(peripheral, out)).toHaveLength(1);
    }
  });

  it('surely did not open when it is away or unplugged', async () => {
    const away = await heldReader(secured, { outputs: 1 });
    away.peripheral.setSilent(true);
    await away.clock.advanceSlowly(20_000);
    const unplugged = await heldReader(secured, { outputs: 1 });
    unplugged.line.far.unplug();
    for (const { relays, clock } of [away, unplugged]) {
      const told = relays[0]?.pulse('in').then(
        (outcome) => ({ outcome }),
        (error: unknown) => error,
      );
      await clock.advanceSlowly(2_000);
      expect(await told).toMatchObject({ code: 'absent' });
    }
    away.peripheral.setSilent(false);
    await away.clock.advanceSlowly(20_000);
    expect(commandsOf(away.peripheral, out)).toEqual([]);
  });

  it('surely did not open when the device refuses, in a session and without', async () => {
    for (const seat of [secured, open]) {
      // No output at all: NAK 9.
      const { clock, relays } = await heldReader(seat, { outputs: 0 });
      const told = relays[0]?.pulse('in').catch((error: unknown) => error);
      await clock.advanceSlowly(2_000);
      expect(await told).toMatchObject({ code: 'refused' });
    }
  });

  it('is not said later by a device that is too busy for it', async () => {
    const { clock, relays, peripheral } = await heldReader(secured, { outputs: 1 });
    peripheral.busyNext(30);
    const told = relays[0]?.pulse('in').catch((error: unknown) => error);
    await clock.advanceSlowly(20_000);
    expect(await told).toBe('unknown');
    expect(commandsOf(peripheral, out)).toEqual([]);
  });

  it('a gate comes before lamps and sounds', async () => {
    const { clock, peripheral, bus, relays } = await heldReader(secured, { outputs: 1 });
    for (let lamp = 0; lamp < 5; lamp++) bus.at(0).tell({ code: 0x69, data: fromHex('0000020202010014000000000000') });
    void relays[0]?.pulse('in');
    await clock.advanceSlowly(1_000);
    const told = peripheral.commands.map(({ id }) => id).filter((id) => id === out || id === 0x69);
    // The first lamp was told at once: the line was free.
    expect(told.slice(0, 3)).toEqual([0x69, out, 0x69]);
  });

  it('nothing that was ordered before the line was lost is said after it', async () => {
    const { clock, peripheral, relays, line } = await heldReader(secured, { outputs: 1 });
    peripheral.setSilent(true);
    await clock.advanceSlowly(100);
    const told = relays[0]?.pulse('in').catch(() => 'failed');
    line.far.unplug();
    line.far.plug();
    peripheral.setSilent(false);
    await clock.advanceSlowly(10_000);
    expect(await told).toBe('failed');
    expect(commandsOf(peripheral, out)).toEqual([]);
  });
});

describe('what is on the wire', () => {
  it('is one frame at a time: nobody is spoken to before the other has answered or had its time', async () => {
    const { clock, peripheral, sent } = await heldReader();
    peripheral.setReplyDelay(100);
    const before = sent.length;
    await clock.advanceSlowly(2_000);
    expect(sent.length - before).toBeLessThanOrEqual(20);
    expect(toHex(sent[0] ?? new Uint8Array())).toBe('FF53000900046100C066');
  });

  it('a key is never in the log, the status or an error', async () => {
    const held = await heldReader(secured, { scbk: new Uint8Array(16).fill(7) }, 20_000);
    const everything = JSON.stringify([held.log.lines, held.health.all()]);
    expect(everything).not.toContain(toHex(clubKey));
    expect(everything.toLowerCase()).not.toContain(toHex(clubKey).toLowerCase());
  });
});

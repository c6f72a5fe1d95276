import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSerialLine } from '../../src/adapters/transport/serial-line.ts';
import { record } from '../contract/line-transport.ts';
import { fakeClock } from './fake-clock.ts';
import { frameBody, type SecurityBlock, withCheck } from './osdp-peripheral/frame.ts';
import type { PeripheralOptions } from './osdp-peripheral/peripheral.ts';
import {
  decryptData,
  defaultKey,
  encryptData,
  initialMac,
  macOf,
  panelCryptogram,
  peripheralCryptogram,
  type SessionKeys,
  sessionKeys,
} from './osdp-peripheral/secure-session.ts';
import { attachOsdpBus, attachOsdpPeripheral, type BusOptions, type OsdpPeripheral } from './osdp-peripheral.ts';
import { describeWith } from './peers.ts';
import { openPseudoTerminal } from './pseudo-terminal.ts';
import { until } from './until.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex').toUpperCase();
const bitsOf = (text: string) => Array.from(bytes(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
const compact = (text: string) => text.replaceAll(' ', '');

const clubKey = bytes('0102030405060708090A0B0C0D0E0F10');
const annexPanelRandom = bytes('B0B1B2B3B4B5B6B7');
const annexPeripheralRandom = bytes('A0A1A2A3A4A5A6A7');
// 26 bits: H10301, facility 123, card 4567.
const cardBits = '10111101100010001110101110';

/** A line in memory with a peripheral at the far end; `ask` hands over bytes and gives what came back, as hex. */
function connect(options: PeripheralOptions & BusOptions = {}) {
  const clock = fakeClock();
  const wire = memoryWire();
  return { clock, ...wire, peripheral: attachOsdpPeripheral(wire.far, { clock, ...options }) };
}

function memoryWire() {
  let back: Uint8Array[] = [];
  let hear = (_: Uint8Array): void => {};
  const taken = () => {
    const heard = Buffer.concat(back);
    back = [];
    return hex(heard);
  };
  const ask = (sent: string | Uint8Array) => {
    hear(typeof sent === 'string' ? bytes(sent) : sent);
    return taken();
  };
  const far = { write: (sent: Uint8Array) => void back.push(sent), onBytes: (heard: typeof hear) => void (hear = heard) };
  return { far, ask, taken };
}

interface Sent {
  id: number;
  sequence: number;
  data?: Uint8Array;
  address?: number;
  hasCrc?: boolean;
  block?: SecurityBlock | null;
}

function commandBody({ address = 0, hasCrc = true, block = null, data = new Uint8Array(), ...sent }: Sent): Uint8Array {
  return frameBody({ ...sent, address, hasCrc, block, data, isReply: false });
}

function plain(sent: Sent): Uint8Array {
  return withCheck(commandBody(sent), sent.hasCrc ?? true);
}

/** The panel's half of a session, enough to talk to a peripheral that is under test. */
function shakeHands(ask: (sent: Uint8Array) => string, key: Uint8Array, keyType: number, peripheralRandom: Uint8Array) {
  ask(plain({ id: 0x76, sequence: 0, data: annexPanelRandom, block: { type: 0x11, data: Uint8Array.of(keyType) } }));
  const keys = sessionKeys(key, annexPanelRandom);
  const cryptogram = panelCryptogram(keys, annexPanelRandom, peripheralRandom);
  ask(plain({ id: 0x77, sequence: 1, data: cryptogram, block: { type: 0x13, data: Uint8Array.of(keyType) } }));
  let mac = initialMac(keys, cryptogram);
  return {
    seal({ id, sequence, data = new Uint8Array() }: Sent): Uint8Array {
      const isEncrypted = data.length > 0;
      const block = { type: isEncrypted ? 0x17 : 0x15, data: new Uint8Array() };
      const sealed = isEncrypted ? encryptData(keys, data, mac) : data;
      const body = commandBody({ id, sequence, block, data: sealed });
      mac = macOf(keys, body, mac);
      return withCheck(Uint8Array.of(...body, ...mac.subarray(0, 4)), true);
    },
    /** Takes the reply's MAC over; gives its id and data. */
    open(reply: string): { id: number; data: string } {
      const frame = bytes(reply).subarray(1);
      const covered = frame.subarray(0, -6);
      const data = covered.subarray(8);
      const clear = data.length > 0 ? decryptData(keys, data, mac) : data;
      mac = macOf(keys, covered, mac);
      expect(hex(frame.subarray(-6, -2))).toBe(hex(mac.subarray(0, 4)));
      return { id: covered.readUInt8(7), data: hex(clear ?? bytes('')) };
    },
  };
}

describe('the keys of a session', () => {
  it('come out as SIA Annex E prints them', () => {
    const keys = sessionKeys(defaultKey, annexPanelRandom);
    const proof = panelCryptogram(keys, annexPanelRandom, annexPeripheralRandom);
    expect({
      encryption: hex(keys.encryption),
      mac1: hex(keys.mac1),
      mac2: hex(keys.mac2),
      peripheral: hex(peripheralCryptogram(keys, annexPanelRandom, annexPeripheralRandom)),
      panel: hex(proof),
      mac: hex(initialMac(keys, proof)),
    }).toEqual({
      encryption: 'BF8DC2A8329ACB8C67C6D0CD9A451682',
      mac1: '5E86C676603BDEE2D8BEAFE178637332',
      mac2: '6FDA86E857777E81132035758239172E',
      peripheral: 'FDE5D2F428EC16312471EA3C02BD7796',
      panel: '26D3356E07762D262801FC8E6665A891',
      mac: 'B2A30057EB98BA2229EC1F875662B524',
    });
  });

  // Source: OSDP.Net, with every key and MAC zero.
  it.each([
    ['POLL', '53 00 0E 00 0E 02 15 60 4B 32 76 77 73 B6', ''],
    ['ID', '53 00 1E 00 0E 02 17 61 D1 4E B7 AD 98 2C C5 F9 AA 25 31 8A 7E AE D6 26 9A E9 95 73 19 83', '00'],
    ['OUT', '53 00 1E 00 0E 02 17 68 F7 EF A0 D4 76 4A 4E 29 26 75 96 F2 16 D8 A9 E8 C5 88 76 08 B9 08', '0003640001067800'],
  ])('sign and seal %s as published', (_, frame, data) => {
    const zero = new Uint8Array(16);
    const keys: SessionKeys = { encryption: zero, mac1: zero, mac2: zero };
    const sent = bytes(frame);
    const covered = sent.subarray(0, -6);
    expect(hex(macOf(keys, covered, zero).subarray(0, 4))).toBe(hex(sent.subarray(-6, -2)));
    const sealed = covered.subarray(8);
    if (data === '') expect(hex(sealed)).toBe('');
    else expect(hex(decryptData(keys, sealed, zero) ?? bytes(''))).toBe(data);
    if (data !== '') expect(hex(encryptData(keys, bytes(data), zero))).toBe(hex(sealed));
  });
});

it('a MAC over whole blocks is not padded', () => {
  const zero = new Uint8Array(16);
  const keys: SessionKeys = { encryption: clubKey, mac1: zero, mac2: clubKey };
  const block = Buffer.concat([annexPanelRandom, annexPeripheralRandom]);
  expect(hex(macOf(keys, block, zero))).toBe(hex(peripheralCryptogram(keys, annexPanelRandom, annexPeripheralRandom)));
});

describe('a peripheral answers published commands', () => {
  it('as the reader of a captured handshake did', () => {
    const random = () => bytes('D66D5A91E600806A');
    const { ask, peripheral } = connect({ installMode: true, firstSequence: 'any', random });
    expect(ask('53 00 13 00 0E 03 11 00 76 9ACC78E0E206FD87 51ED')).toBe(
      compact('FF 53 80 2B 00 0E 03 12 00 76 00000015CD5B0700 D66D5A91E600806A 53FA00E5E6E152ABD57A7E10000B4A5F A052'),
    );
    expect(ask('53 00 1B 00 0F 03 13 00 77 2E82307D6D655DE166E7E7B2B02E1A7B 9421')).toContain(
      compact('FF 53 80 1B 00 0F 03 14 01 78 A96542F6D54E3C129768DB80DD2FDA50'),
    );
    expect(peripheral).toMatchObject({ isSecured: true, violations: [] });
  });

  it('and as early peripherals end theirs', () => {
    const random = () => bytes('D66D5A91E600806A');
    const { ask } = connect({ installMode: true, firstSequence: 'any', random, rmacAsScs12: true });
    ask('53 00 13 00 0E 03 11 00 76 9ACC78E0E206FD87 51ED');
    expect(ask('53 00 1B 00 0F 03 13 00 77 2E82307D6D655DE166E7E7B2B02E1A7B 9421')).toBe(
      compact('FF 53 80 1B 00 0F 03 12 01 78 A96542F6D54E3C129768DB80DD2FDA50 4FC2'),
    );
  });

  // Computed from the rules, as continuation of Annex E's session.
  it('as the session of Annex E goes on', () => {
    const { ask, peripheral } = connect({ installMode: true, random: () => annexPeripheralRandom });
    shakeHands(ask, defaultKey, 0, annexPeripheralRandom);
    peripheral.presentCard('10110110010011100010000001');
    expect(ask('FF53000E000E02156074DD15A53277')).toBe('FF53801E000E0218502109406B1972A3556E114B374E4DC741D89A63C42447');
    expect(ask('FF53001E000F0217691C2A378F3B0F0745ED2418492BAE2FBF84DDE59EFBBF')).toBe('FF53800E000F0216406894ABF2A6BF');
    expect(peripheral.commands.slice(-2)).toMatchObject([
      { id: 0x60, isSecured: true },
      { id: 0x69, isSecured: true, data: Uint8Array.from(bytes('0000 0202000200 1E00 0000000000')) },
    ]);
    expect(peripheral.light()).toEqual({ onColour: 'green', offColour: 'off', onMs: 200, offMs: 0, isTemporary: true });
  });

  it.each([
    ['ID', { address: 0 }, '53 00 09 00 04 61 00 C0 66', '53 80 14 00 04 45'],
    ['POLL of address 101', { address: 101 }, 'FF 53 65 08 00 04 60 60 90', '53 E5 08 00 04 40'],
    ['ID with a checksum', { address: 0 }, '53 00 08 00 00 61 00 44', '53 80 13 00 00 45 00 0E E3 10 10 00 00 74 97 23 06 06'],
    ['BUZ', { firstSequence: 'any' as const }, '53 00 0D 00 06 6A 00 02 02 02 01 59 92', '53 80 08 00 06 40'],
    ['LSTAT', { firstSequence: 'any' as const }, 'FF 53 00 08 00 06 64 0D 8C', '53 80 0A 00 06 48 00 00'],
    ['ISTAT', { firstSequence: 'any' as const }, 'FF 53 00 08 00 06 65 2C 9C', '53 80 0A 00 06 49 00 00'],
    ['OSTAT', { firstSequence: 'any' as const }, 'FF 53 00 08 00 06 66 4F AC', '53 80 0A 00 06 4A 00 00'],
    ['OUT', { firstSequence: 'any' as const }, 'FF 53 00 10 00 06 68 00 03 64 00 01 06 78 00 0B 5B', '53 80 08 00 06 40'],
    [
      'COMSET',
      { firstSequence: 'any' as const },
      'FF 53 00 0D 00 06 6E 01 80 25 00 00 EC 7B',
      '53 80 0D 00 06 54 01 80 25 00 00',
    ],
    ['MFG', { firstSequence: 'any' as const }, 'FF 53 00 0E 00 06 80 01 02 03 0A 0B 0C 6B 14', '53 80 09 00 06 41 03'],
  ])('%s', (_, options, command, reply) => {
    expect(connect({ ...options, marks: false }).ask(command)).toMatch(new RegExp(`^${compact(reply)}`));
  });

  it('who it is and that it heard, as the captured reader', () => {
    const { ask } = connect({ marks: false });
    ask(plain({ id: 0x60, sequence: 0 }));
    expect(ask(plain({ id: 0x60, sequence: 1 }))).toBe(compact('53 80 08 00 05 40 68 9F'));
    expect(ask(plain({ id: 0x61, sequence: 2, data: bytes('00') }))).toBe(
      compact('53 80 14 00 06 45 00 0E E3 10 10 00 00 74 97 23 06 06 1B 88'),
    );
  });

  it('with a checksum where it was asked with one', () => {
    const { ask } = connect({ address: 0x65 });
    ask(plain({ address: 0x65, id: 0x60, sequence: 0, hasCrc: false }));
    expect(ask(plain({ address: 0x65, id: 0x60, sequence: 1, hasCrc: false }))).toBe(compact('FF 53 E5 07 00 01 40 80'));
  });

  // Computed from the rules, not captured.
  it.each<[string, number, string, (peripheral: OsdpPeripheral) => void]>([
    ['a 26-bit card', 1, 'FF53801000055000011A00BD88EB80CD65', (it) => it.presentCard(cardBits)],
    [
      'a 34-bit serial number',
      2,
      'FF538011000650000122000250D961C0B731',
      (it) => it.presentCard(bitsOf('0250D961C0').slice(0, 34)),
    ],
    [
      'a 56-bit serial number',
      1,
      'FF5380130005500000380004958CAA5C5E806DC6',
      (it) => it.presentCard(bitsOf('04958CAA5C5E80'), 0, 0),
    ],
    ['a code on the keypad', 2, 'FF53800D000653000331320D5B3F', (it) => it.pressKeys('12#')],
    ['an opened case', 2, 'FF53800A0006480100776F', (it) => it.tamper(true)],
    ['a contact', 3, 'FF53800C00074900010000DA3B', (it) => it.input(1, true)],
    ['nothing', 1, 'FF538008000540689F', () => {}],
    ['that it is busy', 1, 'FF538008000479230B', (it) => it.busyNext(1)],
    ['that it knows no such command', 1, 'FF5380090005410355B3', (it) => it.nakNext(3)],
  ])('with what happened: %s', (_, sequence, reply, happen) => {
    const { ask, peripheral } = connect({ inputs: 4 });
    for (let before = 0; before < sequence; before++) ask(plain({ id: 0x60, sequence: before }));
    happen(peripheral);
    expect(ask(plain({ id: 0x60, sequence }))).toBe(reply);
  });

  it('with a NAK to a damaged one', () => {
    const { ask, peripheral } = connect({ address: 0x65 });
    const damaged = plain({ address: 0x65, id: 0x60, sequence: 1 });
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 0x01;
    expect(ask(damaged)).toBe(compact('FF 53 E5 09 00 05 41 01 0E 8F'));
    expect(peripheral.commands).toEqual([]);
  });
});

describe('a peripheral on the line', () => {
  it('keeps silent when another is meant', () => {
    const { ask, peripheral } = connect({ address: 1 });
    expect(ask(plain({ address: 0, id: 0x60, sequence: 0 }))).toBe('');
    expect(ask(plain({ address: 2, id: 0x68, sequence: 0, data: bytes('00020000') }))).toBe('');
    expect(peripheral).toMatchObject({ commands: [], outputs: [false, false] });
  });

  it('does what everybody is told without a word, and only when it is about the line', () => {
    const { ask, peripheral } = connect({ address: 1 });
    expect(ask('53 7F 0D 00 04 6E 00 80 25 00 00 6E 38')).toBe('');
    expect(peripheral).toMatchObject({ address: 0, baudRate: 9600 });
    expect(ask(plain({ address: 0x7f, id: 0x68, sequence: 0, data: bytes('00020000') }))).toBe('');
    expect(peripheral.outputs).toEqual([false, false]);
    expect(peripheral.violations).toEqual(['command 68 was sent to everybody']);
  });

  it('answers a repeated command the same and does not carry it out again', () => {
    const { ask, peripheral } = connect();
    ask(plain({ id: 0x60, sequence: 0 }));
    peripheral.presentCard(cardBits);
    peripheral.pressKeys('1');
    const poll = plain({ id: 0x60, sequence: 1 });
    const card = ask(poll);
    expect(ask(poll)).toBe(card);
    expect(ask(poll)).toBe(card);
    expect(ask(plain({ id: 0x60, sequence: 2 }))).toContain('530001' + '31');
    expect(peripheral).toMatchObject({ repetitions: 2, violations: [] });
    expect(peripheral.commands).toHaveLength(3);
  });

  it('does not carry out another command under the number of the last', () => {
    const { ask, peripheral } = connect();
    ask(plain({ id: 0x60, sequence: 0 }));
    const acknowledged = ask(plain({ id: 0x60, sequence: 1 }));
    expect(ask(plain({ id: 0x68, sequence: 1, data: bytes('00020000') }))).toBe(acknowledged);
    expect(peripheral.outputs).toEqual([false, false]);
    expect(peripheral.violations).toEqual(['a new command came under the sequence number of the last']);
  });

  it('wants to be counted 0, 1, 2, 3, 1, and starts anew at 0', () => {
    const { ask } = connect({ marks: false });
    const poll = (sequence: number) => ask(plain({ id: 0x60, sequence })).slice(8, -4);
    expect(poll(2)).toBe('064104');
    expect([0, 1, 2, 3, 1].map(poll)).toEqual(['0440', '0540', '0640', '0740', '0540']);
    expect(poll(3)).toBe('074104');
    expect(poll(2)).toBe('0640');
    expect([0, 1].map(poll)).toEqual(['0440', '0540']);
  });

  it.each([
    ['a command it does not know', 0xee, '', 3],
    ['a poll with data', 0x60, '00', 2],
    ['a light without its last byte', 0x69, '00000201000202 1E00 01010001', 2],
    ['an output it does not have', 0x68, '09020000', 9],
    ['an output on for a while without an end', 0x68, '00050000', 9],
    ['a light of no colour', 0x69, '0000 0201000802 1E00 0101000101', 9],
    ['a key in the clear', 0x75, '0110' + '11'.repeat(16), 6],
  ])('refuses %s', (_, id, data, code) => {
    const { ask } = connect({ marks: false, installMode: true });
    expect(ask(plain({ id, sequence: 0, data: bytes(data) })).slice(10, 14)).toBe(`410${code}`);
  });

  it.each([
    ['nothing in it', '53 00 07 00 04'],
    ['a security block shorter than itself', '53 00 0A 00 0C 01 11 60'],
    ['a security block longer than the frame', '53 00 0A 00 0C 09 15 60'],
    ['a MAC where the command should be', '53 00 0D 00 0C 02 15 01 02 03 04'],
  ])('refuses a frame with %s', (_, body) => {
    expect(
      connect({ marks: false })
        .ask(withCheck(bytes(body), true))
        .slice(10, 14),
    ).toBe('4102');
  });

  it('refuses a CRC when it only knows checksums', () => {
    const { ask } = connect({ checksum: 'checksum', marks: false });
    expect(ask(plain({ id: 0x60, sequence: 0 }))).toBe('53800800004101E3');
    expect(ask(plain({ id: 0x60, sequence: 0, hasCrc: false }))).toBe('538007000040E6');
  });

  it('finds a command behind noise that looks like a start, and forgets half a frame', () => {
    const { ask, clock } = connect({ marks: false });
    const poll = plain({ id: 0x60, sequence: 0 });
    const acknowledged = '53800800044059AC';
    expect(ask(Uint8Array.of(0x00, 0x53, 0xff, 0xff, 0x53, 0x00, 0x09, 0x00, 0x04, ...poll))).toBe(acknowledged);
    expect(ask('53 00 16 00 06 69')).toBe('');
    clock.advance(150);
    expect(ask(poll)).toBe(acknowledged);
    expect(ask(poll.subarray(0, 5)) + ask(poll.subarray(5))).toBe(acknowledged);
  });

  it('takes the answer to a damaged command for the end of it, whatever seemed to begin inside', () => {
    const { ask } = connect({ marks: false });
    const damaged = plain({ id: 0x68, sequence: 0, data: bytes('53 00 40 00 04') }).with(-1, 0);
    expect(ask(damaged)).toContain('044101');
    expect(ask(plain({ id: 0x60, sequence: 0 }))).toBe('53800800044059AC');
  });

  it('does not take an answer for a command', () => {
    const { ask, peripheral } = connect();
    expect(ask('53 80 08 00 04 40 59 AC')).toBe('');
    expect(peripheral.violations).toEqual([]);
  });

  it('lets an output go by itself when its time is over', () => {
    const { ask, peripheral, clock } = connect();
    ask(plain({ id: 0x60, sequence: 0 }));
    ask('FF53000C00056800050500F88E');
    clock.advance(499);
    expect(peripheral.outputs).toEqual([true, false]);
    clock.advance(1000);
    expect(peripheral.outputs).toEqual([false, false]);
    expect(peripheral.outputChanges).toEqual([
      { output: 0, on: true, atMs: 0 },
      { output: 0, on: false, atMs: 500 },
    ]);
  });

  it('shows the light it was told to for a while, then the other', () => {
    const { ask, peripheral, clock } = connect();
    ask('FF530016000669000002010002021E0001010001013F76');
    expect(peripheral.light()).toBeNull();
    ask(plain({ id: 0x60, sequence: 0 }));
    ask(plain({ id: 0x60, sequence: 1 }));
    ask('FF530016000669000002010002021E0001010001013F76');
    expect(peripheral.light()).toMatchObject({ onColour: 'green', isTemporary: true });
    clock.advance(3000);
    expect(peripheral.light()).toMatchObject({ onColour: 'red', isTemporary: false });
    ask('FF530016000769000002020201001400000000000032D6');
    expect(peripheral.light()).toEqual({ onColour: 'red', offColour: 'off', onMs: 200, offMs: 200, isTemporary: true });
  });

  it('sounds its buzzer', () => {
    const { ask, peripheral } = connect();
    ask(plain({ id: 0x60, sequence: 0 }));
    ask('FF53000D00056A0002020001B92C');
    expect(peripheral.buzzes).toEqual([{ reader: 0, tone: 2, onMs: 200, offMs: 0, count: 1 }]);
  });
});

describe('a secure session', () => {
  const random = () => annexPeripheralRandom;
  const paired = () => {
    const connected = connect({ scbk: clubKey, random });
    return { ...connected, panel: shakeHands(connected.ask, clubKey, 1, annexPeripheralRandom) };
  };
  const nak6 = /^FF53800900..4106....$/;

  it('carries cards and commands both ways', () => {
    const { ask, peripheral, panel } = paired();
    peripheral.presentCard(cardBits);
    expect(panel.open(ask(panel.seal({ id: 0x60, sequence: 2 })))).toEqual({ id: 0x50, data: '00011A00BD88EB80' });
    expect(panel.open(ask(panel.seal({ id: 0x68, sequence: 3, data: bytes('00050500') })))).toEqual({ id: 0x40, data: '' });
    expect(panel.open(ask(panel.seal({ id: 0xee, sequence: 1 })))).toEqual({ id: 0x41, data: '03' });
    expect(panel.open(ask(panel.seal({ id: 0x61, sequence: 2, data: bytes('00') })))).toMatchObject({ id: 0x45 });
    expect(peripheral).toMatchObject({ isSecured: true, outputs: [true, false], violations: [] });
  });

  it('repeats a sealed answer without counting on', () => {
    const { ask, peripheral, panel } = paired();
    const open = panel.seal({ id: 0x68, sequence: 2, data: bytes('00050500') });
    const first = ask(open);
    expect(ask(open)).toBe(first);
    panel.open(first);
    expect(panel.open(ask(panel.seal({ id: 0x60, sequence: 3 })))).toEqual({ id: 0x40, data: '' });
    expect(peripheral.outputChanges).toHaveLength(1);
  });

  it('ends with a wrong MAC', () => {
    const { ask, peripheral, panel } = paired();
    const forged = bytes(hex(panel.seal({ id: 0x68, sequence: 2, data: bytes('00020000') })).slice(0, -4));
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 0x01;
    expect(ask(withCheck(forged, true))).toMatch(nak6);
    expect(peripheral).toMatchObject({
      isSecured: false,
      outputs: [false, false],
      violations: ['the MAC of command 68 is wrong'],
    });
  });

  it('does not take a command that was sent before', () => {
    const { ask, peripheral, panel } = paired();
    const open = panel.seal({ id: 0x68, sequence: 2, data: bytes('00050500') });
    panel.open(ask(open));
    for (const sequence of [3, 1]) panel.open(ask(panel.seal({ id: 0x60, sequence })));
    expect(ask(open)).toMatch(nak6);
    expect(peripheral.outputChanges).toHaveLength(1);
  });

  it('takes nothing in the clear, and goes on', () => {
    const { ask, peripheral, panel } = paired();
    expect(ask(plain({ id: 0x68, sequence: 2, data: bytes('00020000') }))).toMatch(nak6);
    expect(panel.open(ask(panel.seal({ id: 0x60, sequence: 3 })))).toEqual({ id: 0x40, data: '' });
    expect(peripheral.violations).toEqual(['command 68 came in the clear during a session']);
    expect(peripheral.outputs).toEqual([false, false]);
  });

  it('is not begun anew from within itself', () => {
    const { ask, peripheral, panel } = paired();
    expect(panel.open(ask(panel.seal({ id: 0x76, sequence: 2, data: annexPanelRandom })))).toEqual({ id: 0x41, data: '06' });
    expect(peripheral.isSecured).toBe(true);
  });

  it('takes no data that is signed but not encrypted', () => {
    const { ask, peripheral } = paired();
    const keys = sessionKeys(clubKey, annexPanelRandom);
    const mac = initialMac(keys, panelCryptogram(keys, annexPanelRandom, annexPeripheralRandom));
    const body = commandBody({ id: 0x68, sequence: 2, block: { type: 0x15, data: bytes('') }, data: bytes('00020000') });
    expect(ask(withCheck(Uint8Array.of(...body, ...macOf(keys, body, mac).subarray(0, 4)), true))).toMatch(nak6);
    expect(peripheral.outputs).toEqual([false, false]);
  });

  it('takes no data without the mark of its end', () => {
    const { ask, peripheral } = paired();
    const keys = sessionKeys(clubKey, annexPanelRandom);
    const mac = initialMac(keys, panelCryptogram(keys, annexPanelRandom, annexPeripheralRandom));
    const body = commandBody({ id: 0x68, sequence: 2, block: { type: 0x17, data: bytes('') }, data: new Uint8Array(16) });
    expect(ask(withCheck(Uint8Array.of(...body, ...macOf(keys, body, mac).subarray(0, 4)), true))).toMatch(nak6);
    expect(peripheral.violations).toEqual(['the data of command 68 is not padded as it should be']);
  });

  it('is over after 8 seconds without a word', () => {
    const { ask, peripheral, panel, clock } = paired();
    clock.advance(7999);
    panel.open(ask(panel.seal({ id: 0x60, sequence: 2 })));
    clock.advance(8000);
    expect(peripheral.isSecured).toBe(false);
    expect(ask(panel.seal({ id: 0x60, sequence: 3 }))).toMatch(nak6);
  });

  it('is over when the reader restarts, which wants to be counted from 0 again', () => {
    const { ask, peripheral, panel } = paired();
    peripheral.reboot();
    expect(ask(panel.seal({ id: 0x60, sequence: 2 }))).toMatch(nak6);
    expect(ask(plain({ id: 0x60, sequence: 3 }))).toContain('4104');
    shakeHands(ask, clubKey, 1, annexPeripheralRandom);
    expect(peripheral.isSecured).toBe(true);
  });

  it('is over when the panel counts from 0', () => {
    const { ask, peripheral } = paired();
    expect(ask(plain({ id: 0x60, sequence: 0 }))).toContain('0440');
    expect(peripheral.isSecured).toBe(false);
  });

  it('does not come about with another key', () => {
    const { ask, peripheral } = connect({ scbk: clubKey, random });
    shakeHands(ask, defaultKey, 1, annexPeripheralRandom);
    expect(peripheral).toMatchObject({ isSecured: false, violations: ['the panel did not prove that it has the key'] });
  });

  it('does not come about with the key that everybody knows, unless the installer lets it', () => {
    const { ask, peripheral } = connect({ scbk: clubKey, random });
    const begin = plain({ id: 0x76, sequence: 0, data: annexPanelRandom, block: { type: 0x11, data: bytes('00') } });
    expect(ask(begin)).toMatch(nak6);
    peripheral.setInstallMode(true);
    shakeHands(ask, defaultKey, 0, annexPeripheralRandom);
    expect(peripheral.isSecured).toBe(true);
  });

  it('is refused by a reader without any key', () => {
    const { ask } = connect({ marks: false });
    const begin = plain({ id: 0x76, sequence: 0, data: annexPanelRandom, block: { type: 0x11, data: bytes('01') } });
    expect(ask(begin).slice(10, 14)).toBe('4105');
  });

  it('gives the reader a key of its own, after which the common one does no more', () => {
    const { ask, peripheral } = connect({ installMode: true, random });
    const panel = shakeHands(ask, defaultKey, 0, annexPeripheralRandom);
    const data = Uint8Array.of(1, 16, ...clubKey);
    expect(panel.open(ask(panel.seal({ id: 0x75, sequence: 2, data })))).toEqual({ id: 0x40, data: '' });
    expect(hex(peripheral.scbk ?? bytes(''))).toBe(hex(clubKey));
    peripheral.reboot();
    shakeHands(ask, defaultKey, 0, annexPeripheralRandom);
    expect(peripheral.isSecured).toBe(false);
    shakeHands(ask, clubKey, 1, annexPeripheralRandom);
    expect(peripheral.isSecured).toBe(true);
  });

  it('is all that a strict reader talks in, but for who it is', () => {
    const { ask } = connect({ scbk: clubKey, secureOnly: true, marks: false });
    expect(ask(plain({ id: 0x60, sequence: 0 })).slice(10, 14)).toBe('4106');
    expect(ask(plain({ id: 0x61, sequence: 1, data: bytes('00') })).slice(10, 12)).toBe('45');
    expect(ask(plain({ id: 0x62, sequence: 2, data: bytes('00') })).slice(10, 12)).toBe('46');
  });

  it.each([0x15, 0x16, 0x17, 0x18, 0x19])('is not entered by a frame that says so: SCS_%i', (type) => {
    const { ask, peripheral } = connect({ scbk: clubKey });
    const body = commandBody({ id: 0x68, sequence: 0, block: { type, data: bytes('') }, data: bytes('00020000') });
    const mac = type < 0x19 ? [0, 0, 0, 0] : [];
    expect(ask(withCheck(Uint8Array.of(...body, ...mac), true))).toMatch(nak6);
    expect(peripheral).toMatchObject({ commands: [], outputs: [false, false] });
  });

  it('goes on after BUSY and after a NAK that the command did not arrive', () => {
    const { ask, peripheral, panel } = paired();
    const open = panel.seal({ id: 0x68, sequence: 2, data: bytes('00050500') });
    peripheral.busyNext(2);
    const busy = hex(
      withCheck(
        frameBody({ address: 0, isReply: true, sequence: 0, hasCrc: true, block: null, id: 0x79, data: bytes('') }),
        true,
      ),
    );
    expect([ask(open), ask(open)]).toEqual([`FF${busy}`, `FF${busy}`]);
    peripheral.nakNext(1);
    expect(ask(open)).toContain('064101');
    expect(peripheral.outputs).toEqual([false, false]);
    expect(panel.open(ask(open))).toEqual({ id: 0x40, data: '' });
    expect(peripheral.outputs).toEqual([true, false]);
  });

  it('can fail at its last step', () => {
    const { ask, peripheral } = connect({ scbk: clubKey, random });
    peripheral.failNextHandshake();
    shakeHands(ask, clubKey, 1, annexPeripheralRandom);
    expect(peripheral.isSecured).toBe(false);
    shakeHands(ask, clubKey, 1, annexPeripheralRandom);
    expect(peripheral.isSecured).toBe(true);
  });
});

describe('a bad line', () => {
  const acknowledged = 'FF53800800044059AC';
  const poll = plain({ id: 0x60, sequence: 0 });

  it('loses, cuts and corrupts one answer each, and no more', () => {
    const { ask, peripheral } = connect();
    peripheral.loseNextReply();
    expect([ask(poll), ask(poll)]).toEqual(['', acknowledged]);
    peripheral.cutNextReplyAt(4);
    expect([ask(poll), ask(poll)]).toEqual(['FF538008', acknowledged]);
    peripheral.corruptNextReply();
    expect([ask(poll), ask(poll)]).toEqual(['FF53800800044059BC', acknowledged]);
    peripheral.garbageBefore(Uint8Array.of(0x53, 0x00));
    expect([ask(poll), ask(poll)]).toEqual([`5300${acknowledged}`, acknowledged]);
  });

  it('brings answers late and in pieces', () => {
    const { ask, taken, peripheral, clock } = connect();
    peripheral.setReplyDelay(150);
    peripheral.splitReplies({ at: 3, pauseMs: 40 });
    expect(ask(poll)).toBe('');
    clock.advance(150);
    expect(taken()).toBe('FF5380');
    clock.advance(40);
    expect(taken()).toBe('0800044059AC');
  });

  it('gives the panel its own bytes back through some adapters', () => {
    expect(connect({ echo: true }).ask(poll)).toBe(hex(poll) + acknowledged);
  });

  it('is quiet while a reader is away, and a session outlives a short absence', () => {
    const { ask, peripheral } = connect();
    peripheral.setSilent(true);
    expect(ask(poll)).toBe('');
    peripheral.setSilent(false);
    expect(ask(poll)).toBe(acknowledged);
    expect(peripheral.commands).toHaveLength(1);
  });
});

describe('whatever a panel sends', () => {
  const anything = fc.uint8Array({ maxLength: 80 });
  const anyBlock = fc.option(fc.record({ type: fc.integer({ min: 0x10, max: 0x1a }), data: fc.uint8Array({ maxLength: 2 }) }));
  const wellFormed = fc
    .record({
      id: fc.oneof(fc.constantFrom(0x60, 0x68, 0x69, 0x6a, 0x75, 0x76, 0x77, 0x7b), fc.integer({ min: 0, max: 0xff })),
      sequence: fc.integer({ min: 0, max: 3 }),
      data: fc.uint8Array({ maxLength: 40 }),
      hasCrc: fc.boolean(),
      block: anyBlock,
    })
    .map(plain);

  it('the reader answers the next poll after a pause', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, wellFormed), { maxLength: 12 }), fc.boolean(), (sent, isPaired) => {
        const { ask, clock } = connect({ scbk: clubKey, random: () => annexPeripheralRandom });
        if (isPaired) shakeHands(ask, clubKey, 1, annexPeripheralRandom);
        for (const part of sent) ask(part);
        clock.advance(150);
        expect(ask(plain({ id: 0x60, sequence: 0 }))).toBe('FF53800800044059AC');
      }),
    );
  });
});

describe('several on one pair of wires', () => {
  it('answer for themselves, whatever the others say', () => {
    const wire = memoryWire();
    const { peripherals, noise } = attachOsdpBus(wire.far, [{ address: 0 }, { address: 1, marks: false }], {
      clock: fakeClock(),
    });
    const [first, second] = peripherals;
    second?.presentCard(cardBits);
    expect(wire.ask(plain({ address: 0, id: 0x60, sequence: 0 }))).toBe('FF53800800044059AC');
    expect(wire.ask(plain({ address: 1, id: 0x60, sequence: 0 }))).toContain('50' + '00011A00BD88EB80');
    noise(Uint8Array.of(0x53, 0x81, 0x08));
    expect(wire.taken()).toBe('538108');
    expect([first?.commands.length, second?.commands.length]).toEqual([1, 1]);
    expect([first?.violations, second?.violations]).toEqual([[], []]);
  });

  it('have done with a command before the panel can send the next', () => {
    const replies: string[] = [];
    let hear = (_: Uint8Array): void => {};
    const far = {
      write(reply: Uint8Array) {
        replies.push(hex(reply).slice(10, 14));
        if (replies.length < 4) hear(plain({ id: 0x60, sequence: replies.length }));
      },
      onBytes: (heard: typeof hear) => void (hear = heard),
    };
    const { peripherals } = attachOsdpBus(far, [{}, { address: 1 }], { clock: fakeClock() });
    hear(plain({ id: 0x60, sequence: 0 }));
    expect(replies).toEqual(['0440', '0540', '0640', '0740']);
    expect(peripherals[0]?.violations).toEqual([]);
  });
});

describeWith('python3', 'a peripheral on a pseudo-terminal', () => {
  it('answers through a real serial port', async () => {
    const far = await openPseudoTerminal();
    const peripheral = attachOsdpPeripheral(far, { marks: false });
    const { heard, events } = record();
    const port = await createSerialLine({ path: far.path, baudRate: 9600 }).open(events);
    await port.write(plain({ id: 0x60, sequence: 0 }));
    await until('the reader answers', () => hex(Buffer.concat(heard)) === '53800800044059AC');
    peripheral.presentCard(cardBits);
    await port.write(plain({ id: 0x60, sequence: 1 }));
    await until('the card comes', () => hex(Buffer.concat(heard)).endsWith('53801000055000011A00BD88EB80CD65'));
    await port.close();
  });
});

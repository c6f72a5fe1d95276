import { describe, expect, it } from 'vitest';
import { decodeFrames, encodeFrame, type HeardFrame } from '../../devices/codecs/osdp-frame.ts';
import { fromHex } from '../../src/lib/hex.ts';
import type { BusSeat } from '../../src/ports/bus.ts';
import { busOnFakes, cardBits, cardNumber, clubKey } from '../kit/bus-on-fakes.ts';
import { attachOsdpPeripheral } from '../kit/osdp-peripheral.ts';

const secured: BusSeat = { address: 0, secured: true, secrets: { key: clubKey } };
const open: BusSeat = { address: 0, secured: false, secrets: {} };

/** What becomes of a reply on its way, by the command that it answers: other bytes, or none. */
type OnTheWay = (reply: HeardFrame, command: number) => Uint8Array[];

const asItIs: OnTheWay = ({ bytes }) => [bytes];

/** A reader on a line with somebody at the wires. */
async function tampered(seat: BusSeat, { hears = () => true, way = asItIs, settings = {}, wished = {}, forMs = 1_000 }: Wished) {
  const held = busOnFakes([seat], { settings });
  const { clock, line } = held;
  let command = 0;
  const asked: number[] = [];
  const now = { hears, way };
  const peripheral = attachOsdpPeripheral(
    {
      write(bytes) {
        for (const frame of decodeFrames(bytes).frames) for (const part of now.way(frame, command)) line.far.write(part);
      },
      onBytes: (heard) =>
        line.far.onBytes((bytes) => {
          const [frame] = decodeFrames(bytes).frames;
          command = frame?.code ?? 0;
          asked.push(command);
          if (frame && now.hears(frame)) heard(bytes);
        }),
    },
    { clock, scbk: clubKey, ...wished },
  );
  await clock.advanceSlowly(forMs);
  return { ...held, peripheral, asked, now, count: (code: number) => asked.filter((one) => one === code).length };
}

interface Wished {
  hears?: (command: HeardFrame) => boolean;
  way?: OnTheWay;
  settings?: Record<string, unknown>;
  wished?: Parameters<typeof attachOsdpPeripheral>[1];
  forMs?: number;
}

const plain = (frame: HeardFrame, code: number, data = '') =>
  encodeFrame({ ...frame, security: null, code, data: fromHex(data) });

describe('somebody at the wires', () => {
  it('who changes the first MAC gets no session', async () => {
    const way: OnTheWay = (reply, command) =>
      command === 0x77 ? [encodeFrame({ ...reply, data: reply.data.map((byte) => byte ^ 1) })] : [reply.bytes];
    const { stateOf, whyOf, count } = await tampered(secured, { way });
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toBe('it began the session with a wrong MAC');
    expect(count(0x60)).toBe(0);
  });

  it('who says that the reader knows nothing of what it can does not change what is demanded of it', async () => {
    const way: OnTheWay = (reply, command) => (command === 0x62 ? [plain(reply, 0x41, '03')] : [reply.bytes]);
    const { stateOf, whyOf } = await tampered(secured, { way });
    expect(stateOf(0)).toBe('up');
    expect(whyOf(0)).toContain('encrypted with a key of its own');
  });

  it('who ends every session with NAK 6 finds the reader down, and no haste', async () => {
    const way: OnTheWay = (reply) => [reply.mac === null ? reply.bytes : plain(reply, 0x41, '06')];
    const { clock, stateOf, whyOf, count } = await tampered(secured, { way });
    await clock.advanceSlowly(30_000);
    expect(stateOf(0)).toBe('down');
    expect(whyOf(0)).toContain('it ended the session');
    expect(count(0x76)).toBeLessThan(12);
  });

  it('who lets nothing but greetings through takes the reader down', async () => {
    const { clock, stateOf, peripheral, now } = await tampered(secured, {});
    expect(stateOf(0)).toBe('up');
    now.way = (reply, command) => (command === 0x61 || command === 0x62 ? [reply.bytes] : []);
    peripheral.reboot();
    await clock.advanceSlowly(20_000);
    expect(stateOf(0)).toBe('down');
  });

  it('who repeats every answer has each card read once', async () => {
    for (const seat of [secured, open]) {
      const { clock, reads, peripheral } = await tampered(seat, { way: ({ bytes }) => [bytes, bytes] });
      peripheral.presentCard(cardBits);
      await clock.advanceSlowly(1_000);
      expect(reads).toEqual([`0: ${cardNumber}`]);
    }
  });

  it('who puts the last answer before the next one has each card read once', async () => {
    for (const seat of [secured, open]) {
      let last: Uint8Array[] = [];
      const way: OnTheWay = ({ bytes }) => {
        const both = [...last, bytes];
        last = [bytes];
        return both;
      };
      const { clock, reads, peripheral, stateOf } = await tampered(seat, { way });
      peripheral.presentCard(cardBits);
      await clock.advanceSlowly(1_000);
      expect(reads).toEqual([`0: ${cardNumber}`]);
      expect(stateOf(0)).toBe('up');
    }
  });
});

describe('a reader of an old kind', () => {
  it('that takes a CRC for a damaged command is asked with a checksum at once', async () => {
    const { stateOf, clock } = await tampered(secured, {
      wished: { checksum: 'checksum', capabilities: new Uint8Array() },
      forMs: 0,
    });
    await clock.advanceSlowly(600);
    expect(stateOf(0)).toBe('up');
  });

  it('that does not hear a CRC at all is asked with a checksum after a while', async () => {
    const hears = ({ check }: HeardFrame) => check === 'checksum';
    const { stateOf } = await tampered(secured, { hears, wished: { capabilities: new Uint8Array() }, forMs: 6_000 });
    expect(stateOf(0)).toBe('up');
  });

  it('that does not know a question is not asked it again', async () => {
    const way: OnTheWay = (reply, command) => (command === 0x65 ? [plain(reply, 0x41, '03')] : [reply.bytes]);
    const { clock, count, stateOf } = await tampered(open, { way });
    await clock.advanceSlowly(100_000);
    expect(count(0x65)).toBe(1);
    expect(count(0x64)).toBe(4);
    expect(stateOf(0)).toBe('up');
  });

  it('that stays busy is begun with anew', async () => {
    const { clock, count, peripheral } = await tampered(secured, {});
    peripheral.busyNext(10_000);
    await clock.advanceSlowly(10_000);
    expect(count(0x61)).toBeGreaterThan(1);
  });
});

describe('a slow line', () => {
  it('what comes late is waited for, and nothing is said twice', async () => {
    const { clock, reads, peripheral } = await tampered(secured, {});
    peripheral.setReplyDelay(190);
    peripheral.presentCard(cardBits);
    await clock.advanceSlowly(2_000);
    expect(reads).toEqual([`0: ${cardNumber}`]);
    expect(peripheral.repetitions).toBe(0);
  });

  it('an answer of which the end comes after the time is still whole', async () => {
    const held = busOnFakes([secured]);
    const peripheral = attachOsdpPeripheral(held.line.far, { clock: held.clock, scbk: clubKey });
    await held.clock.advanceSlowly(1_000);
    peripheral.setReplyDelay(195);
    peripheral.splitReplies({ at: 5, pauseMs: 50 });
    await held.clock.advanceSlowly(3_000);
    expect(peripheral.repetitions).toBe(0);
    expect(held.stateOf(0)).toBe('up');
  });

  it('an answer behind the beginning of one that never ends is found', async () => {
    const held = busOnFakes([secured]);
    const peripheral = attachOsdpPeripheral(held.line.far, { clock: held.clock, scbk: clubKey });
    await held.clock.advanceSlowly(1_000);
    peripheral.garbageBefore(fromHex('5380F00004'));
    peripheral.presentCard(cardBits);
    await held.clock.advanceSlowly(1_000);
    expect(held.reads).toEqual([`0: ${cardNumber}`]);
    expect(peripheral.repetitions).toBe(0);
  });

  it('whoever has more to tell is asked again at once, however seldom it is polled', async () => {
    const { clock, keys, peripheral } = await tampered(secured, { settings: { pollMs: 1000 }, forMs: 5_000 });
    for (const key of '1234') peripheral.pressKeys(key);
    await clock.advanceSlowly(1_300);
    expect(keys.join('')).toBe('1234');
  });
});

it('whoever stops the gateway is not told that its readers are away', async () => {
  const { bus, clock, log, line } = await tampered(secured, {});
  const before = log.lines.length;
  await bus.stop();
  await clock.advanceSlowly(10_000);
  expect(log.lines.slice(before)).toEqual([]);
  await (await line.open({ bytes() {}, closed() {} })).close();
});

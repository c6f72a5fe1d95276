import { modbusFrame } from '../../devices/codecs/modbus-rtu.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A relay board on a wire: what it hears and says, and what can go wrong with it. Written from the makers' tables. */
export interface RelayBoard {
  /** What came over the wire from the gateway. */
  hear(bytes: Uint8Array): void;
  /** Whether a contact is closed now, counted from 0. */
  closed: boolean[];
  /** Every change of a contact: `+0` closed, `-0` open. */
  changes: string[];
  /** Every command and question it understood, in its own words. */
  heard: string[];
  inputs: boolean[];
  faults: {
    /** It hears and does nothing. */
    dead: boolean;
    /** It obeys, and what it says is lost. */
    mute: boolean;
    /** So much later it answers. */
    lateMs: number;
    /** Sent before every answer. */
    garbage: string;
    /** So many bytes of an answer get through. */
    cutAt: number | null;
    /** The contact does not move although it says so. */
    stuck: boolean;
  };
}

interface Wire {
  clock: Clock;
  say(bytes: Uint8Array): void;
}

function board({ clock, say }: Wire, channels: number, take: (bytes: Uint8Array, self: BoardInside) => Uint8Array) {
  let pending: Uint8Array = new Uint8Array();
  let saidMs = Number.NEGATIVE_INFINITY;
  const self: RelayBoard & BoardInside = {
    closed: Array.from({ length: channels }, () => false),
    changes: [],
    heard: [],
    inputs: Array.from({ length: 8 }, () => false),
    faults: { dead: false, mute: false, lateMs: 0, garbage: '', cutAt: null, stuck: false },
    clock,
    set(channel, wanted) {
      if (self.faults.stuck || self.closed[channel] === wanted) return;
      self.closed[channel] = wanted;
      self.changes.push(`${wanted ? '+' : '-'}${channel}`);
    },
    answer(bytes) {
      const { mute, lateMs, garbage, cutAt } = self.faults;
      if (mute) return;
      const whole = new Uint8Array([...Buffer.from(garbage, 'hex'), ...bytes]).subarray(0, cutAt ?? undefined);
      // No line changes the order of what is on it.
      saidMs = Math.max(saidMs, clock.monotonicMs() + lateMs);
      if (saidMs <= clock.monotonicMs()) say(whole);
      else clock.after(saidMs - clock.monotonicMs(), () => say(whole));
    },
    hear(bytes) {
      if (self.faults.dead) return;
      pending = take(new Uint8Array([...pending, ...bytes]), self);
    },
  };
  return self;
}

interface BoardInside {
  closed: boolean[];
  heard: string[];
  inputs: boolean[];
  clock: Clock;
  set(channel: number, wanted: boolean): void;
  answer(bytes: Uint8Array): void;
}

/** A Modbus slave with `channels` coils; with `flash: false` it refuses the flash addresses, as boards without a name do. */
export function modbusBoard(wire: Wire, { unit = 1, channels = 8, flash = true } = {}): RelayBoard {
  return board(wire, channels, (bytes, self) => {
    let rest = bytes;
    while (rest.length >= 8) {
      const frame = rest.subarray(0, 8);
      rest = rest.subarray(8);
      const whole = modbusFrame(frame[0] ?? 0, frame[1] ?? 0, [...frame.subarray(2, 6)]);
      if (frame[0] !== unit || !whole.every((byte, index) => byte === frame[index])) continue;
      const at = ((frame[2] ?? 0) << 8) | (frame[3] ?? 0);
      const value = ((frame[4] ?? 0) << 8) | (frame[5] ?? 0);
      obey(self, { unit, flash, frame, functionCode: frame[1] ?? 0, at, value });
    }
    return rest;
  });
}

interface Asked {
  unit: number;
  flash: boolean;
  frame: Uint8Array;
  functionCode: number;
  at: number;
  value: number;
}

function obey(self: BoardInside, { unit, flash, frame, functionCode, at, value }: Asked): void {
  const refuse = (code: number) => self.answer(modbusFrame(unit, functionCode | 0x80, [code]));
  const bits = (states: boolean[]) => {
    const wanted = Array.from({ length: value }, (_, index) => states[at + index] ?? false);
    const bytes = Array.from({ length: Math.ceil(value / 8) }, (_, byte) =>
      wanted.slice(byte * 8, byte * 8 + 8).reduce((sum, on, bit) => sum | (on ? 1 << bit : 0), 0),
    );
    self.answer(modbusFrame(unit, functionCode, [bytes.length, ...bytes]));
  };
  if (functionCode === 1) {
    self.heard.push('read coils');
    return bits(self.closed);
  }
  if (functionCode === 2) {
    self.heard.push('read inputs');
    return bits(self.inputs);
  }
  const isFlash = at >= 0x0200 && at < 0x0200 + self.closed.length;
  if (functionCode !== 5 || !(at < self.closed.length || (flash && isFlash))) return refuse(2);
  if (isFlash) {
    self.heard.push(`flash ${at - 0x0200} ${value * 100} ms`);
    self.set(at - 0x0200, true);
    self.clock.after(value * 100, () => self.set(at - 0x0200, false));
  } else {
    self.heard.push(value === 0xff00 ? `on ${at}` : `off ${at}`);
    self.set(at, value === 0xff00);
  }
  self.answer(frame);
}

/** A Numato module: echo, answer, prompt. */
export function numatoBoard(wire: Wire, { channels = 4 } = {}): RelayBoard {
  return board(wire, channels, (bytes, self) => {
    const lines = Buffer.from(bytes).toString('latin1').split('\r');
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, what = '', verb = '', sign = ''] = /^(relay|gpio) (on|off|read) ([0-9A-V])$/.exec(line) ?? [];
      const channel = Number.parseInt(sign, 32);
      let said = '';
      if (what !== '') self.heard.push(line);
      if (what === 'relay' && verb === 'read') said = `${self.closed[channel] ? 'on' : 'off'}\n\r`;
      else if (what === 'relay') self.set(channel, verb === 'on');
      else if (what === 'gpio') said = `${self.inputs[channel] ? 0 : 1}\n\r`;
      self.answer(Buffer.from(`${line}\n\r${said}>`, 'latin1'));
    }
    return Buffer.from(rest, 'latin1');
  });
}

/** A KMTronic board; a break of 40 ms ends a command that stayed unfinished. */
export function kmtronicBoard(wire: Wire, { channels = 1 } = {}): RelayBoard {
  let lastMs = Number.NEGATIVE_INFINITY;
  return board(wire, channels, (heard, self) => {
    const nowMs = wire.clock.monotonicMs();
    let rest = heard;
    if (nowMs - lastMs > 40) rest = heard.subarray(heard.length - (heard.length % 3 || heard.length));
    lastMs = nowMs;
    while (rest.length >= 3) {
      const [first = 0, channel = 0, state = 0] = rest;
      rest = rest.subarray(3);
      if (first !== 0xff) continue;
      if (channel === 9 && channels >= 4) {
        self.heard.push('read all');
        self.answer(Uint8Array.from(self.closed, (closed) => (closed ? 1 : 0)));
      } else if (state === 3) {
        self.heard.push(`read ${channel}`);
        self.answer(Uint8Array.of(0xff, channel, self.closed[channel - 1] ? 1 : 0));
      } else {
        self.heard.push(`${state === 1 ? 'on' : 'off'} ${channel}`);
        self.set(channel - 1, state === 1);
      }
    }
    return rest;
  });
}

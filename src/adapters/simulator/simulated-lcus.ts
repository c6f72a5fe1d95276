import type { Clock } from '../../ports/clock.ts';
import { startSerialToEthernet } from './serial-to-ethernet.ts';
import { shownAsHex, shownAsText, type WireEvent } from './wire.ts';

/** An LCUS relay board behind a serial-to-Ethernet converter. */
export interface SimulatedLcus {
  readonly port: number;
  /** Whether the gateway's end is connected. */
  isConnected(): boolean;
  /** Whether the contact of a channel (1 …) is closed now. */
  isClosed(channel: number): boolean;
  /** Called when a contact changes; `atMs` on the monotonic clock. */
  onContact(changed: (change: ContactChange) => void): void;
  /** Without power every contact is open, and the port refuses until `plug`. Also the way to end it. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Called with everything that goes over the wire. */
  onWire(heard: (event: WireEvent) => void): void;
}

export interface ContactChange {
  channel: number;
  closed: boolean;
  atMs: number;
}

const start = 0xa0;
const askStatus = 0xff;

/** Throws `Failure` (`in_use`) when the port is taken; 0 is any free port. `channels`: 1 (default) to 8. */
export async function simulateLcus(options: { clock: Clock; port?: number; channels?: number }): Promise<SimulatedLcus> {
  const { clock, port = 0, channels = 1 } = options;
  const contactWatchers: ((change: ContactChange) => void)[] = [];
  const wireWatchers: ((event: WireEvent) => void)[] = [];
  const closed = Array.from({ length: channels }, () => false);
  let pending: Uint8Array = new Uint8Array();

  const tell = (direction: WireEvent['direction'], bytes: string) => {
    for (const heard of wireWatchers) heard({ direction, bytes });
  };
  const set = (channel: number, wanted: boolean) => {
    if (closed[channel - 1] === wanted) return;
    closed[channel - 1] = wanted;
    for (const changed of contactWatchers) changed({ channel, closed: wanted, atMs: clock.monotonicMs() });
  };
  const line = await startSerialToEthernet(port, (bytes) => {
    tell('from gateway', shownAsHex(bytes));
    const { commands, rest } = readCommands(Buffer.concat([pending, bytes]), channels);
    pending = rest;
    for (const command of commands) {
      if (command !== 'status') set(command.channel, command.on);
      // QUIRK: the board with one channel answers nothing.
      else if (channels > 1) {
        const answer = Buffer.from(closed.map((on, index) => `CH${index + 1}: ${on ? 'ON' : 'OFF'}\r\n`).join(''), 'latin1');
        line.send(answer);
        tell('to gateway', shownAsText(answer));
      }
    }
  });

  return {
    port: line.port,
    isConnected: line.isConnected,
    isClosed: (channel) => closed[channel - 1] ?? false,
    onContact(changed) {
      contactWatchers.push(changed);
    },
    async unplug() {
      await line.unplug();
      pending = new Uint8Array();
      for (const index of closed.keys()) set(index + 1, false);
    },
    plug: () => line.plug(),
    onWire(heard) {
      wireWatchers.push(heard);
    },
  };
}

type Command = { channel: number; on: boolean } | 'status';

/** `A0`, channel, state, low byte of their sum; or `FF`. What is neither is passed over, byte by byte. */
function readCommands(bytes: Uint8Array, channels: number): { commands: Command[]; rest: Uint8Array } {
  const commands: Command[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === start && bytes.length - at < 4) break;
    const [first = 0, channel = 0, state = 0, sum = 0] = bytes.subarray(at, at + 4);
    const isCommand =
      first === start && sum === ((first + channel + state) & 0xff) && channel >= 1 && channel <= channels && state <= 1;
    if (isCommand) commands.push({ channel, on: state === 1 });
    else if (first === askStatus) commands.push('status');
    at += isCommand ? 4 : 1;
  }
  return { commands, rest: bytes.subarray(at) };
}

import type { Clock } from '../../ports/clock.ts';
import { startSerialToEthernet } from './serial-to-ethernet.ts';
import { shownAsHex, type WireEvent } from './wire.ts';

/** An RDM6300 card reader behind a serial-to-Ethernet converter. */
export interface SimulatedRdm6300 {
  readonly port: number;
  /** Whether the gateway's end is connected. */
  isConnected(): boolean;
  /** Holds a card (10 hex digits) to the reader: its frame goes out at once and again every 65 ms, for `forMs` (default 400). A card that was there is gone. */
  present(tagHex: string, options?: { forMs?: number }): void;
  /** The port refuses until `plug`. Also the way to end it. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Called with everything that goes over the wire. */
  onWire(heard: (event: WireEvent) => void): void;
}

/** How often the module repeats a present card: github.com/arduino12/rdm6300. */
const repeatMs = 65;

/** Throws `Failure` (`in_use`) when the port is taken; 0 is any free port. */
export async function simulateRdm6300(options: { clock: Clock; port?: number }): Promise<SimulatedRdm6300> {
  const { clock, port = 0 } = options;
  const watchers: ((event: WireEvent) => void)[] = [];
  const line = await startSerialToEthernet(port, () => {});
  let stopRepeating = () => {};
  let plugged = true;

  return {
    port: line.port,
    isConnected: line.isConnected,
    present(tagHex, { forMs = 400 } = {}) {
      const frame = frameOf(tagHex);
      const goneAtMs = clock.monotonicMs() + forMs;
      const repeat = () => {
        if (plugged) {
          line.send(frame);
          for (const heard of watchers) heard({ direction: 'to gateway', bytes: shownAsHex(frame) });
        }
        if (clock.monotonicMs() + repeatMs < goneAtMs) stopRepeating = clock.after(repeatMs, repeat);
      };
      stopRepeating();
      repeat();
    },
    async unplug() {
      plugged = false;
      stopRepeating();
      await line.unplug();
    },
    async plug() {
      await line.plug();
      plugged = true;
    },
    onWire(heard) {
      watchers.push(heard);
    },
  };
}

/** 02, ten hex digits, their bytes' exclusive or as two more, 03: Seeed Studio wiki, "125Khz RFID module - UART". */
function frameOf(tagHex: string): Buffer {
  const tag = Buffer.from(tagHex, 'hex');
  if (tag.length !== 5) throw new RangeError(`\`${tagHex}\` is no EM4100 number: give 10 hex digits`);
  const checksum = Buffer.of(tag.reduce((sum, byte) => sum ^ byte, 0));
  return Buffer.from(`\x02${Buffer.concat([tag, checksum]).toString('hex').toUpperCase()}\x03`, 'latin1');
}

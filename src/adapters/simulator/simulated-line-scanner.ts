import { startSerialToEthernet } from './serial-to-ethernet.ts';
import { shownAsText, type WireEvent } from './wire.ts';

/** A barcode scanner that sends lines, behind a serial-to-Ethernet converter. */
export interface SimulatedLineScanner {
  readonly port: number;
  /** Whether the gateway's end is connected. */
  isConnected(): boolean;
  /** Reads a code: it goes out with the line end the scanner is set to (default CR). */
  scan(code: string, options?: { lineEnd?: string }): void;
  /** The port refuses until `plug`. Also the way to end it. */
  unplug(): Promise<void>;
  plug(): Promise<void>;
  /** Called with everything that goes over the wire. */
  onWire(heard: (event: WireEvent) => void): void;
}

/** Throws `Failure` (`in_use`) when the port is taken; 0 is any free port. */
export async function simulateLineScanner(options: { port?: number } = {}): Promise<SimulatedLineScanner> {
  const watchers: ((event: WireEvent) => void)[] = [];
  const line = await startSerialToEthernet(options.port ?? 0, () => {});
  let plugged = true;

  return {
    port: line.port,
    isConnected: line.isConnected,
    scan(code, { lineEnd = '\r' } = {}) {
      if (!plugged) return;
      const bytes = Buffer.from(code + lineEnd, 'utf8');
      line.send(bytes);
      for (const heard of watchers) heard({ direction: 'to gateway', bytes: shownAsText(bytes) });
    },
    async unplug() {
      plugged = false;
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

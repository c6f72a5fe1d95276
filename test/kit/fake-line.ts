import { Failure } from '../../src/ports/failure.ts';
import type { LineEvents, LineTransport } from '../../src/ports/transport.ts';

/** A line in memory, with the device's end in the test's hand. */
export interface FakeLine extends LineTransport {
  far: {
    /** The device sends; lost while nobody has the line open. */
    write(bytes: Uint8Array): void;
    onBytes(heard: (bytes: Uint8Array) => void): void;
    unplug(): void;
    plug(): void;
  };
}

/** Plugged in from the start; may be opened by one at a time. */
export function createFakeLine(name = 'fake line'): FakeLine {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  let plugged = true;
  let holder: LineEvents | null = null;

  return {
    name,
    async open(heard) {
      if (!plugged) throw new Failure('absent', `\`${name}\` is not there: plug it in`, { retry: true });
      if (holder !== null) throw new Failure('in_use', `another program holds \`${name}\``, { retry: true });
      holder = heard;
      return {
        async write(bytes) {
          if (holder !== heard) throw new Failure('absent', `\`${name}\` is not open`, { retry: true });
          for (const listener of listeners) listener(bytes.slice());
        },
        async close() {
          if (holder === heard) holder = null;
        },
      };
    },
    far: {
      write: (bytes) => holder?.bytes(bytes.slice()),
      onBytes: (heard) => void listeners.push(heard),
      unplug() {
        plugged = false;
        const held = holder;
        holder = null;
        held?.closed(`\`${name}\` was unplugged`);
      },
      plug() {
        plugged = true;
      },
    },
  };
}

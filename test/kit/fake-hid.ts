import { toHex } from '../../src/lib/hex.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { HidTransport, LineEvents } from '../../src/ports/transport.ts';

/** A USB HID device in memory, with the device's end in the test's hand. */
export interface FakeHid extends HidTransport {
  far: {
    /** Output reports, as hex, in the order they came. */
    written: string[];
    /** What the device answers when it is asked for a feature report; null: it does not answer. */
    feature: () => Uint8Array | null | Promise<Uint8Array>;
    /** Whether it takes what is written; if not, the line closes. */
    takes: boolean;
    /** Reports that it refuses, and stays open. */
    refuses: string[];
    unplug(): void;
    plug(): void;
  };
}

/** Plugged in from the start; takes and answers everything at once. */
export function createFakeHid(name = 'fake HID device'): FakeHid {
  let plugged = true;
  let holder: LineEvents | null = null;
  const refusal = () => new Failure('absent', `the HID device ${name} does not take what it is sent`, { retry: true });

  const far: FakeHid['far'] = {
    written: [],
    feature: () => null,
    takes: true,
    refuses: [],
    unplug() {
      plugged = false;
      drop('was unplugged');
    },
    plug() {
      plugged = true;
    },
  };
  function drop(why: string): void {
    const held = holder;
    holder = null;
    held?.closed(`${name} ${why}`);
  }

  return {
    name,
    async open(heard) {
      if (!plugged) throw new Failure('absent', `no HID device ${name} is plugged in`, { retry: true });
      holder = heard;
      return {
        async write(report) {
          if (holder !== heard) throw refusal();
          far.written.push(toHex(report));
          if (far.refuses.includes(toHex(report))) throw refusal();
          if (far.takes) return;
          drop('does not take what it is sent');
          throw refusal();
        },
        async featureReport() {
          const report = await far.feature();
          if (holder !== heard || report === null) throw refusal();
          return report;
        },
        async close() {
          if (holder === heard) holder = null;
        },
      };
    },
    far,
  };
}

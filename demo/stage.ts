import { type SimulatedLcus, simulateLcus } from '../src/adapters/simulator/simulated-lcus.ts';
import { type SimulatedLineScanner, simulateLineScanner } from '../src/adapters/simulator/simulated-line-scanner.ts';
import { type SimulatedRdm6300, simulateRdm6300 } from '../src/adapters/simulator/simulated-rdm6300.ts';
import { simulateShelly } from '../src/adapters/simulator/simulated-shelly.ts';
import { type SimulatedTurnstile, simulateTurnstile } from '../src/adapters/simulator/simulated-turnstile.ts';
import type { Read } from '../src/domain/member/credential.ts';
import { secondMs } from '../src/domain/schedule/instant.ts';
import type { Broker } from '../src/ports/broker.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { DemoEvent, DemoGateState } from '../src/ports/demo.ts';

/** The hardware of one demo gate: a card reader, a scanner, and a turnstile or a door behind a relay. */
export interface Stage {
  /** Under `readers` in the configuration. */
  readers: Record<string, unknown>;
  /** Under `gates.<id>` in the configuration. */
  gate: Record<string, unknown>;
  /** What people hold to this gate's readers when they have both. */
  usually: 'rfid' | 'barcode';
  state(): DemoGateState;
  /** Holds a credential to the reader that reads its kind; false while it is unplugged. */
  present(read: Read): boolean;
  /** Pushes the arm or the door; false when it did not give way. */
  push(): boolean;
  setWalks(walks: boolean): void;
  setPlugged(plugged: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface StageParts {
  gate: string;
  clock: Clock;
  tell(event: DemoEvent): void;
}

/** A tripod turnstile behind a Shelly relay: the arm's contact is wired to the relay's input, so passages are reported. */
export async function buildTurnstile(
  parts: StageParts,
  connect: (presence: { topic: string; online: string; offline: string }) => Broker,
): Promise<Stage> {
  const { gate, clock } = parts;
  const prefix = `shellyplus1-${gate}`;
  const stand = await buildReaders(parts);
  const turnstile = simulateTurnstile({ clock, settings: { waitMs: 5 * secondMs } });
  const shelly = simulateShelly({ clock, prefix, connect });
  shelly.onContact(({ closed }) => turnstile.contact(closed));
  shelly.onWire(stand.wire('relay'));
  turnstile.onPassage((closed) => shelly.setInput(closed));
  return {
    ...stand.stage(turnstile),
    usually: 'rfid',
    gate: { relay: { device: 'shelly-gen2', pulseMs: 500, settings: { prefix, passageInput: 0 } } },
    push() {
      const gaveWay = turnstile.push();
      // Pushed hard enough, a locked arm gives way too: the gateway must tell the passage it did not expect.
      if (!gaveWay) turnstile.force();
      return true;
    },
    async stop() {
      await stand.stop();
      await shelly.unplug();
    },
  };
}

/** A door with an electric strike behind an LCUS relay: nobody reports who went through. */
export async function buildDoor(parts: StageParts): Promise<Stage> {
  const { clock } = parts;
  const stand = await buildReaders(parts);
  const lcus: SimulatedLcus = await simulateLcus({ clock });
  const door = simulateTurnstile({ clock, settings: { waitMs: 3 * secondMs } });
  lcus.onContact(({ closed }) => door.contact(closed));
  lcus.onWire(stand.wire('relay'));
  return {
    ...stand.stage(door),
    usually: 'barcode',
    gate: { relay: { device: 'lcus', tcp: { host: '127.0.0.1', port: lcus.port }, pulseMs: 500 } },
    push: () => door.push(),
    async stop() {
      await stand.stop();
      await lcus.unplug();
    },
  };
}

async function buildReaders({ gate, clock, tell }: StageParts) {
  const cards: SimulatedRdm6300 = await simulateRdm6300({ clock });
  const codes: SimulatedLineScanner = await simulateLineScanner();
  const wire = (device: string) => (event: { direction: 'to gateway' | 'from gateway'; bytes: string }) =>
    tell({ kind: 'wire', at: clock.now(), gate, device, ...event });
  cards.onWire(wire('card reader'));
  codes.onWire(wire('scanner'));

  let plugged = true;
  let walks = true;
  const tcp = (port: number) => ({ host: '127.0.0.1', port });
  return {
    wire,
    stop: async () => {
      await cards.unplug();
      await codes.unplug();
    },
    stage(turnstile: SimulatedTurnstile) {
      const state = (): DemoGateState => ({ gate, arm: turnstile.arm(), walks, plugged });
      const show = () => tell({ kind: 'gate', state: state() });
      turnstile.onArm(show);
      return {
        readers: {
          [`${gate}-cards`]: { gate, device: 'rdm6300', tcp: tcp(cards.port) },
          [`${gate}-codes`]: { gate, device: 'line', tcp: tcp(codes.port) },
        },
        state,
        present({ kind, value }: Read) {
          if (!plugged) return false;
          if (kind === 'rfid') cards.present(value);
          else codes.scan(value);
          return true;
        },
        setWalks(next: boolean) {
          walks = next;
          turnstile.setWalks(next);
          show();
        },
        async setPlugged(next: boolean) {
          if (next === plugged) return;
          plugged = next;
          show();
          await Promise.all(next ? [cards.plug(), codes.plug()] : [cards.unplug(), codes.unplug()]);
        },
      };
    },
  };
}

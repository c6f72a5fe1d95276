import { existsSync } from 'node:fs';
import { lockData } from '../adapters/store/data-lock.ts';
import { type InputWatch, watchInputs } from '../app/installer/test-gate.ts';
import { relayId } from '../app/run-front-desk.ts';
import { createHealth } from '../app/watch-health.ts';
import type { Config } from '../config/config.ts';
import { tellsInputs } from '../config/wiring/resolve-contacts.ts';
import type { Clock } from '../ports/clock.ts';
import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import type { Relay } from '../ports/relay.ts';
import { connectBroker } from './connect-broker.ts';
import { connectRelay } from './connect-relay.ts';
import { prepareBuses, startBuses } from './prepare-buses.ts';
import { shareBoards } from './share-boards.ts';

/** A gate's relay in the hand of an installer, while no gateway runs. */
export interface OpenGate {
  relay: Relay;
  watch: InputWatch;
  hasInputs: boolean;
  /** Whether the relay is there now, and why not. */
  health(): { isUp: boolean; why: string };
  /** Lets go: the contact is told to open first. */
  close(): Promise<void>;
}

/**
 * Connects the relay of one gate and nothing else. Rejects with a `Failure`: `in_use` while a gateway runs on the same data folder,
 * `bad_input` for a gate without a relay. As at every start the relay is told to open its contact first.
 */
export async function openGate(config: Config, gate: string, clock: Clock, log: Log): Promise<OpenGate> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    // A folder that is not there is nobody's: a gateway makes it when it starts.
    if (existsSync(config.dataFolder)) closers.push(lockFor(config.dataFolder));
    const broker = await connectBroker(config, closers);
    const health = createHealth({ clock, log });
    const watch = watchInputs(clock);
    const boardOf = shareBoards({ clock, log });
    const buses = prepareBuses(config.buses, { clock, log });
    const relay = connectRelay({ config, gate, broker, boardOf, buses, clock, log, health }, watch.signals);
    if (relay === null) {
      const advice = `name it under \`gates.${gate}.relay\``;
      throw new Failure('bad_input', `gate \`${gate}\` has no relay: ${advice}`, { retry: false });
    }
    startBuses(config, buses, health, closers);
    // Let go of first, while its bus still runs.
    closers.push(() => relay.stop());
    return {
      relay,
      watch,
      hasInputs: hasInputs(config, gate),
      health() {
        const { state = 'unknown', why = '' } = health.get(relayId(gate)) ?? {};
        return { isUp: state === 'up', why };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function lockFor(folder: string): () => void {
  try {
    return lockData(folder);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'in_use') throw error;
    const advice = 'stop the gateway first, for it holds the relay, then test, then start it again';
    throw new Failure('in_use', `a gateway runs on \`${folder}\`: ${advice}`, { retry: true, cause: error });
  }
}

function hasInputs({ gates }: Config, gate: string): boolean {
  const found = gates.find(({ settings }) => settings.id === gate);
  const teller = found?.passageFrom ?? found?.relay ?? null;
  return teller !== null && tellsInputs(teller);
}

import {
  type ContactEvent,
  type ContactSettings,
  type ContactSignal,
  type ContactState,
  type ContactsState,
  nextContactTickMs,
  stepContacts,
  untoldContacts,
} from '../domain/gate/contacts.ts';
import { secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { GateSignals } from '../ports/relay.ts';
import type { Health } from './watch-health.ts';

/** A turnstile whose contacts are wired to inputs of the gate's relay, or of the device that reports passages. */
export interface TurnstileSettings extends ContactSettings {
  product: string;
  /** What it means that both passage contacts change at once. */
  bothAtOnce: string;
}

export interface TurnstileParts {
  gate: string;
  settings: TurnstileSettings;
  clock: Clock;
  health: Health;
  log: Log;
  /** What the gate makes of it. */
  hear: TurnstileListener;
}

export interface TurnstileListener {
  passage(direction: 'in' | 'out' | null): void;
  /** Why the turnstile would not let anybody through; null: it would. */
  hindered(why: string | null): void;
  /** The fire contact changed; it keeps its word while nobody tells of it. */
  fire(on: boolean): void;
}

export type Turnstile = Pick<GateSignals, 'input' | 'inputsLost'> & { stop(): void };

/** Carries out what the contacts of a gate's turnstile say: on the gate, and on the status page as `turnstile <gate>`. */
export function watchTurnstile({ gate, settings, clock, health, log, hear }: TurnstileParts): Turnstile {
  const inputs = settings.contacts.map(({ name, input }) => `${name} at input ${input}`).join(', ');
  const device = health.register({ id: `turnstile ${gate}`, product: settings.product, where: inputs });
  let state = untoldContacts(settings);
  let hindrance: string | null = null;
  let fire = false;
  let callOffTick: (() => void) | null = null;

  function happen(event: ContactEvent): void {
    const stepped = stepContacts(state, event, clock.monotonicMs(), settings);
    state = stepped.state;
    const why = hindranceOf(state);
    if (why !== hindrance) hear.hindered((hindrance = why));
    for (const signal of stepped.signals) tell(signal);
    report();
    callOffTick?.();
    const tickMs = nextContactTickMs(state, settings);
    callOffTick = tickMs === null ? null : clock.after(Math.max(0, tickMs - clock.monotonicMs()), () => happen({ kind: 'tick' }));
  }

  function tell(signal: ContactSignal): void {
    switch (signal.kind) {
      case 'passage':
        return hear.passage(signal.direction);
      case 'fire':
        if (signal.on !== fire) hear.fire((fire = signal.on));
        return;
      case 'together':
        if (signal.on) log.warn('both passage contacts changed at once: nobody is counted', { gate, means: settings.bothAtOnce });
        return;
      default:
        // The status page, which logs what changes there, says it all.
        return;
    }
  }

  function report(): void {
    const faults = faultsOf(state, settings);
    const untold = state.contacts.filter(({ active }) => active === null);
    if (faults.length > 0) device.down(faults.join('; '));
    else if (untold.length > 0)
      device.unknown(`not told yet: ${untold.map(({ name, input }) => `input ${input} (${name})`).join(', ')}`);
    else device.up('its contacts stand as they should');
  }

  report();
  return {
    input(input, closed) {
      device.heard();
      happen({ kind: 'input', input, closed });
    },
    inputsLost: () => happen({ kind: 'lost' }),
    stop() {
      callOffTick?.();
      callOffTick = null;
    },
  };
}

const notReady = 'it says that it is not ready';
const alarm = 'it gives an alarm';

function hindranceOf(state: ContactsState): string | null {
  if (stateOf(state, 'alarm') === true) return alarm;
  return stateOf(state, 'ready') === false ? notReady : null;
}

function faultsOf(state: ContactsState, settings: TurnstileSettings): string[] {
  return [
    ...(stateOf(state, 'fire') === true ? ['the fire contact says fire: everybody may pass until it ends'] : []),
    ...(state.together ? [`both passage contacts changed at once: power loss or emergency (${settings.bothAtOnce})`] : []),
    ...(stateOf(state, 'alarm') === true ? [alarm] : []),
    ...(stateOf(state, 'ready') === false ? [notReady] : []),
    ...state.contacts.filter(({ stuck }) => stuck).map((contact) => stuckText(contact, settings)),
  ];
}

function stuckText({ name, input, activeWhenClosed }: ContactState, settings: TurnstileSettings): string {
  const stands = activeWhenClosed ? 'closed' : 'open';
  const length = `${settings.stuckMs / secondMs} s`;
  return `the passage contact at input ${input} is stuck: ${stands} for ${length}; look at the arm and the wires, or turn \`contacts.${name}.closed\` round`;
}

function stateOf({ contacts }: ContactsState, name: ContactState['name']): boolean | null {
  return contacts.find((contact) => contact.name === name)?.active ?? null;
}

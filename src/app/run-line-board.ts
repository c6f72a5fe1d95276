import { secondMs } from '../domain/schedule/instant.ts';
import type { DeviceSettings, LineRelay, RelaySignal } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import type { LineTransport } from '../ports/transport.ts';
import { keepOpen } from './keep-open.ts';
import { createLineQueue, type LineRequest, type Outcome } from './line-queue.ts';
import type { RelayParts } from './relay-parts.ts';

/** One relay board, or one bus with boards of a kind, on one line. It is opened for its first relay and let go with its last. */
export interface LineBoard {
  /**
   * One contact of it. It is told `off` before anything else at the start and after every reconnection, at the stop, and after
   * each pulse that the product does not time itself, so that it is never left closed; and again until the product says so,
   * where it says anything.
   */
  relay(settings: DeviceSettings, parts: RelayParts, signals: GateSignals): Relay;
}

interface Contact extends RelayParts {
  settings: DeviceSettings;
  signals: GateSignals;
  callOffRelease: (() => void) | null;
  /** Pulses under way. */
  pulsing: number;
  /** Its pulse is over, and what became of it is not known yet. */
  releaseDue: boolean;
  /** It was not heard to let go since. */
  owesOff: boolean;
  /** What the last command left behind, until one goes well. */
  trouble: { state: 'down' | 'unknown'; why: string } | null;
}

type Verdict = { ok: boolean; why: string | null };

/** So many answers that did not come in a row, and the product is not told to open until one comes. */
const silentAfter = 2;
/** From an answer that did not come to the next question: what comes late comes before it. */
const againMs = 250;
const silentAgainMs = secondMs;
/** How often a product without inputs is asked whether it is there. */
const lookMs = 10 * secondMs;
const offTries = 3;

/**
 * Runs a board. Of a product that answers it never takes a late answer for one to a later request: after an answer that did
 * not come nothing opens until a question that moves nothing was answered. A pulse is told once and never again.
 */
export function runLineBoard(
  profile: LineRelay,
  transport: LineTransport,
  { clock, log }: Pick<RelayParts, 'clock' | 'log'>,
): LineBoard {
  const { answers } = profile;
  const contacts = new Set<Contact>();
  const queue = createLineQueue({
    name: transport.name,
    quietMs: answers?.quietMs ?? 0,
    withinMs: answers?.withinMs ?? 0,
    clock,
  });
  let isOpen = false;
  let unanswered = 0;
  let inStep = false;
  let asking = false;
  let callOffRound: (() => void) | null = null;
  let close: (() => Promise<void>) | null = null;

  function every(tell: (contact: Contact) => void): void {
    for (const contact of contacts) tell(contact);
  }

  function open(): () => Promise<void> {
    const health = {
      up: (why: string) => every((contact) => contact.health.up(why)),
      down: (why: string) => every((contact) => contact.health.down(why)),
      unknown: (why: string) => every((contact) => contact.health.unknown(why)),
      heard: () => every((contact) => contact.health.heard()),
    };
    return keepOpen(
      transport,
      { clock, health },
      {
        opened(line) {
          isOpen = true;
          unanswered = 0;
          setInStep(answers === undefined);
          queue.opened(line);
          every((contact) => {
            contact.callOffRelease?.();
            contact.callOffRelease = null;
            contact.owesOff = true;
            contact.trouble = null;
          });
          if (answers === undefined) every((contact) => void letGo(contact));
          else void round();
        },
        closed() {
          isOpen = false;
          callOffRound?.();
          queue.closed();
          every((contact) => contact.signals.inputsLost());
        },
        bytes: (chunk) => queue.bytes(chunk),
      },
    );
  }

  function setInStep(next: boolean): void {
    inStep = next;
    queue.hold(!next);
  }

  /** Asks the product and hears what it tells of its inputs. */
  async function ask(contact: Contact, request: Omit<LineRequest, 'owner' | 'hear'>): Promise<Outcome> {
    const { settings } = contact;
    const hear: LineRequest['hear'] = (pending) =>
      answers === undefined || request.bytes === answers.clear ? { signals: [] } : answers.hear(request.bytes, pending, settings);
    const outcome = await queue.send({ ...request, owner: contact, hear });
    if (outcome.kind === 'unanswered' && isOpen) missed();
    if (outcome.kind === 'answered') pass(contact, outcome.signals);
    return outcome;
  }

  function pass({ signals }: Contact, told: readonly RelaySignal[]): void {
    for (const signal of told) {
      if (signal.kind === 'input') signals.input(signal.input, signal.closed);
      if (signal.kind === 'passage') signals.passage(signal.direction);
    }
  }

  function missed(): void {
    unanswered++;
    setInStep(false);
    queue.takeBack(({ urgency }) => urgency === 'ask');
    if (unanswered === silentAfter) {
      every(report);
      every(({ signals }) => signals.inputsLost());
    }
    if (!asking) nextRound();
  }

  function answered(): void {
    unanswered = 0;
    every(report);
  }

  function report({ health, trouble }: Contact): void {
    const alsoSo = trouble === null ? '' : `; ${trouble.why}`;
    if (unanswered >= silentAfter) health.down(`it does not answer: check its power, its line and its settings${alsoSo}`);
    else if (trouble === null) health.up('it answers');
    else health[trouble.state](trouble.why);
  }

  function isInTrouble(contact: Contact, state: 'down' | 'unknown', why: string): void {
    contact.trouble = { state, why };
    report(contact);
  }

  function nextRound(afterMs = 0): void {
    callOffRound?.();
    if (!isOpen || contacts.size === 0) return;
    const whenOutOfStepMs = unanswered < silentAfter ? againMs : silentAgainMs;
    const waitMs = !inStep ? whenOutOfStepMs : hasQuestions() ? (answers?.askEveryMs ?? lookMs) - afterMs : lookMs;
    callOffRound = clock.after(Math.max(0, waitMs), () => void round());
  }

  function questionsOf({ settings }: Contact): Uint8Array[] {
    return answers?.ask?.(settings) ?? [];
  }

  function hasQuestions(): boolean {
    return [...contacts].some((contact) => questionsOf(contact).length > 0);
  }

  /** In step: asks of the inputs. Out of step: lets go of whatever may be closed, and asks what can only be answered anew. */
  async function round(): Promise<void> {
    if (asking || answers === undefined) return;
    asking = true;
    const startedMs = clock.monotonicMs();
    if (inStep && hasQuestions()) await askOfInputs();
    else await lookWhetherItIsThere();
    asking = false;
    nextRound(clock.monotonicMs() - startedMs);
  }

  async function askOfInputs(): Promise<void> {
    const questions = [...contacts].flatMap((contact) => questionsOf(contact).map((bytes) => ({ contact, bytes })));
    const outcomes = await Promise.all(questions.map(({ contact, bytes }) => ask(contact, { urgency: 'ask', bytes })));
    if (outcomes.every(({ kind }) => kind === 'answered')) answered();
  }

  async function lookWhetherItIsThere(): Promise<void> {
    const [first] = contacts;
    if (answers === undefined || first === undefined) return;
    if (!inStep && answers.clear !== undefined) await ask(first, { urgency: 'off', bytes: answers.clear });
    await Promise.all([...contacts].filter(isToLetGo).map(letGo));
    if (!isOpen) return;
    // Twice, the second time at once: an answer that is late by as much as lies between two questions looks like the next one's, once.
    for (let left = inStep ? 1 : 2; left > 0; left--) {
      const outcome = await ask(first, { urgency: 'ask', bytes: answers.confirm(first.settings).request });
      if (outcome.kind !== 'answered') return;
    }
    answered();
    setInStep(true);
    for (const contact of [...contacts].filter(isToLetGo)) void letGo(contact);
  }

  /** Whether the contact is closed, as far as the product tells. */
  async function confirm(contact: Contact): Promise<Verdict | null> {
    if (answers === undefined) return null;
    return verdictOf(await ask(contact, { urgency: 'confirm', bytes: answers.confirm(contact.settings).request }));
  }

  async function letGo(contact: Contact): Promise<void> {
    contact.owesOff = true;
    for (let tries = 0; tries < offTries; tries++) {
      const outcome = await ask(contact, { urgency: 'off', bytes: profile.off(contact.settings) });
      // Then `off` is the first thing said when the line comes back.
      if (outcome.kind === 'unsent')
        return log.warn('the relay was not told to let go', { gate: contact.id, why: outcome.why.message });
      // Then it is told again until it answers, as often as it is asked whether it is there.
      if (outcome.kind === 'unanswered') return;
      if (await isReleased(contact, outcome)) {
        contact.owesOff = false;
        return;
      }
    }
    log.error('the relay stays closed although it was told to let go', { gate: contact.id });
    isInTrouble(contact, 'down', 'its contact stays closed although it was told to let go: look at the gate');
  }

  async function isReleased(contact: Contact, outcome: Outcome): Promise<boolean> {
    const verdict = verdictOf(outcome);
    if (verdict !== null || answers === undefined) return verdict?.ok ?? true;
    return !((await confirm(contact))?.ok ?? false);
  }

  async function pulse(contact: Contact): Promise<'told' | 'unknown'> {
    const { id, pulseMs, settings } = contact;
    if (!isOpen) throw new Failure('absent', `the relay of gate \`${id}\` is not connected: ${transport.name}`, { retry: true });
    if (unanswered >= silentAfter)
      throw new Failure('no_answer', `the relay of gate \`${id}\` does not answer, and was not told: ${transport.name}`, {
        retry: true,
      });
    contact.pulsing++;
    try {
      const outcome = await ask(contact, {
        urgency: 'pulse',
        bytes: profile.on(settings, pulseMs),
        sent: () => releaseLater(contact),
      });
      return await became(contact, outcome);
    } finally {
      contact.pulsing--;
      if (contact.releaseDue && contact.pulsing === 0) {
        contact.releaseDue = false;
        void letGo(contact);
      }
    }
  }

  function releaseLater(contact: Contact): void {
    contact.owesOff = profile.releases(contact.settings) === 'on-command';
    if (!contact.owesOff) return;
    contact.callOffRelease?.();
    contact.callOffRelease = clock.after(contact.pulseMs, () => {
      contact.callOffRelease = null;
      // Not between a command and the question whether it was obeyed.
      if (contact.pulsing > 0) contact.releaseDue = true;
      else void letGo(contact);
    });
  }

  /** What became of a pulse. */
  async function became(contact: Contact, outcome: Outcome): Promise<'told' | 'unknown'> {
    const { id, settings } = contact;
    if (outcome.kind === 'unsent') throw outcome.why;
    if (answers === undefined && outcome.kind === 'answered') return 'told';
    let verdict = verdictOf(outcome);
    const isSure = verdict !== null && (!verdict.ok || answers?.confirm(settings).when === 'without verdict');
    if (!isSure) verdict = (await confirm(contact)) ?? null;
    if (verdict === null) {
      isInTrouble(contact, 'unknown', 'it did not confirm the last pulse: whether it opened is unknown; it was not told again');
      log.error('the relay did not confirm: whether it opened is unknown, and it is not told again', { gate: id });
      return 'unknown';
    }
    if (verdict.ok) {
      contact.trouble = null;
      answered();
      return 'told';
    }
    const why = verdict.why === null ? '' : `: ${verdict.why}`;
    isInTrouble(contact, 'down', `it would not open${why}`);
    throw new Failure('refused', `the relay of gate \`${id}\` would not open${why}`, { retry: false });
  }

  return {
    relay(settings, parts, signals) {
      const contact: Contact = {
        ...parts,
        settings,
        signals,
        callOffRelease: null,
        pulsing: 0,
        releaseDue: false,
        owesOff: true,
        trouble: null,
      };
      contacts.add(contact);
      close ??= open();
      if (isOpen) void letGo(contact);
      return {
        pulse: () => pulse(contact),
        async stop() {
          contact.callOffRelease?.();
          contact.callOffRelease = null;
          queue.takeBack(({ owner }) => owner === contact);
          if (isOpen) await lastOff(contact);
          contacts.delete(contact);
          if (contacts.size > 0) return;
          callOffRound?.();
          isOpen = false;
          queue.closed();
          await close?.();
        },
      };
    },
  };

  async function lastOff(contact: Contact): Promise<void> {
    const outcome = await ask(contact, { urgency: 'off', bytes: profile.off(contact.settings) });
    if (outcome.kind !== 'answered' || verdictOf(outcome)?.ok === false)
      log.error('the relay may stay closed: it did not take the last command to let go', { gate: contact.id });
  }
}

/** Not one that is to stay closed for the rest of a pulse. */
function isToLetGo({ owesOff, pulsing, callOffRelease }: Contact): boolean {
  return owesOff && pulsing === 0 && callOffRelease === null;
}

function verdictOf(outcome: Outcome): Verdict | null {
  if (outcome.kind !== 'answered') return null;
  const said = outcome.signals.find((signal) => signal.kind === 'answered');
  return said === undefined ? null : { ok: said.ok, why: said.why ?? null };
}

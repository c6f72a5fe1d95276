import type { Read } from '../domain/member/credential.ts';
import type { Clock } from '../ports/clock.ts';
import type { Answer, DeviceSettings, ExchangeReader, Given, HidReader, StreamReader } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { Log } from '../ports/log.ts';
import type { CardTransport, LineTransport, PresentedCard } from '../ports/transport.ts';
import { converse } from './converse.ts';
import { floodBound } from './flood-bound.ts';
import { keepOpen } from './keep-open.ts';
import { presentedOnce } from './presented-once.ts';
import type { DeviceHealth } from './watch-health.ts';

export interface ReaderParts {
  /** The installer's name for it. */
  id: string;
  clock: Clock;
  health: DeviceHealth;
  log: Log;
  /** Called once per presentation of a credential; says how the tap ended. */
  read(read: Read): Answer;
  /** Keys of a keypad, in order; the answer when they complete a PIN (`run-keypad.ts`). */
  keys(keys: string): Answer | null;
  /** Called now and then while a frame is on its way: a slow line takes some milliseconds for it. */
  frameComes(): void;
}

const betweenTellingMs = 4;

/** So many bytes without anything that the product says are noise, or the words of another product. A long code that is typed takes 5 kB of reports. */
const noiseBytes = { stream: 1024, hid: 8 * 1024 };

/** What came while this process was busy waits for its turn; it is heard within this time, before half a code is taken for a code. */
const heardLateMs = 20;

/** No reader of cards reads more often: a frame takes 15 ms at 9600 baud. */
const readsInASecond = 100;

/** Runs a reader that sends bytes or reports by itself. Returns the way to stop it. */
export function runStreamReader(
  profile: StreamReader | HidReader,
  settings: DeviceSettings,
  transport: LineTransport,
  { id, clock, health, log, read, keys: press, frameComes }: ReaderParts,
): () => Promise<void> {
  const nothing = new Uint8Array(0);
  const isNew = presentedOnce(clock, profile.repeatsWithinMs);
  const isFlood = floodBound(clock, readsInASecond, () =>
    log.warn('a reader sends more cards than people can hold to it: most are left out', { reader: id }),
  );
  let pending: Uint8Array = nothing;
  let callOffTimeout: (() => void) | null = null;
  let toldMs = Number.NEGATIVE_INFINITY;
  let meaninglessBytes = 0;

  function tellThatItComes(rest: Uint8Array): void {
    const nowMs = clock.monotonicMs();
    if (rest.length === 0 || nowMs - toldMs < betweenTellingMs) return;
    toldMs = nowMs;
    frameComes();
  }

  function judgeNoise(bytes: number, meant: boolean): void {
    const most = noiseBytes[profile.speaks];
    const wasNoise = meaninglessBytes > most;
    meaninglessBytes = meant ? 0 : Math.min(meaninglessBytes + bytes, most + 1);
    const isNoise = meaninglessBytes > most;
    if (isNoise && !wasNoise)
      health.down(`it sends what means nothing to \`${profile.id}\`: check the product, its speed and the wiring`);
    if (wasNoise && !isNoise) health.up('connected');
  }

  function forget(): void {
    callOffTimeout?.();
    callOffTimeout = null;
    pending = nothing;
  }

  function hear(chunk: Uint8Array): void {
    const heard = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const { reads, keys = '', rest } = profile.decode(heard, settings);
    callOffTimeout?.();
    callOffTimeout = null;
    pending = rest;
    take(reads, keys, chunk.length);
    if (rest.length > 0) callOffTimeout = clock.after(profile.frameTimeoutMs, endInSilence);
    tellThatItComes(rest);
  }

  function take(reads: Read[], keys: string, bytes: number): void {
    judgeNoise(bytes, reads.length > 0 || keys !== '');
    for (const one of reads) if (isNew(one) && !isFlood()) read(one);
    if (keys !== '') press(keys);
  }

  function endInSilence(): void {
    if (profile.speaks !== 'hid' || profile.atSilence === undefined) return forget();
    callOffTimeout = clock.after(heardLateMs, () => {
      const rest = pending;
      forget();
      unlessItThrows(() => take(profile.atSilence?.(rest, settings) ?? [], '', 0));
    });
  }

  function unlessItThrows(work: () => void): void {
    try {
      work();
    } catch (error) {
      // Nothing was read, so nothing opens; the reader goes on with the next frame.
      forget();
      log.error('a reader sent what could not be handled', { reader: id, why: String(error) });
    }
  }

  return keepOpen(
    transport,
    { clock, health },
    {
      opened() {
        meaninglessBytes = 0;
        forget();
      },
      closed: forget,
      bytes: (chunk) => unlessItThrows(() => hear(chunk)),
    },
  );
}

/** Runs PC/SC readers whose name contains `readerName` (null: all of them): asks every card with the profile's exchange. */
export function runExchangeReader(
  profile: ExchangeReader,
  settings: DeviceSettings,
  given: Given,
  transport: CardTransport,
  readerName: string | null,
  { id, health, log, read }: ReaderParts,
): () => Promise<void> {
  const present = new Set<string>();
  let service = { up: false, why: 'not heard of yet' };
  const isOurs = (name: string) => readerName === null || name.toLowerCase().includes(readerName.toLowerCase());

  function report(): void {
    if (!service.up) health.down(service.why);
    else if (present.size === 0)
      health.down(readerName === null ? 'no reader is plugged in' : `no reader called \`${readerName}\` is plugged in`);
    else health.up([...present].join(', '));
  }

  transport.start({
    service(state) {
      service = state;
      if (!state.up) present.clear();
      report();
    },
    reader(name, isPresent) {
      if (!isOurs(name)) return;
      if (isPresent) present.add(name);
      else present.delete(name);
      report();
    },
    card(card) {
      if (!isOurs(card.reader)) return;
      health.heard();
      converse(profile.exchange(card, settings, given), card).then(
        (result) => {
          if ('read' in result) return giveFeedback(card, read(result.read));
          log.warn('a card was not read', { reader: id, why: result.refused });
          // The screen says nothing of a card that nobody could read: the lamp is all that its holder sees.
          giveFeedback(card, 'denied');
        },
        (error: unknown) => {
          // Nothing was read, so nothing opens: the person holds the card again.
          log.warn('a card was not read', { reader: id, why: error instanceof Failure ? error.message : String(error) });
        },
      );
    },
  });

  function giveFeedback(card: PresentedCard, answer: Answer): void {
    for (const command of profile.feedback?.(card, answer, settings) ?? []) {
      // A card that is taken away, or a reader that knows no lamps: the gate and the screen have answered already.
      card.transmit(command).catch(() => {});
    }
  }

  return () => transport.stop();
}

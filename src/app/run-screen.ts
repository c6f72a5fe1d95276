import type { Decision } from '../domain/access/decision.ts';
import type { JournalEntry } from '../domain/journal/entry.ts';
import type { ScreenEvent } from '../domain/kiosk/screen.ts';
import {
  type KioskEvent,
  type KioskSettings,
  type KioskState,
  type Person as ShownPerson,
  screenOf,
  startKiosk,
  step,
} from '../domain/kiosk/show.ts';
import type { Language } from '../domain/member/member.ts';
import { secondMs } from '../domain/schedule/instant.ts';
import type { Clock } from '../ports/clock.ts';
import type { NewsItem, Person } from './news.ts';
import type { Gate } from './run-gate.ts';

export interface ScreenParts {
  clock: Clock;
  languages: readonly [Language, ...Language[]];
  names: KioskSettings['names'];
  photos: boolean;
  resultSeconds: number;
  /** IANA name of a gate's branch, as far as the data holds it by now. */
  timeZoneOf(gate: Gate): string;
  /** A key that nobody can guess. */
  newKey(): string;
}

/** What stands on one gate's screen. */
export interface GateScreen {
  current(): ScreenEvent;
  /** Returns the way to stop. */
  watch(show: (event: ScreenEvent) => void): () => void;
  /** The photo file behind a key, while its screen stands; null otherwise. */
  photoFile(key: string): string | null;
  /** The gate's mode may have changed. */
  followMode(): void;
  hear(item: Exclude<NewsItem, { kind: 'mode' }>): void;
  stop(): void;
}

/** Carries out the kiosk machine of one gate: hears the news, keeps its time, lends out the photo. */
export function runScreen(parts: ScreenParts, gate: Gate): GateScreen {
  const { clock, languages, photos, newKey } = parts;
  const { direction, id } = gate.settings;
  const watchers = new Set<(event: ScreenEvent) => void>();
  let photo: { key: string; file: string } | null = null;
  let callOffTick: (() => void) | null = null;
  let state: KioskState = startKiosk(settingsNow(), gate.mode());
  let event: ScreenEvent = { gate: id, screen: screenOf(state), at: clock.now() };

  function settingsNow(): KioskSettings {
    return { direction, timeZone: parts.timeZoneOf(gate), languages, resultSeconds: parts.resultSeconds, names: parts.names };
  }

  function happen(what: KioskEvent): void {
    const nowMs = clock.monotonicMs();
    const stepped = step({ ...state, settings: settingsNow() }, what, nowMs);
    state = stepped.state;
    // A photo can be fetched only while its screen stands.
    if (state.shown === null) photo = null;
    event = { gate: id, screen: stepped.screen, at: clock.now() };
    for (const show of watchers) show(event);
    callOffTick?.();
    callOffTick =
      state.nextTickAtMs === null ? null : clock.after(Math.max(0, state.nextTickAtMs - nowMs), () => happen({ kind: 'tick' }));
  }

  function shownPerson({ member, staffName }: Person): ShownPerson | null {
    photo = null;
    if (member === null) return staffName === null ? null : { name: staffName, language: null, photo: null };
    if (photos && member.photo !== null) photo = { key: newKey(), file: member.photo.replace(/^photos\//, '') };
    return { name: member.name, language: member.language, photo: photo && `/kiosk/photo/${photo.key}` };
  }

  function answer(
    decision: Pick<Decision, 'outcome' | 'code' | 'params' | 'left' | 'warnings' | 'nextAllowedAt' | 'endsOn'>,
    entry: JournalEntry | null,
    person: Person,
  ): void {
    const opened = entry?.visitNumber ?? null;
    const waits = gate.settings.passage === 'reported' && decision.code !== 'FREE_PASSAGE';
    const untilMs = clock.monotonicMs() + (waits ? gate.settings.passageTimeoutSeconds * secondMs : 0);
    happen({
      kind: 'answered',
      answer: decision,
      person: shownPerson(person),
      membership: person.membershipTitle === null ? null : { title: person.membershipTitle, endsOn: decision.endsOn },
      visit: opened,
      opens: opened === null ? null : { untilMs, reported: waits },
      at: clock.now(),
    });
  }

  return {
    current: () => event,
    watch(show: (event: ScreenEvent) => void) {
      watchers.add(show);
      return () => watchers.delete(show);
    },
    photoFile: (key: string) => (photo?.key === key ? photo.file : null),
    followMode() {
      if (state.mode !== gate.mode()) happen({ kind: 'mode', mode: gate.mode() });
    },
    hear(item: Exclude<NewsItem, { kind: 'mode' }>) {
      switch (item.kind) {
        case 'answered':
          return item.decision.code === 'DUPLICATE_READ' ? undefined : answer(item.decision, item.entry, item.person);
        case 'let-in':
          return answer(letIn, item.entry, { ...item.person, staffName: null });
        case 'settled':
          return happen({ kind: settledAs(item.entry), visit: item.visit });
        case 'unexpected':
        case 'moved':
        case 'taken-out':
          return undefined;
      }
    },
    stop() {
      callOffTick?.();
      watchers.clear();
    },
  };
}

const letIn = {
  outcome: 'granted',
  code: 'STAFF_OVERRIDE',
  params: {},
  left: null,
  warnings: [],
  nextAllowedAt: null,
  endsOn: null,
} as const satisfies Partial<Decision> & object;

function settledAs({ event }: JournalEntry): 'passed' | 'not_passed' | 'gate_failed' {
  if (event.kind !== 'release') return 'passed';
  return event.because === 'gate_failed' ? 'gate_failed' : 'not_passed';
}

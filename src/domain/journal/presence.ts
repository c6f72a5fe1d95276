import { hourMs, type Instant } from '../schedule/instant.ts';
import type { JournalEntry, NewVisit, PresenceEvent } from './entry.ts';
import { type Visit, visitChangeOf } from './visit.ts';

/** Who is inside each zone by the entries so far (rules 25 and 26). Daily resets are left to whoever asks. */
export interface PresenceReplay {
  zones: Map<string, ZoneReplay>;
  /** By the number that the visit has now. */
  steps: Map<number, Step>;
  /** The hour around which steps are remembered; null: nothing was forgotten yet. */
  hour: Instant | null;
}

interface ZoneReplay {
  /** By person; each in the order in which the visits were made. */
  trails: Map<string, Step[]>;
  /** By person. */
  inside: Map<string, Entered>;
}

/** The visit with which somebody is inside. */
export interface Entered {
  visit: number;
  /** The instant of its tap. */
  since: Instant;
}

/** A visit of somebody who is counted, into a zone or out of it. */
interface Step extends Pick<NewVisit, 'zone' | 'direction'> {
  person: string;
  /** A charge that is moved gives the visit another number and leaves it its place in the trail. */
  visit: number;
  at: Instant;
  /** Into the zone: reserved or committed, and nobody took them out since. Out of it: committed. */
  counts: boolean;
}

export function emptyPresence(): PresenceReplay {
  return { zones: new Map(), steps: new Map(), hour: null };
}

/** Adds what one more entry does to `presence`. */
export function replayPresence(presence: PresenceReplay, entry: JournalEntry): void {
  const { event, visitNumber } = entry;
  if (event.kind === 'presence') return takeOut(presence, event);
  if (event.kind === 'move') return renumber(presence, event.replaces, visitNumber);
  const { made, settled } = visitChangeOf(entry);
  const step = settled && presence.steps.get(settled.visit);
  if (settled && step) {
    // An arm that turns after staff took everybody out brings that person in.
    step.counts = settled.state === 'committed';
    lookAgain(presence, step);
  }
  if (made !== null) take(presence, made);
}

/**
 * Adds what one more entry does to a `presence` that is kept for long: steps that lie two days from the entry are forgotten, and
 * what was before them in their trails. By then every zone was reset.
 */
export function followPresence(presence: PresenceReplay, entry: JournalEntry): void {
  replayPresence(presence, entry);
  forgetFarFrom(presence, entry.at);
}

/**
 * Whether `followPresence` may begin behind an entry at `at` and remember the same when it comes to one at `newestAt`.
 * INVARIANT: what an entry leaves lies within `rememberedMs` of it.
 */
export function isForgottenAt(at: Instant, newestAt: Instant): boolean {
  return Math.abs(hourOf(at) - hourOf(newestAt)) > 2 * rememberedMs;
}

const rememberedMs = 50 * hourMs;

/** Who is inside a zone, by person. */
export function insideZone(presence: PresenceReplay, zone: string): ReadonlyMap<string, Entered> {
  return (presence.zones.get(zone) ?? nothing).inside;
}

const nothing: ZoneReplay = { trails: new Map(), inside: new Map() };

function forgetFarFrom(presence: PresenceReplay, at: Instant): void {
  const hour = hourOf(at);
  if (presence.hour === hour) return;
  presence.hour = hour;
  for (const [name, { trails, inside }] of presence.zones) {
    for (const [person, trail] of trails) {
      const far = trail.findLastIndex((step) => Math.abs(hourOf(step.at) - hour) > rememberedMs);
      if (far === -1) continue;
      for (const { visit } of trail.splice(0, far + 1)) presence.steps.delete(visit);
      const [next] = trail;
      if (next) lookAgain(presence, next);
      else {
        trails.delete(person);
        inside.delete(person);
      }
    }
    if (trails.size === 0) presence.zones.delete(name);
  }
}

/** Steps are forgotten by the hour, to go through them once an hour and not at every entry. */
function hourOf(at: Instant): Instant {
  return Math.floor(at / hourMs) * hourMs;
}

function take(presence: PresenceReplay, { number, at, zone, person, direction, state }: Visit): void {
  if (person === null) return;
  const step: Step = { zone, person, direction, visit: number, at, counts: direction === 'in' || state === 'committed' };
  const { trails } = zoneOf(presence, zone);
  const trail = trails.get(person);
  if (trail) trail.push(step);
  else trails.set(person, [step]);
  presence.steps.set(number, step);
  lookAgain(presence, step);
}

function takeOut(presence: PresenceReplay, { zone, person }: PresenceEvent): void {
  const { trails, inside } = presence.zones.get(zone) ?? nothing;
  for (const one of person === null ? [...trails.keys()] : [person]) {
    for (const step of trails.get(one) ?? []) if (step.direction === 'in') step.counts = false;
    inside.delete(one);
  }
}

function renumber(presence: PresenceReplay, replaced: number, number: number | null): void {
  const step = presence.steps.get(replaced);
  if (step === undefined || number === null) return;
  presence.steps.delete(replaced);
  step.visit = number;
  presence.steps.set(number, step);
  lookAgain(presence, step);
}

/** Whoever went in and then out is outside, whatever becomes of the way in. */
function lookAgain(presence: PresenceReplay, { zone, person }: Step): void {
  const { trails, inside } = zoneOf(presence, zone);
  const last = trails.get(person)?.findLast(({ counts }) => counts);
  if (last?.direction === 'in') inside.set(person, { visit: last.visit, since: last.at });
  else inside.delete(person);
}

function zoneOf(presence: PresenceReplay, zone: string): ZoneReplay {
  const known = presence.zones.get(zone);
  if (known) return known;
  const made: ZoneReplay = { trails: new Map(), inside: new Map() };
  presence.zones.set(zone, made);
  return made;
}

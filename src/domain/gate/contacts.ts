/**
 * What the contacts of a turnstile, or of the fire panel beside it, say: inputs in, signals out. Pure: `nowMs` is monotonic.
 * Device-protocols sections 0.5 and 12: bounces are one passage, both passage contacts at once are none, and what a contact
 * says first is how it stands, never that somebody went through.
 */

/** `pass`: one contact for both ways. The first three see somebody go through, the others tell how things stand. */
export const contactNames = ['pass', 'passIn', 'passOut', 'ready', 'alarm', 'fire'] as const;
export type ContactName = (typeof contactNames)[number];
export type LevelName = 'ready' | 'alarm' | 'fire';
export type PassageName = Exclude<ContactName, LevelName>;

export interface Contact {
  name: ContactName;
  /** By the numbering of the product that tells of it. */
  input: number;
  /** It says what its name says when it is closed; otherwise when it is open. */
  activeWhenClosed: boolean;
  /** A change that lasts less is a bounce. */
  debounceMs: number;
}

export interface ContactSettings {
  contacts: readonly Contact[];
  /** Two passage contacts that change within this time change at once. */
  togetherMs: number;
  /** A passage contact that stays active longer is stuck. */
  stuckMs: number;
}

/** Nobody can go in and out through one lane within this time; relays of one turnstile that fall together differ by far less. */
export const togetherMs = 250;

/** PERCo turnstiles themselves take an arm that is not home after 30 s for a fault (TTR-04CW manual, 5.11.3). */
export const stuckMs = 30_000;

export type ContactEvent =
  | { kind: 'input'; input: number; closed: boolean }
  /** Whoever tells of the inputs is gone. */
  | { kind: 'lost' }
  /** Time went by. */
  | { kind: 'tick' };

export type ContactSignal =
  | { kind: 'passage'; direction: 'in' | 'out' | null }
  /** The passage contacts changed at once: power loss, emergency or free mode; `on: false`: one is at rest again. */
  | { kind: 'together'; on: boolean }
  /** A passage contact stays active; nobody is seen by it until it lets go. */
  | { kind: 'stuck'; contact: PassageName; on: boolean }
  /** How things stand: told first, and on every change. */
  | { kind: LevelName; on: boolean };

export interface ContactsState {
  contacts: readonly ContactState[];
  /** A passage that is told once it is sure that the other contact does not follow. */
  held: { contact: PassageName; untilMs: number } | null;
  together: boolean;
}

export interface ContactState extends Contact {
  /** With bounces left out; null: not told yet. */
  active: boolean | null;
  /** Somebody was seen to set it off: it was not so from the start. */
  setOff: boolean;
  activeSinceMs: number;
  stuck: boolean;
  /** How it was told last, bounces and all. */
  told: { active: boolean; sinceMs: number } | null;
}

export function untoldContacts({ contacts }: Pick<ContactSettings, 'contacts'>): ContactsState {
  const untold = { active: null, setOff: false, activeSinceMs: 0, stuck: false, told: null };
  return { contacts: contacts.map((contact) => ({ ...contact, ...untold })), held: null, together: false };
}

interface Stepped {
  state: ContactsState;
  signals: ContactSignal[];
}

export function stepContacts(state: ContactsState, event: ContactEvent, nowMs: number, settings: ContactSettings): Stepped {
  // What fell due before the event happened before it, whatever the timer did.
  const timed = elapse(state, nowMs, settings);
  if (event.kind === 'tick') return timed;
  if (event.kind === 'lost') return { state: untoldContacts(settings), signals: timed.signals };
  const next = elapse(tell(timed.state, event, nowMs), nowMs, settings);
  return { state: next.state, signals: [...timed.signals, ...next.signals] };
}

/** When `tick` should come next, on the monotonic clock; null: nothing is pending. */
export function nextContactTickMs(state: ContactsState, settings: ContactSettings): number | null {
  const dues = [
    ...state.contacts.map(settlesAtMs),
    heldUntilMs(state),
    ...state.contacts.map((one) => stuckAtMs(one, state, settings)),
  ];
  const pending = dues.filter((due) => due !== null);
  return pending.length === 0 ? null : Math.min(...pending);
}

function elapse(before: ContactsState, nowMs: number, settings: ContactSettings): Stepped {
  let state = before;
  const signals: ContactSignal[] = [];
  for (;;) {
    const dueMs = nextContactTickMs(state, settings);
    if (dueMs === null || dueMs > nowMs) return { state, signals };
    const fallen = fallDue(state, dueMs, settings);
    state = fallen.state;
    signals.push(...fallen.signals);
  }
}

function tell(state: ContactsState, { input, closed }: { input: number; closed: boolean }, nowMs: number): ContactsState {
  const contacts = state.contacts.map((one) => {
    const active = closed === one.activeWhenClosed;
    return one.input !== input || one.told?.active === active ? one : { ...one, told: { active, sinceMs: nowMs } };
  });
  return { ...state, contacts };
}

/** One thing that falls due at `nowMs`, the settling of a contact first: so that contacts that change together meet. */
function fallDue(state: ContactsState, nowMs: number, settings: ContactSettings): Stepped {
  const settling = state.contacts.find((one) => settlesAtMs(one) === nowMs);
  if (settling !== undefined) return settle(state, settling, nowMs, settings);
  const { held } = state;
  if (held !== null && heldUntilMs(state) === nowMs) return { state: { ...state, held: null }, signals: [passage(held.contact)] };
  const stuck = state.contacts.find((one) => stuckAtMs(one, state, settings) === nowMs);
  if (stuck === undefined || !isPassage(stuck.name)) return { state, signals: [] };
  return {
    state: replace(state, { ...stuck, stuck: true }),
    signals: [{ kind: 'stuck', contact: stuck.name, on: true }],
  };
}

/** A contact stands as it was told: its bounces are over. */
function settle(before: ContactsState, contact: ContactState, nowMs: number, settings: ContactSettings): Stepped {
  const active = contact.told?.active ?? false;
  const isFirst = contact.active === null;
  const since = contact.told?.sinceMs ?? nowMs;
  const state = replace(before, { ...contact, active, setOff: active && !isFirst, activeSinceMs: since, stuck: false });
  const { name } = contact;
  if (!isPassage(name)) return { state, signals: [{ kind: name, on: active }] };
  if (!active) return rest(state, contact, name, nowMs);

  const others = state.contacts.filter((one) => one.name !== name && isPassage(one.name));
  const fell = others.some((one) => one.active && !one.stuck && one.setOff !== isFirst);
  if (fell || (state.held !== null && state.held.contact !== name))
    return { state: { ...state, held: null, together: true }, signals: [{ kind: 'together', on: true }] };
  if (isFirst || state.held !== null) return { state, signals: [] };
  if (others.length === 0) return { state, signals: [passage(name)] };
  return { state: { ...state, held: { contact: name, untilMs: since + settings.togetherMs } }, signals: [] };
}

function rest(state: ContactsState, { stuck }: ContactState, name: PassageName, nowMs: number): Stepped {
  const signals: ContactSignal[] = stuck ? [{ kind: 'stuck', contact: name, on: false }] : [];
  if (!state.together) return { state, signals };
  // The others have a moment to follow before they count as stuck.
  const contacts = state.contacts.map((one) => (one.active ? { ...one, activeSinceMs: nowMs } : one));
  return { state: { ...state, contacts, together: false }, signals: [...signals, { kind: 'together', on: false }] };
}

/** When what was told of a contact is no bounce any more; null: it stands as told. */
function settlesAtMs({ told, active, debounceMs }: ContactState): number | null {
  return told === null || told.active === active ? null : told.sinceMs + debounceMs;
}

/** A passage waits for another contact that began to change in time, until that is known to be more than a bounce. */
function heldUntilMs({ held, contacts }: ContactsState): number | null {
  if (held === null) return null;
  const follows = contacts.filter(({ name, active }) => isPassage(name) && name !== held.contact && !active);
  const lastMs = follows.map((one) => (one.told?.active ? (settlesAtMs(one) ?? 0) : 0));
  return Math.max(held.untilMs, ...lastMs);
}

function stuckAtMs(contact: ContactState, { together }: ContactsState, settings: ContactSettings): number | null {
  const counts = isPassage(contact.name) && contact.active && !contact.stuck && !together;
  return counts ? contact.activeSinceMs + settings.stuckMs : null;
}

function replace(state: ContactsState, changed: ContactState): ContactsState {
  return { ...state, contacts: state.contacts.map((one) => (one.name === changed.name ? changed : one)) };
}

function passage(contact: PassageName): ContactSignal {
  const direction = contact === 'pass' ? null : contact === 'passIn' ? 'in' : 'out';
  return { kind: 'passage', direction };
}

function isPassage(name: ContactName): name is PassageName {
  return name === 'pass' || name === 'passIn' || name === 'passOut';
}

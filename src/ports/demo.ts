import type { Language } from '../domain/member/member.ts';
import type { Instant } from '../domain/schedule/instant.ts';

/** The demo club as its page sees it. Taps and passages go out as a device's bytes and come back through the same code as hardware. */
export interface Demo {
  gates(): DemoGate[];
  /** The people worth trying, each with a story ("Pavel, frozen until Thursday"), in the page's language. */
  cast(language: Language): DemoPerson[];
  /** A person's portrait as SVG; null: there is none. */
  portrait(person: string): string | null;
  /** Any of the club's members by name, at most 20. */
  search(text: string, language: Language): DemoPerson[];
  /** Holds the person's card or code to a gate's reader. `problem`: why that could not be done. */
  tap(request: { gate: string; person: string }): { done: true } | { done: false; problem: string };
  /** Pushes the arm by hand, also where nobody may pass. */
  walk(request: { gate: string }): { done: true } | { done: false; problem: string };
  /** Whether the person walks through by themselves after the gate opened, per gate. */
  setWalksByItself(request: { gate: string; walks: boolean }): void;
  /** Pulls a gate's reader cable out or plugs it in again. */
  setPlugged(request: { gate: string; plugged: boolean }): void;
  /** Calls `changed` with what happens on the wires and in the journal. Returns the way to stop. */
  watch(changed: (event: DemoEvent) => void): () => void;
  /** What a page that opens now should know. */
  now(): { gates: DemoGateState[]; journal: DemoJournalLine[]; signIn: { name: string; pin: string } | null };
}

export interface DemoGate {
  id: string;
  title: string;
  reader: string;
  relay: string;
  passage: 'assumed' | 'reported';
}

export interface DemoPerson {
  id: string;
  name: string;
  /** What is special about them, one short phrase. */
  story: string;
  /** `rfid:0F0184F07A` as their card sends it. */
  credential: string;
  /** A URL path, or null. */
  photo: string | null;
}

export interface DemoGateState {
  gate: string;
  arm: 'locked' | 'released' | 'turning';
  walks: boolean;
  plugged: boolean;
}

export interface DemoJournalLine {
  number: number;
  at: Instant;
  gate: string;
  kind: string;
  /** One line for people: code, who, visit. */
  text: string;
  hash: string;
}

export type DemoEvent =
  | { kind: 'wire'; at: Instant; gate: string; device: string; direction: 'to gateway' | 'from gateway'; bytes: string }
  | { kind: 'gate'; state: DemoGateState }
  | { kind: 'journal'; line: DemoJournalLine };

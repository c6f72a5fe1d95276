import type { Box } from '../src/app/run-box.ts';
import type { JournalEntry } from '../src/domain/journal/entry.ts';
import type { Read } from '../src/domain/member/credential.ts';
import type { Language } from '../src/domain/member/member.ts';
import type { Demo, DemoEvent, DemoGate, DemoJournalLine, DemoPerson } from '../src/ports/demo.ts';
import type { Stage } from './stage.ts';

/** Somebody who can be sent to a gate. */
export interface Player {
  id: string;
  name: Record<Language, string>;
  /** What they can hold to a reader. */
  rfid: string | null;
  barcode: string | null;
  /** null: one of the many, with nothing special about them. */
  story: Record<Language, string> | null;
}

export interface DemoParts {
  box: Box;
  gates: DemoGate[];
  stages: ReadonlyMap<string, Stage>;
  /** The people worth trying first, then every member. */
  players: readonly Player[];
  portraitOf(person: string): string | null;
  /** Names by member id, for the journal's lines. */
  nameOf(memberId: string): string;
  signIn(): { name: string; pin: string } | null;
  /** What the stages tell. */
  listen(hear: (event: DemoEvent) => void): () => void;
}

const journalLines = 30;
const searchLimit = 20;

/** The demo page's side of the box. */
export function runDemo({ box, gates, stages, players, portraitOf, nameOf, signIn, listen }: DemoParts): Demo {
  const byId = new Map(players.map((player) => [player.id, player]));
  const missing = (gate: string) => ({ done: false, problem: `there is no gate \`${gate}\`` }) as const;

  const lineOf = (entry: JournalEntry): DemoJournalLine => ({
    number: entry.number,
    at: entry.at,
    gate: entry.event.gate,
    kind: entry.event.kind,
    text: textOf(entry, nameOf),
    hash: entry.hash,
  });

  const shown = (player: Player, language: Language) =>
    personOf(player, language, portraitOf(player.id) === null ? null : `/demo/portrait/${player.id}`);

  return {
    gates: () => gates,
    portrait: portraitOf,
    cast: (language) => players.filter(({ story }) => story !== null).map((player) => shown(player, language)),
    search(text, language) {
      const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      const fits = ({ name }: Player) => words.every((word) => name[language].toLocaleLowerCase().includes(word));
      return players
        .filter(fits)
        .slice(0, searchLimit)
        .map((player) => shown(player, language));
    },
    tap({ gate, person }) {
      const stage = stages.get(gate);
      const player = byId.get(person);
      if (stage === undefined) return missing(gate);
      if (player === undefined) return { done: false, problem: `there is nobody called \`${person}\`` };
      return stage.present(readAt(stage.usually, player))
        ? { done: true }
        : { done: false, problem: 'the reader is unplugged: plug it in again' };
    },
    walk({ gate }) {
      const stage = stages.get(gate);
      if (stage === undefined) return missing(gate);
      return stage.push() ? { done: true } : { done: false, problem: 'the door is locked' };
    },
    setWalksByItself: ({ gate, walks }) => stages.get(gate)?.setWalks(walks),
    setPlugged: ({ gate, plugged }) => void stages.get(gate)?.setPlugged(plugged),
    watch(changed) {
      const stopWires = listen(changed);
      const stopNews = box.news.listen((item) => {
        if (item.entry !== null) changed({ kind: 'journal', line: lineOf(item.entry) });
      });
      return () => {
        stopWires();
        stopNews();
      };
    },
    now() {
      const newest = box.central.journalAfter(0, 1).newest;
      const { entries } = box.central.journalAfter(Math.max(0, newest - journalLines), journalLines);
      return { gates: [...stages.values()].map((stage) => stage.state()), journal: entries.map(lineOf), signIn: signIn() };
    },
  };
}

function personOf(player: Player, language: Language, photo: string | null): DemoPerson {
  const { kind, value } = readAt('rfid', player);
  return {
    id: player.id,
    name: player.name[language],
    photo,
    credential: `${kind}:${value}`,
    story: player.story?.[language] ?? '',
  };
}

/** What they hold to a reader: the usual kind there, where they have it. */
function readAt(usually: Stage['usually'], { rfid, barcode }: Player): Read {
  const asBarcode = barcode !== null && (usually === 'barcode' || rfid === null);
  return asBarcode ? { kind: 'barcode', value: barcode } : { kind: 'rfid', value: rfid ?? '' };
}

function textOf({ event, visitNumber }: JournalEntry, nameOf: (memberId: string) => string): string {
  const visit = visitNumber === null ? '' : ` · visit ${visitNumber}`;
  switch (event.kind) {
    case 'decision': {
      const { code, outcome, memberId } = event.decision;
      const who = memberId === null ? (event.read ?? '') : nameOf(memberId);
      return `${code} · ${who}${visit}${outcome === 'granted' ? ` ${event.visit?.state ?? ''}` : ''}`;
    }
    case 'override':
      return `STAFF_OVERRIDE · ${event.staff}: ${event.reason}${visit}`;
    case 'passage':
      return event.visit === null ? event.code : `${event.code} · visit ${event.visit} committed`;
    case 'release':
      return `${event.code} · visit ${event.visit} given back`;
    case 'move':
      return `visit ${event.replaces} moved${visit} · ${event.staff}: ${event.reason}`;
    case 'presence':
      return `out of ${event.zone} · ${event.staff}`;
    case 'mode':
      return `mode ${event.mode}${event.staff === null ? '' : ` · ${event.staff}`}`;
  }
}

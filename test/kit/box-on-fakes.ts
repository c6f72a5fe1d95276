import { type Box, type BoxParts, runBox } from '../../src/app/run-box.ts';
import type { GateSettings } from '../../src/domain/gate/gate-settings.ts';
import type { CardSpelling } from '../../src/domain/member/card-number.ts';
import type { ClubDataWriter } from '../../src/ports/club-data.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { Journal } from '../../src/ports/journal.ts';
import type { GateSignals } from '../../src/ports/relay.ts';
import { aGate, rulesFor } from './facts.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { type FakeClubData, fakeClubData } from './fake-club-data.ts';
import { fakeJournal } from './fake-journal.ts';
import { type FakeLog, fakeLog } from './fake-log.ts';
import { smallClub } from './running-gateway.ts';

export interface BoxOnFakes {
  box: Box;
  clock: FakeClock;
  clubData: FakeClubData;
  journal: Journal;
  /** The gates whose relay opened, in order. */
  opened: string[];
  /** By gate; one that is not here opens. */
  relays: Map<string, 'opens' | 'fails'>;
  /** What the devices at each gate see. */
  signals: Map<string, GateSignals>;
  log: FakeLog;
}

export interface FakesOfBox extends Partial<Pick<BoxParts, 'contact' | 'clockWatch' | 'turnstiles'>> {
  journal?: Journal;
  /** A club snapshot; the small club when left out. */
  snapshot?: unknown;
  /** How the club's list writes its cards; `full` when left out. */
  spelled?: CardSpelling[];
  /** How many people each zone holds; null: as many as come. */
  limit?: number | null;
}

/** A whole box in memory, at a Monday 07:30, with data and journal on fakes and relays that open. */
export function boxOnFakes(gates: Partial<GateSettings>[], { journal = fakeJournal(), ...fakes }: FakesOfBox = {}): BoxOnFakes {
  const clock = fakeClock();
  const clubData = fakeClubData(fakes.snapshot ?? smallClub());
  const opened: string[] = [];
  const relays: BoxOnFakes['relays'] = new Map();
  const signals: BoxOnFakes['signals'] = new Map();
  const log = fakeLog();
  const zones = [...new Set(gates.map((gate) => aGate(gate).zone))];
  const box = runBox({
    settings: {
      ...rulesFor(),
      branch: 'center',
      cardNumbers: { spelled: fakes.spelled ?? ['full'] },
      gates: gates.map(aGate),
      zones: zones.map((id) => ({ ...rulesFor().zone, id, limit: fakes.limit ?? null })),
      desk: { moveChargeWithinHours: 48 },
      kiosk: { languages: ['en', 'pl'], names: 'full', photos: true, resultSeconds: 6 },
    },
    contact: fakes.contact ?? { contactAt: () => clock.now(), alone: () => false, inTouch() {}, heardPeer() {} },
    clockWatch: fakes.clockWatch ?? {
      trusted: () => true,
      verdict: () => ({ trusted: true, why: 'synchronised' }),
      confirm() {},
    },
    clock,
    log,
    clubData,
    writer: noWriter,
    journal,
    newKey: () => 'key',
    ...(fakes.turnstiles && { turnstiles: fakes.turnstiles }),
    relayOf(gate, heard) {
      signals.set(gate, heard);
      return {
        async pulse() {
          if (relays.get(gate) === 'fails') throw new Failure('absent', 'unplugged', { retry: true });
          opened.push(gate);
          return 'told';
        },
        stop: async () => {},
      };
    },
  });
  return { box, clock, clubData, journal, opened, relays, signals, log };
}

const noWriter: ClubDataWriter = {
  replace: () => Promise.reject(new Error('not in this test')),
  apply: () => Promise.reject(new Error('not in this test')),
  contacted: async () => {},
  close: async () => {},
};

/** A journal on a disk that is full. */
export function fullDisk(): Journal {
  const append = (): never => {
    throw new Failure('refused', 'the disk is full', { retry: true });
  };
  return { ...fakeJournal(), append };
}

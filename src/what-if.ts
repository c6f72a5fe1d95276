import { join } from 'node:path';
import { openClubStore } from './adapters/store/club-store.ts';
import { openJournal } from './adapters/store/journal-store.ts';
import { rulesFor } from './app/box-settings.ts';
import { placeOf } from './app/gather-facts.ts';
import type { Config } from './config/config.ts';
import { decide } from './domain/access/decide.ts';
import type { Decision } from './domain/access/decision.ts';
import { type Difference, differenceBetween, type Treatment } from './domain/access/difference.ts';
import type { Facts } from './domain/access/facts.ts';
import { staffText } from './domain/kiosk/texts/say.ts';
import type { Language } from './domain/member/member.ts';
import type { Instant } from './domain/schedule/instant.ts';
import type { ClubData } from './ports/club-data.ts';

export interface WhatIf {
  /** The box whose taps are decided again. */
  dataFolder: string;
  /** `[from, until)`. */
  from: Instant;
  until: Instant;
  config: Config;
  /** In which the reasons are told. */
  language: Language;
}

/** A tap that would have been treated differently. */
export interface DifferentTap {
  entry: number;
  at: Instant;
  gate: string;
  memberId: string | null;
  /** Empty where the data no longer holds the member. */
  name: string;
  difference: Difference;
  before: Treatment;
  after: Treatment;
  /** Why, before and after, in one sentence each. */
  reasonBefore: string;
  reasonAfter: string;
}

export interface WhatIfSummary {
  taps: number;
  different: number;
  /** Taps at gates that the other settings do not have. */
  withoutGate: number;
  /** Taps of which too little was kept. */
  withoutRecord: number;
}

/**
 * Decides the recorded taps of a period again under other settings. Each is decided from what the box knew then: visits that
 * an earlier tap would have taken or saved under these settings are not carried on. Throws `Failure` when the data cannot be read.
 */
export function whatIf({ dataFolder, from, until, config, language }: WhatIf, told: (tap: DifferentTap) => void): WhatIfSummary {
  const clubData = openClubStore(join(dataFolder, 'club.db'));
  const journal = openJournal(join(dataFolder, 'gate.db'), { readonly: true });
  try {
    const timeZone = clubData.branch(config.branch)?.timeZone ?? 'UTC';
    const summary: WhatIfSummary = { taps: 0, different: 0, withoutGate: 0, withoutRecord: 0 };
    const seen = new Set<number>();
    for (const { entry, record } of journal.records(from, until)) {
      if (entry.event.kind !== 'decision') continue;
      seen.add(entry.number);
      summary.taps += 1;
      const { gate, decision: before } = entry.event;
      const gateSettings = config.gates.find(({ settings }) => settings.id === gate)?.settings;
      if (gateSettings === undefined) {
        summary.withoutGate += 1;
        continue;
      }
      const after = decide(factsUnder(record.facts, clubData, gateSettings), rulesFor(config, gateSettings));
      const difference = differenceBetween(before, after);
      if (difference === null) continue;
      summary.different += 1;
      const here = { now: entry.at, timeZone };
      const reason = ({ code, params }: Pick<Decision, 'code' | 'params'>) => staffText(language, code, params, here);
      told({
        entry: entry.number,
        at: entry.at,
        gate,
        memberId: before.memberId,
        name: before.memberId === null ? '' : (clubData.member(before.memberId)?.member.name ?? ''),
        difference,
        before: treatmentOf(before),
        after: treatmentOf(after),
        reasonBefore: reason(before),
        reasonAfter: reason(after),
      });
    }
    summary.withoutRecord = countTaps(journal, from, until, seen);
    return summary;
  } finally {
    journal.close();
    clubData.close();
  }
}

/** IANA name of the zone in which the dates of a period are meant: that of the configuration's branch. */
export function timeZoneOf(dataFolder: string, { branch }: Config): string {
  const clubData = openClubStore(join(dataFolder, 'club.db'));
  const timeZone = clubData.branch(branch)?.timeZone ?? 'UTC';
  clubData.close();
  return timeZone;
}

/** The gate may lead elsewhere under other settings. */
function factsUnder(facts: Facts, clubData: ClubData, gate: Parameters<typeof placeOf>[1]): Facts {
  const place = placeOf(clubData, gate);
  const known = facts.branches.find(({ id }) => id === gate.branch);
  const services = place.services.map((service) => facts.services.find(({ id }) => id === service.id) ?? service);
  return { ...facts, branch: known ?? place.branch, services };
}

/** Taps in the period that `seen` does not hold. */
function countTaps(journal: ReturnType<typeof openJournal>, from: Instant, until: Instant, seen: ReadonlySet<number>): number {
  let count = 0;
  let after = 0;
  for (let page = journal.after(after, pageSize); page.length > 0; page = journal.after(after, pageSize)) {
    for (const { number, at, event } of page) {
      if (event.kind === 'decision' && at >= from && at < until && !seen.has(number)) count += 1;
    }
    after = page.at(-1)?.number ?? after;
  }
  return count;
}

const pageSize = 500;

function treatmentOf({ outcome, code, membershipId, charge, warnings }: Treatment): Treatment {
  return { outcome, code, membershipId, charge, warnings };
}

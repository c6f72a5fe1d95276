import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryAfter } from '../../../src/domain/journal/chain.ts';
import type { JournalEntry } from '../../../src/domain/journal/entry.ts';
import {
  emptyPresence,
  followPresence,
  insideZone,
  isForgottenAt,
  type PresenceReplay,
  replayPresence,
} from '../../../src/domain/journal/presence.ts';
import { newVisitOf } from '../../../src/domain/journal/visit.ts';
import { hourMs } from '../../../src/domain/schedule/instant.ts';
import type { Journal } from '../../../src/ports/journal.ts';
import { emptyAccount, type Happening, happen, happening, naivelyInside, zones } from '../../kit/club-happenings.ts';
import { exit, grant, moved, refusal, takenOut } from '../../kit/journal-events.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

/** Numbers entries and visits, and keeps nothing. */
function numbering(): Pick<Journal, 'append'> {
  let last: JournalEntry | null = null;
  let visits = 0;
  return {
    append(at, event, clockTrusted = true) {
      const visitNumber = newVisitOf(event) ? (visits += 1) : null;
      last = entryAfter(last, { gateway: 'box-1', at, clockTrusted, visitNumber, event });
      return last;
    },
  };
}

function entriesOf(happenings: readonly Happening[]): JournalEntry[] {
  const account = emptyAccount(now);
  const journal = numbering();
  for (const what of happenings) happen(journal, what, account);
  return account.entries;
}

function insideBy(presence: PresenceReplay) {
  return zones.map((zone) => new Map(insideZone(presence, zone)));
}

/** Each `afterMs` is made `times` as long. */
const happenings = (times: number) =>
  fc.array(
    happening.map((what) => ({ ...what, afterMs: what.afterMs * times })),
    { minLength: 10, maxLength: 60 },
  );

test('whatever happened, and however long it took: who is inside is what reading all entries again for each visit says', () => {
  fc.assert(
    fc.property(happenings(20), (list) => {
      const presence = emptyPresence();
      const entries = entriesOf(list);
      for (const [place, entry] of entries.entries()) {
        replayPresence(presence, entry);
        const read = entries.slice(0, place + 1);
        expect(insideBy(presence)).toEqual(zones.map((zone) => naivelyInside(read, zone)));
      }
    }),
    { numRuns: 150 },
  );
});

test('what is kept for long knows the same people, and nobody who came in two days from the newest entry', () => {
  fc.assert(
    fc.property(happenings(5), (list) => {
      const presence = emptyPresence();
      const entries = entriesOf(list);
      for (const [place, { at: newestAt, ...entry }] of entries.entries()) {
        followPresence(presence, { at: newestAt, ...entry });
        const read = entries.slice(0, place + 1);
        const instants = read.map(({ at }) => at);
        const withinTwoDays = Math.max(...instants) - Math.min(...instants) < 49 * hourMs;
        for (const zone of zones) {
          const kept = insideZone(presence, zone);
          for (const [person, { since }] of kept) expect(Math.abs(since - newestAt), person).toBeLessThan(51 * hourMs);
          if (withinTwoDays) expect(new Map(kept)).toEqual(naivelyInside(read, zone));
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('it may begin behind any entry that is forgotten by the newest one', () => {
  let begun = 0;
  fc.assert(
    fc.property(happenings(40), (list) => {
      const entries = entriesOf(list);
      const whole = emptyPresence();
      for (const entry of entries) followPresence(whole, entry);
      const newestAt = entries.at(-1)?.at ?? now;
      for (const [place, { at }] of entries.entries()) {
        if (!isForgottenAt(at, newestAt)) continue;
        const rest = emptyPresence();
        for (const entry of entries.slice(place + 1)) followPresence(rest, entry);
        expect(rest).toEqual(whole);
        begun += 1;
      }
    }),
    { numRuns: 300 },
  );
  expect(begun).toBeGreaterThan(500);
});

function follow(...happened: [hours: number, event: Parameters<Journal['append']>[1]][]): PresenceReplay {
  const presence = emptyPresence();
  const journal = numbering();
  for (const [hours, event] of happened) followPresence(presence, journal.append(now + hours * hourMs, event));
  return presence;
}

const came = grant({ state: 'committed' });

test('somebody who came in is remembered for two days, and nothing of them is left after that', () => {
  expect(insideZone(follow([0, came], [50, refusal()]), 'club').get('member:m1')).toEqual({ visit: 1, since: now });
  const forgotten = follow([0, came], [51, refusal()]);
  expect(forgotten.zones.size + forgotten.steps.size).toBe(0);
});

test('a clock that was days ahead leaves nobody inside in a time to come', () => {
  expect(insideZone(follow([100, came], [0, refusal()]), 'club').size).toBe(0);
});

test('somebody who went out by a clock that ran behind does not come back when that is forgotten', () => {
  // In at 40:00, out at what the box took for 00:00; then its clock is set right, and the way out lies two days back.
  expect(insideZone(follow([40, came], [0, exit()], [51, refusal()]), 'club').size).toBe(0);
});

test('a moved way in is forgotten by the instant of its tap', () => {
  const presence = follow([0, came], [40, moved(1, now)]);
  expect(insideZone(presence, 'club').get('member:m1')).toEqual({ visit: 2, since: now });
  expect(insideZone(follow([0, came], [40, moved(1, now)], [51, refusal()]), 'club').size).toBe(0);
});

test('taking people out of a zone that nobody came to changes nothing', () => {
  expect(insideZone(follow([0, takenOut(null, 'sauna')], [0, takenOut('member:m1', 'sauna')]), 'sauna').size).toBe(0);
});

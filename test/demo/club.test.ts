import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoCast } from '../../demo/cast.ts';
import { type DemoClub, makeDemoClub } from '../../demo/club.ts';
import { demoGates, gateTitles } from '../../demo/gates.ts';
import { membershipTypes } from '../../demo/membership-types.ts';
import { photoSvg } from '../../demo/photos.ts';
import { languages } from '../../src/domain/member/member.ts';
import { membershipStates } from '../../src/domain/member/membership.ts';
import { instantOf, localTime } from '../../src/domain/schedule/local-time.ts';
import { readSnapshot } from '../../src/ports/club-snapshot.ts';

const timeZone = 'Europe/Warsaw';

/** The club at a time of day, `minutes` after midnight on the wall clock. */
function clubOn(today: string, minutes = 8 * 60 + 30, zone = timeZone): DemoClub {
  return makeDemoClub({ today, now: instantOf(today, minutes, zone).at, timeZone: zone });
}

const club = clubOn('2026-06-15');

/** What a gateway that imports the club complains of. */
function complaints(made: DemoClub): string[] {
  const reading = readSnapshot(JSON.stringify(made));
  if (reading.snapshot === null) return [reading.fatal.problem];
  return [...reading.problems, ...reading.warnings].map(({ path, problem }) => `${path}: ${problem}`);
}

describe('the demo club', () => {
  it('has some 300 members, with photos that can be drawn', () => {
    expect(club.members.length).toBeGreaterThanOrEqual(290);
    expect(club.members.length).toBeLessThanOrEqual(310);
    const photos = club.members.map(({ id, photo }) => {
      expect(photo).toBe(`photos/${id}.svg`);
      return photoSvg(id);
    });
    expect(new Set(photos).size).toBeGreaterThan(290);
    for (const svg of photos) {
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" .*<\/svg>$/);
      expect(svg).not.toMatch(/NaN|undefined|href|script/);
    }
    expect(() => photoSvg('m999')).toThrow(RangeError);
  });

  it('speaks four languages, each name in its own script and with the ending that fits', () => {
    for (const language of languages) {
      const names = club.members.filter((member) => member.language === language).map(({ name }) => name);
      expect(names.length, language).toBeGreaterThan(10);
      const script =
        language === 'ru' || language === 'uk'
          ? /^[А-ЩЬЮЯҐЄІЇЁЪЫЭа-щьюяґєіїёъыэ’]+ [А-Яа-яҐЄІЇґєіїЁё]+$/
          : /^\p{Script=Latin}+ \p{Script=Latin}+$/u;
      for (const name of names) expect(name).toMatch(script);
    }
    for (const { name } of club.members)
      expect(name).not.toMatch(/^(Anna|Ewa|Maja|Julia|Zofia) .*ski$|^(Jan|Adam|Piotr|Igor) .*ska$/);
    for (const { name } of club.members)
      expect(name).not.toMatch(/^(Мария|Ольга|Елена) .*(ов|ин|ский)$|^(Иван|Сергей|Олег) .*(ова|ина|ская)$/);
  });

  it('is the same for the same day, and other on another', () => {
    expect(clubOn('2026-06-15')).toEqual(club);
    expect(clubOn('2026-06-16')).not.toEqual(club);
    // Also in another process and on another machine.
    expect(club.members[299]).toMatchObject({ id: 'm300', name: 'Filip Król', birthday: '03-22' });
    expect(club.credentials).toContainEqual({
      id: 'c300',
      kind: 'rfid',
      value: '0130647CF8',
      memberId: 'm300',
      status: 'active',
    });
  });

  it('keeps people and cards from day to day: only dates move', () => {
    const later = clubOn('2027-02-28');
    expect(later.members.map(({ id, name }) => [id, name])).toEqual(club.members.map(({ id, name }) => [id, name]));
    expect(later.credentials.map(({ id, value }) => [id, value])).toEqual(club.credentials.map(({ id, value }) => [id, value]));
  });

  it('is taken in by a gateway without a single complaint, on any day and in any zone', () => {
    const days = fc
      .tuple(fc.date({ min: new Date('2024-01-01'), max: new Date('2035-12-31'), noInvalidDate: true }), fc.nat({ max: 1439 }))
      .map(([date, minutes]) => ({ today: date.toISOString().slice(0, 10), minutes }));
    const zones = fc.constantFrom('Europe/Warsaw', 'Europe/Kyiv', 'America/New_York', 'Pacific/Kiritimati');
    fc.assert(
      fc.property(days, zones, ({ today, minutes }, zone) => {
        expect(complaints(clubOn(today, minutes, zone))).toEqual([]);
      }),
      {
        numRuns: 15,
        examples: [
          [{ today: '2024-02-29', minutes: 0 }, 'Europe/Warsaw'],
          [{ today: '2026-01-31', minutes: 0 }, 'Europe/Warsaw'],
          [{ today: '2026-03-29', minutes: 150 }, 'Europe/Warsaw'],
          [{ today: '2026-10-25', minutes: 150 }, 'Europe/Warsaw'],
        ],
      },
    );
  }, 60_000);

  it('names every row once, and refers only to rows that are there', () => {
    const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
    for (const rows of [
      club.services,
      club.members,
      club.staff,
      club.credentials,
      club.membershipTypes,
      club.memberships,
      club.sessions,
      club.bookings,
    ]) {
      expect(new Set(idsOf(rows)).size).toBe(rows.length);
    }
    const members = new Set(idsOf(club.members));
    const types = new Set(idsOf(club.membershipTypes));
    for (const { memberIds, typeId } of club.memberships) {
      expect(types).toContain(typeId);
      for (const memberId of memberIds) expect(members).toContain(memberId);
    }
    for (const { memberId } of club.bookings) expect(members).toContain(memberId);
    const values = club.credentials.map(({ kind, value }) => `${kind}:${value}`);
    expect(new Set(values).size).toBe(values.length);
    expect(new Set(club.memberships.map(({ number }) => number)).size).toBe(club.memberships.length);
  });

  it('gives cards that an RDM6300 can send, and barcodes whose check digit is right', () => {
    for (const { kind, value } of club.credentials) {
      if (kind === 'rfid') expect(value).toMatch(/^[0-9A-F]{10}$/);
      if (/^\d+$/.test(value) && kind === 'barcode') {
        const sum = [...value].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
        expect(sum % 10, value).toBe(0);
      }
    }
    expect(club.credentials.filter(({ kind }) => kind === 'rfid').length).toBeGreaterThan(280);
    expect(club.credentials.filter(({ kind }) => kind === 'barcode').length).toBeGreaterThan(40);
  });

  it('sells every kind of membership, in every state, and has every kind of trouble', () => {
    const sold = new Set(club.memberships.map(({ typeId }) => typeId));
    expect([...sold].sort()).toEqual(Object.keys(membershipTypes).sort());
    expect(new Set(club.memberships.map(({ state }) => state))).toEqual(new Set(membershipStates));
    expect(new Set(club.credentials.map(({ status }) => status)).size).toBe(5);
    const has = {
      openFreeze: club.memberships.some(({ freezes }) => freezes?.some(({ until }) => until === null)),
      freeze: club.memberships.some(({ freezes }) => freezes?.some(({ until }) => until !== null && until > '2026-06-15')),
      shared: club.memberships.some(({ memberIds }) => memberIds.length > 1),
      nothingLeft: club.memberships.some(({ visits, state }) => visits.left === 0 && state === 'active'),
      limitedTo: club.memberships.some(({ limitedTo }) => limitedTo?.serviceIds !== undefined),
      overdue: club.memberships.some(({ payment }) => payment?.state === 'overdue'),
      failed: club.memberships.some(({ payment }) => payment?.state === 'failed'),
      endsSoon: club.memberships.some(({ endsOn }) => endsOn === '2026-06-15' || endsOn === '2026-06-16'),
      ownTerms: club.memberships.some(({ terms }) => terms?.kind === 'dynamic'),
      blocked: club.members.some(({ blocked }) => blocked),
      debt: club.members.some(({ debt }) => debt),
      debtUnknown: club.members.some((member) => !('debt' in member)),
      documents: club.members.some(({ documents }) => documents),
      noMembership: club.members.some(({ id }) => !club.memberships.some(({ memberIds }) => memberIds.includes(id))),
      noCredential: club.members.some(
        ({ id }) => !club.credentials.some(({ memberId, kind }) => memberId === id && kind === 'rfid'),
      ),
      bearer: club.credentials.some(({ membershipId }) => membershipId !== undefined),
      endedCard: club.credentials.some(({ validUntil }) => validUntil !== undefined && validUntil < club.takenAt),
    };
    expect(Object.entries(has).filter(([, there]) => !there)).toEqual([]);
  });

  it('is a club that works: most of its memberships are good today', () => {
    const good = club.memberships.filter(
      ({ state, startsOn, endsOn }) =>
        state === 'active' && (startsOn ?? '') <= '2026-06-15' && (endsOn ?? '9999') >= '2026-06-15',
    );
    expect(good.length / club.memberships.length).toBeGreaterThan(0.75);
  });
});

describe('the cast', () => {
  it('is told in four languages, everybody with something to hold to a reader', () => {
    expect(demoCast.length).toBeGreaterThanOrEqual(14);
    expect(new Set(demoCast.map(({ id }) => id)).size).toBe(demoCast.length);
    for (const { name, story, expected, rfid } of demoCast) {
      expect(Object.keys(name).sort()).toEqual([...languages].sort());
      expect(Object.keys(story).sort()).toEqual([...languages].sort());
      for (const text of Object.values(story)) expect(text.length).toBeGreaterThan(8);
      expect(expected.length).toBeGreaterThan(0);
      expect(rfid).toMatch(/^[0-9A-F]{10}$/);
    }
    const unknown = demoCast.find(({ id }) => id === 'unknown');
    const values = club.credentials.map(({ value }) => value);
    expect(values).not.toContain(unknown?.rfid);
    expect(values).not.toContain(unknown?.barcode);
  });

  it('is frozen until a Thursday and starts on a Monday, whatever day it is', () => {
    for (let day = 1; day <= 28; day += 1) {
      const today = `2028-02-${String(day).padStart(2, '0')}`;
      const { memberships } = clubOn(today);
      const weekDayOf = (date: string | null | undefined) => date && localTime(Date.parse(`${date}T12:00:00Z`), timeZone).weekDay;
      const freeze = memberships.find(({ id }) => id === 'p002')?.freezes?.[0];
      expect(weekDayOf(freeze?.until)).toBe(4);
      expect(String(freeze?.until) > today).toBe(true);
      const startsOn = memberships.find(({ id }) => id === 'p006')?.startsOn;
      expect(weekDayOf(startsOn)).toBe(1);
      expect(String(startsOn) > today).toBe(true);
    }
  });

  it('belongs to the club under the ids that the page sends', () => {
    const ids = new Set([...club.members, ...club.staff].map(({ id }) => id));
    for (const { id } of demoCast) if (id !== 'unknown') expect(ids).toContain(id);
  });
});

describe('the demo gates', () => {
  it('have a title in four languages', () => {
    expect(Object.keys(gateTitles)).toEqual(Object.keys(demoGates));
    for (const titles of Object.values(gateTitles)) expect(Object.keys(titles).sort()).toEqual([...languages].sort());
  });
});

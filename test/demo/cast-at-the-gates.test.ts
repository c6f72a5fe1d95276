import { describe, expect, it } from 'vitest';
import { demoCast } from '../../demo/cast.ts';
import { makeDemoClub } from '../../demo/club.ts';
import { type DemoGateId, demoGates } from '../../demo/gates.ts';
import { decide } from '../../src/domain/access/decide.ts';
import type { Facts, HeldCredential } from '../../src/domain/access/facts.ts';
import type { GateSettings, Rules } from '../../src/domain/gate/gate-settings.ts';
import type { Read } from '../../src/domain/member/credential.ts';
import type { Membership } from '../../src/domain/member/membership.ts';
import type { Instant } from '../../src/domain/schedule/instant.ts';
import { localTime } from '../../src/domain/schedule/local-time.ts';
import { readSnapshot, type SnapshotRows } from '../../src/ports/club-snapshot.ts';
import { rulesFor } from '../kit/facts.ts';

const timeZone = 'Europe/Warsaw';

const card = (rfid: string): Read => ({ kind: 'rfid', value: rfid });

function rulesOf(gate: DemoGateId): Rules {
  const settings: Partial<GateSettings> = { ...demoGates[gate], services: gate === 'pool' ? [...demoGates.pool.services] : [] };
  return rulesFor({ id: gate, ...settings });
}

function rowsAt(now: Instant): SnapshotRows {
  const reading = readSnapshot(JSON.stringify(makeDemoClub({ today: localTime(now, timeZone).date, now, timeZone })));
  if (reading.snapshot === null) throw new Error(reading.fatal.problem);
  return reading.snapshot.rows;
}

/** What a box that has just taken the club in knows of a tap. */
function factsOf(rows: SnapshotRows, read: Read, gate: DemoGateId, now: Instant): Facts {
  const { services } = rulesOf(gate).gate;
  const held = rows.credentials
    .filter(({ kind, value }) => kind === read.kind && value === read.value)
    .map(
      (credential): HeldCredential => ({
        credential,
        member: rows.members.find(({ id }) => id === credential.memberId) ?? null,
        staff: rows.staff.find(({ credentialIds }) => credentialIds.includes(credential.id)) ?? null,
        memberships: rows.memberships
          .filter(({ id, memberIds }) => id === credential.membershipId || memberIds.includes(credential.memberId ?? ''))
          .map((sold) => {
            const type = rows.membershipTypes.find(({ id }) => id === sold.typeId);
            const terms = sold.terms ?? type?.terms;
            if (terms === undefined) throw new Error(`${sold.id} has no terms`);
            const membership: Membership = { ...sold, title: type?.title ?? '', terms };
            return { membership, charges: [] };
          }),
        bookings: [],
        token: null,
        inside: null,
      }),
    );
  return {
    now,
    clockTrusted: true,
    read,
    gate: { direction: gate === 'main-out' ? 'out' : 'in', mode: 'controlled', waitingFor: null, lastRead: null },
    branch: rows.branches[0] ?? null,
    branches: rows.branches,
    services: services.flatMap((wanted) => rows.services.find(({ id }) => id === wanted) ?? []),
    credentials: held,
    inside: 0,
    data: { cursor: null, takenAt: null, contactAt: now, alone: false },
    seenAt: now,
  };
}

const moments = [
  ['weekdayMorning', '2026-06-15T08:30:00+02:00'],
  ['weekdayAfternoon', '2026-06-18T15:00:00+02:00'],
  ['weekend', '2026-06-20T10:00:00+02:00'],
  ['weekdayMorning', '2028-02-29T09:15:00+01:00'],
  ['weekend', '2026-03-29T03:30:00+02:00'],
  ['weekend', '2026-10-25T02:30:00+01:00'],
] as const;

describe('the cast at the gates of the demo club', () => {
  it.each(moments)('is answered as its stories say, on a %s (%s)', (moment, at) => {
    const now = Date.parse(at);
    const rows = rowsAt(now);
    for (const { id, rfid, barcode, expected } of demoCast) {
      for (const { gate, ...answers } of expected) {
        for (const read of barcode === null ? [card(rfid)] : [card(rfid), { kind: 'barcode' as const, value: barcode }]) {
          const { outcome, code } = decide(factsOf(rows, read, gate, now), rulesOf(gate));
          expect({ id, gate, read, outcome, code }).toEqual({ id, gate, read, ...answers[moment] });
        }
      }
    }
  });

  it('takes the last visit of eight, starts the pass of a first visit, and counts one family pass for two', () => {
    const now = Date.parse('2026-06-15T08:30:00+02:00');
    const rows = rowsAt(now);
    const answer = (person: string) => {
      const rfid = demoCast.find(({ id }) => id === person)?.rfid;
      if (rfid === undefined) throw new Error(`nobody is ${person}`);
      return decide(factsOf(rows, card(rfid), 'main-in', now), rulesOf('main-in'));
    };
    expect(answer('m004')).toMatchObject({ left: 0, warnings: ['WARN_LAST_VISIT'] });
    expect(answer('m010')).toMatchObject({ left: 7, activation: { startsOn: '2026-06-15', endsOn: '2026-07-14' } });
    expect(answer('m011')).toMatchObject({ membershipId: 'p011', left: 1 });
    expect(answer('m012')).toMatchObject({ membershipId: 'p011', left: 1 });
  });

  it('is let out without a question', () => {
    const now = Date.parse('2026-06-15T21:00:00+02:00');
    const rows = rowsAt(now);
    for (const { id, rfid } of demoCast) {
      const { outcome } = decide(factsOf(rows, card(rfid), 'main-out', now), rulesOf('main-out'));
      expect({ id, outcome }).toEqual({ id, outcome: 'granted' });
    }
  });

  it('and everybody else gets an answer, of many kinds', () => {
    const now = Date.parse('2026-06-15T08:30:00+02:00');
    const rows = rowsAt(now);
    const codes = rows.credentials.map((read) => decide(factsOf(rows, read, 'main-in', now), rulesOf('main-in')).code);
    expect(codes).not.toContain('RULE_FAILED');
    expect(codes.filter((code) => code === 'OK').length / codes.length).toBeGreaterThan(0.6);
    for (const code of [
      'CANCELLED',
      'PENDING_PAYMENT',
      'USED_UP',
      'NO_MEMBERSHIP',
      'CLUB_CARD_EXPIRED',
      'CLUB_CARD_FROZEN',
      'INDIVIDUAL_ONLY',
      'OUTSIDE_DAYS',
      'OUTSIDE_HOURS',
      'FROZEN',
      'EXPIRED',
      'NOT_STARTED',
    ]) {
      expect(codes, code).toContain(code);
    }
  });
});

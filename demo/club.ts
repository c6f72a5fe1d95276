import { type LocalDate, minuteMs } from '../src/domain/schedule/instant.ts';
import { instantOf } from '../src/domain/schedule/local-time.ts';
import { plusDays } from '../src/domain/schedule/validity.ts';
import { castMembers, demoStaff } from './cast.ts';
import { type CrowdMember, crowdOn } from './crowd.ts';
import { membershipTypes } from './membership-types.ts';
import { type Person } from './people.ts';
import { randomFrom } from './random.ts';
import { type CredentialRow, type Day, type MemberRow, sold, wireInstant } from './rows.ts';

/**
 * The demo club as a club snapshot (`gatehouse-snapshot/1`, membership-rules section 2): one branch, some 300 members, a
 * membership for every kind of terms and state, and the cast of `cast.ts`. The same for the same day; every date is counted
 * from `today`.
 */
export function makeDemoClub(day: Day) {
  const members: CrowdMember[] = [...castOn(day), ...crowdOn(day)];
  const sessions = sessionsOn(day);
  const gift = sold('p900', 'oneTime', '', day, { ago: 0, memberIds: [] });
  return {
    format: 'gatehouse-snapshot/1' as const,
    takenAt: wireInstant(day.now),
    cursor: '1',
    branches: [{ id: 'center', name: 'Center', timeZone: day.timeZone }],
    services: [
      { id: 'gym', title: 'Gym', categoryId: 'fitness' },
      { id: 'pool', title: 'Pool', categoryId: 'water' },
      { id: 'yoga', title: 'Yoga', categoryId: 'fitness' },
      { id: 'personal-training', title: 'Personal training', categoryId: 'training', individual: true },
    ],
    members: members.map(({ person, member }) => memberRow(person, member)),
    staff: demoStaff.map(({ id, name }) => ({ id, name, credentialIds: [cardOfStaff(id)] })),
    credentials: [
      ...members.flatMap(({ credentials }) => credentials),
      ...demoStaff.map(({ id, rfid }): CredentialRow => ({ id: cardOfStaff(id), kind: 'rfid', value: rfid, status: 'active' })),
      // A gift opens for whoever holds it.
      { id: 'gift-1', kind: 'barcode', value: 'GIFT-7Q2K-11', membershipId: gift.id, status: 'active' } satisfies CredentialRow,
    ],
    membershipTypes: Object.entries(membershipTypes).map(([id, type]) => ({ id, ...type })),
    memberships: [...members.flatMap(({ memberships }) => memberships), gift],
    sessions,
    bookings: sessions.flatMap(({ id, capacity }) => bookingsOf(id, capacity, members)),
  };
}

/** A club snapshot as it goes over the wire. */
export type DemoClub = ReturnType<typeof makeDemoClub>;

function castOn(day: Day): CrowdMember[] {
  return castMembers.map(({ person, rfid, barcode, cardStatus, member, memberships }) => {
    const memberId = person.id;
    const credentials: CredentialRow[] = [
      { id: memberId.replace('m', 'c'), kind: 'rfid', value: rfid, memberId, status: cardStatus },
    ];
    if (barcode !== null) {
      credentials.push({ id: memberId.replace('m', 'b'), kind: 'barcode', value: barcode, memberId, status: 'active' });
    }
    return { person, member: { debt: null, ...member }, memberships: memberships(day), credentials };
  });
}

function memberRow(person: Person, member: Partial<MemberRow>): MemberRow {
  const { id, name, language } = person;
  const random = randomFrom(`birthday ${id}`);
  const birthday = `${twoDigits(1 + random.below(12))}-${twoDigits(1 + random.below(28))}`;
  return { id, name, language, photo: `photos/${id}.svg`, birthday, ...member };
}

function cardOfStaff(staffId: string): string {
  return `c-${staffId}`;
}

const classes = [
  { title: 'Morning yoga', from: 8 * 60 },
  { title: 'Yoga', from: 18 * 60 },
];

/** Two classes of yoga a day for a week. */
function sessionsOn({ today, timeZone }: Day) {
  const dates: LocalDate[] = Array.from({ length: 7 }, (_, ahead) => plusDays(today, ahead));
  return dates.flatMap((date) =>
    classes.map(({ title, from }) => {
      const startsAt = instantOf(date, from, timeZone).at;
      return {
        id: `s-${date}-${from}`,
        branchId: 'center',
        serviceId: 'yoga',
        title,
        startsAt: wireInstant(startsAt),
        endsAt: wireInstant(startsAt + 60 * minuteMs),
        capacity: 12,
      };
    }),
  );
}

function bookingsOf(sessionId: string, capacity: number, members: CrowdMember[]) {
  const random = randomFrom(`bookings ${sessionId}`);
  const booked = random.shuffled(members).slice(0, random.below(capacity));
  return booked.map(({ person }) => ({ id: `${sessionId}-${person.id}`, sessionId, memberId: person.id, state: 'booked' }));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

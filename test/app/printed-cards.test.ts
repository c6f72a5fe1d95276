import { describe, expect, it } from 'vitest';
import type { CardSpelling } from '../../src/domain/member/card-number.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import type { ClubData } from '../../src/ports/club-data.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { boxOnFakes, type FakesOfBox } from '../kit/box-on-fakes.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import { smallClub } from '../kit/running-gateway.ts';

/** 126,58404 in print. */
const annas = '55007EE424';
const strangers = '66017EE424';

/** Anna's card is listed by what is printed on it. */
function club(value = '126,58404', others: object[] = []) {
  const { credentials: _, ...rest } = smallClub();
  const card = { id: 'annas-card', kind: 'rfid', value, memberId: 'anna', status: 'active' };
  return { ...rest, credentials: [card, ...others] };
}

function at(snapshot: unknown, spelled: CardSpelling[] = ['full', '3D5D'], fakes: FakesOfBox = {}) {
  const running = boxOnFakes([{ id: 'main-in' }], { snapshot, spelled, ...fakes });
  const tap = (value: string) => {
    running.clock.advance(60_000);
    const { code, params, memberId } = running.box.tap('main-in', { kind: 'rfid', value }, null);
    return { code, params, memberId };
  };
  return { ...running, tap };
}

describe('a club whose list holds printed card numbers', () => {
  it('lets a member in whose card is listed by its printed number, in any of its spellings', () => {
    for (const printed of ['126,58404', '126 58404', '126.58404', '8315940', '0008315940'])
      expect(at(club(printed), ['full', '3D5D', '8H10D']).tap(annas), printed).toMatchObject({ memberId: 'anna' });
  });

  it('knows the card for good at its first tap: another card with the same printed number is refused, and staff are told why', () => {
    const { tap, box } = at(club());
    expect(tap(annas).memberId).toBe('anna');
    expect(tap(strangers)).toMatchObject({ code: 'AMBIGUOUS_CREDENTIAL', params: { knownCard: 'annas-card' } });
    expect(box.frontDesk.recent(1, 'en')[0]).toMatchObject({
      reason: 'Another card (annas-card) has the same printed number: enter the whole number of this one in the central system.',
      who: `rfid:${strangers}`,
    });
    expect(tap(annas).memberId).toBe('anna');
  });

  it('still knows it after a restart and after the list was taken in again', () => {
    const journal = fakeJournal();
    at(club(), undefined, { journal }).tap(annas);
    const restarted = at(club(), undefined, { journal });
    expect(restarted.tap(strangers).code).toBe('AMBIGUOUS_CREDENTIAL');
    restarted.clubData.replace(club());
    expect(restarted.tap(strangers).code).toBe('AMBIGUOUS_CREDENTIAL');
    expect(restarted.tap(annas).memberId).toBe('anna');
  });

  it('knows the new card when the list gives the member another number', () => {
    const { tap, clubData } = at(club());
    tap(annas);
    clubData.replace(club('111,27706'));
    expect(tap(annas).code).toBe('UNKNOWN_CREDENTIAL');
    expect(tap('01026F6C3A').memberId).toBe('anna');
    expect(tap('02026F6C3A').code).toBe('AMBIGUOUS_CREDENTIAL');
  });

  it('a number that stands at two members is nobody’s, and is not known for good', () => {
    const piotrs = { id: 'piotrs-card', kind: 'rfid', value: '126 58404', memberId: 'piotr', status: 'active' };
    const { tap, clubData } = at(club('126,58404', [piotrs]));
    expect(tap(annas)).toMatchObject({ code: 'AMBIGUOUS_CREDENTIAL', params: { members: 2, knownCard: null } });
    clubData.replace(club('126,58404', [{ ...piotrs, status: 'returned' }]));
    expect(tap(strangers).memberId).toBe('anna');
  });

  it('a second member with the same printed number gets in with a card of his own', () => {
    const { tap, clubData } = at(club());
    tap(annas);
    const piotrs = { id: 'piotrs-card', kind: 'rfid', value: '126,58404', memberId: 'piotr', status: 'active' };
    clubData.replace(club('126,58404', [piotrs]));
    expect(tap(strangers).memberId).toBe('piotr');
    expect(tap(annas).memberId).toBe('anna');
    expect(tap('77017EE424').code).toBe('AMBIGUOUS_CREDENTIAL');
  });

  it('a card that is listed by its whole number is that member’s, whatever is printed on it', () => {
    const whole = { id: 'piotrs-card', kind: 'rfid', value: annas, memberId: 'piotr', status: 'active' };
    const { tap } = at(club('126,58404', [whole]));
    expect(tap(annas).memberId).toBe('piotr');
    expect(tap(strangers).memberId).toBe('anna');
  });

  it('asks for whole numbers only, unless it is told otherwise, and asks nothing else', () => {
    const pin = { id: 'pin', kind: 'pin', value: `sha256:s:${sha256('s4711')}`, memberId: 'anna', status: 'active' };
    const { box, clubData, journal } = at(club('126,58404', [pin]), ['full']);
    const asked: unknown[] = [];
    const credentials: ClubData['credentials'] = clubData.credentials;
    clubData.credentials = (read, printed) => {
      asked.push(printed);
      return credentials(read, printed);
    };
    journal.boundCards = () => {
      throw new Error('nobody has to know');
    };
    expect(box.tap('main-in', { kind: 'rfid', value: annas }, null).code).toBe('UNKNOWN_CREDENTIAL');
    expect(box.tap('main-in', { kind: 'pin', value: '4711' }, null).memberId).toBe('anna');
    expect(asked).toEqual([[], []]);
  });

  it('opens nothing when it cannot be written down which card it is', () => {
    const journal: Journal = {
      ...fakeJournal(),
      bindCard() {
        throw new Failure('refused', 'the disk is full', { retry: true });
      },
    };
    const { tap, opened } = at(club(), undefined, { journal });
    expect(tap(annas).code).toBe('RULE_FAILED');
    expect(opened).toEqual([]);
  });

  it('a barcode that looks like a printed number is no card', () => {
    const { box } = at(club('126,58404'));
    expect(box.tap('main-in', { kind: 'barcode', value: '126,58404' }, null).code).toBe('UNKNOWN_CREDENTIAL');
  });
});

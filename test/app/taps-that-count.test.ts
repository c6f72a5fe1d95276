import { describe, expect, it } from 'vitest';
import type { Read } from '../../src/domain/member/credential.ts';
import { Failure } from '../../src/ports/failure.ts';
import { boxOnFakes as club } from '../kit/box-on-fakes.ts';
import { fakeJournal } from '../kit/fake-journal.ts';
import { annasCard, piotrsCard, smallClub } from '../kit/running-gateway.ts';

/** Anna's card, which counts its taps: this is its tap number `counter`. */
const tap = (counter: number, value = annasCard.id): Read => ({ kind: 'rfid', value, proven: true, counter });

const perEntry = { id: 'main-in', charge: 'per_entry', doubleReadSeconds: 0 } as const;
const strict = { ...perEntry, minAssurance: 'cryptographic' } as const;

describe('a card that counts its taps', () => {
  it('opens at each new tap, and not at one that was shown before, or at one before that', () => {
    const { box, clock, opened } = club([strict]);
    const codes = [7, 7, 6, 8, 8, 20, 9].map((counter) => {
      clock.advance(10_000);
      return box.tap('main-in', tap(counter), null).code;
    });
    const replayed = 'CREDENTIAL_REPLAYED';
    expect(codes).toEqual(['OK', replayed, replayed, 'OK', replayed, 'OK', replayed]);
    expect(opened).toEqual(['main-in', 'main-in', 'main-in']);
  });

  it('begins with any count, also the first of all', () => {
    const { box, clock } = club([strict]);
    expect(box.tap('main-in', tap(0), null).code).toBe('OK');
    clock.advance(10_000);
    expect(box.tap('main-in', tap(0), null).code).toBe('CREDENTIAL_REPLAYED');
  });

  it('a tap that is shown again changes nothing: the next one still opens, and nothing was charged', () => {
    const { box, clock, journal } = club([strict]);
    box.tap('main-in', tap(7), null);
    clock.advance(10_000);
    const visits = journal.charges(['annas-pass']);
    expect(box.tap('main-in', tap(3), null)).toMatchObject({
      code: 'CREDENTIAL_REPLAYED',
      token: null,
      charge: 0,
    });
    expect(journal.highestTapCount('annas-card')).toBe(7);
    expect(journal.charges(['annas-pass'])).toEqual(visits);
    clock.advance(10_000);
    expect(box.tap('main-in', tap(8), null).code).toBe('OK');
  });

  it('is remembered through a restart', () => {
    const journal = fakeJournal();
    const before = club([strict], { journal });
    before.box.tap('main-in', tap(61), null);
    const { box, clock } = club([strict], { journal });
    clock.advance(60_000);
    expect(box.tap('main-in', tap(61), null).code).toBe('CREDENTIAL_REPLAYED');
    clock.advance(10_000);
    expect(box.tap('main-in', tap(62), null).code).toBe('OK');
  });

  it('is counted for the whole box, and each card by itself', () => {
    const { box, clock } = club([strict, { ...strict, id: 'pool' }]);
    box.tap('main-in', tap(61), null);
    clock.advance(10_000);
    expect(box.tap('pool', tap(61), null).code).toBe('CREDENTIAL_REPLAYED');
    expect(box.tap('pool', tap(5, piotrsCard.id), null).code).toBe('OK');
  });

  it('a tap that meets a gate that waits for somebody is still good afterwards', () => {
    const { box, clock } = club([{ ...strict, passage: 'reported' }]);
    box.tap('main-in', tap(5, piotrsCard.id), null);
    clock.advance(1_000);
    expect(box.tap('main-in', tap(61), null).code).toBe('GATE_BUSY');
    clock.advance(10_000);
    expect(box.tap('main-in', tap(61), null).code).toBe('OK');
  });

  it('a tap that was refused for another reason is used up all the same', () => {
    const snapshot = smallClub();
    const members = snapshot.members.map((member) => ({ ...member, blocked: true }));
    const { box, clock } = club([strict], { snapshot: { ...snapshot, members } });
    expect(box.tap('main-in', tap(61), null).code).toBe('MEMBER_BLOCKED');
    clock.advance(10_000);
    expect(box.tap('main-in', tap(61), null).code).toBe('CREDENTIAL_REPLAYED');
  });

  it('lets out whoever shows it, whatever its count', () => {
    const { box, clock } = club([strict, { id: 'main-out', direction: 'out' }]);
    box.tap('main-in', tap(61), null);
    clock.advance(10_000);
    expect(box.tap('main-out', tap(61), null)).toMatchObject({ outcome: 'granted', code: 'OK' });
  });

  it('a copy of its number on a plain card is too weak where proof is asked for', () => {
    const { box } = club([strict]);
    expect(box.tap('main-in', { kind: 'rfid', value: annasCard.id }, null).code).toBe('CREDENTIAL_TOO_WEAK');
  });
});

describe('what a scanner read', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  const snapshot = smallClub();
  const phone = { id: 'annas-phone', kind: 'totp', value: secret, memberId: 'anna', status: 'active' };

  it('stays what it was when the data cannot be read: nobody comes in, and the code is not lost', () => {
    const { box, clubData, opened } = club([perEntry], { snapshot: { ...snapshot, credentials: [phone as never] } });
    clubData.credentials = () => {
      throw new Failure('refused', 'the disk cannot be read', { retry: true });
    };
    expect(box.tap('main-in', { kind: 'qr', value: 'annas-phone.123456' }, null)).toMatchObject({
      outcome: 'ask_staff',
      code: 'RULE_FAILED',
    });
    expect(opened).toEqual([]);
  });

  it('a card number in the form of a code is a card number', () => {
    const { box } = club([perEntry], { snapshot: { ...snapshot, credentials: [phone as never] } });
    expect(box.tap('main-in', { kind: 'rfid', value: 'annas-phone.123456' }, null).code).toBe('UNKNOWN_CREDENTIAL');
  });

  it('an unknown code is journalled as the scanner read it', () => {
    const { box, journal } = club([perEntry]);
    box.tap('main-in', { kind: 'qr', value: 'nobody.123456' }, null);
    expect(journal.newest()?.event).toMatchObject({ read: 'qr:nobody.123456', decision: { code: 'UNKNOWN_CREDENTIAL' } });
  });
});

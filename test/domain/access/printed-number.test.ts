import { describe, expect, it } from 'vitest';
import { holderOf } from '../../../src/domain/access/holder.ts';
import { type PrintedMatch, printedMatch, printedTexts } from '../../../src/domain/access/printed-number.ts';
import type { Credential } from '../../../src/domain/member/credential.ts';
import { aCredential, aHolder, aMember, aTap } from '../../kit/facts.ts';

const read = { kind: 'rfid', value: '55007EE424' } as const;
const row = (value: string) => aCredential({ value });

describe('a row that holds a printed number', () => {
  it('is found for the first time, then as the card that it was, and never as another', () => {
    expect(printedMatch(row('126,58404'), read, undefined)).toBe('unbound');
    expect(printedMatch(row('126,58404'), read, { printed: '126,58404', full: '55007EE424' })).toBe('bound');
    expect(printedMatch(row('126,58404'), read, { printed: '126,58404', full: '66017EE424' })).toBe('other_card');
  });

  it('is another card’s once the list says another number', () => {
    expect(printedMatch(row('126,58404'), read, { printed: '111,27706', full: '01026F6C3A' })).toBe('unbound');
  });

  it('with the whole number is no printed one', () => {
    expect(printedMatch(row('55007EE424'), read, undefined)).toBeNull();
  });

  it('is looked for in the forms that the club uses, and only for cards', () => {
    expect(printedTexts(read, ['full'])).toEqual([]);
    expect(printedTexts(read, ['full', '3D5D', '8H10D'])).toEqual(expect.arrayContaining(['126,58404', '0008315940']));
    expect(printedTexts({ kind: 'barcode', value: '55007EE424' }, ['full', '3D5D'])).toEqual([]);
  });
});

describe('whose card it is', () => {
  const holder = (id: string, printed: PrintedMatch | null, row: Partial<Credential> = {}) => ({
    ...aHolder({ credential: aCredential({ id, memberId: `m-${id}`, ...row }), member: aMember({ id: `m-${id}` }) }),
    ...(printed && { printed }),
  });
  const told = (...credentials: ReturnType<typeof holder>[]) => {
    const answer = holderOf(aTap([], { credentials }));
    return 'held' in answer ? answer.held.credential.id : `${answer.code} ${answer.params.knownCard ?? ''}`.trim();
  };

  it('what is known goes before what only the printed number says', () => {
    expect(told(holder('a', 'unbound'), holder('b', null))).toBe('b');
    expect(told(holder('a', 'bound'), holder('b', 'unbound'))).toBe('a');
    expect(told(holder('a', 'bound', { unusable: 'status' }), holder('b', 'unbound'))).toBe('b');
  });

  it('a card that was handed on under its printed number is its new holder’s', () => {
    expect(told(holder('a', null, { status: 'returned' }), holder('b', 'unbound'))).toBe('b');
  });

  it('a row that is another card says nothing while there is one that may be this', () => {
    expect(told(holder('a', 'other_card'), holder('b', 'unbound'))).toBe('b');
    expect(told(holder('b', 'other_card'), holder('a', 'other_card'))).toBe('AMBIGUOUS_CREDENTIAL a');
    expect(told(holder('a', 'other_card', { status: 'lost' }))).toBe('UNKNOWN_CREDENTIAL');
  });

  it('two cards that nobody has seen yet are ambiguous', () => {
    expect(told(holder('a', 'unbound'), holder('b', 'unbound'))).toBe('AMBIGUOUS_CREDENTIAL');
  });
});

import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { answer, verdict } from '../../../kit/answer.ts';
import { aMembership, aTap, at, rulesFor, warsaw } from '../../../kit/facts.ts';

type Row = Parameters<typeof aMembership>[0];

const codeAt = (instant: number, row: Row, facts: Parameters<typeof aTap>[1] = {}) =>
  decide(aTap([aMembership(row)], { now: instant, ...facts }), rulesFor()).code;

/** The codes a millisecond before `text` and at it. */
const around = (text: string, row: Row, facts: Parameters<typeof aTap>[1] = {}) =>
  [at(text) - 1, at(text)].map((instant) => codeAt(instant, row, facts));

describe('the first and the last day (rule 8)', () => {
  it('the first day begins with its first instant', () => {
    expect(around('2026-06-22T00:00+02:00', { startsOn: '2026-06-22' })).toEqual(['NOT_STARTED', 'OK']);
  });

  it('the last day is good to its end', () => {
    expect(around('2026-07-01T00:00+02:00', { endsOn: '2026-06-30' })).toEqual(['OK', 'EXPIRED']);
  });

  it('where the club day starts at four, both days do too', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    expect(around('2026-06-22T04:00+02:00', { startsOn: '2026-06-22' }, { branch })).toEqual(['NOT_STARTED', 'OK']);
    expect(around('2026-07-01T04:00+02:00', { endsOn: '2026-06-30' }, { branch })).toEqual(['OK', 'EXPIRED']);
  });

  it('the days are those of the branch entered', () => {
    const now = at('2026-06-30T22:30Z');
    expect(codeAt(now, { endsOn: '2026-06-30' })).toBe('EXPIRED');
    expect(codeAt(now, { endsOn: '2026-06-30' }, { branch: { ...warsaw, timeZone: 'Europe/London' } })).toBe('OK');
  });

  it('a refusal names the day', () => {
    expect(decide(aTap([aMembership({ startsOn: '2026-06-22' })]), rulesFor()).params).toEqual({ startsOn: '2026-06-22' });
    expect(decide(aTap([aMembership({ endsOn: '2026-06-10' })]), rulesFor()).params).toEqual({ endedOn: '2026-06-10' });
  });

  it('no end is no end, and no start is no start', () => {
    const now = at('2126-06-15T08:00+02:00');
    expect(codeAt(now, { startsOn: null, endsOn: null })).toBe('OK');
    expect(codeAt(now, { endsOn: null })).toBe('OK');
    expect(codeAt(at('2001-06-15T08:00+02:00'), { startsOn: null })).toBe('OK');
  });

  it('a grant tells the explanation both days', () => {
    const told = (row: Row) => verdict(decide(aTap([aMembership(row)]), rulesFor()), 'term');
    expect(told({})).toEqual({
      rule: 'term',
      number: 8,
      result: 'passed',
      code: null,
      saw: { startsOn: '2026-06-01', lastDay: '2026-06-30', endsAt: null },
    });
    const endsAt = at('2026-06-20T12:00+02:00');
    expect(told({ startsOn: null, endsAt }).saw).toEqual({ startsOn: null, lastDay: '2026-06-20', endsAt });
  });
});

describe('an end to the instant (rule 8)', () => {
  const noon = '2026-06-15T12:00+02:00';

  it('is exclusive, and wins over an earlier and a later last day', () => {
    for (const endsOn of ['2026-06-10', '2026-06-15', '2026-06-30', null]) {
      expect(around(noon, { endsOn, endsAt: at(noon) })).toEqual(['OK', 'EXPIRED']);
    }
  });

  it('names the day on which it was last good, also where it is midnight', () => {
    const endedOn = (endsAt: number) =>
      decide(aTap([aMembership({ endsOn: null, endsAt })], { now: at('2026-06-16T08:00+02:00') }), rulesFor()).params;
    expect(endedOn(at(noon))).toEqual({ endedOn: '2026-06-15' });
    expect(endedOn(at('2026-06-15T00:00+02:00'))).toEqual({ endedOn: '2026-06-14' });
    expect(endedOn(at('2026-06-15T00:00+02:00') + 1)).toEqual({ endedOn: '2026-06-15' });
  });

  it('names the club day, where that starts at four', () => {
    const branch = { ...warsaw, dayStartsAt: 240 };
    const decision = decide(aTap([aMembership({ endsAt: at('2026-06-15T03:00+02:00') })], { branch }), rulesFor());
    expect(decision).toMatchObject({ code: 'EXPIRED', params: { endedOn: '2026-06-14' } });
  });
});

describe('an issued membership (rule 9)', () => {
  const issued = { state: 'issued', startsOn: null, endsOn: null } as const;

  it.each(['sale', 'fixed_date'] as const)('sold for %s counts by its dates', (activation) => {
    const terms = { activation };
    expect(codeAt(at('2026-06-15T08:00+02:00'), { ...issued, terms, startsOn: '2026-06-15' })).toBe('OK');
    expect(codeAt(at('2026-06-15T08:00+02:00'), { ...issued, terms, endsOn: '2026-06-15' })).toBe('OK');
    expect(codeAt(at('2026-06-15T08:00+02:00'), { ...issued, terms, endsAt: at('2026-06-15T09:00+02:00') })).toBe('OK');
    expect(codeAt(at('2026-06-15T08:00+02:00'), { ...issued, terms, startsOn: '2026-06-16' })).toBe('NOT_STARTED');
    expect(codeAt(at('2026-06-15T08:00+02:00'), { ...issued, terms, endsOn: '2026-06-14' })).toBe('EXPIRED');
  });

  it.each(['sale', 'fixed_date'] as const)(
    'sold for %s without dates has not started, and nobody knows when it will',
    (activation) => {
      const decision = decide(aTap([aMembership({ ...issued, terms: { activation } })]), rulesFor());
      expect(decision).toMatchObject({ outcome: 'denied', code: 'NOT_STARTED', activation: null, nextAllowedAt: null });
      expect(decision.params).toEqual({ startsOn: null });
    },
  );

  it('an active one without dates has started and does not end', () => {
    expect(codeAt(at('2026-06-15T08:00+02:00'), { startsOn: null, endsOn: null })).toBe('OK');
  });

  it('for a first visit is not used before the start it was sold with, nor after its end', () => {
    const terms = { activation: 'first_visit' } as const;
    expect(around('2026-06-22T00:00+02:00', { ...issued, terms, startsOn: '2026-06-22' })).toEqual(['NOT_STARTED', 'OK']);
    expect(around('2026-06-22T00:00+02:00', { ...issued, terms, endsOn: '2026-06-21' })).toEqual(['OK', 'EXPIRED']);
  });

  it('whose first visit is this one is explained with the dates that the visit gives', () => {
    const decision = decide(aTap([aMembership({ ...issued, terms: { activation: 'first_visit' } })]), rulesFor());
    expect(verdict(decision, 'term').saw).toEqual({ startsOn: '2026-06-15', lastDay: '2026-07-14', endsAt: null });
  });
});

describe('the end under a freeze (rule 16)', () => {
  const freeze = (from: string, until: string | null) => ({ id: `${from} ${until}`, from, until });
  const over = { endsOn: '2026-06-10' };

  it('is not tested while an open freeze covers the day', () => {
    expect(answer(aTap([aMembership({ ...over, freezes: [freeze('2026-06-15', null)] })]))).toBe('denied FROZEN');
    const byInstant = aMembership({ endsAt: at('2026-06-10T12:00+02:00'), freezes: [freeze('2026-06-09', null)] });
    expect(answer(aTap([byInstant]))).toBe('denied FROZEN');
  });

  it('is tested where the freeze has an end, or begins tomorrow', () => {
    expect(answer(aTap([aMembership({ ...over, freezes: [freeze('2026-06-09', '2026-06-20')] })]))).toBe('denied EXPIRED');
    expect(answer(aTap([aMembership({ ...over, freezes: [freeze('2026-06-16', null)] })]))).toBe('denied EXPIRED');
  });

  it('is not tested where one of two freezes is open', () => {
    const two = [freeze('2026-06-09', '2026-06-20'), freeze('2026-06-08', null)];
    for (const freezes of [two, two.toReversed()]) {
      expect(answer(aTap([aMembership({ ...over, freezes })]))).toBe('denied FROZEN');
    }
  });

  it('does not touch the start', () => {
    const row = { startsOn: '2026-06-16', freezes: [freeze('2026-06-09', null)] };
    expect(answer(aTap([aMembership(row)]))).toBe('denied NOT_STARTED');
  });
});

describe('the term while the clock is not trusted (rule 30)', () => {
  it.each([
    ['not started', { startsOn: '2026-06-22' }],
    ['over', { endsOn: '2026-06-10' }],
  ])('is left out where it is %s, and the explanation says why', (_, row) => {
    const decision = decide(
      aTap([aMembership(row)], { clockTrusted: false }),
      rulesFor({}, { clock: { whenUntrusted: 'allow' } }),
    );
    expect(decision).toMatchObject({ outcome: 'granted', code: 'OK' });
    expect(verdict(decision, 'term')).toEqual({
      rule: 'term',
      number: 8,
      result: 'skipped',
      code: null,
      saw: { clock: 'untrusted' },
    });
  });
});

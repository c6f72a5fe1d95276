import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/domain/access/decide.ts';
import { verdict } from '../../../kit/answer.ts';
import { aMembership, aTap, rulesFor, warsaw } from '../../../kit/facts.ts';

const north = { ...warsaw, id: 'north', name: 'North' };

/** Good at these branches by its terms, and as sold. */
const goodAt = (terms: string[] | null, sold: string[] | null) =>
  aMembership({ terms: { branchIds: terms }, limitedTo: { branchIds: sold, serviceIds: null } });

describe('where a membership is good (rule 11)', () => {
  it.each([
    [null, null, null],
    [['center'], null, 'Center'],
    [['center', 'north'], null, 'Center, North'],
    [null, ['center'], 'Center'],
    [null, ['north', 'center'], 'Center, North'],
    [['center', 'north'], ['center'], 'Center'],
    [['center'], ['center', 'north'], 'Center'],
  ])('by its terms %j, as sold %j: it opens here', (terms, sold, branches) => {
    const decision = decide(aTap([goodAt(terms, sold)]), rulesFor());
    expect(decision.outcome).toBe('granted');
    expect(verdict(decision, 'branch')).toEqual({ rule: 'branch', number: 11, result: 'passed', code: null, saw: { branches } });
  });

  it.each([
    [['north'], null, 'North'],
    [null, ['north'], 'North'],
    [['center'], ['north'], null],
    [['north'], ['center'], null],
    [['center', 'north'], ['north'], 'North'],
    [['north'], ['center', 'north'], 'North'],
    [[], null, null],
    [null, [], null],
    [[], [], null],
    [[], ['center'], null],
    [['center'], [], null],
    [['south'], null, null],
  ])('by its terms %j, as sold %j: it is refused, and says where it is good', (terms, sold, branches) => {
    const decision = decide(aTap([goodAt(terms, sold)]), rulesFor());
    expect(decision).toMatchObject({ outcome: 'denied', code: 'WRONG_BRANCH', refusals: { p1: 'WRONG_BRANCH' } });
    expect(decision.params).toEqual({ branches });
    expect(verdict(decision, 'branch')).toMatchObject({ result: 'refused', code: 'WRONG_BRANCH', saw: { branches } });
  });

  it('the branch is the one entered', () => {
    const there = { branch: north, branches: [warsaw, north] };
    expect(decide(aTap([goodAt(['north'], null)], there), rulesFor()).outcome).toBe('granted');
    expect(decide(aTap([goodAt(['center'], null)], there), rulesFor()).params).toEqual({ branches: 'Center' });
  });
});

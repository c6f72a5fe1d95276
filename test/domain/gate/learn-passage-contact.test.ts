import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InputReport, learnPassageContact } from '../../../src/domain/gate/learn-passage-contact.ts';

/** `[atMs, input, closed]` in turn; people are told to walk at 1000. */
const learn = (...reports: [number, number, boolean][]) =>
  learnPassageContact(
    reports.map(([atMs, input, closed]): InputReport => ({ atMs, input, closed })),
    1000,
  );

describe('one person walks through', () => {
  it('a contact that closes for a moment is open at rest', () => {
    expect(learn([0, 1, false], [0, 2, true], [2000, 1, true], [2400, 1, false])).toEqual({
      input: 1,
      closed: 'on_passage',
      debounceMs: 50,
    });
  });

  it('a contact that opens for a moment, as on a PERCo turnstile, is closed at rest', () => {
    expect(learn([0, 1, true], [0, 2, true], [2000, 2, false], [3000, 2, true])).toEqual({
      input: 2,
      closed: 'at_rest',
      debounceMs: 50,
    });
  });

  it('a product that tells only of changes shows how it rests when it is over', () => {
    expect(learn([2000, 3, false], [2400, 3, true])).toMatchObject({ input: 3, closed: 'at_rest' });
  });

  it('an input that is polled is told again and again', () => {
    const polled = Array.from({ length: 60 }, (_, tick): [number, number, boolean] => [tick * 50, 1, tick >= 30 && tick < 36]);
    expect(learn(...polled)).toEqual({ input: 1, closed: 'on_passage', debounceMs: 50 });
  });

  it('a contact that bounces long is given longer', () => {
    expect(
      learn(
        [0, 1, false],
        [2000, 1, true],
        [2004, 1, false],
        [2049, 1, true],
        [2400, 1, false],
        [2402, 1, true],
        [2405, 1, false],
      ),
    ).toEqual({ input: 1, closed: 'on_passage', debounceMs: 55 });
  });

  it('a whole passage told in one breath wants no debouncing', () => {
    expect(learn([0, 1, false], [2000, 1, true], [2001, 1, false])).toEqual({ input: 1, closed: 'on_passage', debounceMs: 0 });
  });

  it('whatever the lengths and bounces, the same wires teach the same, and swapped ones the opposite', () => {
    const walk = fc.record({
      rest: fc.boolean(),
      passageMs: fc.integer({ min: 100, max: 5000 }),
      bounces: fc.array(fc.integer({ min: 1, max: 15 }), { maxLength: 6 }),
    });
    fc.assert(
      fc.property(walk, ({ rest, passageMs, bounces }) => {
        const reports: [number, number, boolean][] = [[0, 7, rest]];
        let atMs = 2000;
        const bounce = (to: boolean) => {
          for (const ms of bounces) {
            reports.push([atMs, 7, to]);
            reports.push([atMs + ms, 7, !to]);
            atMs += 2 * ms;
          }
          reports.push([atMs, 7, to]);
        };
        bounce(!rest);
        atMs += passageMs;
        bounce(rest);
        const learnt = learn(...reports);
        expect(learnt).toMatchObject({ input: 7, closed: rest ? 'at_rest' : 'on_passage' });
        expect('debounceMs' in learnt && learnt.debounceMs).toBeGreaterThanOrEqual(50);
        expect('debounceMs' in learnt && learnt.debounceMs).toBeLessThan(100);
      }),
    );
  });
});

describe('nothing is guessed', () => {
  it.each<[string, [number, number, boolean][], RegExp]>([
    ['nothing was told at all', [], /^no input was told of: walk through/],
    [
      'nothing changed',
      [
        [0, 1, true],
        [0, 2, false],
        [3000, 1, true],
      ],
      /^inputs 1 and 2 did not change: walk through/,
    ],
    [
      'the contact did not come back',
      [
        [0, 1, false],
        [2000, 1, true],
      ],
      /^input 1 changed and did not come back/,
    ],
    [
      'the contact came back and went again',
      [
        [0, 1, false],
        [2000, 1, true],
        [2400, 1, false],
        [2500, 1, true],
      ],
      /^input 1 changed and did not come back/,
    ],
    ['only one change was told', [[2000, 1, true]], /^input 1 changed and did not come back/],
    [
      'two people went through',
      [
        [0, 1, false],
        [2000, 1, true],
        [2300, 1, false],
        [4000, 1, true],
        [4300, 1, false],
      ],
      /^input 1 changed 2 times: let one person/,
    ],
    [
      'both contacts changed at once',
      [
        [0, 1, true],
        [0, 2, true],
        [2000, 1, false],
        [2010, 2, false],
        [5000, 1, true],
        [5010, 2, true],
      ],
      /^inputs 1 and 2 changed at once: so do a loss of power/,
    ],
    [
      'somebody came back',
      [
        [0, 1, true],
        [0, 2, true],
        [2000, 1, false],
        [2500, 1, true],
        [6000, 2, false],
        [6500, 2, true],
      ],
      /^inputs 1 and 2 changed one after the other/,
    ],
    [
      'a loose wire',
      [
        [0, 1, false],
        [2000, 1, true],
        [2005, 1, false],
        [2050, 1, true],
        [2055, 1, false],
      ],
      /^input 1 flickered and never stayed for 60 ms/,
    ],
  ])('%s', (_, reports, problem) => {
    expect(learn(...reports)).toEqual({ problem: expect.stringMatching(problem) });
  });
});

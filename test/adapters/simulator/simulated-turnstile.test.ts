import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simulateTurnstile } from '../../../src/adapters/simulator/simulated-turnstile.ts';
import type { TurnstileSettings } from '../../../src/adapters/simulator/turnstile-step.ts';
import { fakeClock } from '../../kit/fake-clock.ts';

function turnstileAt(settings: Partial<TurnstileSettings> = {}) {
  const clock = fakeClock();
  const turnstile = simulateTurnstile({
    clock,
    settings: { minPulseMs: 100, waitMs: 5_000, turnMs: 600, passageMs: 200, walks: false, walkAfterMs: 900, ...settings },
  });
  const story: string[] = [];
  turnstile.onArm((arm) => story.push(`${clock.monotonicMs()} ${arm}`));
  turnstile.onPassage((closed) => story.push(`${clock.monotonicMs()} passage ${closed ? 'closed' : 'open'}`));
  const pulse = (ms: number) => {
    turnstile.contact(true);
    clock.advance(ms);
    turnstile.contact(false);
  };
  return { clock, turnstile, story, pulse };
}

test('after a pulse somebody walks through, is reported once, and the arm locks', () => {
  const { clock, story, pulse } = turnstileAt({ walks: true });
  pulse(500);
  clock.advance(10_000);
  expect(story).toEqual(['100 released', '1000 turning', '1600 locked', '1600 passage closed', '1800 passage open']);
});

test('when nobody comes the arm locks again after its waiting time, and nothing is reported', () => {
  const { clock, turnstile, story, pulse } = turnstileAt();
  pulse(500);
  clock.advance(10_000);
  expect(story).toEqual(['100 released', '5100 locked']);
  expect(turnstile.push()).toBe(false);
});

test('a pulse that is too short does nothing', () => {
  const { clock, story, pulse } = turnstileAt();
  pulse(99);
  clock.advance(10_000);
  expect(story).toEqual([]);
});

test('a locked arm holds who pushes, but not who breaks through', () => {
  const { clock, turnstile, story } = turnstileAt();
  expect(turnstile.push()).toBe(false);
  expect(story).toEqual([]);
  turnstile.force();
  clock.advance(10_000);
  expect(story).toEqual(['0 turning', '600 locked', '600 passage closed', '800 passage open']);
});

test('who pushes a released arm passes, one at a time', () => {
  const { clock, turnstile, story, pulse } = turnstileAt();
  pulse(300);
  expect(turnstile.push()).toBe(true);
  expect(turnstile.arm()).toBe('turning');
  expect(turnstile.push()).toBe(false);
  clock.advance(10_000);
  expect(story.filter((line) => line.endsWith('passage closed'))).toHaveLength(1);
});

test('a second pulse while the arm is released does not let a second person in', () => {
  const { clock, turnstile, story, pulse } = turnstileAt();
  pulse(300);
  pulse(300);
  expect(turnstile.push()).toBe(true);
  clock.advance(10_000);
  expect(turnstile.push()).toBe(false);
  expect(story.filter((line) => line.endsWith('released'))).toHaveLength(1);
});

test('whether people walk by themselves can be changed for the next one', () => {
  const { clock, turnstile, story, pulse } = turnstileAt();
  turnstile.setWalks(true);
  pulse(300);
  clock.advance(10_000);
  turnstile.setWalks(false);
  pulse(300);
  clock.advance(10_000);
  expect(story.filter((line) => line.endsWith('passage closed'))).toHaveLength(1);
  expect(story.filter((line) => line.endsWith('released'))).toHaveLength(2);
});

test('whatever happens, nobody passes without a release or force, and in the end the arm is locked and the contact open', () => {
  const act = fc.oneof(fc.constantFrom('close', 'open', 'push', 'force'), fc.integer({ min: 1, max: 3_000 }));
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), fc.boolean(), (acts, walks) => {
      const { clock, turnstile, story } = turnstileAt({ walks });
      let forced = 0;
      for (const what of acts) {
        if (typeof what === 'number') clock.advance(what);
        else if (what === 'push') turnstile.push();
        else if (what === 'force') {
          forced++;
          turnstile.force();
        } else turnstile.contact(what === 'close');
      }
      turnstile.contact(false);
      clock.advance(60_000);
      const times = (what: string) => story.filter((line) => line.endsWith(what)).length;
      expect(times('passage closed')).toBeLessThanOrEqual(times('released') + forced);
      expect(times('passage closed')).toBe(times('turning'));
      expect(turnstile.arm()).toBe('locked');
      if (times('passage closed') > 0) expect(story.filter((line) => line.includes('passage')).at(-1)).toMatch(/open$/);
      expect(clock.nextTimerMs()).toBeNull();
    }),
  );
});

import { expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';

test('a wait of months does not keep the processor busy', async () => {
  const warnings: string[] = [];
  const note = ({ name }: Error) => warnings.push(name);
  process.on('warning', note);
  const callOff = systemClock.after(2 ** 31 + 1000, () => {});
  await new Promise((resolve) => setTimeout(resolve, 10));
  callOff();
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

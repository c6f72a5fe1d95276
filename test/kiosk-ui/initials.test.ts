import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../kiosk-ui/src/initials.ts';

describe('the letters that stand for a person without a photo', () => {
  it.each([
    ['Anna Nowak-Kowal', 'AN'],
    ['Дмитро Олександрович Їжакевич', 'ДЇ'],
    ['łukasz', 'Ł'],
    ['(Ola) Kowalska', 'OK'],
    ['  Jan   Maria  ', 'JM'],
    ['12 34', ''],
    ['', ''],
  ])('%s: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

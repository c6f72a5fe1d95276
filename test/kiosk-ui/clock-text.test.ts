import { describe, expect, it } from 'vitest';
import { agoText, clockText, momentText, momentTextWithSeconds } from '../../kiosk-ui/src/clock-text.ts';

const warsaw = { language: 'en', timeZone: 'Europe/Warsaw' } as const;
const at = (text: string) => Date.parse(text);

describe('times on the pages', () => {
  it("are told in the club's zone, wherever the page is looked at", () => {
    expect(clockText(at('2026-06-15T22:30:00Z'), warsaw)).toBe('00:30');
    expect(clockText(at('2026-06-15T22:30:00Z'), { ...warsaw, timeZone: 'Europe/London' })).toBe('23:30');
  });

  it('carry the date when it is another day at the club', () => {
    const now = at('2026-06-15T21:30:00Z');
    expect(momentText(at('2026-06-15T21:59:00Z'), now, warsaw)).toBe('23:59');
    expect(momentText(at('2026-06-15T22:00:00Z'), now, warsaw)).toMatch(/Tue.*16.*Jun.*00:00/u);
    expect(momentText(at('2025-06-15T21:30:00Z'), now, warsaw)).toMatch(/Jun/u);
  });

  it('tell a tap of today to the second', () => {
    const now = at('2026-06-15T21:30:00Z');
    expect(momentTextWithSeconds(at('2026-06-15T19:05:09Z'), now, warsaw)).toBe('21:05:09');
  });

  it.each([
    [4_999, '4 seconds ago'],
    [59_999, '59 seconds ago'],
    [60_000, '1 minute ago'],
    [7_199_000, '1 hour ago'],
    [172_800_000, '2 days ago'],
    [-5_000, '0 seconds ago'],
  ])('an age of %i ms is %s', (ageMs, text) => {
    expect(agoText(1_000_000_000 - ageMs, 1_000_000_000, 'en')).toBe(text);
  });
});

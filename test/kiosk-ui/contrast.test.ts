import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const styles = (name: string) => readFileSync(new URL(`../../kiosk-ui/src/styles/${name}`, import.meta.url), 'utf8');

/** Every `--name: #hex` or `--name: light-dark(#hex, #hex)` of a style sheet. */
function coloursOf(css: string): Map<string, { light: string; dark: string }> {
  const found = css.matchAll(/--([\w-]+):\s*(?:light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)|(#[0-9a-f]{6}))/giu);
  return new Map(
    [...found].map(([, name = '', light, dark, both]) => [name, { light: light ?? both ?? '', dark: dark ?? both ?? '' }]),
  );
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const colours = new Map([...coloursOf(styles('tokens.css')), ...coloursOf(styles('controls.css'))]);

function expectContrast(text: string, ground: string, least: number): void {
  const [ink, paper] = [colours.get(text), colours.get(ground)];
  if (ink === undefined || paper === undefined) throw new Error(`no colour \`${text}\` or \`${ground}\` in the style sheets`);
  expect(contrast(ink.light, paper.light)).toBeGreaterThanOrEqual(least);
  expect(contrast(ink.dark, paper.dark)).toBeGreaterThanOrEqual(least);
}

describe('words on the kiosk can be read by weak eyes (WCAG AAA, 7:1)', () => {
  it.each([
    ['chalk', 'night'],
    ['chalk', 'night-raised'],
    ['chalk-quiet', 'night'],
    ...['welcome', 'stop', 'ask'].flatMap((tone) => [
      ['chalk', `${tone}-ground`],
      [`${tone}-tone`, `${tone}-ground`],
      [`${tone}-ink`, `${tone}-tone`],
    ]),
  ])('%s on %s', (text = '', ground = '') => expectContrast(text, ground, 7));
});

describe('words on the working pages can be read by day and by night (WCAG AA, 4.5:1)', () => {
  it.each([
    ['ink', 'paper'],
    ['ink', 'card'],
    ['quiet', 'paper'],
    ['quiet', 'card'],
    ['quiet', 'wait-soft'],
    ['quiet', 'bad-soft'],
    ['quiet', 'accent-soft'],
    ['accent', 'card'],
    ['accent', 'paper'],
    ['on-accent', 'accent'],
    ['quiet', 'good-soft'],
    ['good', 'card'],
    ['good', 'good-soft'],
    ['ink', 'good-soft'],
    ['ink', 'bad-soft'],
    ['ink', 'wait-soft'],
    ['bad', 'card'],
    ['bad', 'bad-soft'],
    ['bad', 'paper'],
    ['wait', 'card'],
    ['wait', 'wait-soft'],
    ['card', 'bad'],
    ['card', 'wait'],
  ])('%s on %s', (text, ground) => expectContrast(text, ground, 4.5));
});

describe('the edges of what can be pressed can be seen (WCAG AA, 3:1)', () => {
  it.each([
    ['edge', 'card'],
    ['edge', 'paper'],
    ['accent', 'paper'],
  ])('%s on %s', (line, ground) => expectContrast(line, ground, 3));
});

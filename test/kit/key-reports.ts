import { type KeyboardLayout, keyboardLayouts } from '../../devices/codecs/keyboard-layouts.ts';

const shift = 0x02;
const altGr = 0x40;
export const released = new Uint8Array(8);

/** A boot report with these keys down. */
export function keysDown(modifiers: number, ...keys: number[]): Uint8Array {
  return Uint8Array.from({ length: 8 }, (_, at) => (at === 0 ? modifiers : at === 1 ? 0 : (keys[at - 2] ?? 0)));
}

/** What a scanner with that country's setting sends for a text: each key down and up again. `\n` is Enter. */
export function typed(text: string, country: keyof typeof keyboardLayouts = 'us'): Uint8Array[] {
  return [...text].flatMap((character) => [strokeOf(character, keyboardLayouts[country]), released]);
}

function strokeOf(character: string, layout: KeyboardLayout): Uint8Array {
  if (character === '\n') return keysDown(0, 0x28);
  if (character === ' ') return keysDown(0, 0x2c);
  const planes: [ReadonlyMap<number, string>, number][] = [
    [layout.plain, 0],
    [layout.shifted, shift],
    [layout.altGr, altGr],
    [layout.shiftedAltGr, altGr | shift],
  ];
  for (const [plane, modifiers] of planes)
    for (const [key, sign] of plane) if (sign === character) return keysDown(modifiers, key);
  throw new Error(`no key types \`${character}\``);
}

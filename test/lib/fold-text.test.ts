import { expect, test } from 'vitest';
import { foldText } from '../../src/lib/fold-text.ts';

test.each([
  ['ŁUCJA Wiśniewska-Żak', 'lucja wisniewska zak'],
  ['Фёдор', 'федор'],
  ['ФЕДОР', 'федор'],
  ['Дем’янчук', 'демянчук'],
  ["Дем'янчук", 'демянчук'],
  ['  Zoë   (VIP)  ', 'zoe vip'],
  ['Ї', 'і'],
  ['№ 7', '7'],
  ['', ''],
])('`%s` is searched as `%s`', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

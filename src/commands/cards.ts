import { join } from 'node:path';
import type { Command } from 'commander';
import {
  type EnrolmentDoubt,
  readCardNumber,
  resolveCardNumber,
  spelled,
  spellings,
  spellingsOf,
  whyNotEnrolled,
} from '../domain/member/card-number.ts';
import { addDataOptions, type DataOptions, dataFolder } from './data-folder.ts';
import { exitCodes, type Terminal } from './terminal.ts';

export function addCards(program: Command, terminal: Terminal): void {
  const cards = program.command('cards').description('look at card numbers, printed and whole');

  addDataOptions(cards.command('explain'))
    .summary('say which cards a number may be')
    .description(
      'Says what a number may be: a whole one, or one of the forms that are printed on cards; and what is printed on the card that it ' +
        'is. With `--data` or `--config`: which card of the club it is. Ends with 1 when it is the number of no card, when several cards ' +
        'of the club have it, or when it should not be given to a member, as those that phones make anew at each tap.',
    )
    .argument('<number>', 'the number, as it is printed or in hex: `126,58404`, `0008315940`, `55007EE424`')
    .action(async (number: string, options: DataOptions) => {
      const readings = readCardNumber(number);
      if (readings.length === 0) {
        terminal.err(`\`${number}\` is the number of no card: give what is printed on it, or the whole number in hex`);
        terminal.exitCode = exitCodes.faults;
        return;
      }
      for (const { spelling, number: known } of readings) terminal.out(`${spelling.padEnd(13)}  ${known}`);
      const whole = readings.find(({ spelling }) => spelling === 'full')?.number;
      if (whole !== undefined) explainWhole(whole, terminal);
      if (options.data === undefined && options.config === undefined) return;
      const folder = await dataFolder(options, terminal);
      if (folder !== null) await findAmongCards(number, folder, terminal);
    });
}

const doubts: Record<EnrolmentDoubt, string> = {
  random: 'begins with 08: phones and some cards make such a number anew at each tap, so nobody would be found by it again',
  half: 'begins with 88: it is only the beginning of a number of seven bytes; another reader or setting gives all of it',
  short: 'is only a part of a number: another card may have the same',
  shared: 'has an F as its second digit: makers give such numbers to several cards',
};

function explainWhole(whole: string, terminal: Terminal): void {
  for (const { spelling, text } of spellingsOf(whole)) terminal.out(`${whole} is printed as ${text} (${spelling})`);
  const doubt = whyNotEnrolled(whole);
  if (doubt === null) return;
  terminal.err(`do not give \`${whole}\` to a member: it ${doubts[doubt]}`);
  if (doubt === 'random' || doubt === 'half') terminal.exitCode = exitCodes.faults;
}

async function findAmongCards(number: string, folder: string, terminal: Terminal): Promise<void> {
  const { readCardNumbers } = await import('../adapters/store/read-card-numbers.ts');
  const cards = readCardNumbers(join(folder, 'club.db')) ?? [];
  const resolved = resolveCardNumber(number, cards);
  const whole = resolved.is === 'none' ? [] : resolved.is === 'one' ? [resolved.full] : resolved.full;
  const found = [...new Set([...whole, ...cards.filter((value) => isListedAs(value, number))])];
  const named = found.map((value) => `\`${value}\``).join(', ');
  if (found.length === 1) return terminal.out(`the club has this card as ${named}`);
  terminal.err(
    found.length === 0
      ? `none of the club's ${cards.length} cards is \`${number}\``
      : `\`${number}\` may be ${found.length} of the club's cards (${named}): only a whole number tells them apart`,
  );
  terminal.exitCode = exitCodes.faults;
}

/** A list that holds printed numbers has the number itself, perhaps in another writing, or of a whole number what is printed on it. */
function isListedAs(value: string, number: string): boolean {
  const whole = readCardNumber(number).find(({ spelling }) => spelling === 'full')?.number;
  return value === number || (whole !== undefined && spellings.some((spelling) => spelled(whole, spelling).includes(value)));
}

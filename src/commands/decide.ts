import type { Command } from 'commander';
import type { Decision } from '../domain/access/decision.ts';
import type { Explained, ExplainedRule } from '../domain/kiosk/texts/explain.ts';
import type { Read } from '../domain/member/credential.ts';
import { type Language, languages } from '../domain/member/member.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import type { RowProblem } from '../ports/club-snapshot.ts';
import { withNeeded } from './needed-options.ts';
import { parseCredential, parseInstant, parseLanguage } from './parse-arguments.ts';
import { readConfig } from './read-config.ts';
import { mustBeReadable } from './read-input.ts';
import { showRows } from './show-rows.ts';
import type { Terminal } from './terminal.ts';

interface DecideOptions {
  snapshot?: string;
  gate?: string;
  credential?: Read;
  at?: Instant;
  config?: string;
  language: Language;
  json?: true;
}

export function addDecide(program: Command, terminal: Terminal): void {
  program
    .command('decide')
    .summary('say what a tap would be answered, and why')
    .description(
      'Decides one tap on a club snapshot as a gateway without any visits of its own would, and explains it rule by rule. Without ' +
        '--config the gate has the default settings.',
    )
    .option('--snapshot <file>', 'the club snapshot, JSON')
    .option('--gate <id>', 'the gate')
    .option('--credential <kind:value>', 'what is held to the reader, such as rfid:0F0184F07A', parseCredential)
    .option('--at <instant>', 'when, with an offset, such as 2026-06-15T08:00:00+02:00', parseInstant)
    .option('--config <file>', 'the configuration of the box')
    .option('--language <language>', `the explanation in ${languages.join(', ')}`, parseLanguage, 'en')
    .option('--json', 'one JSON object instead of lines')
    .action(async (options: DecideOptions, command: Command) => {
      const needed = withNeeded(options, ['snapshot', 'gate', 'credential', 'at'], command);
      const { snapshot, gate, credential: read, at, config: path, language, json } = needed;
      mustBeReadable(snapshot);
      const config = path === undefined ? null : await readConfig(path, terminal);
      if (path !== undefined && config === null) return;
      const [{ decideOnce }, { explain }, { nextTimeText, staffText, staffWarningText }] = await Promise.all([
        import('../decide-once.ts'),
        import('../domain/kiosk/texts/explain.ts'),
        import('../domain/kiosk/texts/say.ts'),
      ]);
      const leftOut: RowProblem[] = [];
      const { decision, titles, timeZone } = await decideOnce({ snapshot, config, gate, read, at }, (row) => leftOut.push(row));
      showRows(snapshot, leftOut, 'warning: ', terminal);
      const here = { now: at, timeZone };
      const { code, params, warnings, nextAllowedAt } = decision;
      const text = {
        reason: staffText(language, code, params, here),
        warnings: warnings.map((warning) => staffWarningText(language, warning, params, here)),
        nextTime: nextAllowedAt === null ? '' : nextTimeText(language, nextAllowedAt, here),
        explained: explain(language, decision, titles, here),
      };
      if (json) terminal.out(JSON.stringify({ ...asScenariosName(decision), text }));
      else for (const line of linesOf(decision, text)) terminal.out(line);
    });
}

/** The names of `expect` in a scenario, and the explanation. */
function asScenariosName({
  outcome,
  code,
  membershipId,
  entitlement,
  charge,
  left,
  warnings,
  nextAllowedAt,
  refusals,
  explanation,
}: Decision) {
  return {
    outcome,
    code,
    membership: membershipId,
    entitlement,
    charge,
    left,
    warnings,
    nextAllowedAt: isoText(nextAllowedAt),
    refusals,
    explanation,
  };
}

interface Texts {
  reason: string;
  warnings: string[];
  nextTime: string;
  explained: Explained;
}

function linesOf(decision: Decision, { reason, warnings, nextTime, explained }: Texts): string[] {
  const { outcome, code, memberId, membershipId, entitlement, charge, left, nextAllowedAt } = decision;
  const facts = {
    member: memberId,
    membership: membershipId,
    entitlement,
    'chosen by': decision.chosenBy,
    charge: outcome === 'granted' ? charge : null,
    left: membershipId === null ? null : (left ?? 'unlimited'),
    warnings: decision.warnings.length === 0 ? null : decision.warnings.join(', '),
    'next allowed': isoText(nextAllowedAt),
  };
  return [
    `${outcome} ${code}`,
    ...[reason, ...warnings, nextTime].filter((text) => text !== '').map((text) => `  ${text}`),
    '',
    ...Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}`])),
    '',
    ...explained.tap.map(lineOf),
    ...explained.memberships.flatMap(({ id, title, rules, chosen }) => [
      '',
      `${title === id ? id : `${title} (${id})`}${chosen === null ? '' : `. ${chosen}`}`,
      ...rules.map(lineOf),
    ]),
    ...(explained.choice.length === 0 ? [] : ['', ...explained.choice.map(lineOf)]),
  ];
}

const signs = { passed: '+', skipped: '-', refused: 'x', asks: '?' } as const;

function lineOf({ number, name, result, warned, text }: ExplainedRule): string {
  return `  ${warned ? '!' : signs[result]} ${String(number).padStart(2)} ${name}: ${text}`;
}

function isoText(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

import type { Command } from 'commander';
import type { Decision } from '../domain/access/decision.ts';
import type { Verdict } from '../domain/access/verdict.ts';
import type { Read } from '../domain/member/credential.ts';
import type { Instant } from '../domain/schedule/instant.ts';
import type { RowProblem } from '../ports/club-snapshot.ts';
import { withNeeded } from './needed-options.ts';
import { parseCredential, parseInstant } from './parse-arguments.ts';
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
    .option('--json', 'one JSON object instead of lines')
    .action(async (options: DecideOptions, command: Command) => {
      const needed = withNeeded(options, ['snapshot', 'gate', 'credential', 'at'], command);
      const { snapshot, gate, credential: read, at, config: path, json } = needed;
      mustBeReadable(snapshot);
      const config = path === undefined ? null : await readConfig(path, terminal);
      if (path !== undefined && config === null) return;
      const { decideOnce } = await import('../decide-once.ts');
      const leftOut: RowProblem[] = [];
      const decision = await decideOnce({ snapshot, config, gate, read, at }, (problem) => leftOut.push(problem));
      showRows(snapshot, leftOut, 'warning: ', terminal);
      if (json) terminal.out(JSON.stringify(asScenariosName(decision)));
      else for (const line of linesOf(decision)) terminal.out(line);
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

function linesOf(decision: Decision): string[] {
  const { outcome, code, memberId, membershipId, entitlement, charge, left, warnings, nextAllowedAt, explanation } = decision;
  const facts = {
    member: memberId,
    membership: membershipId,
    entitlement,
    'chosen by': decision.chosenBy,
    charge: outcome === 'granted' ? charge : null,
    left: membershipId === null ? null : (left ?? 'unlimited'),
    warnings: warnings.length === 0 ? null : warnings.join(', '),
    'next allowed': isoText(nextAllowedAt),
  };
  return [
    `${outcome} ${code}`,
    ...Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}`])),
    'rules of the tap',
    ...explanation.tap.map(lineOf),
    ...Object.entries(explanation.memberships).flatMap(([id, verdicts]) => [
      `rules of membership ${id}`,
      ...verdicts.map(lineOf),
    ]),
  ];
}

function lineOf({ rule, number, result, code, saw }: Verdict): string {
  const seen = Object.entries(saw).map(([name, value]) => ` ${name}=${value}`);
  return `  ${result.padEnd(8)} ${rule} (rule ${number})${code === null ? '' : ` ${code}`}${seen.join('')}`;
}

function isoText(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

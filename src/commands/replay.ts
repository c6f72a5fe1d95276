import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Language, languages } from '../domain/member/member.ts';
import type { DifferentTap, WhatIfSummary } from '../what-if.ts';
import { type Period, parseLanguage, parsePeriod } from './parse-arguments.ts';
import { readConfig } from './read-config.ts';
import { mustBeReadable } from './read-input.ts';
import { exitCodes, type Terminal } from './terminal.ts';

interface ReplayOptions {
  json?: true;
  journal?: Period;
  config?: string;
  data?: string;
  language: Language;
}

export function addReplay(program: Command, terminal: Terminal): void {
  program
    .command('replay')
    .summary('run a day from a scenario file, or past taps under other settings')
    .usage('<file> [--json] | --journal <from..to> --config <new.yaml> [--data <folder>] [--json]')
    .description(
      'Runs a scenario through a whole gateway with simulated wires and a virtual clock, and compares what came of each step with what ' +
        'was expected. Ends with 1 when an expectation did not hold, with 2 when the file cannot be used.\n\n' +
        'With --journal: decides the recorded taps of a period again under another configuration, and says who would have been treated ' +
        'differently and why. Each tap is decided from what the box knew then. Nothing is changed; it may run beside the gateway.',
    )
    .argument('[file]', 'the scenario, YAML or JSON')
    .option('--json', 'one JSON object a line instead of words')
    .option(
      '--journal <from..to>',
      'the period: dates (2026-06-01..2026-06-30, both whole) or instants with an offset',
      parsePeriod,
    )
    .option('--config <file>', 'with --journal: the settings to try')
    .option('--data <folder>', 'with --journal: the data folder of the box; default: that of --config')
    .option('--language <language>', `with --journal: reasons in ${languages.join(', ')}`, parseLanguage, 'en')
    .action(async (path: string | undefined, options: ReplayOptions, command: Command) => {
      const { journal, config } = options;
      if (journal !== undefined) {
        if (path !== undefined) command.error('error: give a scenario file or --journal, not both');
        if (config === undefined) command.error('error: --journal needs --config <new.yaml>, the settings to try');
        return await replayJournal(journal, config ?? '', options, terminal);
      }
      if (config !== undefined || options.data !== undefined) command.error('error: --config and --data go with --journal');
      if (path === undefined) command.error('error: name a scenario file, or give --journal <from..to> and --config <new.yaml>');
      await replayFile(path ?? '', options.json ?? false, terminal);
    });
}

async function replayFile(path: string, json: boolean, terminal: Terminal): Promise<void> {
  mustBeReadable(path);
  const [{ replayScenario }, { problemLine }] = await Promise.all([import('../replay.ts'), import('../config/place.ts')]);
  const answer = await replayScenario(path, (step) => {
    if (json) return terminal.out(JSON.stringify(step));
    terminal.out(`${step.failed.length === 0 ? 'ok    ' : 'FAILED'} ${step.step}  ${step.at}  ${step.did}`);
    for (const difference of step.failed) terminal.out(`         ${difference}`);
  });
  if ('problems' in answer) {
    for (const problem of answer.problems) terminal.err(problemLine(path, problem));
    terminal.exitCode = exitCodes.wrongUse;
    return;
  }
  for (const { place, problem } of answer.warnings) terminal.err(problemLine(path, { place, problem: `warning: ${problem}` }));
  const steps = answer.results.length;
  const failed = answer.results.filter((result) => result.failed.length > 0).length;
  terminal.out(json ? JSON.stringify({ steps, failed }) : `${answer.title || path}: ${steps} steps, ${failed} failed`);
  if (failed > 0) terminal.exitCode = exitCodes.faults;
}

async function replayJournal(period: Period, path: string, options: ReplayOptions, terminal: Terminal): Promise<void> {
  const config = await readConfig(path, terminal);
  if (config === null) return;
  const { timeZoneOf, whatIf } = await import('../what-if.ts');
  const dataFolder = options.data === undefined ? config.dataFolder : resolve(options.data);
  const { from, until } = period(timeZoneOf(dataFolder, config));
  const { json, language } = options;
  const summary = whatIf({ dataFolder, from, until, config, language }, (tap) => {
    if (json) terminal.out(JSON.stringify({ ...tap, at: new Date(tap.at).toISOString() }));
    else for (const line of linesOf(tap)) terminal.out(line);
  });
  terminal.out(json ? JSON.stringify(summary) : summaryText(summary));
}

const differenceWords = {
  let_in: 'would be let in',
  refused: 'would be refused',
  asked: 'would be sent to the desk',
  charged: 'would be charged otherwise',
  told: 'would be told otherwise',
} as const;

function linesOf({ at, gate, name, memberId, difference, before, after, reasonBefore, reasonAfter }: DifferentTap): string[] {
  return [
    `${new Date(at).toISOString()}  ${gate}  ${name || (memberId ?? 'somebody unknown')} ${differenceWords[difference]}`,
    `    was      ${treatmentText(before)}  ${reasonBefore}`,
    `    would be ${treatmentText(after)}  ${reasonAfter}`,
  ];
}

function treatmentText({ outcome, code, membershipId, charge, warnings }: DifferentTap['before']): string {
  const paid = outcome === 'granted' && membershipId !== null ? `, ${charge} from ${membershipId}` : '';
  return `${outcome} ${code}${paid}${warnings.length === 0 ? '' : ` (${warnings.join(', ')})`}`;
}

function summaryText({ taps, different, withoutGate, withoutRecord }: WhatIfSummary): string {
  const parts = [`${taps} taps decided again, ${different} treated differently`];
  if (withoutGate > 0) parts.push(`${withoutGate} at gates that these settings do not have`);
  if (withoutRecord > 0) parts.push(`${withoutRecord} of which too little was kept`);
  return parts.join('; ');
}

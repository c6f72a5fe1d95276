import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Config, GateConfig } from '../config/config.ts';
import type { LearntContact } from '../domain/gate/learn-passage-contact.ts';
import { nearest } from '../lib/nearest.ts';
import { Failure } from '../ports/failure.ts';
import type { OpenGate } from '../wiring/open-gate.ts';
import { withNeeded } from './needed-options.ts';
import { parseCount } from './parse-arguments.ts';
import { readConfig } from './read-config.ts';
import { stopSignal } from './stop-signal.ts';
import { exitCodes, type Terminal } from './terminal.ts';

const comesWithinMs = 10_000;

export function addDevicesTest(devices: Command, terminal: Terminal): void {
  devices
    .command('test')
    .summary("click a gate's relay, and learn its passage contact")
    .description(
      'Clicks the relay of a gate once, after asking, and asks whether the gate opened. Then somebody walks through, and the input that saw ' +
        'it is found and can be written into the configuration. The gateway must not run. As at every start the relay is told to open its ' +
        'contact first, and again at the end, however it ends.',
    )
    .argument('<gate>', 'the gate, as it is called in the configuration')
    .option('--config <file>', 'the configuration of the box')
    .option('--out', 'the way out of a gate that opens both ways')
    .option('--seconds <count>', 'how long to watch the inputs while somebody walks through', parseCount, 12)
    .action(async (gate: string, options: { config?: string; seconds: number; out?: true }, command: Command) => {
      const { config: path, seconds } = withNeeded(options, ['config'], command);
      const config = await readConfig(path, terminal);
      if (config === null) return;
      const gateConfig = gateOf(config, gate);
      const out = options.out === true || gateConfig.settings.direction === 'out';
      const { ask } = terminal;
      if (ask === undefined) {
        const advice = 'run it at a terminal, in sight of the gate';
        throw new Failure('bad_input', `\`devices test\` asks before it clicks anything: ${advice}`, { retry: false });
      }
      const [{ openGate }, { testGate }, { systemClock }] = await Promise.all([
        import('../wiring/open-gate.ts'),
        import('../app/installer/test-gate.ts'),
        import('../adapters/system/system-clock.ts'),
      ]);
      const stopped = stopSignal();
      const tell = (line: string) => terminal.out(line);
      const warn = (message: string, fields?: Record<string, unknown>) =>
        terminal.err(`gatehouse: ${message}${typeof fields?.['why'] === 'string' ? `: ${fields['why']}` : ''}`);
      const opened = await openGate(config, gate, systemClock, { info() {}, warn() {}, error: warn });
      try {
        await untilUp(opened, gate);
        const underTest = {
          id: gate,
          relay: opened.relay,
          pulseMs: (out ? (gateConfig.relayOut ?? gateConfig.relay) : gateConfig.relay)?.pulseMs ?? 0,
          direction: out ? ('out' as const) : ('in' as const),
          hasInputs: opened.hasInputs,
          watchMs: seconds * 1_000,
        };
        const installer = { ask: (question: string) => ask(question, stopped), tell, ended: stopped };
        const test = await testGate(underTest, opened.watch, installer, systemClock);
        if (!test.clicked || test.moved === null) tell('ended: nothing more is clicked');
        else if (!test.moved) adviseOnRelay(gateConfig, terminal);
        else if (test.contact !== null)
          await writeContact(path, gate, contactName(gateConfig, out), test.contact, installer.ask, terminal);
        else if (!opened.hasInputs)
          tell(
            `gate ${gate} opens. No device tells how its inputs stand, so whether somebody went through is assumed (\`passage: assumed\`)`,
          );
        if (!test.clicked || !test.moved) terminal.exitCode = exitCodes.faults;
      } finally {
        await opened.close();
      }
    });
}

function gateOf({ gates }: Config, gate: string): GateConfig {
  const found = gates.find(({ settings }) => settings.id === gate);
  if (found !== undefined) return found;
  const names = gates.map(({ settings }) => settings.id);
  const meant = nearest(gate, names);
  const suggestion = meant === null ? '' : `did you mean \`${meant}\`? `;
  const listed = names.map((name) => `\`${name}\``).join(', ');
  throw new Failure('bad_input', `there is no gate \`${gate}\`: ${suggestion}there are ${listed}`, { retry: false });
}

async function untilUp({ health }: OpenGate, gate: string): Promise<void> {
  const endsAt = performance.now() + comesWithinMs;
  while (!health().isUp) {
    if (performance.now() > endsAt)
      throw new Failure('absent', `the relay of gate \`${gate}\` is not there: ${health().why}`, { retry: true });
    await wait(50);
  }
}

function adviseOnRelay({ relay }: GateConfig, terminal: Terminal): void {
  const channel =
    relay?.settings['channel'] === undefined ? '' : `, or another \`channel\` than ${String(relay.settings['channel'])}`;
  terminal.out('if nothing clicked: another port or product (`gatehouse devices list`), no power at the board' + channel);
  terminal.out('if it clicked and the gate stayed shut: the wires from COM and NO to the gate, or a longer `pulseMs`');
}

async function writeContact(
  path: string,
  gate: string,
  contact: string,
  learnt: LearntContact,
  ask: (question: string) => Promise<string | null>,
  terminal: Terminal,
): Promise<void> {
  if ('problem' in learnt) {
    terminal.err(`gatehouse: the passage contact was not learnt: ${learnt.problem}`);
    terminal.exitCode = exitCodes.faults;
    return;
  }
  const [{ planConfigChange }, { loadProfiles }] = await Promise.all([
    import('../wiring/plan-config-change.ts'),
    import('../load-profiles.ts'),
  ]);
  const { input, closed, debounceMs } = learnt;
  terminal.out(`input ${input} saw it; its contact is closed ${closed === 'at_rest' ? 'at rest' : 'on passage'}`);
  const change = { passage: 'reported', contacts: { [contact]: { input, closed, debounceMs } } };
  const plan = planConfigChange(path, ['gates', gate], change, [], await loadProfiles());
  if ('problems' in plan) {
    for (const problem of plan.problems) terminal.err(problem);
    terminal.err(`gatehouse: ${path} is not changed`);
    terminal.exitCode = exitCodes.faults;
    return;
  }
  if (plan.diff.length === 0) return terminal.out(`${path} says so already`);
  for (const line of plan.diff) terminal.out(line);
  const answer = (await ask(`write this into ${path}? (y/n) `))?.trim().toLowerCase();
  if (answer !== 'y' && answer !== 'yes') return terminal.out('nothing was written');
  plan.write();
  terminal.out(`written to ${path}: start the gateway to use it`);
}

/** A gate with one contact for both ways keeps it so; one that opens both ways by one relay cannot tell them apart. */
function contactName({ contacts, settings, relayOut }: GateConfig, out: boolean): string {
  const hasOne = contacts.some(({ name }) => name === 'pass') || (settings.direction === 'both' && relayOut === null);
  return hasOne ? 'pass' : out ? 'passOut' : 'passIn';
}

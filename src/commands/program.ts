import { Command } from 'commander';
import { addCards } from './cards.ts';
import { addCheck } from './check.ts';
import { addDecide } from './decide.ts';
import { addDemo } from './demo.ts';
import { addDevices } from './devices.ts';
import { addImport } from './import.ts';
import { addJournal } from './journal.ts';
import { programVersion } from './program-version.ts';
import { addReplay } from './replay.ts';
import { addStaff } from './staff.ts';
import { addStart } from './start.ts';
import type { Terminal } from './terminal.ts';
import { addToken } from './token.ts';
import { addVisit } from './visit.ts';

const examples = `
Examples:
  gatehouse demo                                              try everything, without any hardware
  gatehouse check my-club.yaml                                is this configuration good?
  gatehouse import snapshot club.json --config my-club.yaml   take in members and memberships
  gatehouse start --config my-club.yaml                       run the gates
  gatehouse staff pin Ewa --config my-club.yaml               let Ewa sign in at the desk
  gatehouse journal verify --config my-club.yaml              prove that nothing was changed
  gatehouse decide --snapshot club.json --gate main-in --credential rfid:0F0184F07A --at 2026-06-15T08:00:00+02:00
                                                              why (not)? rule by rule

Ends with:
  0  all is well
  1  a check found faults, or what was asked for was refused
  2  wrong words, or a file that cannot be used
  3  the machine would not: a port in use, a full disk`;

/** Every command there is. Each loads what it needs only when it is called. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('gatehouse')
    .description("Decides at a club's door, by itself and offline, whether a member may enter, and opens it.")
    .version(programVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this, or the help of a command')
    .helpCommand(false)
    .addHelpText('after', examples)
    .showHelpAfterError('(--help says more)')
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .exitOverride();
  const add = [
    addStart,
    addDemo,
    addCheck,
    addImport,
    addDecide,
    addReplay,
    addJournal,
    addVisit,
    addStaff,
    addToken,
    addDevices,
    addCards,
  ];
  for (const addTo of add) addTo(program, terminal);
  return program;
}

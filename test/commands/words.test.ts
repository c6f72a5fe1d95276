import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runGatehouse } from '../kit/run-gatehouse.ts';

test('--help shows every command, examples and what the program ends with', async () => {
  const { exitCode, out } = await runGatehouse(['--help']);
  const text = out.join('\n');
  expect(exitCode).toBe(0);
  for (const command of [
    'start',
    'demo',
    'check',
    'import',
    'decide',
    'replay',
    'journal',
    'visit',
    'staff',
    'token',
    'devices',
  ]) {
    expect(text).toMatch(new RegExp(`^  ${command} .*\\S`, 'm'));
  }
  expect(text).toContain('Examples:');
  expect(text).toContain('2  wrong words, or a file that cannot be used');
});

test.each([
  'start',
  'demo',
  'check',
  'check snapshot',
  'import snapshot',
  'decide',
  'replay',
  'journal verify',
  'journal show',
  'visit show',
  'visit move',
  'devices profiles',
  'devices list',
  'devices listen',
  'devices learn',
  'devices test',
  'devices record',
  'devices replay',
])('`%s --help` explains the command', async (words) => {
  const { exitCode, out } = await runGatehouse([...words.split(' '), '--help']);
  expect(exitCode).toBe(0);
  expect(out.join('\n')).toMatch(new RegExp(`^Usage: gatehouse ${words}[^]*\\n\\n\\S.{40}`));
});

test('--version is that of package.json', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await runGatehouse(['--version'])).toEqual({ exitCode: 0, out: [version], err: [] });
});

test.each([
  [['strat'], 'Did you mean start?'],
  [['start', '--confg', 'x'], 'Did you mean --config?'],
  [['journal', 'verfiy'], 'Did you mean verify?'],
  [['start'], '--config <file> is missing'],
  [['decide', '--gate', 'main-in'], '--snapshot <file> is missing'],
  [['demo', '--port', '99999'], 'It must be a whole number from 0 to 65535.'],
  [['demo', 'now'], 'too many arguments'],
  [['journal', 'show', '--last', 'all'], 'It must be a whole number.'],
  [['journal', 'show'], 'say which box is meant: --config <file> or --data <folder>'],
  [['staff', 'pin', 'Ewa', '--config', 'a', '--data', 'b'], 'cannot be used with'],
  [['decide', '--credential', 'rfd:04A1'], 'Did you mean rfid:…?'],
  [['decide', '--credential', 'rfid:'], 'It must be kind:value'],
  [['decide', '--at', '2026-06-15 08:00'], 'It must be an instant with its offset'],
  [['check', '/nowhere/box.yaml'], '/nowhere/box.yaml: there is no such file'],
  [['check', 'snapshot', '/nowhere/club.json'], 'there is no file `/nowhere/club.json`'],
  [['devices', 'record', 'pcsc', 'x.txt'], 'PC/SC readers have no line'],
  [['devices', 'listen', 'tty'], 'It must be a device file'],
  [['devices', 'listen', '10.0.0.5:4001', '--baud', '9601'], 'It must be one of 300,'],
  [['devices', 'listen', '/dev/ttyS0', '--baud', '9600', '--bauds'], 'give --baud or --bauds, not both'],
  [['replay', 'src'], '`src` is a folder: name the file in it'],
])('`gatehouse %j` ends with 2 and says why', async (words, why) => {
  const { exitCode, out, err } = await runGatehouse(words);
  expect(err.join('\n')).toContain(why);
  expect(out).toEqual([]);
  expect(exitCode).toBe(2);
});

test('no command at all shows what there is', async () => {
  const { exitCode, out, err } = await runGatehouse([]);
  expect(exitCode).toBe(2);
  expect([...out, ...err].join('\n')).toContain('Commands:');
});

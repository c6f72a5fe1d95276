import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/lib/hex.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

const card = '02 35 35 30 30 37 45 45 34 32 34 45 42 03';

function captureFile(...lines: string[]): string {
  const path = join(temporaryFolder(), 'entrance.txt');
  writeFileSync(path, ['# gatehouse capture 1, bytes', ...lines, ''].join('\n'));
  return path;
}

describeWith('python3', 'devices record', () => {
  test('writes down what arrives, sends nothing, and the recording can be replayed', async () => {
    const far = await openPseudoTerminal();
    const sent: Uint8Array[] = [];
    far.onBytes((bytes) => sent.push(bytes));
    const file = join(temporaryFolder(), 'entrance.txt');
    const said: string[] = [];
    const run = runGatehouse(['devices', 'record', far.path, file, '--seconds', '2'], undefined, (line) => said.push(line));
    await until('it records', () => said.length > 0);
    far.write(fromHex(card));
    const { exitCode, out } = await run;
    expect({ exitCode, out, sent }).toEqual({ exitCode: 0, out: [`1 chunks in ${file}`], sent: [] });
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      '# gatehouse capture 1, bytes',
      expect.stringContaining(`# of ${far.path} at 9600 baud, begun 20`),
      expect.stringMatching(/^#/),
      expect.stringMatching(/^#/),
      expect.stringMatching(new RegExp(`^\\+\\d{4}ms < ${card}$`)),
      '',
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const replayed = await runGatehouse(['devices', 'replay', file, '--device', 'rdm6300']);
    expect(replayed.out).toEqual([expect.stringMatching(/^\+\d{4}ms {2}rdm6300: rfid 55007EE424$/)]);
  });

  test('never writes over a file, and opens no device for a file it cannot write', async () => {
    const file = captureFile();
    const taken = await runGatehouse(['devices', 'record', '/dev/nowhere', file]);
    expect(taken).toMatchObject({ exitCode: 2, err: [`gatehouse: \`${file}\` is there already: choose another name`] });
    const nowhere = await runGatehouse(['devices', 'record', '/dev/nowhere', '/nowhere/x.txt']);
    expect(nowhere.err[0]).toContain('`/nowhere/x.txt` cannot be written (`ENOENT`)');
  });
});

describe('devices replay', () => {
  test('runs a recording through one product as it is set', async () => {
    const words = ['devices', 'replay', captureFile(`+0010ms < ${card}`), '--device', 'rdm6300', '--settings', 'number=low24'];
    expect(await runGatehouse(words)).toEqual({
      exitCode: 0,
      out: ['+0010ms  rdm6300 { number: low24 }: rfid 7EE424'],
      err: [],
    });
  });

  test('runs it through every product', async () => {
    const { out } = await runGatehouse(['devices', 'replay', captureFile(`+0010ms < ${card}`)]);
    expect(out).toContain('+0010ms  rdm6300: rfid 55007EE424');
    expect(out).toContain('+0010ms  rdm6300 { number: low24 }: rfid 7EE424');
  });

  test('a recording in which nothing is read ends with 1', async () => {
    const file = captureFile('+0010ms < 41');
    expect(await runGatehouse(['devices', 'replay', file, '--device', 'rdm6300'])).toMatchObject({
      exitCode: 1,
      out: ['`rdm6300` reads nothing in it'],
    });
  });

  test.each([
    [['--device', 'rdm630'], 'there is no reader `rdm630`: did you mean `rdm6300`?'],
    [['--device', 'pcsc'], '`pcsc` does not send what this is a recording of: '],
    [['--device', 'rdm6300', '--settings', 'number=short'], '`number` is `short`: must be one of `full`, `low32`, `low24`'],
    [['--settings', 'number=low24'], '--settings goes with --device'],
    [['--device', 'rdm6300', '--settings', 'number'], 'It must be key=value, such as number=low24.'],
  ])('%j is refused in words', async (words, why) => {
    const { exitCode, err } = await runGatehouse(['devices', 'replay', captureFile(), ...words]);
    expect(exitCode).toBe(2);
    expect(err.join('\n')).toContain(why);
  });

  test('bad lines are named so that an editor can open them', async () => {
    const file = captureFile('+0010ms < 4');
    const { exitCode, err } = await runGatehouse(['devices', 'replay', file]);
    expect({ exitCode, err }).toEqual({ exitCode: 2, err: [expect.stringContaining(`${file}:2: \`+0010ms < 4\` is no chunk:`)] });
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openClubStore } from '../../src/adapters/store/club-store.ts';
import { fromHex } from '../../src/lib/hex.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { type CommandRun, runGatehouse } from '../kit/run-gatehouse.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';
import { openVirtualPcsc } from '../kit/virtual-pcsc.ts';

const card = fromHex('02 35 35 30 30 37 45 45 34 32 34 45 42 03');
const otherCard = fromHex('02 36 32 45 33 30 38 36 43 45 44 30 38 03');

function configFile(port: string, settings: string): string {
  const path = join(temporaryFolder(), 'box.yaml');
  writeFileSync(
    path,
    `branch: center # the club\nreaders:\n  entrance:\n    gate: main-in\n    device: rdm6300 # as it came\n    serial: { path: ${port} }\n${settings}gates:\n  main-in: {}\n`,
  );
  return path;
}

/** Runs `learn` on a cable, holding each card there in turn, with a pause before each; gives also whatever the reader was sent. */
async function learnFrom(
  cards: Uint8Array[],
  words: (port: string) => string[],
): Promise<CommandRun & { sent: Uint8Array[]; port: string }> {
  const far = await openPseudoTerminal();
  const sent: Uint8Array[] = [];
  far.onBytes((bytes) => sent.push(bytes));
  const said: string[] = [];
  const run = runGatehouse(['devices', 'learn', far.path, '--seconds', '8', ...words(far.path)], undefined, (line) =>
    said.push(line),
  );
  await until('it listens', () => said.some((line) => line.startsWith('listening')));
  for (const one of cards) {
    far.write(one);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
  }
  return { ...(await run), sent, port: far.path };
}

describeWith('python3', 'devices learn', () => {
  test('names the product and the setting that give the printed number, and sends nothing', async () => {
    const { exitCode, out, err, sent } = await learnFrom([card, card], () => ['--number', '126,58404']);
    expect(exitCode).toBe(0);
    expect(err[1]).toMatch(/it fits \(\d+ ways to set it\): once more/);
    expect(out).toContain('rdm6300: rfid 55007EE424');
    expect(sent).toEqual([]);
  });

  test('writes the setting into the configuration and leaves the rest of it as it stood', async () => {
    let path = '';
    const { exitCode, out } = await learnFrom([card, card], (port) => {
      path = configFile(port, '    settings: { number: low24 } # short\n');
      return ['--number', '126,58404', '--config', path];
    });
    expect(exitCode).toBe(0);
    expect(out).toEqual(
      expect.arrayContaining(['-    settings: { number: low24 } # short', '+    settings: { number: full } # short']),
    );
    expect(readFileSync(path, 'utf8')).toContain('device: rdm6300 # as it came\n');
    expect(readFileSync(path, 'utf8')).toContain('settings: { number: full } # short\n');
  });

  test('takes the short number where the club has its cards by it, warns how many share it, and with --dry-run writes nothing', async () => {
    const data = temporaryFolder();
    await fillClub(data, ['7EE424', '01026F6C3A', 'FF026F6C3A', '6F6C3A']);
    let path = '';
    const { out, err } = await learnFrom([card, card], (port) => {
      path = configFile(port, '');
      return ['--number', '126,58404', '--config', path, '--data', data, '--dry-run'];
    });
    expect(out).toEqual(
      expect.arrayContaining([
        'rdm6300 { number: low24 }: rfid 7EE424',
        "  the club's data has the card by this number",
        '+    settings: { number: low24 }',
        'nothing was written (--dry-run)',
      ]),
    );
    expect(err).toContain(
      "warning: it gives the last 6 of 10 hex digits, and 3 of the club's 4 cards share these with another: they cannot be told apart",
    );
    expect(readFileSync(path, 'utf8')).not.toContain('settings');
  });

  test('refuses a card that gives another number each time, and says why', async () => {
    const { exitCode, err } = await learnFrom([card, otherCard], () => ['--number', '126,58404']);
    expect(exitCode).toBe(1);
    expect(err.join('\n')).toMatch(/another card, or a phone or card whose number is random/);
  });

  test('says what a card reads as that is not the one', async () => {
    const { exitCode, err } = await learnFrom([otherCard], () => ['--number', '126,58404']);
    expect(exitCode).toBe(1);
    expect(err.join('\n')).toContain('this is not the card 126,58404 under any setting of any product; it reads as:');
    expect(err.map((line) => line.trim())).toContain('rdm6300: rfid 62E3086CED');
  });

  test('a reader that is not in the configuration is not guessed', async () => {
    const path = configFile('/dev/ttyUSB7', '');
    const { exitCode, err } = await runGatehouse(['devices', 'learn', '/dev/ttyUSB8', '--number', '1', '--config', path]);
    expect(exitCode).toBe(2);
    expect(err.at(-1)).toMatch(/cannot be told which reader is on this port: say it with --reader, one of `entrance`/);
  });
});

describeWith('pcscd', 'devices learn pcsc', () => {
  test('refuses a phone with the reason', async () => {
    const pcsc = await openVirtualPcsc();
    const said: string[] = [];
    const words = ['devices', 'learn', 'pcsc', '--number', '08123456', '--seconds', '8'];
    const run = runGatehouse(words, undefined, (line) => said.push(line));
    await until('it listens', () => said.some((line) => line.startsWith('listening')));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await pcsc.insertCard({
      atr: fromHex('3B80800101'),
      answer: (apdu) => fromHex(apdu[0] === 0xff && apdu[1] === 0xca ? '08123456 9000' : '6A82'),
    });
    const { exitCode, err } = await run;
    expect(exitCode).toBe(1);
    expect(err.join('\n')).toMatch(/pcsc refuses it: .*(phone|random)/);
  });
});

async function fillClub(data: string, cards: string[]): Promise<void> {
  mkdirSync(data, { recursive: true });
  const snapshot = join(data, 'club.json');
  writeFileSync(
    snapshot,
    JSON.stringify({
      format: 'gatehouse-snapshot/1',
      members: [{ id: 'm1', name: 'Anna K.' }],
      credentials: cards.map((value, index) => ({ id: `c${index}`, kind: 'rfid', value, memberId: 'm1', status: 'active' })),
    }),
  );
  openClubStore(join(data, 'club.db')).close();
  const { exitCode, err } = await runGatehouse(['import', 'snapshot', snapshot, '--data', data]);
  expect({ exitCode, err: err.filter((line) => line.includes('problem')) }).toEqual({ exitCode: 0, err: [] });
}

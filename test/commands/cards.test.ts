import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importSnapshotFile } from '../../src/adapters/store/import-snapshot-file.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';

function clubWith(...values: string[]): string {
  const folder = temporaryFolder();
  const credentials = values.map((value, index) => ({ id: `c${index}`, kind: 'rfid', value, memberId: 'm1', status: 'active' }));
  const file = join(folder, 'club.json');
  writeFileSync(file, JSON.stringify({ format: 'gatehouse-snapshot/1', members: [{ id: 'm1' }], credentials }));
  importSnapshotFile(file, join(folder, 'club.db'), 0);
  return folder;
}

const explain = (...words: string[]) => runGatehouse(['cards', 'explain', ...words]);

describe('cards explain', () => {
  test('says what a printed number leaves open', async () => {
    const { exitCode, out, err } = await explain('126,58404');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] });
    expect(out).toContain('3D5D           ????7EE424');
    expect(out).toContain('DEZ3.5A        7E????E424');
  });

  test('says what is printed on a card', async () => {
    const { exitCode, out } = await explain('55007EE424');
    expect(exitCode).toBe(0);
    expect(out).toContain('full           55007EE424');
    expect(out).toContain('55007EE424 is printed as 0008315940 (8H10D)');
    expect(out).toContain('55007EE424 is printed as 126,58404 (3D5D)');
  });

  test('refuses a number that a phone makes anew at each tap, with the reason', async () => {
    const { exitCode, err } = await explain('08A1B2C3');
    expect(exitCode).toBe(1);
    expect(err).toEqual([
      'do not give `08A1B2C3` to a member: it begins with 08: phones and some cards make such a number anew at each tap, so nobody ' +
        'would be found by it again',
    ]);
  });

  test('warns of a number that others may have too, and refuses none for it', async () => {
    expect(await explain('1FA1B2C3')).toMatchObject({ exitCode: 0, err: [expect.stringContaining('makers give such numbers')] });
    expect(await explain('88A1B2C3')).toMatchObject({ exitCode: 1, err: [expect.stringContaining('number of seven bytes')] });
  });

  test('finds it among the club’s cards, however the list writes them', async () => {
    expect((await explain('0008315940', '--data', clubWith('55007EE424', '01026F6C3A'))).out.at(-1)).toBe(
      'the club has this card as `55007EE424`',
    );
    expect((await explain('55007EE424', '--data', clubWith('126 58404', '111,27706'))).out.at(-1)).toBe(
      'the club has this card as `126 58404`',
    );
  });

  test('says which cards it cannot tell apart, and when it is none', async () => {
    expect(await explain('126,58404', '--data', clubWith('55007EE424', '01017EE424'))).toMatchObject({
      exitCode: 1,
      err: ["`126,58404` may be 2 of the club's cards (`01017EE424`, `55007EE424`): only a whole number tells them apart"],
    });
    expect(await explain('126,58404', '--data', clubWith('01026F6C3A'))).toMatchObject({
      exitCode: 1,
      err: ["none of the club's 1 cards is `126,58404`"],
    });
  });

  test('what is no number of a card is refused', async () => {
    expect(await explain('GYM')).toMatchObject({
      exitCode: 1,
      err: ['`GYM` is the number of no card: give what is printed on it, or the whole number in hex'],
    });
  });
});

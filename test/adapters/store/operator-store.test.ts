import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type OpenOperators, openOperators } from '../../../src/adapters/store/operator-store.ts';
import { signInTries } from '../../../src/adapters/store/sign-in-tries.ts';
import { dayMs, hourMs, minuteMs } from '../../../src/domain/schedule/instant.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const now = Date.parse('2026-06-15T07:30:00+02:00');

function deskIn(folder = temporaryFolder()): { operators: OpenOperators; path: string } {
  const path = join(folder, 'desk.db');
  const operators = openOperators(path);
  onTestFinished(() => operators.close());
  return { operators, path };
}

async function signedIn(operators: OpenOperators, name: string, pin: string, at = now): Promise<string> {
  const answer = await operators.signIn(name, pin, at);
  return answer.done ? answer.session : expect.fail(`${name} could not sign in`);
}

/** As many wrong PINs as the name was given, without the time that looking at them takes. */
function wrongPinsBefore(path: string, name: string, times: number): void {
  const db = new Database(path);
  const tries = signInTries(db);
  for (let count = 0; count < times; count += 1) tries.take(name, [], now);
  db.close();
}

function rows<T>(path: string, sql: string): T[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare<[], T>(sql).all();
  } finally {
    db.close();
  }
}

describe('a PIN', () => {
  test('is six digits, shown once, and signs its owner in', async () => {
    const { operators } = deskIn();
    expect(operators.names()).toEqual([]);
    const pin = await operators.setPin('Ewa');
    expect(pin).toMatch(/^\d{6}$/);
    expect(operators.names()).toEqual(['Ewa']);
    const session = await signedIn(operators, 'Ewa', pin);
    expect(operators.session(session, now)).toEqual({ name: 'Ewa' });
  });

  test('opens for nobody else', async () => {
    const { operators } = deskIn();
    const pin = await operators.setPin('Ewa');
    await operators.setPin('Jan');
    expect(await operators.signIn('Jan', pin, now)).toEqual({ done: false, lockedUntil: null });
  });

  test('does not mind how the name was typed', async () => {
    const { operators } = deskIn();
    const pin = await operators.setPin(' Żaneta '.normalize('NFD'));
    expect(operators.names()).toEqual(['Żaneta'.normalize('NFC')]);
    await signedIn(operators, 'Żaneta'.normalize('NFD'), pin);
  });

  test('that is given anew replaces the old one, ends its sessions and unlocks the name', async () => {
    const { operators, path } = deskIn();
    const old = await operators.setPin('Ewa');
    const session = await signedIn(operators, 'Ewa', old);
    wrongPinsBefore(path, 'Ewa', 5);
    const pin = await operators.setPin('Ewa');
    expect(operators.names()).toEqual(['Ewa']);
    expect(operators.session(session, now)).toBeNull();
    expect((await operators.signIn('Ewa', old, now)).done).toBe(false);
    await signedIn(operators, 'Ewa', pin);
  });

  test('that is changed while the old one is being looked at lets nobody in with the old one', async () => {
    const { operators, path } = deskIn();
    const old = await operators.setPin('Ewa');
    const asked = operators.signIn('Ewa', old, now);
    await new Promise((resolve) => setImmediate(resolve));
    const db = new Database(path);
    db.prepare('UPDATE operators SET pin_hash = ?').run('$scrypt$ln=15,r=8,p=1$AAAA$AAAA');
    db.close();
    expect((await asked).done).toBe(false);
  });

  test.each(['', '   ', 'x'.repeat(101), 'Ewa\nJan'])('is not given to %j, which is no name', async (name) => {
    const { operators } = deskIn();
    const given = operators.setPin(name);
    await expect(given).rejects.toMatchObject({ code: 'bad_input', retry: false });
    expect(operators.names()).toEqual([]);
  });

  test('is kept as a slow hash that names its cost, with a salt of its own', async () => {
    const { operators, path } = deskIn();
    await operators.setPin('Ewa');
    await operators.setPin('Jan');
    const hashes = rows<{ pin_hash: string }>(path, 'SELECT pin_hash FROM operators').map(({ pin_hash }) => pin_hash.split('$'));
    expect(hashes.map(([, name, cost]) => [name, cost])).toEqual(Array(2).fill(['scrypt', 'ln=15,r=8,p=1']));
    expect(hashes[0]?.[3]).not.toBe(hashes[1]?.[3]);
  });

  test('is looked at beside everything else, which goes on meanwhile', async () => {
    const { operators } = deskIn();
    let looking = true;
    let turns = 0;
    const asked = operators.signIn('Ewa', '123456', now).finally(() => {
      looking = false;
    });
    while (looking) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await asked;
    expect(turns).toBeGreaterThan(20);
  });
});

describe('wrong PINs', () => {
  test('lock the name after the fifth for a minute, for the right PIN too', async () => {
    const { operators } = deskIn();
    const pin = await operators.setPin('Ewa');
    for (let count = 1; count < 5; count += 1) {
      expect(await operators.signIn('Ewa', 'wrong', now)).toEqual({ done: false, lockedUntil: null });
    }
    const locked = { done: false, lockedUntil: now + minuteMs };
    expect(await operators.signIn('Ewa', 'wrong', now)).toEqual(locked);
    expect(await operators.signIn('Ewa', pin, now + minuteMs - 1)).toEqual(locked);
    await signedIn(operators, 'Ewa', pin, now + minuteMs);
  });

  test('are remembered over a restart', async () => {
    const folder = temporaryFolder();
    const before = deskIn(folder);
    const pin = await before.operators.setPin('Ewa');
    wrongPinsBefore(before.path, 'Ewa', 4);
    expect(await before.operators.signIn('Ewa', 'wrong', now)).toEqual({ done: false, lockedUntil: now + minuteMs });
    before.operators.close();
    expect(await deskIn(folder).operators.signIn('Ewa', pin, now)).toEqual({ done: false, lockedUntil: now + minuteMs });
  });

  test('are forgotten with the right one', async () => {
    const { operators, path } = deskIn();
    const pin = await operators.setPin('Ewa');
    wrongPinsBefore(path, 'Ewa', 4);
    await signedIn(operators, 'Ewa', pin);
    expect(await operators.signIn('Ewa', 'wrong', now)).toEqual({ done: false, lockedUntil: null });
  });

  test('given all at once are counted one by one', async () => {
    const { operators, path } = deskIn();
    wrongPinsBefore(path, 'Ewa', 3);
    const answers = await Promise.all(Array.from({ length: 5 }, () => operators.signIn('Ewa', 'wrong', now)));
    const until = now + minuteMs;
    expect(answers.map((answer) => !answer.done && answer.lockedUntil)).toEqual([null, until, until, until, until]);
  });
});

describe('a name that nobody has', () => {
  test('is locked like any other', async () => {
    const { operators, path } = deskIn();
    const locked = { done: false, lockedUntil: now + minuteMs };
    expect(await operators.signIn('Nobody', 'wrong', now)).toEqual({ done: false, lockedUntil: null });
    wrongPinsBefore(path, 'Nobody', 3);
    expect(await operators.signIn('Nobody', 'wrong', now)).toEqual(locked);
    expect(await operators.signIn('Nobody', 'wrong', now)).toEqual(locked);
  });

  test('takes as long to refuse as any other', async () => {
    const { operators } = deskIn();
    await operators.setPin('Ewa');
    const fastestMs = async (name: string) => {
      const times: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        const started = performance.now();
        await operators.signIn(name, 'wrong', now);
        times.push(performance.now() - started);
      }
      return Math.min(...times);
    };
    expect(await fastestMs('Nobody')).toBeGreaterThan(0.1 * (await fastestMs('Ewa')));
  });
});

describe('a session', () => {
  test('ends twelve hours after it was last used', async () => {
    const { operators } = deskIn();
    const session = await signedIn(operators, 'Ewa', await operators.setPin('Ewa'));
    expect(operators.session(session, now + 12 * hourMs - 1)).toEqual({ name: 'Ewa' });
    expect(operators.session(session, now + 23 * hourMs)).toEqual({ name: 'Ewa' });
    expect(operators.session(session, now + 35 * hourMs)).toBeNull();
  });

  test('lives on over a restart, until its owner signs out', async () => {
    const folder = temporaryFolder();
    const before = openOperators(join(folder, 'desk.db'));
    const session = await signedIn(before, 'Ewa', await before.setPin('Ewa'));
    before.close();
    const { operators } = deskIn(folder);
    expect(operators.session(session, now)).toEqual({ name: 'Ewa' });
    operators.signOut(session);
    expect(operators.session(session, now)).toBeNull();
  });

  test('is nobody’s without its key', async () => {
    const { operators } = deskIn();
    const session = await signedIn(operators, 'Ewa', await operators.setPin('Ewa'));
    expect(session).toMatch(/^[\w-]{43}$/);
    expect(operators.session('', now)).toBeNull();
    expect(operators.session(session.toUpperCase(), now)).toBeNull();
  });

  test('that ended leaves nothing behind once somebody signs in', async () => {
    const { operators, path } = deskIn();
    const pin = await operators.setPin('Ewa');
    await signedIn(operators, 'Ewa', pin);
    await signedIn(operators, 'Ewa', pin, now + dayMs);
    expect(rows(path, 'SELECT name FROM sessions')).toHaveLength(1);
  });
});

describe('the token of the central system', () => {
  test('is made once and known from then on', () => {
    const folder = temporaryFolder();
    const before = openOperators(join(folder, 'desk.db'));
    expect(before.hasToken()).toBe(false);
    expect(before.checkToken('')).toBe(false);
    const token = before.newToken();
    expect(token).toMatch(/^gh_[\w-]{43}$/);
    before.close();
    const { operators } = deskIn(folder);
    expect(operators.hasToken()).toBe(true);
    expect(operators.checkToken(token)).toBe(true);
    for (const wrong of ['', 'gh_', `${token}x`, token.slice(3), token.slice(0, -1)])
      expect(operators.checkToken(wrong)).toBe(false);
  });

  test('made anew ends the old one', () => {
    const { operators } = deskIn();
    const old = operators.newToken();
    const token = operators.newToken();
    expect(operators.checkToken(old)).toBe(false);
    expect(operators.checkToken(token)).toBe(true);
  });
});

test('neither a session key nor the token can be read off the disk', async () => {
  const { operators, path } = deskIn();
  const token = operators.newToken();
  const session = await signedIn(operators, 'Ewa', await operators.setPin('Ewa'));
  const folder = dirname(path);
  const onDisk = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  expect(onDisk.join('')).toContain('Ewa');
  expect(onDisk.join('')).not.toContain(token.slice(3));
  expect(onDisk.join('')).not.toContain(session);
});

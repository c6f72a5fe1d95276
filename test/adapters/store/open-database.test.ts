import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/adapters/store/open-database.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const first = 'CREATE TABLE cards (value TEXT) STRICT; INSERT INTO cards VALUES (1)';
const second = 'ALTER TABLE cards ADD COLUMN owner TEXT';

function opened(path: string, migrations: string[], readonly = false) {
  const db = openDatabase(path, { migrations, synchronous: 'NORMAL', readonly });
  onTestFinished(() => void db.close());
  return db;
}

const version = 'user_version';

test('each migration runs once, whenever it is added', () => {
  const path = join(temporaryFolder(), 'test.db');
  expect(opened(path, [first]).pragma(version, { simple: true })).toBe(1);
  opened(path, [first]).close();
  const db = opened(path, [first, second]);
  expect(db.pragma(version, { simple: true })).toBe(2);
  expect(db.prepare('SELECT * FROM cards').all()).toEqual([{ value: '1', owner: null }]);
});

test('a migration that fails leaves the database as it was', () => {
  const path = join(temporaryFolder(), 'test.db');
  opened(path, [first]).close();
  expect(() => opened(path, [first, second, 'NONSENSE'])).toThrow('NONSENSE');
  const db = opened(path, [first]);
  expect(db.prepare('SELECT * FROM cards').all()).toEqual([{ value: '1' }]);
});

test('a database of a newer program is not touched', () => {
  const path = join(temporaryFolder(), 'test.db');
  opened(path, [first, second]).close();
  expect(() => opened(path, [first])).toThrow(
    expect.objectContaining({ code: 'bad_input', message: expect.stringContaining('newer') }),
  );
});

test('reading alone neither makes a database nor changes one', () => {
  const path = join(temporaryFolder(), 'test.db');
  expect(() => opened(path, [first], true)).toThrow(expect.objectContaining({ code: 'absent' }));
  opened(path, [first]).close();
  expect(opened(path, [first], true).prepare('SELECT * FROM cards').all()).toHaveLength(1);
  expect(() => opened(path, [first, second], true)).toThrow(
    expect.objectContaining({ message: expect.stringContaining('older') }),
  );
});

import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeClone } from '../kit/fake-clone.ts';

function clone(engines?: string) {
  const fake = fakeClone(engines);
  return { ...fake, setUp: (env: Record<string, string> = { WITH_PCSC: '1' }) => fake.run('setup.mjs', env) };
}

const everything = ['build dist/src/main.js', 'build kiosk-ui/dist/index.html', 'npm ci'];

describe('a fresh clone', () => {
  test('is installed and built once, and then left alone', () => {
    const { setUp } = clone();
    const first = setUp();
    expect(first).toMatchObject({ status: 0, calls: everything });
    expect(first.said).toMatch(/installing packages[^]*built the program[^]*ready/);
    expect(setUp()).toMatchObject({ status: 0, calls: [], said: expect.stringMatching(/^ready \(0\.\d s\)\n$/) });
  });

  test('is refused with words on a Node that is too old', () => {
    const { setUp } = clone('>=98.0.0 <99.0.0');
    const { status, said, calls } = setUp();
    expect({ status, calls }).toEqual({ status: 3, calls: [] });
    expect(said).toContain(
      `Gatehouse runs on Node 98.0.0 up to, but not including, 99.0.0. This is Node ${process.versions.node}`,
    );
  });

  test('is not built when npm fails, and npm is asked again next time', () => {
    const { setUp } = clone();
    const { status, said, calls } = setUp({ NPM_FAILS: '1' });
    expect({ status, calls }).toEqual({ status: 3, calls: ['npm ci'] });
    expect(said).toMatch(/npm says why[^]*npm ci failed\. What npm said stands above/);
    expect(setUp()).toMatchObject({ status: 0, calls: everything });
  });

  test('says that the compiler is missing when that is why npm failed', () => {
    const { folder, setUp } = clone();
    mkdirSync(join(folder, 'bin'));
    symlinkSync('/usr/bin/which', join(folder, 'bin', 'which'));
    symlinkSync('/bin/sh', join(folder, 'bin', 'sh'));
    const { said } = setUp({ NPM_FAILS: '1', PATH: join(folder, 'bin') });
    expect(said).toContain('there is no make, g++, python3: sudo apt-get install build-essential python3');
  });

  test('says that npm is missing when it is', () => {
    const { folder, setUp } = clone();
    expect(setUp({ npm_execpath: '', PATH: folder })).toMatchObject({
      status: 3,
      said: expect.stringContaining('npm is missing'),
    });
  });
});

describe('a clone that was made ready', () => {
  test('is installed anew when the lock file changes', () => {
    const { folder, setUp } = clone();
    setUp();
    writeFileSync(join(folder, 'package-lock.json'), '{ }');
    expect(setUp().calls).toEqual(everything);
  });

  test('is built anew when its sources change, and only the part that is made of them', () => {
    const { folder, setUp } = clone();
    setUp();
    appendFileSync(join(folder, 'kiosk-ui', 'index.html'), '<p>');
    expect(setUp().calls).toEqual(['build kiosk-ui/dist/index.html']);
    const later = new Date(Date.now() + 5000);
    utimesSync(join(folder, 'src', 'main.ts'), later, later);
    expect(setUp().calls).toEqual(['build dist/src/main.js', 'build kiosk-ui/dist/index.html']);
    rmSync(join(folder, 'dist', 'src', 'main.js'));
    expect(setUp().calls).toEqual(['build dist/src/main.js']);
  });

  test('loses what was built of files that are gone', () => {
    const { folder, setUp } = clone();
    setUp();
    writeFileSync(join(folder, 'dist', 'old-product.js'), '');
    appendFileSync(join(folder, 'src', 'main.ts'), ' ');
    setUp();
    expect(existsSync(join(folder, 'dist', 'old-product.js'))).toBe(false);
  });

  test('is free again when the process that made it ready was killed', () => {
    const { folder, setUp } = clone();
    // No process has this number: it is above the highest that Linux gives.
    writeFileSync(join(folder, '.setup-lock'), String(2 ** 22 + 1));
    expect(setUp()).toMatchObject({ status: 0, calls: everything });
    expect(existsSync(join(folder, '.setup-lock'))).toBe(false);
  });

  const headers = existsSync('/usr/include/PCSC/winscard.h');
  if (!headers) console.warn('SKIPPED: adding PC/SC readers later: libpcsclite-dev is not installed');
  test.skipIf(!headers)('gets its PC/SC readers once their headers are installed', () => {
    const { setUp } = clone();
    expect(setUp({}).said).toContain('PC/SC readers are left out, everything else works');
    expect(setUp({})).toMatchObject({ status: 0, calls: ['npm install'], said: expect.stringContaining('adding PC/SC readers') });
    expect(setUp({}).calls).toEqual([]);
  });
});

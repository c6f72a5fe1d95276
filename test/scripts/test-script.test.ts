import { describe, expect, test } from 'vitest';
import { fakeClone } from '../kit/fake-clone.ts';

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

const allGood: Report = { numPassedTests: 123, numFailedTests: 0, numPendingTests: 3, numTodoTests: 1, testResults: [] };
const packages =
  'python3 socat mosquitto pcscd vsmartcard-vpcd libpcsclite-dev umockdev gir1.2-umockdev-1.0 python3-gi udev chromium'.split(
    ' ',
  );

/** A clone whose tests end with this report and in which every Debian package but `missing` is installed. */
function clone(report: Report | null, missing: string[] = []) {
  const fake = fakeClone();
  const installed = packages.filter((name) => !missing.includes(name));
  fake.putProgram('dpkg-query', `cat installed; test -e apt && printf '%s installed\\n' ${packages.join(' ')}; true`);
  fake.put('installed', installed.map((name) => `${name} installed\n`).join(''));
  fake.putProgram(
    'apt-get',
    'echo "apt-get $*" >> calls; case "$*" in *install*) test -n "$APT_FAILS" && exit 1; touch apt;; esac; exit 0',
  );
  fake.putProgram('sudo', 'shift; "$@"');
  // Put where npm would put it; installing in the fake clone leaves it alone.
  fake.put(
    'node_modules/vitest/vitest.mjs',
    `import { appendFileSync, writeFileSync } from 'node:fs';
     const output = process.argv.find((word) => word.startsWith('--outputFile.json='));
     appendFileSync('calls', 'vitest ' + process.argv.slice(2).filter((word) => !word.startsWith('--')).join(' ') + '\\n');
     ${report === null ? '' : `writeFileSync(output.split('=')[1], ${JSON.stringify(JSON.stringify(report))});`}
     process.exit(${report === null || report.numFailedTests > 0 ? 1 : 0});`,
  );
  return {
    ...fake,
    npmTest: (env: Record<string, string> = {}, ...args: string[]) => fake.run('test.mjs', { WITH_PCSC: '1', ...env }, ...args),
  };
}

test('when all is well, the last line counts the tests', () => {
  const { npmTest } = clone(allGood);
  const { status, said, calls } = npmTest({}, 'test/config', '-t', 'tabs');
  expect(said).toMatch(/\n123 passed, 0 failed, 4 skipped\n$/);
  for (const check of ['format', 'types: program', 'types: tests', 'types: screens', 'lint', 'unused code', 'tests']) {
    expect(said).toMatch(new RegExp(`^ok     ${check} \\(\\d+\\.\\d s\\)$`, 'm'));
  }
  expect(calls).toContain('vitest run test/config -t tabs');
  expect(status).toBe(0);
});

test('a check that fails is shown, stops nothing and fails the whole', () => {
  const { npmTest, put } = clone(allGood);
  npmTest();
  put('node_modules/oxlint/bin/oxlint', "console.log('a promise floats'); process.exit(1);");
  const { status, said } = npmTest();
  expect(said).toMatch(/^FAILED lint .*\na promise floats$/m);
  expect(said).toMatch(/^ok {5}unused code/m);
  expect(said).toMatch(/\nnot good: lint\n\n123 passed, 0 failed, 4 skipped\n$/);
  expect(status).toBe(1);
});

test.each([
  ['a test that fails', { ...allGood, numFailedTests: 2 }, '123 passed, 2 failed, 4 skipped'],
  [
    'a file that cannot be loaded',
    { ...allGood, testResults: [{ status: 'failed', assertionResults: [] }] },
    '123 passed, 1 failed, 4 skipped',
  ],
  ['a runner that dies', null, '0 passed, 1 failed, 0 skipped'],
])('%s fails the whole and is counted', (_, report, lastLine) => {
  const { status, said } = clone(report).npmTest();
  expect(said.trimEnd().split('\n').at(-1)).toBe(lastLine);
  expect(said).toContain('not good: tests');
  expect(status).toBe(1);
});

describe('Debian packages', () => {
  test('those that are missing, and no others, are installed', () => {
    const { status, said, calls } = clone(allGood, ['socat', 'chromium']).npmTest();
    expect(calls).toContain('apt-get -q install -y --no-install-recommends socat chromium');
    expect(calls.filter((call) => call.startsWith('apt-get -q update'))).toHaveLength(1);
    expect(said).not.toContain('SKIPPED');
    expect(status).toBe(0);
  });

  test('when nothing is missing, nothing is installed', () => {
    expect(
      clone(allGood)
        .npmTest()
        .calls.filter((call) => call.startsWith('apt-get')),
    ).toEqual([]);
  });

  test('what cannot be installed is said loudly, with what is skipped for it, and fails nothing', () => {
    const { status, said } = clone(allGood, ['mosquitto']).npmTest({ APT_FAILS: '1' });
    expect(said).toMatch(/# SOME TESTS WILL BE SKIPPED.*#\n# {3}mosquitto +devices behind a real MQTT broker +#/);
    expect(said).toMatch(/# {3}apt-get install mosquitto +#/);
    expect(status).toBe(0);
  });
});

/**
 * `npm test [-- vitest arguments]`: sets everything up, installs what the peers of the tests need where it may, and runs every
 * check. A check that fails does not stop the others. The last line counts the tests.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkNode, root, runScript, seconds, setUp } from './setup.mjs';

/** Debian packages, and what is skipped without each. */
const peerPackages = {
  python3: 'compiling native parts',
  socat: 'readers and relays on pseudo-terminals',
  mosquitto: 'devices behind a real MQTT broker',
  pcscd: 'cards on PC/SC',
  'vsmartcard-vpcd': 'cards on PC/SC',
  'libpcsclite-dev': 'cards on PC/SC',
  umockdev: 'scanners and relays on USB HID',
  'gir1.2-umockdev-1.0': 'scanners and relays on USB HID',
  'python3-gi': 'scanners and relays on USB HID',
  udev: 'the udev rules, read by udev itself',
  chromium: 'kiosk and demo page in a browser',
};

const checks = [
  ['format', 'biome/bin/biome', ['check', '.']],
  ['types: program', 'typescript/bin/tsc', ['--noEmit', '-p', '.']],
  ['types: tests', 'typescript/bin/tsc', ['--noEmit', '-p', 'test']],
  ['types: screens', 'typescript/bin/tsc', ['--noEmit', '-p', 'kiosk-ui']],
  ['lint', 'oxlint/bin/oxlint', ['--deny-warnings']],
  ['unused code', 'knip/bin/knip.js', ['--no-progress']],
];

await runScript(async () => {
  checkNode();
  installPeers();
  await setUp((line) => console.log(line));

  const failed = [];
  for (const [name, program, args] of checks) {
    const path = join(root, 'node_modules', program.startsWith('biome') ? `@biomejs/${program}` : program);
    if (!(await check(name, path, args))) failed.push(name);
  }
  const { counts, good } = await runTests(process.argv.slice(2));
  if (!good) failed.push('tests');
  if (failed.length > 0) console.log(`\nnot good: ${failed.join(', ')}`);
  console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return failed.length > 0 ? 1 : 0;
});

/** Says in one line how a check went; shows what it printed when it failed. */
function check(name, path, args) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds(started)})`);
      if (code !== 0) console.log(output);
      resolve(code === 0);
    });
  });
}

async function runTests(args) {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
  const report = join(folder, 'report.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const counts = existsSync(report) ? countsIn(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
  rmSync(folder, { recursive: true });
  const good = code === 0 && counts.failed === 0;
  console.log(`${good ? 'ok    ' : 'FAILED'} tests (${seconds(started)})`);
  return { counts, good };
}

/** A file that could not even be loaded counts as one failed test. */
function countsIn({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0);
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests + numTodoTests };
}

function installPeers() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const asRoot = process.getuid() === 0 ? [] : succeeds('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null;
  if (asRoot !== null && succeeds('apt-get', ['--version'])) {
    console.log(`installing ${missing.join(' ')} …`);
    apt(asRoot, ['update']);
    apt(asRoot, ['install', '-y', '--no-install-recommends', ...missing]);
  }
  const left = missingPackages();
  if (left.length > 0) sayWhatIsSkipped(left, asRoot === null);
}

function succeeds(command, args) {
  return spawnSync(command, args).status === 0;
}

function missingPackages() {
  const names = Object.keys(peerPackages);
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names], { encoding: 'utf8' });
  const there = new Set((stdout ?? '').split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])));
  return names.filter((name) => !there.has(name));
}

function apt(asRoot, args) {
  const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
  const { status, stdout, stderr } = spawnSync(command, rest, { encoding: 'utf8' });
  if (status !== 0) console.log(`apt-get ${args[0]} failed:\n${stdout ?? ''}${stderr ?? ''}`);
}

function sayWhatIsSkipped(missing, mayNot) {
  const lines = [
    'SOME TESTS WILL BE SKIPPED. These Debian packages are missing:',
    ...missing.map((name) => `  ${name.padEnd(16)} ${peerPackages[name]}`),
    mayNot ? 'This user may not install them. As root:' : 'They could not be installed (see above). To try by hand:',
    `  apt-get install ${missing.join(' ')}`,
  ];
  const width = Math.max(...lines.map((line) => line.length));
  const edge = '#'.repeat(width + 4);
  console.log([edge, ...lines.map((line) => `# ${line.padEnd(width)} #`), edge].join('\n'));
}

/**
 * Makes a fresh clone ready to run: checks Node, installs the packages, builds. Does only what is not done yet, so that it may run
 * before every command. Plain Node, because it runs before anything is installed.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Something that the person at the keyboard must do first. */
export class SetupFailure extends Error {}

/**
 * Throws `SetupFailure`, in words, when the clone cannot be made ready.
 * @param {(line: string) => void} say hears what is being done; nothing when there is nothing to do
 */
export async function setUp(say) {
  checkNode();
  if (installNeeded() === null && builds().every(isFresh)) return;
  const release = await takeTurn(say);
  try {
    await install(installNeeded(), say);
    const stale = builds().filter((build) => !isFresh(build));
    await Promise.all(stale.map((build) => run(build, say)));
  } finally {
    release();
  }
}

/** Runs `main` and ends the process with its exit code, or with the words of a `SetupFailure`. */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 3;
  }
}

export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, least, below] = /^>=([\d.]+) <([\d.]+)$/.exec(engines.node);
  if (order(process.versions.node) >= order(least) && order(process.versions.node) < order(below)) return;
  throw new SetupFailure(
    `Gatehouse runs on Node ${least} up to, but not including, ${below}. This is Node ${process.versions.node} (${process.execPath}).\n` +
      'Debian 13 has a good one: sudo apt-get install nodejs npm. For Debian 12 and others: https://nodejs.org (version 24 is recommended).',
  );
}

/** Versions as numbers that compare: 20.19.0 is 20 019 000. */
function order(version) {
  return version.split('.').reduce((sum, part, index) => sum + Number(part) * 1000 ** (2 - index), 0);
}

const marker = join(root, 'node_modules', '.gatehouse-setup.json');

/** What is installed is tied to the lock file, and native parts to one version of Node. */
function wantedPackages() {
  const lock = hashOf([join(root, 'package-lock.json')], (path) => readFileSync(path));
  return { lock, node: process.versions.modules, architecture: process.arch };
}

/** `ci`: everything; `pcsc`: what PC/SC readers need, which could not be built before; null: nothing. */
function installNeeded() {
  const wanted = wantedPackages();
  const installed = existsSync(marker) ? JSON.parse(readFileSync(marker, 'utf8')) : installedByHand(wanted);
  if (Object.entries(wanted).some(([name, value]) => installed?.[name] !== value)) return 'ci';
  return installed.pcsc === 'left out' && existsSync('/usr/include/PCSC/winscard.h') ? 'pcsc' : null;
}

/** Packages that `npm ci` installed without this script, later than the lock file was written, and that this Node can load. */
function installedByHand(wanted) {
  const installedAt = modifiedAt(join(root, 'node_modules', '.package-lock.json'));
  if (installedAt === 0 || installedAt < modifiedAt(join(root, 'package-lock.json'))) return null;
  try {
    const Database = createRequire(import.meta.url)('better-sqlite3');
    new Database(':memory:').close();
  } catch {
    return null;
  }
  return mark({ ...wanted, pcsc: pcscState() });
}

async function install(needed, say) {
  if (needed === 'ci') {
    say('installing packages (SQLite may be compiled here: allow two minutes) …');
    const started = performance.now();
    await npm(['ci', '--no-audit', '--no-fund'], say);
    mark({ ...wantedPackages(), pcsc: pcscState() });
    say(`packages installed in ${seconds(started)}`);
    if (pcscState() === 'left out') {
      say(
        'PC/SC readers are left out, everything else works. To have them: sudo apt-get install libpcsclite-dev, and start again.',
      );
    }
  }
  if (needed === 'pcsc') {
    say('adding PC/SC readers …');
    // `--no-save`: adds the optional package that could not be built, and leaves package.json and the lock file alone.
    await npm(['install', '--no-save', '--no-audit', '--no-fund'], say);
    const failed = pcscState() === 'left out';
    mark({ ...wantedPackages(), pcsc: failed ? 'failed' : 'installed' });
    if (failed) say('PC/SC readers could not be built; everything else works');
  }
}

function mark(content) {
  writeFileSync(marker, JSON.stringify(content));
  return content;
}

function pcscState() {
  return existsSync(join(root, 'node_modules', 'nfc-pcsc', 'package.json')) ? 'installed' : 'left out';
}

async function npm(args, say) {
  // The npm that runs this script, if one does; else the first on the path.
  const [command, ...first] = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const started = performance.now();
  const stillThere = setInterval(() => say(`  npm ${args[0]}: ${seconds(started)} …`), 20_000);
  const { code, output } = await ended(command, [...first, ...args], { ...process.env, ...nodeHeaders() });
  clearInterval(stillThere);
  if (code === 0) return;
  if (code === 'ENOENT') throw new SetupFailure('npm is missing: sudo apt-get install npm');
  const missing = ['make', 'g++', 'python3'].filter((tool) => spawnSync('which', [tool]).status !== 0);
  const why =
    missing.length > 0
      ? `A compiler is needed, and there is no ${missing.join(', ')}: sudo apt-get install build-essential python3`
      : 'What npm said stands above; does this machine reach the npm registry?';
  throw new SetupFailure(`${output}\nnpm ${args[0]} failed. ${why}`);
}

/** Where Node's own headers are installed beside it, compiling needs no download of them. */
function nodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  const versionFile = join(prefix, 'include', 'node', 'node_version.h');
  if (!existsSync(versionFile)) return {};
  const text = readFileSync(versionFile, 'utf8');
  const version = ['MAJOR', 'MINOR', 'PATCH'].map((part) => new RegExp(`define NODE_${part}_VERSION (\\d+)`).exec(text)?.[1]);
  return version.join('.') === process.versions.node ? { npm_package_config_node_gyp_nodedir: prefix } : {};
}

function builds() {
  const shared = ['tsconfig.json', 'package-lock.json'].map((name) => join(root, name));
  return [
    {
      what: 'the program',
      sources: [...shared, ...['src', 'devices', 'demo'].flatMap(filesIn)],
      folder: join(root, 'dist'),
      result: join('src', 'main.js'),
      args: ['typescript/bin/tsc', '-p', '.'],
    },
    {
      what: 'the screens',
      sources: [...shared, ...['kiosk-ui', 'src'].flatMap(filesIn)],
      folder: join(root, 'kiosk-ui', 'dist'),
      result: 'index.html',
      args: ['vite/bin/vite.js', 'build', 'kiosk-ui', '--logLevel', 'warn'],
    },
  ];
}

function isFresh({ sources, folder, result }) {
  const stamp = join(folder, '.stamp');
  return existsSync(join(folder, result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(sources);
}

async function run({ what, sources, folder, args: [program, ...args] }, say) {
  say(`building ${what} …`);
  const started = performance.now();
  const stamp = stampOf(sources);
  // Files whose source is gone must not stay: products are found by what lies in their folder.
  rmSync(folder, { recursive: true, force: true });
  const { code, output } = await ended(process.execPath, [join(root, 'node_modules', program), ...args], process.env);
  if (code !== 0) throw new SetupFailure(`${output}\n${what} could not be built, see above`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '.stamp'), stamp);
  say(`built ${what} in ${seconds(started)}`);
}

function stampOf(sources) {
  return hashOf(sources, (path) => `${path} ${statSync(path).mtimeMs} ${statSync(path).size}`);
}

function filesIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'dist')
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(root, folder, entry.name)]));
}

/** Waits until no other process makes this clone ready; the answer ends the turn. */
async function takeTurn(say) {
  const lock = join(root, '.setup-lock');
  const mine = `${lock}-${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let waited = false; ; waited = true) {
      try {
        // A link appears whole or not at all, so that nobody finds a lock without its holder.
        linkSync(mine, lock);
        return () => rmSync(lock, { force: true });
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (!isAlive(holder)) rmSync(lock, { force: true });
      else if (!waited) say(`waiting for process ${holder}, which makes this clone ready …`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAlive(pid) {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** @returns {Promise<{ code: number | string, output: string }>} how a program ended, and what it printed */
function ended(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', (error) => resolve({ code: error.code, output }));
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

function hashOf(paths, contentOf) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(contentOf(path));
  return hash.digest('hex');
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

export function seconds(startedMs) {
  return `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    const started = performance.now();
    await setUp((line) => console.log(line));
    console.log(`ready (${seconds(started)})`);
  });
}

// Tap to relay: the last byte into the reader's pseudo-terminal to the first byte out of the relay's, with 100 000 members
// loaded, beside a bare program on the same machine in the same run. `npm run bench [-- --taps N]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openWorkplace } from './workplace.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const members = 100_000;
const gapMs = 20;
const blockTaps = 250;
const argument = process.argv.indexOf('--taps');
const taps = argument === -1 ? 2000 : Number(process.argv[argument + 1]);
if (!Number.isInteger(taps) || taps < blockTaps) {
  console.error(`--taps must be a whole number from ${blockTaps}, not \`${process.argv[argument + 1]}\``);
  process.exit(2);
}

const { folder, children, cleanUp } = openWorkplace();

try {
  console.log(`loading a club of ${members} members …`);
  const snapshot = join(folder, 'club.json');
  writeFileSync(snapshot, JSON.stringify(makeClub()));
  const data = join(folder, 'data');
  await run('bin/gatehouse', ['import', 'snapshot', snapshot, '--data', data]);

  const floor = await openContender('floor', (reader, relay) =>
    start('node', ['bench/floor.mjs', reader, relay, join(folder, 'floor.db')], 'ready'),
  );
  const gatehouse = await openContender('gatehouse', (reader, relay) => {
    const config = join(folder, 'gatehouse.yaml');
    writeFileSync(config, configText(data, reader, relay));
    return start('node', ['dist/src/main.js', 'start', '--config', config], 'running');
  });

  console.log(`${taps} taps each, one every ${gapMs} ms, in blocks of ${blockTaps} turn by turn`);
  for (const contender of [floor, gatehouse]) await block(contender, 0, blockTaps);
  for (const contender of [floor, gatehouse]) contender.times.length = 0;
  for (let done = 0; done < taps; done += blockTaps) {
    const count = Math.min(blockTaps, taps - done);
    await block(floor, blockTaps + done, count);
    await block(gatehouse, blockTaps + done, count);
    progress(done + count);
  }
  report(floor, gatehouse);
} finally {
  cleanUp();
}

/** Members with three memberships each, of which one is good; every card opens once a day. */
function makeClub() {
  const today = new Date().toISOString().slice(0, 10);
  const ids = Array.from({ length: members }, (_, index) => index);
  const membership = (member, number, rest) => ({
    id: `p${member}-${number}`,
    typeId: `t${number}`,
    memberIds: [`m${member}`],
    soldOn: '2026-01-01',
    startsOn: '2026-01-01',
    payment: { mode: 'one_off', state: 'paid' },
    ...rest,
  });
  const type = (id, title, terms) => ({
    id,
    title,
    terms: { activation: 'sale', entitlements: [{ scope: { any: true } }], ...terms },
  });
  return {
    format: 'gatehouse-snapshot/1',
    takenAt: new Date().toISOString(),
    branches: [{ id: 'center', name: 'Center', timeZone: 'Europe/Warsaw' }],
    membershipTypes: [
      type('t1', 'Monthly', {}),
      type('t2', 'Visit pass', {
        visits: 12,
        availability: [{ weekDays: [1, 2, 3, 4, 5, 6, 7], intervals: [{ from: '00:00', to: '24:00' }] }],
      }),
      type('t3', 'Last year', {}),
    ],
    members: ids.map((index) => ({ id: `m${index}`, name: `Member ${index}`, language: 'pl' })),
    credentials: ids.map((index) => ({
      id: `c${index}`,
      kind: 'rfid',
      value: cardOf(index),
      memberId: `m${index}`,
      status: 'active',
    })),
    memberships: ids.flatMap((index) => [
      membership(index, 1, { state: 'expired', endsOn: '2026-02-01', visits: { left: null } }),
      membership(index, 2, { state: 'active', endsOn: `${Number(today.slice(0, 4)) + 1}-12-31`, visits: { left: 12 } }),
      membership(index, 3, { state: 'cancelled', startsOn: '2025-01-01', endsOn: '2025-12-31', visits: { left: null } }),
    ]),
  };
}

function cardOf(index) {
  return (0x0f00000000 + index * 7919).toString(16).padStart(10, '0').toUpperCase();
}

/** An EM4100 card as an RDM6300 sends it. */
function frameOf(index) {
  const card = cardOf(index);
  const sum = Buffer.from(card, 'hex').reduce((xor, byte) => xor ^ byte, 0);
  return `02${Buffer.from(card + sum.toString(16).padStart(2, '0').toUpperCase(), 'latin1').toString('hex')}03`;
}

function configText(data, reader, relay) {
  return `gateway: box-1
branch: center
data: ${data}
http: { host: 127.0.0.1, port: 18473 }
readers:
  entrance: { gate: main-in, device: rdm6300, serial: { path: ${reader} } }
gates:
  main-in: { relay: { device: lcus, serial: { path: ${relay} }, pulseMs: 500 } }
`;
}

async function openContender(name, begin) {
  const wire = spawn('python3', ['bench/wire.py'], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(wire);
  const lines = createInterface({ input: wire.stdout })[Symbol.asyncIterator]();
  const [reader, relay] = (await lines.next()).value.split(' ');
  await begin(reader, relay);
  return { name, wire, lines, times: [] };
}

async function block({ name, wire, lines, times }, from, count) {
  // Far apart, so that neither the database's pages nor the processor's caches know the next member.
  const frames = Array.from({ length: count }, (_, index) => frameOf(((from + index) * 7907) % members));
  wire.stdin.write(`${gapMs} ${frames.join(' ')}\n`);
  const answers = (await lines.next()).value.split(' ').map(Number);
  if (answers.includes(-1)) throw new Error(`${name} left ${answers.filter((one) => one < 0).length} taps unanswered`);
  times.push(...answers);
}

async function start(command, args, ready) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) if (line.includes(ready)) break;
  child.stdout.resume();
  // Lines are opened in the background.
  await new Promise((resolve) => setTimeout(resolve, 1500));
}

async function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${args[0]} ended with ${code}`);
}

function progress(done) {
  if (process.stdout.isTTY) process.stdout.write(`\r${done} of ${taps} `);
}

function report(floor, gatehouse) {
  const quantile = (times, share) =>
    [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
  const shares = { p50: 0.5, p90: 0.9, p99: 0.99, max: 1 };
  const cells = ({ times }) => Object.values(shares).map((share) => quantile(times, share));
  const row = (title, values, unit) => `${title.padEnd(12)}${values.map((value) => `${value}${unit}`.padStart(12)).join('')}`;
  const model = cpus()[0]?.model ?? 'unknown processor';
  console.log(`\n${model}, ${cpus().length} cores, Node ${process.version}, ${members} members\n`);
  console.log(row('', Object.keys(shares), ''));
  console.log(
    row(
      'floor',
      cells(floor).map((us) => us.toFixed(0)),
      ' µs',
    ),
  );
  console.log(
    row(
      'gatehouse',
      cells(gatehouse).map((us) => us.toFixed(0)),
      ' µs',
    ),
  );
  const ratios = cells(gatehouse).map((us, index) => us / cells(floor)[index]);
  console.log(
    row(
      'ratio',
      ratios.map((ratio) => ratio.toFixed(2)),
      '',
    ),
  );
  console.log(`\naim: p50 ≤ 1.25 × floor, p99 ≤ 1.5 × floor: ${ratios[0] <= 1.25 && ratios[2] <= 1.5 ? 'reached' : 'missed'}`);
}

// What a decision costs: with three memberships and its explanation, facts in memory, beside the same twelve conditions on one
// membership in four rule engines; then with the facts from a store of a million members. `npm run bench -- --only decision
// [--members N]`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openClubDatabase, openClubStore } from '../dist/src/adapters/store/club-store.js';
import { openJournal } from '../dist/src/adapters/store/journal-store.js';
import { createVirtualClock } from '../dist/src/adapters/system/virtual-clock.js';
import { admit } from '../dist/src/app/admit.js';
import { rulesFor } from '../dist/src/app/box-settings.js';
import { gatherFacts, quietGate } from '../dist/src/app/gather-facts.js';
import { createNews } from '../dist/src/app/news.js';
import { runGate } from '../dist/src/app/run-gate.js';
import { decide } from '../dist/src/domain/access/decide.js';
import { boxSettings, fillClub, lastVisitAt, now, readOf } from './club.mjs';
import { measureInTurns, measureSteps } from './measure.mjs';
import casbin from './rivals/casbin.mjs';
import cedar from './rivals/cedar.mjs';
import { failingInputs, passingInput } from './rivals/inputs.mjs';
import jsonLogic from './rivals/json-logic.mjs';
import jsonRulesEngine from './rivals/json-rules-engine.mjs';
import { openWorkplace } from './workplace.mjs';

const { values } = parseArgs({ options: { members: { type: 'string', default: '1000000' } } });
const members = Number(values.members);
const leastMembers = 50_000;
if (!Number.isInteger(members) || members < leastMembers) {
  console.error(`--members must be a whole number from ${leastMembers}, not \`${values.members}\``);
  process.exit(2);
}

/** Calls in memory go round as many different inputs as this. */
const distinctInputs = 64;
const taps = 20_000;
/** So many of those who tap have come before. */
const visits = 5000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const { folder, children, cleanUp } = openWorkplace();

try {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}, Node ${process.version}\n`,
  );
  const settings = await boxSettings();
  const inMemory = await measureInMemory(settings);
  const fromStore = await measureFromStore(settings);
  console.log('\nundisturbed: p99 of what was measured while no other program took the processor');
  console.log('collector: in how many of the slowest hundredth the garbage collector ran');
  console.log(`\naim: three memberships here at or below one in json-logic-js: ${verdict(inMemory)}`);
  console.log(`aim: p99 ≤ 100 µs with the store: ${verdict(fromStore)}`);
} finally {
  cleanUp();
}

function verdict({ reached, found }) {
  return `${reached ? 'reached' : 'missed'} (${found})`;
}

async function measureInMemory(settings) {
  const club = openClub(join(folder, 'small.db'), settings);
  fillClub(club.database, distinctInputs);
  club.visit(lastVisitAt, distinctInputs);
  const ours = [
    ourContender('gatehouse, three memberships', club, now, ({ outcome }) => outcome === 'granted'),
    ourContender(
      'gatehouse, refused until tomorrow',
      club,
      now + 13 * hourMs,
      ({ outcome, nextAllowedAt }) => outcome === 'denied' && nextAllowedAt === now + dayMs - 4 * hourMs,
    ),
    ourContender(
      'gatehouse, refused for good',
      club,
      now + 365 * dayMs,
      ({ outcome, nextAllowedAt }) => outcome === 'denied' && nextAllowedAt === null,
    ),
  ];
  club.close();
  const rivals = [];
  for (const rival of [jsonLogic, jsonRulesEngine, casbin, cedar]) rivals.push(await rivalContender(rival));

  const results = await measureInTurns([...ours, ...rivals], { rounds: 20, turnMs: 100, batchMs: 0.25 });
  console.log('One decision, facts in memory; what is measured is the mean of so many calls at once\n');
  console.log(heading('calls'));
  for (const result of results) console.log(row(result.name, result, String(result.batch)));
  const medianOf = (name) => results.find((result) => result.name === name).p50;
  const [here, there] = [medianOf('gatehouse, three memberships'), medianOf('json-logic-js, one membership')];
  return { reached: here <= there, found: `${here.toFixed(1)} µs to ${there.toFixed(1)} µs` };
}

function ourContender(name, club, at, isRight) {
  const facts = Array.from({ length: distinctInputs }, (_, index) => club.factsOf(index, at));
  for (const one of facts) {
    const decision = decide(one, club.rules);
    if (!isRight(decision)) throw new Error(`${name}: ${JSON.stringify(decision)}`);
  }
  return { name, call: (index) => isRight(decide(facts[index % distinctInputs], club.rules)) };
}

async function rivalContender({ name, prepare, admits, answersLater = false }) {
  for (const { condition, input } of failingInputs) {
    if ((await admits(prepare(input))) !== false) throw new Error(`${name} admits whom \`${condition}\` refuses`);
  }
  const inputs = Array.from({ length: distinctInputs }, (_, index) => prepare(passingInput(index)));
  return { name: `${name}, one membership`, answersLater, call: (index) => admits(inputs[index % distinctInputs]) };
}

async function measureFromStore(settings) {
  const path = join(folder, 'club.db');
  console.log(`\nloading a club of ${members} members, ${members * 3} memberships, ${members} cards …`);
  await run(process.execPath, [fileURLToPath(new URL('fill-club.mjs', import.meta.url)), path, String(members)]);
  const club = openClub(path, settings);
  club.visit(lastVisitAt, visits, memberOf);
  const steps = [
    (tap) => club.factsOf(memberOf(tap), now),
    (_tap, facts) => {
      if (decide(facts, club.rules).outcome !== 'granted') throw new Error('a member was refused');
    },
  ];
  const [facts, decision, both] = await measureSteps(steps, { warmUpCalls: taps, calls: taps });
  const [machine] = await measureSteps([bareLoop], { warmUpCalls: taps, calls: taps });
  club.close();
  const megabytes = Math.round(statSync(path).size / 1e6);
  console.log(`\nOne tap, facts from a store of ${megabytes} MB; ${taps} taps by random members, each measured by itself\n`);
  console.log(heading());
  console.log(row('card looked up, facts gathered', facts));
  console.log(row('decided', decision));
  console.log(row('both', both));
  console.log(row('a bare loop, for comparison', machine));
  return { reached: both.p99 <= 100, found: `${both.p99.toFixed(0)} µs, undisturbed ${both.p99Undisturbed.toFixed(0)} µs` };
}

/** Touches no memory: what it takes at the 99th percentile beyond its median is the machine's doing. */
function bareLoop() {
  let sum = 0;
  for (let number = 0; number < 40_000; number += 1) sum = (sum * 31 + number) | 0;
  return sum;
}

/** Anybody, the same at each run; taps before the first, to warm up, are other people's. */
function memberOf(tap) {
  return (Math.imul(tap, 2_654_435_761) >>> 0) % members;
}

/** A club's data and journal as a gateway opens them, in touch with its hub and sure of its clock. */
function openClub(path, settings) {
  const database = openClubDatabase(path);
  const clubData = openClubStore(path);
  const journal = openJournal(`${path}.gate`, { gateway: settings.gateway });
  const sources = {
    clubData,
    journal,
    contact: { contactAt: () => now, alone: () => false },
    clockTrusted: () => true,
    cardNumbers: { spelled: ['full'] },
  };
  const rules = rulesFor(settings, settings.gates[0]);
  return {
    database,
    rules,
    factsOf: (index, at) => gatherFacts(sources, { rules, read: readOf(index), gateFacts: quietGate, now: at }),
    /** Lets people in, so that the journal has visits. */
    visit(at, count, memberOf = (index) => index) {
      const log = { info() {}, warn() {}, error() {} };
      const parts = { ...sources, clock: createVirtualClock(at), news: createNews(() => {}), log, rulesOf: () => rules };
      const gate = runGate({ ...parts, settings: rules.gate, relay: null, canStillPay: () => true });
      for (let index = 0; index < count; index += 1) {
        const { code } = admit(parts, gate, readOf(memberOf(index)), null);
        if (code !== 'OK') throw new Error(`a visit ended with ${code}`);
      }
    },
    close() {
      journal.close();
      clubData.close();
      database.close();
    },
  };
}

async function run(command, args) {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  children.push(child);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`);
}

function heading(last = '') {
  return cells('', ['p50', 'p99', 'undisturbed', 'collector', last]);
}

function row(title, { p50, p99, p99Undisturbed, collected }, last = '') {
  const us = (time) => `${time.toFixed(1)} µs`;
  return cells(title, [us(p50), us(p99), us(p99Undisturbed), `${Math.round(collected * 100)} %`, last]);
}

function cells(title, values) {
  return `${title.padEnd(36)}${values.map((value) => value.padStart(12)).join('')}`.trimEnd();
}

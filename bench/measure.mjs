// How long calls take, and what else happened in the slow ones.
import { PerformanceObserver } from 'node:perf_hooks';

/**
 * Lets contenders work in turns, so that whatever else the machine does falls on all of them alike. A contender has a `name` and
 * `call(index)`, which answers whether the call did what it should; with `answersLater` it answers by a promise.
 * @returns for each contender `batch`, its calls in a sample, and what `describe` says of the samples
 */
export async function measureInTurns(contenders, { rounds, turnMs, batchMs }) {
  const collections = watchCollections();
  const measured = [];
  for (const contender of contenders) {
    // What is called first must not be measured while it is still being compiled.
    const warm = await work(contender, turnMs * 5, warmUpBatch);
    const { p50 } = describe(warm.slice(warm.length / 2), collections);
    measured.push({ contender, batch: Math.max(1, Math.round((batchMs * 1000) / p50)), samples: [] });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { contender, batch, samples } of measured) samples.push(...(await work(contender, turnMs, batch)));
  }
  await collections.arrived();
  const described = measured.map(({ contender, batch, samples }) => ({
    name: contender.name,
    batch,
    ...describe(samples, collections),
  }));
  collections.stop();
  return described;
}

/**
 * Times each call by itself: `steps` are called one after the other, each with the call's number and what the step before gave.
 * Calls to warm up have numbers below 0.
 * @returns what `describe` says of each step, and last of all of them together
 */
export async function measureSteps(steps, { warmUpCalls, calls }) {
  const collections = watchCollections();
  const samples = [...steps, null].map(() => []);
  for (let index = -warmUpCalls; index < calls; index += 1) {
    const at = [performance.now()];
    const switches = interruptions();
    let given;
    for (const step of steps) {
      given = step(index, given);
      at.push(performance.now());
    }
    if (index < 0) continue;
    const interrupted = interruptions() > switches;
    for (const number of steps.keys()) samples[number].push(sampleOf(at[number], at[number + 1], 1, interrupted));
    samples[steps.length].push(sampleOf(at[0], at[steps.length], 1, interrupted));
  }
  await collections.arrived();
  const described = samples.map((one) => describe(one, collections));
  collections.stop();
  return described;
}

const warmUpBatch = 20;

async function work(contender, turnMs, batch) {
  const samples = [];
  const startedAt = performance.now();
  for (let calls = 0; performance.now() - startedAt < turnMs; calls += batch) {
    const switches = interruptions();
    const from = performance.now();
    const good = contender.answersLater ? await goodLater(contender, calls, batch) : goodNow(contender, calls, batch);
    const until = performance.now();
    if (good !== batch) throw new Error(`${contender.name} answered ${batch - good} of ${batch} calls wrongly`);
    samples.push(sampleOf(from, until, batch, interruptions() > switches));
  }
  return samples;
}

function goodNow({ call }, first, count) {
  let good = 0;
  for (let index = first; index < first + count; index += 1) if (call(index)) good += 1;
  return good;
}

async function goodLater({ call }, first, count) {
  let good = 0;
  for (let index = first; index < first + count; index += 1) if (await call(index)) good += 1;
  return good;
}

function sampleOf(from, until, calls, interrupted) {
  return { from, until, us: ((until - from) * 1000) / calls, interrupted };
}

/** How often the system has given this process's processor to another one. */
function interruptions() {
  return process.resourceUsage().involuntaryContextSwitches;
}

/**
 * In µs: the median, the 99th percentile, and the one of the samples during which nobody took the processor away; and of the slowest
 * hundredth, the share in which the garbage collector ran.
 */
function describe(samples, collections) {
  const p99 = quantile(samples, 0.99);
  const slowest = samples.filter(({ us }) => us >= p99);
  return {
    p50: quantile(samples, 0.5),
    p99,
    p99Undisturbed: quantile(
      samples.filter(({ interrupted }) => !interrupted),
      0.99,
    ),
    collected: slowest.filter((one) => collections.ranIn(one)).length / slowest.length,
  };
}

function quantile(samples, share) {
  const times = samples.map(({ us }) => us).sort((a, b) => a - b);
  return times[Math.max(0, Math.ceil(times.length * share) - 1)] ?? Number.NaN;
}

function watchCollections() {
  const seen = [];
  const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return {
    /** Node tells of collections in a later turn of the event loop. */
    arrived: () => new Promise((resolve) => setTimeout(resolve, 50)),
    ranIn: ({ from, until }) => seen.some(({ startTime, duration }) => startTime < until && startTime + duration > from),
    stop: () => observer.disconnect(),
  };
}

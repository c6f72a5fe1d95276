import { expect, test, vi } from 'vitest';
import { type Ear, tellingReadings } from '../../../src/app/installer/ear.ts';
import { type Arrival, listen } from '../../../src/app/installer/listen.ts';
import { listenOverSpeeds } from '../../../src/app/installer/listen-over-speeds.ts';
import { suspectSpeed } from '../../../src/app/installer/suspect-speed.ts';
import { settingsVariants } from '../../../src/config/settings-variants.ts';
import { fromHex, toHex } from '../../../src/lib/hex.ts';
import { loadProfiles } from '../../../src/load-profiles.ts';
import { fakeClock } from '../../kit/fake-clock.ts';
import { createFakeLine } from '../../kit/fake-line.ts';

const { readers } = await loadProfiles();
const ears: Ear[] = ['rdm6300', 'line'].flatMap((id) => {
  const profile = readers.get(id);
  if (profile?.speaks !== 'stream') throw new Error(`no ${id}`);
  return settingsVariants(profile, 1).map((variant) => ({ profile, ...variant }));
});
const card = fromHex('02 35 35 30 30 37 45 45 34 32 34 45 42 03');

async function listening() {
  const clock = fakeClock();
  const line = createFakeLine();
  const sent: string[] = [];
  line.far.onBytes((bytes) => sent.push(toHex(bytes)));
  const arrivals: Arrival[] = [];
  const ends: string[] = [];
  const listener = { arrived: (arrival: Arrival) => arrivals.push(arrival), ended: (why: string) => ends.push(why) };
  const stop = await listen(line, ears, listener, clock);
  return { clock, line, sent, arrivals, ends, stop };
}

const told = (arrival: Arrival | undefined) =>
  tellingReadings(arrival?.readings ?? []).map(({ device, changed, read }) => [device, changed, read?.value]);

test('what comes in pieces is told as one arrival, with every product that reads it', async () => {
  const { clock, line, arrivals } = await listening();
  line.far.write(card.subarray(0, 5));
  clock.advance(10);
  line.far.write(card.subarray(5));
  expect(arrivals).toEqual([]);
  clock.advance(40);
  expect(arrivals.map(({ bytes }) => toHex(bytes))).toEqual([toHex(card)]);
  expect(told(arrivals[0])).toEqual([
    ['rdm6300', {}, '55007EE424'],
    ['rdm6300', { number: 'low32' }, '007EE424'],
    ['rdm6300', { number: 'low24' }, '7EE424'],
  ]);
});

test('a frame that pauses in the middle is still read, as it would be at the gate; one that stays unfinished is not', async () => {
  const { clock, line, arrivals } = await listening();
  line.far.write(card.subarray(0, 5));
  clock.advance(100);
  line.far.write(card.subarray(5));
  clock.advance(100);
  expect(arrivals.map((arrival) => told(arrival).length)).toEqual([0, 3]);
  line.far.write(card.subarray(0, 5));
  clock.advance(600);
  line.far.write(card.subarray(5));
  clock.advance(100);
  expect(told(arrivals[3])).toEqual([]);
});

test('nothing is ever sent, and the line is let go of at the end with what had come', async () => {
  const { clock, line, sent, arrivals, stop } = await listening();
  line.far.write(fromHex('41 42'));
  await stop();
  expect(arrivals.map(({ bytes }) => toHex(bytes))).toEqual(['4142']);
  clock.advance(1_000);
  expect(arrivals.length).toBe(1);
  expect(sent).toEqual([]);
  await expect(line.open({ bytes() {}, closed() {} })).resolves.toBeDefined();
});

test('a line that ends says why', async () => {
  const { line, ends } = await listening();
  line.far.unplug();
  expect(ends).toEqual(['`fake line` was unplugged']);
});

test('what never falls silent is told in parts', async () => {
  const { line, arrivals } = await listening();
  for (let times = 0; times < 5; times++) line.far.write(new Uint8Array(500).fill(0x55));
  expect(arrivals.map(({ bytes }) => bytes.length)).toEqual([1_500]);
});

test.each([
  ['bytes of another speed', '80 F8 00 78 FE 80 00', true],
  ['zeros, as a much slower reader looks', '00 00 00 00 00', true],
  ['text that no product reads', '41 42 43 44 45', false],
  ['too few bytes to say', 'FE 80', false],
])('%s: suspected %s', (_what, hex, suspected) => {
  expect(suspectSpeed({ bytes: fromHex(hex), readings: [] })).toBe(suspected);
});

test('noise that a line reader takes for a code is suspected all the same; a card is not', () => {
  const reading = (value: string) => ({ device: 'line', changed: {}, read: { kind: 'barcode' as const, value }, keys: null });
  expect(suspectSpeed({ bytes: fromHex('FE 80 F8 00 0D'), readings: [reading('þø')] })).toBe(true);
  expect(suspectSpeed({ bytes: fromHex('02 0A 02 06 00 8E 6D 5D B0 03'), readings: [reading('06008E6D5D')] })).toBe(false);
});

test('the next speed is tried when what came makes no sense, and only then', async () => {
  const clock = fakeClock();
  const lines = new Map([9600, 19200].map((speed) => [speed, createFakeLine(`at ${speed}`)]));
  const said: string[] = [];
  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const ended = listenOverSpeeds(
    (speed) => lines.get(speed) ?? createFakeLine(),
    [9600, 19200],
    ears,
    {
      listening: (speed) => said.push(`listening at ${speed}`),
      arrived: ({ bytes }) => said.push(toHex(bytes)),
      nonsense: (speed, next) => said.push(`no sense at ${speed}, next ${next}`),
    },
    done,
    clock,
  );
  await vi.waitFor(() => expect(said.at(-1)).toBe('listening at 9600'));
  lines.get(9600)?.far.write(fromHex('80 F8 00 78'));
  clock.advance(50);
  await vi.waitFor(() => expect(said.at(-1)).toBe('listening at 19200'));
  lines.get(19200)?.far.write(card);
  clock.advance(50);
  finish();
  expect(await ended).toBeNull();
  expect(said).toEqual(['listening at 9600', '80F80078', 'no sense at 9600, next 19200', 'listening at 19200', toHex(card)]);
});

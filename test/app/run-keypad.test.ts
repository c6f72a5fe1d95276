import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import keypadText from '../../devices/readers/keypad-text.ts';
import { runKeypad } from '../../src/app/run-keypad.ts';
import { runMqttReader } from '../../src/app/run-mqtt-reader.ts';
import { runStreamReader } from '../../src/app/run-reader.ts';
import { sha256 } from '../../src/lib/sha256.ts';
import { defineMqttReader } from '../../src/ports/device.ts';
import { type BoxOnFakes, boxOnFakes } from '../kit/box-on-fakes.ts';
import { fakeBrokerServer } from '../kit/fake-broker.ts';
import { createFakeLine } from '../kit/fake-line.ts';
import { smallClub } from '../kit/running-gateway.ts';

/** Anna may also type 4711. */
function clubWithPin(): unknown {
  const club = structuredClone(smallClub()) as { members: { id: string }[]; credentials: unknown[] };
  const value = `sha256:salt:${sha256('salt4711')}`;
  const memberId = club.members[0]?.id;
  return { ...club, credentials: [...club.credentials, { id: 'pin1', kind: 'pin', value, memberId, status: 'active' }] };
}

describe('a keypad at a gate', () => {
  let at: BoxOnFakes;
  let line: ReturnType<typeof createFakeLine>;
  let keys: (pressed: string) => ReturnType<ReturnType<typeof runKeypad>>;

  beforeEach(async () => {
    at = boxOnFakes([{ id: 'main-in' }], { snapshot: clubWithPin() });
    line = createFakeLine();
    keys = runKeypad({
      id: 'entrance',
      settings: { length: null },
      clock: at.clock,
      log: at.log,
      register: () => at.box.health.register({ id: 'keypad entrance', product: 'Keypad', where: line.name }),
      tap: (read) => at.box.tap('main-in', read, null),
    });
    const health = at.box.health.register({ id: 'reader entrance', product: 'Keypad', where: line.name });
    const parts = { id: 'entrance', clock: at.clock, health, log: at.log, read: () => 'denied' as const, keys, frameComes() {} };
    runStreamReader(keypadText, {}, line, parts);
    await at.clock.advanceSlowly(0);
  });

  const typed = (text: string) => line.far.write(Buffer.from(text, 'latin1'));

  it('opens for a member who types a PIN, key by key', () => {
    for (const key of '4711#') {
      typed(key);
      at.clock.advance(300);
    }
    expect(at.opened).toEqual(['main-in']);
  });

  it('does not open for a PIN whose keys lie too far apart', () => {
    typed('47');
    at.clock.advance(6_000);
    typed('11#');
    expect(at.opened).toEqual([]);
  });

  it('says how the PIN was answered, for lamps and buzzers', () => {
    expect(keys('47')).toBeNull();
    expect(keys('11#')).toBe('granted');
    expect(keys('1234#')).toBe('denied');
  });

  it('a PIN that nobody has stands neither in the journal nor in the log nor on the status page', () => {
    typed('8765#');
    const kept = JSON.stringify([at.journal.after(0, 100), at.log.lines, at.box.health.all()]);
    expect(at.journal.newest()?.event).toMatchObject({ kind: 'decision', read: 'pin:****' });
    expect(kept).not.toContain('8765');
  });

  it('is locked after five wrong PINs in a row: not even the right one opens, and the log and the status page say so once', () => {
    for (const pin of ['1111', '2222', '3333', '4444', '5555']) typed(`${pin}#`);
    expect(at.box.health.get('keypad entrance')).toMatchObject({
      state: 'down',
      why: '5 wrong PINs in a row: no key counts for 60 s',
    });
    typed('4711#');
    expect(at.opened).toEqual([]);
    expect(at.log.lines.filter(({ message }) => message === 'a keypad is locked')).toHaveLength(1);
    at.clock.advance(60_000);
    expect(at.box.health.get('keypad entrance')).toMatchObject({ state: 'up' });
    typed('4711#');
    expect(at.opened).toEqual(['main-in']);
  });

  it('the same wrong PIN again and again is a double read, and locks nobody out', () => {
    for (let time = 0; time < 5; time += 1) {
      typed('1111#');
      at.clock.advance(100);
    }
    typed('4711#');
    expect(at.opened).toEqual(['main-in']);
  });

  it('a gate that is closed tells nobody whether a PIN is right', () => {
    at.box.frontDesk.setMode({ gate: 'main-in', mode: 'closed', staff: 'Ewa' });
    for (const pin of ['1111', '2222', '3333', '4444', '5555', '6666']) typed(`${pin}#`);
    expect(at.box.health.get('keypad entrance')).toMatchObject({ state: 'up' });
  });
});

describe('a keypad behind a broker', () => {
  const profile = defineMqttReader({
    id: 'keys',
    name: 'Keys',
    settings: z.strictObject({}),
    topics: () => ['keys'],
    hear: ({ payload }) => [{ kind: 'keys', keys: payload }],
    examples: [],
  });

  it('hands on its keys, and none that the broker kept', async () => {
    const at = boxOnFakes([{ id: 'main-in' }]);
    const server = fakeBrokerServer();
    server.retain('keys', '11#');
    const broker = server.connect();
    const heard: string[] = [];
    const keys = (pressed: string) => {
      heard.push(pressed);
      return null;
    };
    const health = at.box.health.register({ id: 'reader keys', product: 'Keys', where: 'broker' });
    const parts = { id: 'keys', clock: at.clock, health, log: at.log, read: () => 'denied' as const, keys, frameComes() {} };
    runMqttReader(profile, {}, broker, parts);
    server.connect().publish({ topic: 'keys', payload: '47', qos: 0 });
    await new Promise((done) => setImmediate(done));
    expect(heard).toEqual(['47']);
  });
});

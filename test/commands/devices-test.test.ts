import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lockData } from '../../src/adapters/store/data-lock.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import { toHex } from '../../src/lib/hex.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { modbusBoard, type RelayBoard } from '../kit/relay-boards.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { temporaryFolder } from '../kit/temporary-folder.ts';
import { until } from '../kit/until.ts';

const [on, off] = ['A00101A2', 'A00100A1'];

function configFile(relay: string): string {
  const path = join(temporaryFolder(), 'box.yaml');
  writeFileSync(path, `branch: center\ndata: ./data\ngates:\n  main-in:\n    relay: ${relay} # at the door\n  desk: {}\n`);
  return path;
}

/** Runs the test of a gate; `answer` says what the installer answers to each question. */
function testGate(path: string, answer: (question: string) => string | null, ...words: string[]) {
  const questions: string[] = [];
  return runGatehouse(['devices', 'test', 'main-in', '--config', path, ...words], undefined, undefined, async (question) => {
    questions.push(question);
    return answer(question);
  });
}

describeWith('python3', 'devices test', () => {
  async function lcus() {
    const far = await openPseudoTerminal();
    const heard: string[] = [];
    far.onBytes((bytes) => heard.push(...(toHex(bytes).match(/.{8}/g) ?? [])));
    return { heard, path: configFile(`{ device: lcus, serial: { path: ${far.path} }, pulseMs: 150 }`) };
  }

  test('clicks the relay once when the installer says so, and lets go of it at the end', async () => {
    const { heard, path } = await lcus();
    const { exitCode, out } = await testGate(path, (question) => (question.includes('(y/n)') ? 'y' : ''));
    expect(exitCode).toBe(0);
    expect(out).toContain('the relay of gate main-in was told');
    expect(heard.filter((command) => command === on)).toEqual([on]);
    await until('it let go', () => heard.length > 2 && heard.at(-1) === off);
    expect(heard[0]).toBe(off);
  });

  test('clicks nothing when the installer wants to end, and still lets go', async () => {
    const { heard, path } = await lcus();
    const { exitCode, out } = await testGate(path, () => null);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: ['ended: nothing more is clicked'] });
    await until('it let go again', () => heard.length > 1);
    expect(new Set(heard)).toEqual(new Set([off]));
  });

  test('says what to look at when nothing moved', async () => {
    const { path } = await lcus();
    const { exitCode, out } = await testGate(path, (question) => (question.includes('(y/n)') ? 'n' : ''));
    expect(exitCode).toBe(1);
    expect(out.join('\n')).toMatch(/if nothing clicked: another port or product .*or another `channel` than 1/);
  });

  test('refuses while a gateway runs on the data, and tells the relay nothing', async () => {
    const { heard, path } = await lcus();
    const data = join(path, '../data');
    mkdirSync(data);
    const unlock = lockData(data);
    const { exitCode, err } = await testGate(path, () => '');
    unlock();
    expect(exitCode).toBe(3);
    expect(err.at(-1)).toMatch(/a gateway runs on `\S+data`: stop the gateway first, .* then start it again/);
    expect(heard).toEqual([]);
  });

  test('learns the passage contact from a walk, and writes it when the installer wants it', async () => {
    const far = await openPseudoTerminal();
    const board: RelayBoard = modbusBoard({ clock: systemClock, say: (bytes) => far.write(bytes) });
    far.onBytes((bytes) => board.hear(bytes));
    board.inputs[0] = true;
    const relay = `{ device: modbus-relay, serial: { path: ${far.path} }, pulseMs: 200, settings: { inputs: 4 } }`;
    const path = configFile(relay);
    const { exitCode, out, err } = await testGate(
      path,
      (question) => {
        if (question.includes('walk through once')) {
          setTimeout(() => (board.inputs[0] = false), 700);
          setTimeout(() => (board.inputs[0] = true), 1_500);
        }
        return question.includes('(y/n)') ? 'y' : '';
      },
      '--seconds',
      '3',
    );
    expect({ exitCode, err: err.filter((line) => line.startsWith('gatehouse:')) }).toEqual({ exitCode: 0, err: [] });
    expect(out).toContain('input 1 saw it; its contact is closed at rest');
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(`    relay: ${relay} # at the door\n    passage: reported\n`);
    expect(text).toMatch(/contacts: \{ passIn: \{ input: 1, closed: at_rest, debounceMs: \d+ \} \}\n {2}desk: \{\}\n$/);
    expect(board.closed[0]).toBe(false);
    expect(board.heard.filter((command) => command === 'on 0')).toHaveLength(2);
  });
});

describe('devices test refuses', () => {
  test.each([
    ['a gate that is not there', 'main', 'there is no gate `main`: did you mean `main-in`? there are `main-in`, `desk`'],
    ['a gate without a relay', 'desk', 'gate `desk` has no relay: name it under `gates.desk.relay`'],
  ])('%s', async (_what, gate, why) => {
    const path = configFile('{ device: lcus, serial: { path: /dev/nowhere } }');
    const words = ['devices', 'test', gate, '--config', path];
    const { exitCode, err } = await runGatehouse(words, undefined, undefined, async () => '');
    expect({ exitCode, last: err.at(-1) }).toEqual({ exitCode: 2, last: `gatehouse: ${why}` });
  });

  test('to click where nobody can be asked', async () => {
    const path = configFile('{ device: lcus, serial: { path: /dev/nowhere } }');
    const { exitCode, err } = await runGatehouse(['devices', 'test', 'main-in', '--config', path]);
    expect(exitCode).toBe(2);
    expect(err.at(-1)).toContain('asks before it clicks anything: run it at a terminal, in sight of the gate');
  });
});

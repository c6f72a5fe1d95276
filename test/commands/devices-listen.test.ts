import { expect, test } from 'vitest';
import { fromHex } from '../../src/lib/hex.ts';
import { describeWith } from '../kit/peers.ts';
import { openPseudoTerminal } from '../kit/pseudo-terminal.ts';
import { runGatehouse } from '../kit/run-gatehouse.ts';
import { until } from '../kit/until.ts';
import { openVirtualPcsc } from '../kit/virtual-pcsc.ts';

const card = fromHex('02 35 35 30 30 37 45 45 34 32 34 45 42 03');

describeWith('python3', 'devices listen', () => {
  test('shows what arrives raw and as each product reads it, and sends nothing', async () => {
    const { words, out, err, sent } = await listenTo(['--seconds', '2'], (write) => write(card));
    expect(err[0]).toBe(`listening on ${words[2]} at 9600 baud: hold a card or code to the reader (Ctrl-C ends)`);
    expect(out[0]).toMatch(/^ +\d\.\d{3} s {2}02 35 35 30 30 37 45 45 34 32 34 45 42 03 {2}␂55007EE424EB␃$/);
    expect(out.slice(1).map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        'rdm6300: rfid 55007EE424',
        'rdm6300 { number: low32 }: rfid 007EE424',
        'rdm6300 { number: low24 }: rfid 7EE424',
      ]),
    );
    expect(sent).toEqual([]);
  });

  test('a card that lies on the reader is shown once', async () => {
    const { out } = await listenTo(['--seconds', '2'], async (write) => {
      for (let times = 0; times < 4; times++) {
        write(card);
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
    });
    expect(out.filter((line) => line.includes('␂'))).toHaveLength(1);
    expect(out.at(-1)).toContain('the same again (1 so far)');
  });

  test('says that it may be another speed, and with --bauds goes on to the next', async () => {
    const garbled = fromHex('80 F8 00 78 80 FE');
    const one = await listenTo(['--seconds', '2', '--baud', '19200'], (write) => write(garbled));
    expect(one.err.join('\n')).toContain('this makes no sense at 19200 baud: try other speeds with --bauds');
    const several = await listenTo(['--seconds', '2', '--bauds', '4800,9600'], (write) => write(garbled));
    expect(several.err.join('\n')).toMatch(/no sense at 4800 baud: trying 9600 baud: hold it again\nlistening on \S+ at 9600/);
    expect([...one.sent, ...several.sent]).toEqual([]);
  });

  test('--json prints an object a line', async () => {
    const { out } = await listenTo(['--seconds', '2', '--json'], (write) => write(card));
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ hex: '0235353030374545343234454203', readings: expect.any(Array) });
  });

  test('a reader that is pulled out ends it, and says so', async () => {
    const far = await openPseudoTerminal();
    const run = runGatehouse(['devices', 'listen', far.path, '--seconds', '10']);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await far.unplug();
    const { err } = await run;
    expect(err.at(-1)).toBe(`gatehouse: \`${far.path}\` was unplugged`);
  });
});

describeWith('pcscd', 'devices listen pcsc', () => {
  test('shows a card and its number', async () => {
    const pcsc = await openVirtualPcsc();
    const run = runGatehouse(['devices', 'listen', 'pcsc', '--seconds', '6']);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await pcsc.insertCard({
      atr: fromHex('3B8F8001804F0CA000000306030001000000006A'),
      answer: (apdu) => fromHex(apdu[0] === 0xff && apdu[1] === 0xca ? '04A1B2C3 9000' : '6A81'),
    });
    const { out, err } = await run;
    expect(err).toContain(`  reader ${pcsc.reader}`);
    expect(out[0]).toContain(`${pcsc.reader}: a card that answers to reset with 3B 8F 80`);
    expect(out.slice(1).map((line) => line.trim())).toContain('pcsc: rfid 04A1B2C3');
  });
});

/** Listens on a cable, plays the device on its far end, and gives what was said and whatever the device was sent. */
async function listenTo(options: string[], play: (write: (bytes: Uint8Array) => void) => unknown) {
  const far = await openPseudoTerminal();
  const sent: Uint8Array[] = [];
  far.onBytes((bytes) => sent.push(bytes));
  const words = ['devices', 'listen', far.path, ...options];
  const lines: string[] = [];
  const run = runGatehouse(words, undefined, (line) => lines.push(line));
  await until('it listens', () => lines.some((line) => line.startsWith('listening')));
  await play((bytes) => far.write(bytes));
  return { words, sent, ...(await run) };
}

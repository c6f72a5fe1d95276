import { expect, test } from 'vitest';
import line from '../../../devices/readers/line.ts';
import { simulateLineScanner } from '../../../src/adapters/simulator/simulated-line-scanner.ts';
import { openWire } from '../../kit/wire-client.ts';

test('a scanned code goes out with its line end', async () => {
  const scanner = await simulateLineScanner();
  const shown: string[] = [];
  scanner.onWire(({ direction, bytes }) => shown.push(`${direction}: ${bytes}`));
  const gateway = await openWire(scanner);
  scanner.scan('0042');
  scanner.scan('GYM:A', { lineEnd: '\r\n' });
  const bytes = await gateway.bytes(12);
  expect(bytes.toString('latin1')).toBe('0042\rGYM:A\r\n');
  expect(line.decode(bytes, line.settings.parse({})).reads.map(({ value }) => value)).toEqual(['0042', 'GYM:A']);
  expect(shown).toEqual(['to gateway: 0042\\r', 'to gateway: GYM:A\\r\\n']);
  gateway.close();
  await scanner.unplug();
});

test('an unplugged scanner sends nothing, and the next code after it is plugged in again', async () => {
  const scanner = await simulateLineScanner();
  await scanner.unplug();
  scanner.scan('lost');
  await expect(openWire(scanner)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  await scanner.plug();
  const gateway = await openWire(scanner);
  scanner.scan('1');
  expect((await gateway.bytes(2)).toString('latin1')).toBe('1\r');
  gateway.close();
  await scanner.unplug();
});

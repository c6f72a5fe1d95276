import { pbkdf2 } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createSerialLine } from '../../../src/adapters/transport/serial-line.ts';
import { isFailure, record } from '../../contract/line-transport.ts';
import { describeWith } from '../../kit/peers.ts';
import { openPseudoTerminal } from '../../kit/pseudo-terminal.ts';
import { temporaryFolder } from '../../kit/temporary-folder.ts';

const baudRate = 9600;
const hash = promisify(pbkdf2);

describeWith('python3', 'a serial port', () => {
  it('a reader that is plugged in again under its stable name is opened again', async () => {
    const link = join(temporaryFolder(), 'usb-reader');
    const line = createSerialLine({ path: link, baudRate });
    const first = await openPseudoTerminal({ link });
    const before = record();
    await line.open(before.events);
    await first.unplug();
    await vi.waitFor(() => expect(before.closed).toHaveLength(1));
    await expect(line.open(record().events)).rejects.toSatisfy(isFailure('absent'));

    const second = await openPseudoTerminal({ link });
    const after = record();
    const open = await line.open(after.events);
    second.write(Buffer.from('card'));
    await vi.waitFor(() => expect(Buffer.concat(after.heard).toString()).toBe('card'));
    await open.close();
  });

  it('a port that is held already is not shared', async () => {
    const { path } = await openPseudoTerminal();
    const open = await createSerialLine({ path, baudRate }).open(record().events);
    const failure = await createSerialLine({ path, baudRate })
      .open(record().events)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'in_use', retry: true, message: expect.stringContaining(`fuser -v ${path}`) });
    await open.close();
  });

  it('an installer without permission is told which group is missing', async () => {
    const { path } = await openPseudoTerminal();
    const line = createSerialLine({ path, baudRate });
    await (await line.open(record().events)).close();
    forbid(path);
    const failure = await line.open(record().events).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'refused', message: expect.stringContaining('`dialout`') });
  });

  it('a file that is no serial port is told from a port that is held', async () => {
    const path = join(temporaryFolder(), 'notes.txt');
    writeFileSync(path, '');
    await expect(createSerialLine({ path, baudRate }).open(record().events)).rejects.toSatisfy(isFailure('bad_input'));
  });

  it('an "open" that a stuck device did not take is never delivered later', async () => {
    const device = await openPseudoTerminal();
    const got: Uint8Array[] = [];
    device.onBytes((bytes) => got.push(bytes));
    const { closed, events } = record();
    const line = createSerialLine({ path: device.path, baudRate });
    const open = await line.open(events);
    await device.freeze();

    const more = Buffer.alloc(1 << 16, 'x');
    const refusals = await Promise.all(['first', 'second'].map(() => open.write(more).catch((error: unknown) => error)));

    expect(refusals).toMatchObject([{ code: 'no_answer' }, { code: 'absent' }]);
    await vi.waitFor(() => expect(closed).toEqual([expect.stringContaining('takes no bytes')]));
    device.thaw();
    writeFileSync(device.path, 'sent by another program');
    // What has reached the pseudo-terminal's far side (4 KiB) is the device's already.
    await vi.waitFor(() => expect(Buffer.concat(got).toString()).toMatch(/^x{0,4096}sent by another program$/));
  });

  it('a tap and an "open" do not wait while PINs are hashed', async () => {
    const device = await openPseudoTerminal();
    const order: string[] = [];
    device.onBytes((bytes) => order.push(`relay ${Buffer.from(bytes)}`));
    const heard = { bytes: (chunk: Uint8Array) => order.push(`reader ${Buffer.from(chunk)}`), closed() {} };
    const open = await createSerialLine({ path: device.path, baudRate }).open(heard);

    const hashes = Array.from({ length: 8 }, () =>
      hash('1234', 'salt', 1_000_000, 32, 'sha512').then(() => order.push('PIN hashed')),
    );
    device.write(Buffer.from('card'));
    await vi.waitFor(() => expect(order).toContain('reader card'));
    await open.write(Buffer.from('open'));
    await vi.waitFor(() => expect(order).toContain('relay open'));

    expect(order).toEqual(['reader card', 'relay open']);
    await Promise.all(hashes);
    await open.close();
  });
});

/** Takes away this process's right to open the file until the test ends. */
function forbid(path: string): void {
  if (process.getuid?.() !== 0) return chmodSync(path, 0);
  process.seteuid?.('nobody');
  onTestFinished(() => process.seteuid?.(0));
}

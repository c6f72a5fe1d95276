import { expect, test } from 'vitest';
import { findHolders } from '../../../src/adapters/transport/find-holders.ts';
import { createSerialLine } from '../../../src/adapters/transport/serial-line.ts';
import { describeWith } from '../../kit/peers.ts';
import { openPseudoTerminal } from '../../kit/pseudo-terminal.ts';

describeWith('python3', 'who holds a port', () => {
  test('is found while it is open', async () => {
    const { path } = await openPseudoTerminal();
    const line = await createSerialLine({ path, baudRate: 9600 }).open({ bytes() {}, closed() {} });
    // The far end of this cable is held by what plays the device.
    const holder = findHolders().get(path);
    expect(holder?.program).toMatch(/\S/);
    await line.close();
  });

  test('is nobody that this user may see where there are no processes', () => {
    expect(findHolders('/nowhere').size).toBe(0);
  });
});

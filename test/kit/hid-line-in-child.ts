import { createHidLine } from '../../src/adapters/transport/hid-line.ts';
import { listHidDevices } from '../../src/adapters/transport/list-hid-devices.ts';
import { toHex } from '../../src/lib/hex.ts';
import { Failure } from '../../src/ports/failure.ts';
import type { HidAddress, OpenHid } from '../../src/ports/transport.ts';

/** One order of `startHidLine`, by its number. */
export interface Order {
  number: number;
  do: 'list' | 'open' | 'write' | 'feature' | 'close' | 'open and close';
  address: HidAddress;
  report: number[];
}

let line: OpenHid | null = null;
const tell = (what: object) => process.send?.(what);
const heard = {
  bytes: (chunk: Uint8Array) => tell({ heard: toHex(chunk) }),
  closed: (why: string) => tell({ closed: why }),
};

async function carryOut({ do: what, address, report }: Order): Promise<unknown> {
  switch (what) {
    case 'list':
      return listHidDevices();
    case 'open':
      line = await createHidLine(address, {}).open(heard);
      return null;
    case 'open and close':
      return (await createHidLine(address, {}).open(heard)).close();
    case 'write':
      return line?.write(Uint8Array.from(report));
    case 'feature':
      return line && toHex(await line.featureReport(report[0] ?? 0, 9));
    case 'close':
      return line?.close();
  }
}

process.on('message', (order: Order) => {
  carryOut(order).then(
    (answer) => tell({ number: order.number, answer }),
    (error: unknown) => {
      const code = error instanceof Failure ? error.code : 'bug';
      tell({ number: order.number, failed: { code, message: String(error) } });
    },
  );
});

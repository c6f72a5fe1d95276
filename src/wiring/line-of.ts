import { createSerialLine } from '../adapters/transport/serial-line.ts';
import { createTcpLine } from '../adapters/transport/tcp-line.ts';
import type { LineAddress } from '../config/config.ts';
import type { LineTransport } from '../ports/transport.ts';

/** The line that an address names. */
export function lineOf(address: LineAddress): LineTransport {
  return address.kind === 'serial' ? createSerialLine(address) : createTcpLine(address);
}

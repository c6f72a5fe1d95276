import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { toHex } from '../../lib/hex.ts';

/**
 * How many bytes the far end of an IPv4 connection has not confirmed, from `/proc/net/tcp` (Linux, proc_net_tcp.txt:
 * `tx_queue`). 0 where that cannot be told.
 */
export function unacknowledgedBytes(socket: Socket): number {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (localPort === undefined || remotePort === undefined) return 0;
  const ends = ` ${endpoint(localAddress, localPort)} ${endpoint(remoteAddress, remotePort)} `;
  const row = connections().find((line) => line.includes(ends));
  return row === undefined ? 0 : Number.parseInt(row.slice(row.indexOf(ends) + ends.length).split(/[ :]/)[1] ?? '0', 16);
}

function connections(): string[] {
  try {
    return readFileSync('/proc/self/net/tcp', 'latin1').split('\n');
  } catch {
    return [];
  }
}

/** `0100007F:1F90` for 127.0.0.1:8080: the address as one little-endian number, the port as it is. */
function endpoint(address: string | undefined, port: number): string {
  const octets = (address ?? '').split('.').map(Number).reverse();
  return `${toHex(Uint8Array.from(octets))}:${toHex(Uint8Array.of(port >> 8, port & 255))}`;
}

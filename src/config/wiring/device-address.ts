import { pathText } from '../../lib/path-text.ts';
import type { BusProfile } from '../../ports/bus.ts';
import type { LineRelay, StreamReader } from '../../ports/device.ts';
import type { HidAddress } from '../../ports/transport.ts';
import type { LineAddress } from '../config.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import type { ReaderFile } from '../schema.ts';

/** The keys that say where a device is. */
export type Connection = 'serial' | 'tcp' | 'hid' | 'pcsc' | 'bus';

/** Where a device on a line is; reports and gives null when that is missing or said twice. */
export function lineOf(
  profile: StreamReader | LineRelay | BusProfile,
  { serial, tcp }: Pick<ReaderFile, 'serial' | 'tcp'>,
  at: Path,
  { report }: Findings,
): LineAddress | null {
  if (serial && tcp) report([...at, 'tcp'], 'one line is enough: keep `serial` or `tcp`', 'key');
  else if (serial) return { kind: 'serial', path: serial.path, baudRate: serial.baudRate ?? profile.serial.baudRate };
  else if (tcp) return { kind: 'tcp', ...tcp };
  else report(at, `\`${pathText(at)}\` needs \`serial\` or \`tcp\`: where \`${profile.id}\` is connected`, 'key');
  return null;
}

/** Where a HID device is; reports and gives null when that is missing. */
export function hidOf(
  profile: { id: string },
  { hid }: Pick<ReaderFile, 'hid'>,
  at: Path,
  { report }: Findings,
): HidAddress | null {
  if (hid !== undefined) return hid;
  report(at, `\`${pathText(at)}\` needs \`hid\`: which USB device \`${profile.id}\` is`, 'key');
  return null;
}

/** Reports every one of these keys that stands there. */
export function refuseKeys(
  entry: Partial<Record<Connection, unknown>>,
  keys: readonly Connection[],
  problem: string,
  at: Path,
  { report }: Findings,
): void {
  for (const key of keys) if (entry[key] !== undefined) report([...at, key], `${problem} \`${key}\``, 'key');
}

/** Reports a product that speaks MQTT where no broker is named. */
export function needBroker(profile: { id: string }, hasMqtt: boolean, at: Path, { report }: Findings): void {
  if (!hasMqtt) report([...at, 'device'], `\`${profile.id}\` speaks MQTT, but no broker is named: add \`mqtt\` at the top`);
}

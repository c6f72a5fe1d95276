import { pathText } from '../../lib/path-text.ts';
import type { HidAddress } from '../../ports/transport.ts';
import type { Findings } from '../findings.ts';
import type { Path } from '../place.ts';
import { relaysIn, type Wiring } from './wiring.ts';

interface HidUser {
  at: Path;
  hid: HidAddress;
  /** What only one of those that use a device may tell it: a reader anything, a relay what moves its contact. */
  tells: string;
}

/** Reports every two HID devices that may be one: a scan would be read at two gates, or a tap open two. */
export function checkSharedHid(wiring: Wiring, { report }: Findings): void {
  const users: HidUser[] = [
    ...wiring.readers.flatMap((reader) =>
      reader.speaks === 'hid' ? [{ at: ['readers', reader.id], hid: reader.hid, tells: 'a reader' }] : [],
    ),
    ...relaysIn(wiring).flatMap(({ at, relay }) =>
      relay.speaks === 'hid' ? [{ at, hid: relay.hid, tells: `${relay.profile.id} ${relay.profile.off(relay.settings)}` }] : [],
    ),
  ];
  for (const [index, user] of users.entries()) {
    const rival = users.slice(0, index).find((other) => other.tells === user.tells && mayBeOne(other.hid, user.hid));
    if (rival === undefined) continue;
    const advice = user.tells === 'a reader' ? '' : ', or its own `channel`';
    const problem = `this may be the device of \`${pathText(rival.at)}\` too: give each its own \`serialNumber\` or \`usbPort\`${advice}`;
    report([...user.at, 'hid'], problem, 'key');
  }
}

/** Nothing that both name differs, and they name something in common. */
function mayBeOne(a: HidAddress, b: HidAddress): boolean {
  const { product: nameA, ...restA } = a;
  const { product: nameB, ...restB } = b;
  const named = (Object.keys(restA) as (keyof typeof restA)[]).filter((key) => restA[key] !== null && restB[key] !== null);
  const bothHaveNames = nameA !== null && nameB !== null;
  if (bothHaveNames && !nameA.includes(nameB) && !nameB.includes(nameA)) return false;
  return (bothHaveNames || named.length > 0) && named.every((key) => restA[key] === restB[key]);
}

import { randomBytes } from 'node:crypto';
import { systemClock } from '../adapters/system/system-clock.ts';
import { createHidLine } from '../adapters/transport/hid-line.ts';
import { createPcscHost } from '../adapters/transport/pcsc-host.ts';
import { createSerialLine } from '../adapters/transport/serial-line.ts';
import { createTcpLine } from '../adapters/transport/tcp-line.ts';
import type { Ear } from '../app/installer/ear.ts';
import type { CardEar } from '../app/installer/listen-to-cards.ts';
import { settingsVariants } from '../config/settings-variants.ts';
import type { Profiles } from '../ports/device.ts';
import type { CardTransport, LineTransport } from '../ports/transport.ts';
import type { LineTarget } from './parse-target.ts';

/** The line that leads there. A socket and a HID device have no speed. */
export function lineTo(target: LineTarget, baudRate: number): LineTransport {
  switch (target.kind) {
    case 'serial':
      return createSerialLine({ path: target.path, baudRate });
    case 'tcp':
      return createTcpLine(target);
    case 'hid': {
      const { path } = target;
      const anywhere = { vendorId: null, productId: null, product: null, serialNumber: null, usbPort: null };
      return createHidLine({ ...anywhere, path }, {});
    }
  }
}

/** Every product that may be at the far end, under every way to set it with at most so many changes from its defaults. */
export function earsFor(target: LineTarget, profiles: Profiles, changes: number): Ear[] {
  return earsSpeaking(target.kind === 'hid' ? 'hid' : 'stream', profiles, changes);
}

/** As `earsFor`, for what was recorded there. */
export function earsSpeaking(speaks: 'hid' | 'stream', { readers }: Profiles, changes: number): Ear[] {
  return [...readers.values()].flatMap((profile): Ear[] => {
    if ((profile.speaks !== 'stream' && profile.speaks !== 'hid') || profile.speaks !== speaks) return [];
    return settingsVariants(profile, changes).map((variant) => ({ profile, ...variant }));
  });
}

/** The products that can ask a card without a key; a wrong key could lock the card. */
export function cardEarsOf({ readers }: Profiles, changes: number): CardEar[] {
  return [...readers.values()].flatMap((profile): CardEar[] => {
    if (profile.speaks !== 'exchange' || Object.values(profile.secrets ?? {}).some(({ optional }) => !optional)) return [];
    return settingsVariants(profile, changes).map((variant) => ({ profile, ...variant }));
  });
}

/** The PC/SC readers of this box, and the random numbers that asking a card may need. */
export function openCards(): { transport: CardTransport; random(bytes: number): Uint8Array } {
  const log = { info() {}, warn() {}, error() {} };
  return { transport: createPcscHost({ clock: systemClock, log }), random: randomBytes };
}

import type { DeviceSettings, HidRelay } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { Relay } from '../ports/relay.ts';
import type { HidTransport, OpenHid } from '../ports/transport.ts';
import { keepOpen } from './keep-open.ts';
import type { RelayParts } from './relay-parts.ts';

/**
 * A relay that is a USB HID device. It is told `off` before anything else at the start and after every reconnection, after each
 * pulse and at the stop. Where the product tells how its contact stands, a contact that did not close fails the pulse and is told
 * `off`, and one that did not open again is told to everybody who looks after the box.
 */
export function runHidRelay(
  profile: HidRelay,
  settings: DeviceSettings,
  transport: HidTransport,
  { id, pulseMs, clock, health, log }: RelayParts,
): Relay {
  const off = profile.off(settings);
  let device: OpenHid | null = null;
  let callOffRelease: (() => void) | null = null;
  let commands = 0;

  /** Null: the product does not tell, or did not answer. */
  async function isClosed(held: OpenHid): Promise<boolean | null> {
    if (profile.state === undefined) return null;
    const { reportId, bytes, isOn } = profile.state;
    return held.featureReport(reportId, bytes).then(
      (report) => isOn(report, settings),
      () => null,
    );
  }

  async function letGo(): Promise<void> {
    callOffRelease?.();
    callOffRelease = null;
    const held = device;
    if (held === null) return;
    const command = ++commands;
    try {
      await held.write(off);
    } catch (error) {
      // The line closes itself after a write that failed; `off` is then the first thing said when it comes back.
      log.warn('the relay was not told to let go', { gate: id, why: String(error) });
      return;
    }
    const closed = await isClosed(held);
    // A pulse that came meanwhile says by itself how the contact should stand.
    if (closed === null || command !== commands) return;
    if (!closed) return health.up('connected');
    health.down('its contact did not open: the gate may stand open; cut the power of the relay');
    log.error('the contact of the relay did not open: the gate may stand open', { gate: id });
  }

  const close = keepOpen(
    transport,
    { clock, health },
    {
      opened(opened) {
        device = opened;
        void letGo();
      },
      closed() {
        device = null;
      },
      bytes() {},
    },
  );

  return {
    async pulse() {
      const held = device;
      if (held === null)
        throw new Failure('absent', `the relay of gate \`${id}\` is not connected: ${transport.name}`, { retry: true });
      const command = ++commands;
      // The pulse before, if there is one, ends with this one.
      callOffRelease?.();
      callOffRelease = null;
      try {
        await held.write(profile.on(settings));
      } catch (error) {
        // It may have closed its contact all the same.
        void letGo();
        throw error;
      }
      callOffRelease = clock.after(pulseMs, () => void letGo());
      if (profile.state === undefined) return 'told';
      const closed = await isClosed(held);
      if (closed === true) return 'told';
      if (closed === false && command === commands) {
        void letGo();
        throw new Failure('refused', `the relay of gate \`${id}\` did not close its contact`, { retry: false });
      }
      log.error('the relay did not say how its contact stands: whether it opened is unknown, and it is not told again', {
        gate: id,
      });
      return 'unknown';
    },
    async stop() {
      callOffRelease?.();
      await device
        ?.write(off)
        .catch((error: unknown) =>
          log.error('the relay may stay closed: it could not be told to let go', { gate: id, why: String(error) }),
        );
      await close();
    },
  };
}

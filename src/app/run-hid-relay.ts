import type { DeviceSettings, HidRelay } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { Relay } from '../ports/relay.ts';
import type { HidTransport, OpenHid } from '../ports/transport.ts';
import { keepOpen } from './keep-open.ts';
import type { RelayParts } from './run-relay.ts';

/**
 * A relay that is a USB HID device. It is told `off` before anything else at the start and after every reconnection, after
 * each pulse and at the stop. Where the product tells how its contact stands, a pulse that it did not take is a failure.
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

  function letGo(): void {
    callOffRelease = null;
    // A write that fails means that the device is gone; `off` is then the first thing said when it comes back.
    device?.write(off).catch((error: unknown) => log.warn('the relay was not told to let go', { gate: id, why: String(error) }));
  }

  const close = keepOpen(
    transport,
    { clock, health },
    {
      opened(opened) {
        device = opened;
        letGo();
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
      await held.write(profile.on(settings));
      callOffRelease?.();
      callOffRelease = clock.after(pulseMs, letGo);
      if (profile.state === undefined) return 'told';
      const { reportId, bytes, isOn } = profile.state;
      const closed = await held.featureReport(reportId, bytes).then(
        (report) => isOn(report, settings),
        () => null,
      );
      if (closed === false)
        throw new Failure('refused', `the relay of gate \`${id}\` did not close its contact`, { retry: false });
      return closed === null ? 'unknown' : 'told';
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

import type { DeviceSettings, LineRelay } from '../ports/device.ts';
import { Failure } from '../ports/failure.ts';
import type { GateSignals, Relay } from '../ports/relay.ts';
import type { LineTransport, OpenLine } from '../ports/transport.ts';
import { keepOpen } from './keep-open.ts';
import type { RelayParts } from './run-relay.ts';

/**
 * A relay on a serial line or socket. It is told `off` before anything else at the start and after every reconnection, at the
 * stop, and after each pulse that it does not time itself, so that it is never left closed.
 */
export function runLineRelay(
  profile: LineRelay,
  settings: DeviceSettings,
  transport: LineTransport,
  { id, pulseMs, clock, health, log }: RelayParts,
  signals: GateSignals,
): Relay {
  const off = profile.off(settings);
  let line: OpenLine | null = null;
  let callOffRelease: (() => void) | null = null;

  function letGo(): void {
    callOffRelease = null;
    // A write that fails means that the line is gone; `off` is then the first thing said when it comes back.
    line?.write(off).catch((error: unknown) => log.warn('the relay was not told to let go', { gate: id, why: String(error) }));
  }

  const close = keepOpen(
    transport,
    { clock, health },
    {
      opened(opened) {
        line = opened;
        letGo();
      },
      closed() {
        line = null;
        signals.inputsLost();
      },
      bytes() {},
    },
  );

  return {
    async pulse() {
      if (line === null)
        throw new Failure('absent', `the relay of gate \`${id}\` is not connected: ${transport.name}`, { retry: true });
      await line.write(profile.on(settings, pulseMs));
      if (profile.releases(settings) === 'on-command') {
        callOffRelease?.();
        callOffRelease = clock.after(pulseMs, letGo);
      }
      return 'told';
    },
    async stop() {
      callOffRelease?.();
      await line
        ?.write(off)
        .catch((error: unknown) =>
          log.error('the relay may stay closed: it could not be told to let go', { gate: id, why: String(error) }),
        );
      await close();
    },
  };
}

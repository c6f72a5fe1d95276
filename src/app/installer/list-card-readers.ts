import type { Clock } from '../../ports/clock.ts';
import type { FoundCardReader } from '../../ports/found-device.ts';
import type { CardTransport } from '../../ports/transport.ts';

export interface CardReaders {
  /** Whether the PC/SC service can be reached, or why not and what to do. */
  service: { up: boolean; why: string };
  readers: FoundCardReader[];
}

/** A service that was just woken tells its readers one after the other. */
const settleMs = 1_000;

/** One that is only just starting is asked again within this time (`pcsc-process.ts` looks every second). */
const wakesMs = 1_500;

/** The PC/SC readers there are. Answers within `withinMs`, whatever the service does. */
export async function listCardReaders(transport: CardTransport, withinMs: number, clock: Clock): Promise<CardReaders> {
  const readers = new Set<string>();
  let service: CardReaders['service'] = { up: false, why: `the PC/SC service did not answer within ${withinMs / 1_000} s` };
  await new Promise<void>((resolve) => {
    let callOff = clock.after(withinMs, resolve);
    const endsAtMs = clock.monotonicMs() + withinMs;
    const within = (ms: number) => {
      callOff();
      callOff = clock.after(Math.max(0, Math.min(ms, endsAtMs - clock.monotonicMs())), resolve);
    };
    transport.start({
      service(state) {
        service = state;
        within(state.up ? settleMs : wakesMs);
      },
      reader(name, present) {
        if (present) readers.add(name);
        else readers.delete(name);
      },
      card() {},
    });
  });
  await transport.stop();
  return { service, readers: [...readers].map((name) => ({ kind: 'pcsc', name })) };
}

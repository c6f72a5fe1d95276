import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { CardTransport } from '../../ports/transport.ts';
import { runPcscProcess } from './run-pcsc-process.ts';

const firstRestartMs = 250;
const longestRestartMs = 10_000;

/** PC/SC readers, served by a process of its own that is started anew, for ever, whenever it ends or hangs. `stop` leaves no process behind. */
export function createPcscHost({ clock, log }: { clock: Clock; log: Log }): CardTransport {
  let stopProcess = async () => {};
  let callOffRestart = () => {};
  let restartMs = firstRestartMs;
  let told: { up: boolean; why: string } | null = null;

  return {
    start(heard) {
      const service = (state: { up: boolean; why: string }) => {
        if (state.up === told?.up && state.why === told.why) return;
        told = state;
        heard.service(state);
      };
      const live = () => {
        const bornMs = clock.monotonicMs();
        stopProcess = runPcscProcess(clock, {
          service,
          reader: (name, present) => heard.reader(name, present),
          card: (card) => heard.card(card),
          ended(why) {
            if (told?.why !== why) log.warn('the PC/SC process is started anew', { why });
            service({ up: false, why });
            if (clock.monotonicMs() - bornMs > longestRestartMs) restartMs = firstRestartMs;
            callOffRestart = clock.after(restartMs, live);
            restartMs = Math.min(restartMs * 2, longestRestartMs);
          },
        });
      };
      live();
    },
    async stop() {
      callOffRestart();
      await stopProcess();
    },
  };
}

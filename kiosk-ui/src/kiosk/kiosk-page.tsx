import type { JSX } from 'preact';
import { useEffect, useReducer } from 'preact/hooks';
import type { KioskEvents } from '../../../src/adapters/web/http-api.ts';
import { followStream } from '../live-stream.ts';
import { IdleView } from './idle-view.tsx';
import { startKiosk, stepKiosk } from './kiosk-state.ts';
import { useKnownGates } from './known-gates.ts';
import { MomentView } from './moment-view.tsx';
import { NoGateView } from './no-gate-view.tsx';
import { ResultView, spokenResult } from './result-view.tsx';

/** The screen at one gate; `gate` null: the gateway chooses the entrance. */
export function KioskPage({ gate }: { gate: string | null }): JSX.Element {
  const [{ screen, moment, now, timeZone, outdated }, take] = useReducer(stepKiosk, startKiosk);

  useEffect(() => {
    const query = gate === null ? '' : `?gate=${encodeURIComponent(gate)}`;
    return followStream<KioskEvents>(
      `/kiosk/api/stream${query}`,
      {
        hello: (hello) => take({ kind: 'hello', hello }),
        screen: ({ screen }) => take({ kind: 'screen', screen }),
        beat: ({ at }) => take({ kind: 'beat', at }),
      },
      (live) => {
        if (!live) take({ kind: 'lost' });
      },
    );
  }, [gate]);

  useEffect(() => {
    if (outdated) void reloadWhenServed();
  }, [outdated]);

  const gates = useKnownGates(screen === null);
  const noSuchGate = gate !== null && gates !== null && !gates.includes(gate);
  return (
    <>
      {screen?.kind === 'idle' && <IdleView screen={screen} now={now ?? Date.now()} timeZone={timeZone} />}
      {screen?.kind === 'result' && <ResultView screen={screen} />}
      {screen === null && (noSuchGate ? <NoGateView gate={gate} gates={gates} /> : <MomentView moment={moment} />)}
      <p class="unseen" aria-live="assertive" lang={screen?.kind === 'result' ? screen.language : undefined}>
        {screen?.kind === 'result' && spokenResult(screen)}
      </p>
    </>
  );
}

/** Loads the new page, but only once it is there: the browser's own error page would stay for ever. */
async function reloadWhenServed(): Promise<void> {
  const answer = await fetch(location.href, { cache: 'reload' }).catch(() => null);
  if (answer?.ok) location.reload();
  else setTimeout(() => void reloadWhenServed(), 1_000);
}

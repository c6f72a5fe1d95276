import type { JSX } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { DemoDone, DemoEvents, DemoGate, DemoPerson, DemoTapRequest } from '../../../src/adapters/web/http-api.ts';
import type { Demo } from '../../../src/ports/demo.ts';
import { ConnectionBanner } from '../connection-banner.tsx';
import { followStream } from '../live-stream.ts';
import { PageHeader } from '../page-header.tsx';
import { useWords } from '../page-words.tsx';
import { getJson, postJson } from '../request.ts';
import { startDemo, stepDemo } from './demo-state.ts';
import type { Tapped } from './gate-plan.tsx';
import { GateStage } from './gate-stage.tsx';
import { JournalList } from './journal-list.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { WireList } from './wire-list.tsx';

type Now = ReturnType<Demo['now']>;

/** A whole club to play with: pick a gate and a person, tap, and watch what happens. */
export function DemoPage(): JSX.Element {
  const { language, words } = useWords();
  const place = { language, timeZone: undefined };
  const [state, take] = useReducer(stepDemo, startDemo);
  const [gates, setGates] = useState<DemoGate[]>([]);
  const [signIn, setSignIn] = useState<Now['signIn']>(null);
  const [gateId, setGateId] = useState<string | null>(null);
  const [tapped, setTapped] = useState<(Tapped & { gate: string }) | null>(null);
  const [problem, setProblem] = useState('');
  const gate = gates.find(({ id }) => id === gateId) ?? gates[0] ?? null;

  useEffect(() => {
    document.title = `${words.demo.title} · Gatehouse`;
  }, [words]);

  useEffect(() => {
    const learn = async (): Promise<void> => {
      const [known, now] = await Promise.all([getJson<DemoGate[]>('/demo/api/gates'), getJson<Now>('/demo/api/now')]);
      if (known.done) setGates(known.body);
      if (!now.done) return;
      take({ kind: 'now', ...now.body });
      setSignIn(now.body.signIn);
    };
    return followStream<DemoEvents>(
      '/demo/api/stream',
      {
        wire: (wire) => take({ kind: 'wire', wire }),
        gate: ({ state: changed }) => take({ kind: 'gate', state: changed }),
        journal: ({ line }) => take({ kind: 'journal', line }),
        beat: ({ at }) => take({ kind: 'beat', at }),
      },
      (live) => {
        take({ kind: 'connection', live });
        if (live) void learn();
      },
    );
  }, []);

  const ask = async (path: string, body: object): Promise<boolean> => {
    const answer = await postJson<DemoDone>(path, body);
    setProblem(answer.done ? '' : (answer.refusal?.problem ?? words.noAnswer));
    return answer.done;
  };

  const tap = async (person: DemoPerson): Promise<void> => {
    if (gate === null) return;
    const turnsBefore = state.turns[gate.id] ?? 0;
    const request: DemoTapRequest = { gate: gate.id, person: person.id };
    if (await ask('/demo/api/tap', request)) {
      setTapped((before) => ({ gate: gate.id, person, times: (before?.times ?? 0) + 1, turnsBefore }));
    }
  };

  return (
    <div class="demo" data-live={state.live}>
      <PageHeader title={words.demo.title}>
        <p class="lead">{words.demo.lead}</p>
        <a class="to-desk" href="/staff" target="_blank" rel="noopener">
          <strong>{words.demo.desk} ↗</strong>
          {signIn !== null && (
            <span>
              {words.demo.deskMeans} {signIn.name} · {signIn.pin}
            </span>
          )}
        </a>
      </PageHeader>
      <ConnectionBanner live={state.live} heardAt={state.heardAt} place={place} />
      <main class="demo-columns">
        <PeoplePanel gates={gates} gate={gate} chooseGate={setGateId} tap={(person) => void tap(person)} problem={problem} />
        {gate !== null && (
          <GateStage
            key={gate.id}
            gate={gate}
            state={state.gates[gate.id] ?? null}
            turns={state.turns[gate.id] ?? 0}
            tapped={tapped?.gate === gate.id ? tapped : null}
            ask={(path, body) => void ask(path, body)}
          />
        )}
        <div class="logs">
          <JournalList lines={state.journal} place={place} />
          <WireList wires={state.wires} place={place} />
        </div>
      </main>
      <p class="unseen" role="status">
        {tapped !== null && words.demo.tapped(tapped.person.name, tapped.gate)}
      </p>
    </div>
  );
}

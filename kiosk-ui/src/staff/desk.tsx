import type { JSX } from 'preact';
import { useEffect, useReducer, useState } from 'preact/hooks';
import type { FeedEvents, FeedItem, Recorded, SignedIn, TakeOutRequest } from '../../../src/adapters/web/http-api.ts';
import { ConnectionBanner } from '../connection-banner.tsx';
import { Icon } from '../icon.tsx';
import { followStream } from '../live-stream.ts';
import { PageHeader } from '../page-header.tsx';
import { useWords } from '../page-words.tsx';
import { getJson, postJson } from '../request.ts';
import { ClockView } from './clock-view.tsx';
import { ClubDataView } from './club-data-view.tsx';
import { startDesk, stepDesk } from './desk-state.ts';
import { DeviceList } from './device-list.tsx';
import { GateCard } from './gate-card.tsx';
import { LetInDialog, type LetInFor } from './let-in-dialog.tsx';
import { type MovableVisit, MoveDialog } from './move-dialog.tsx';
import { TapList } from './tap-list.tsx';
import { WhyDialog } from './why-dialog.tsx';
import { ZoneList } from './zone-list.tsx';

const askSessionEveryMs = 4_000;
const doneStandsMs = 8_000;

/** Everything a person at the desk works with. */
export function Desk({ name, signedOut }: { name: string; signedOut: (ended: boolean) => void }): JSX.Element {
  const { language, words } = useWords();
  const { desk } = words;
  const [{ items, status, live, heardAt, arrived, answered }, take] = useReducer(stepDesk, startDesk);
  const [lettingIn, setLettingIn] = useState<LetInFor | null>(null);
  const [asking, setAsking] = useState<FeedItem | null>(null);
  const [moving, setMoving] = useState<MovableVisit | null>(null);
  const [done, setDone] = useState('');
  const now = heardAt ?? Date.now();
  const place = { language, timeZone: status?.timeZone };

  useEffect(
    () =>
      followStream<FeedEvents>(
        `/staff/api/feed?language=${language}`,
        {
          items: (newest) => take({ kind: 'items', items: newest }),
          item: (item) => take({ kind: 'item', item }),
          status: (changed) => take({ kind: 'status', status: changed }),
          beat: ({ at }) => take({ kind: 'beat', at }),
        },
        (alive) => take({ kind: 'connection', live: alive }),
      ),
    [language],
  );

  // A stream cannot say why it was refused: ask whether the session is over.
  useEffect(() => {
    if (live) return;
    const timer = setInterval(async () => {
      const answer = await getJson<SignedIn>('/staff/api/me');
      if (!answer.done && answer.status === 401) signedOut(true);
    }, askSessionEveryMs);
    return () => clearInterval(timer);
  }, [live]);

  useEffect(() => {
    if (done === '') return;
    const timer = setTimeout(() => setDone(''), doneStandsMs);
    return () => clearTimeout(timer);
  }, [done]);

  const signOut = async (): Promise<void> => {
    const answer = await postJson('/staff/api/sign-out', {});
    if (answer.done) signedOut(false);
    else setDone(words.noAnswer);
  };

  const letIn = (entry: number, gate: string, answers: number | null): void => {
    setLettingIn(null);
    setDone(desk.letIn.done(gate, entry));
    if (answers !== null) take({ kind: 'answered', entry: answers });
  };

  const takeOut = async ({ zone, memberId }: FeedItem): Promise<void> => {
    const request: TakeOutRequest = { zone, memberId };
    const answer = await postJson<Recorded>('/staff/api/take-out', request);
    // What was done stands in the list at once.
    if (!answer.done) setDone(answer.refusal?.problem ?? words.noAnswer);
  };

  return (
    <div class="desk" data-live={live}>
      <PageHeader title={desk.title}>
        {status !== null && <span class="gateway">{status.gateway}</span>}
        <span class="me">
          <Icon name="person" />
          {name}
        </span>
        <button class="button quiet sign-out" type="button" onClick={() => void signOut()}>
          <Icon name="leave" />
          <span>{desk.signOut}</span>
        </button>
      </PageHeader>
      <ConnectionBanner live={live} heardAt={heardAt} place={place} />
      <nav class="jump">
        <a href="#taps">{desk.taps.title}</a>
        <a href="#gates">{desk.gates}</a>
        <a href="#zones">{desk.zones.title}</a>
        <a href="#devices">{desk.devices.title}</a>
      </nav>
      <main class="desk-columns">
        <TapList
          items={items}
          known={status !== null}
          arrived={arrived}
          answered={answered}
          now={now}
          place={place}
          actions={{
            letIn: (item) => setLettingIn({ gate: item.gate, item }),
            takeOut,
            move: (item, visit) => setMoving({ item, visit }),
            why: setAsking,
          }}
        />
        <section class="gates" id="gates" aria-label={desk.gates}>
          <h2>{desk.gates}</h2>
          {status?.gates.map((gate) => (
            <GateCard
              key={gate.id}
              gate={gate}
              emergency={status.gates.some(({ mode }) => mode === 'emergency')}
              letIn={() => setLettingIn({ gate: gate.id, item: null })}
            />
          ))}
        </section>
        <section class="state">
          <h2 id="zones">{desk.zones.title}</h2>
          {status !== null && <ZoneList zones={status.zones} done={setDone} />}
          <h2 id="devices">{desk.devices.title}</h2>
          {status !== null && <DeviceList devices={status.devices} live={live} now={now} place={place} />}
          <h2>{desk.clock.title}</h2>
          {status !== null && <ClockView clock={status.clock} now={now} place={place} />}
          <h2>{desk.data.title}</h2>
          {status !== null && <ClubDataView status={status} now={now} place={place} />}
        </section>
      </main>
      <p class="done" role="status">
        {done}
      </p>
      {lettingIn !== null && <LetInDialog for={lettingIn} close={() => setLettingIn(null)} letIn={letIn} />}
      {asking !== null && <WhyDialog entry={asking.entry} now={now} place={place} close={() => setAsking(null)} />}
      {moving !== null && (
        <MoveDialog
          of={moving}
          close={() => setMoving(null)}
          moved={(membership, entry) => {
            setMoving(null);
            setDone(desk.move.done(membership, entry));
          }}
        />
      )}
    </div>
  );
}

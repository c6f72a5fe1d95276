import type { JSX } from 'preact';
import type {
  DemoGate,
  DemoGateState,
  DemoPluggedRequest,
  DemoWalkRequest,
  DemoWalksRequest,
} from '../../../src/adapters/web/http-api.ts';
import { Icon, type IconName } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { SwitchControl } from '../switch-control.tsx';
import { GatePlan, type Tapped } from './gate-plan.tsx';

const armIcons: Record<DemoGateState['arm'], IconName> = { locked: 'controlled', released: 'free', turning: 'walk' };

/** The gate itself: its real kiosk screen, its arm or door as a plan, and what a hand can do to it. */
export function GateStage({
  gate,
  state,
  turns,
  tapped,
  ask,
}: {
  gate: DemoGate;
  state: DemoGateState | null;
  turns: number;
  tapped: Tapped | null;
  ask: (path: string, body: object) => void;
}): JSX.Element {
  const { words } = useWords();
  const { demo } = words;
  const isDoor = gate.passage === 'assumed';
  const arm = state?.arm ?? 'locked';
  const plugged = state?.plugged ?? true;
  return (
    <section class="stage" aria-label={gate.title}>
      <div class="kiosk-frame">
        <iframe src={`/?gate=${encodeURIComponent(gate.id)}`} title={`${demo.screen}: ${gate.title}`} />
      </div>
      <div class="plan" data-arm={arm}>
        <div class="plan-head">
          <p class="arm" role="status">
            <Icon name={armIcons[arm]} />
            {(isDoor ? demo.door : demo.turnstile)[arm]}
          </p>
          <p class="plan-parts">
            {gate.reader}
            {!plugged && <strong> ({demo.unplugged})</strong>} · {gate.relay}
          </p>
        </div>
        <GatePlan isDoor={isDoor} plugged={plugged} turns={turns} tapped={tapped} />
        <p class="plan-foot">
          <span>{demo.outside}</span>
          <span>{demo.inside}</span>
        </p>
      </div>
      <div class="hands">
        <button
          class="button outlined large"
          type="button"
          onClick={() => ask('/demo/api/walk', { gate: gate.id } satisfies DemoWalkRequest)}
        >
          <Icon name="push" />
          {isDoor ? demo.pushDoor : demo.pushTurnstile}
        </button>
        <SwitchControl
          label={demo.walks}
          on={state?.walks ?? false}
          disabled={state === null}
          change={(walks) => ask('/demo/api/walks', { gate: gate.id, walks } satisfies DemoWalksRequest)}
        />
        <SwitchControl
          label={demo.unplug}
          on={!plugged}
          disabled={state === null}
          change={(pulled) => ask('/demo/api/plugged', { gate: gate.id, plugged: !pulled } satisfies DemoPluggedRequest)}
        />
      </div>
    </section>
  );
}

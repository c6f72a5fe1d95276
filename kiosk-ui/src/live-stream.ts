import { type StreamInput, startStream, stepStream } from './stream-watch.ts';

const tickMs = 250;

/**
 * Follows a server's event stream for ever: opens it, gives it up when it breaks or falls silent, opens it again. `on` is
 * called with the parsed JSON of each event of that name (the beat is one of them); `changed` whenever the stream comes
 * alive, is lost, or cannot be opened at first. Returns the way to stop.
 */
export function followStream<Events extends object>(
  url: string,
  on: { [Name in keyof Events]: (data: Events[Name]) => void },
  changed: (live: boolean) => void,
): () => void {
  let state = startStream(performance.now());
  let source: EventSource | null = null;
  let told: boolean | null = null;

  const tell = (live: boolean): void => {
    if (live === told) return;
    told = live;
    changed(live);
  };

  const open = (): EventSource => {
    const opened = new EventSource(url);
    opened.addEventListener('open', () => opened === source && take('heard'));
    opened.addEventListener('error', () => opened === source && take('failed'));
    for (const name of Object.keys(on) as (keyof Events & string)[]) {
      opened.addEventListener(name, (event: MessageEvent<string>) => {
        if (opened !== source) return;
        take('heard');
        on[name](JSON.parse(event.data));
      });
    }
    return opened;
  };

  const take = (input: StreamInput): void => {
    const next = stepStream(state, input, performance.now());
    state = next.state;
    if (next.effect === 'open') source = open();
    if (next.effect === 'close') {
      source?.close();
      source = null;
    }
    if (state.phase === 'live') tell(true);
    else if (next.effect === 'close') tell(false);
  };

  const tick = (): void => take('tick');
  const timer = setInterval(tick, tickMs);
  // Timers sleep with the machine: look at once when the page is seen again.
  document.addEventListener('visibilitychange', tick);
  tick();

  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
    source?.close();
    source = null;
  };
}

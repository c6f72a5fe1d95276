import { phrases } from '../domain/kiosk/texts/say.ts';
import type { Kiosk } from '../ports/kiosk.ts';
import type { News } from './news.ts';
import type { Gate } from './run-gate.ts';
import { runScreen, type ScreenParts } from './run-screen.ts';

export interface KioskParts extends ScreenParts {
  news: News;
  gates: ReadonlyMap<string, Gate>;
}

/** The screen of every gate, fed by the news. */
export function runKiosk(parts: KioskParts): Kiosk & { stop(): void } {
  const { news, gates, languages } = parts;
  const screens = new Map([...gates].map(([id, gate]) => [id, runScreen(parts, gate)]));
  const stopListening = news.listen((item) => {
    if (item.kind === 'mode') for (const screen of screens.values()) screen.followMode();
    else screens.get(item.gate)?.hear(item);
  });
  return {
    gates: () => [...gates.values()].map(({ settings: { id, direction } }) => ({ id, direction })),
    timeZone(id) {
      const gate = gates.get(id);
      return gate ? parts.timeZoneOf(gate) : 'UTC';
    },
    current: (gate) => screens.get(gate)?.current() ?? null,
    watch: (gate, show) => screens.get(gate)?.watch(show) ?? (() => {}),
    photoFile: (key) => [...screens.values()].map((screen) => screen.photoFile(key)).find((file) => file !== null) ?? null,
    momentWords: () => languages.map((language) => ({ language, text: phrases(language).oneMoment })),
    stop() {
      stopListening();
      for (const screen of screens.values()) screen.stop();
    },
  };
}

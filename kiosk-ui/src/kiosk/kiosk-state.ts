import type { KioskHello } from '../../../src/adapters/web/http-api.ts';
import type { Screen } from '../../../src/domain/kiosk/screen.ts';
import type { Language } from '../../../src/domain/member/member.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { wordsOf } from '../words/words-of.ts';

/** What the kiosk page knows. */
export interface KioskState {
  /** The program that served this page; null until it said so. */
  build: string | null;
  /** Another program answers now: the page is old and must be loaded anew. */
  outdated: boolean;
  moment: { language: Language; text: string }[];
  /** Null: nothing may be shown but "one moment". */
  screen: Screen | null;
  /** The gateway's clock at the last beat; null before the first. */
  now: Instant | null;
  /** The club's zone, once the gateway named it. */
  timeZone: string | undefined;
}

export type KioskEvent =
  | { kind: 'hello'; hello: KioskHello }
  | { kind: 'screen'; screen: Screen }
  | { kind: 'beat'; at: Instant }
  | { kind: 'lost' };

export const startKiosk: KioskState = {
  build: null,
  outdated: false,
  moment: (['pl', 'uk', 'ru', 'en'] as const).map((language) => ({ language, text: wordsOf[language].kiosk.moment })),
  screen: null,
  now: null,
  timeZone: undefined,
};

export function stepKiosk(state: KioskState, event: KioskEvent): KioskState {
  switch (event.kind) {
    case 'hello': {
      const { build, moment, timeZone } = event.hello;
      const outdated = state.build !== null && state.build !== build;
      return { ...state, build: state.build ?? build, outdated, moment: moment.length > 0 ? moment : state.moment, timeZone };
    }
    case 'screen':
      return { ...state, screen: event.screen };
    case 'beat':
      return { ...state, now: event.at };
    case 'lost':
      // INVARIANT: without a connection nobody knows whether an answer still stands, so none is shown.
      return { ...state, screen: null, now: null };
  }
}

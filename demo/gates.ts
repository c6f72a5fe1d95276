import type { GateSettings } from '../src/domain/gate/gate-settings.ts';
import type { Language } from '../src/domain/member/member.ts';

/** The demo club's gates under the keys of the configuration; what is left out has its default. */
export const demoGates = {
  'main-in': { direction: 'in', zone: 'club', services: [], charge: 'per_day', passage: 'reported' },
  pool: { direction: 'in', zone: 'pool', services: ['pool'], charge: 'per_day', passage: 'assumed' },
  'main-out': { direction: 'out', zone: 'club', passage: 'assumed' },
} as const satisfies Record<string, Partial<GateSettings>>;

export type DemoGateId = keyof typeof demoGates;

/** What the demo page calls them. */
export const gateTitles: Record<DemoGateId, Record<Language, string>> = {
  'main-in': { ru: 'Вход', uk: 'Вхід', pl: 'Wejście', en: 'Entrance' },
  pool: { ru: 'Бассейн', uk: 'Басейн', pl: 'Basen', en: 'Pool' },
  'main-out': { ru: 'Выход', uk: 'Вихід', pl: 'Wyjście', en: 'Exit' },
};

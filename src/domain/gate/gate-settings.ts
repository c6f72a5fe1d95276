/** What a gate is set to do. Names and defaults are those of scenario-format.md. */
export interface GateSettings {
  id: string;
  branch: string;
  direction: 'in' | 'out' | 'both';
  zone: string;
  /** Empty = general entry. */
  services: string[];
  charge: 'per_day' | 'per_entry' | 'per_session' | 'per_booking' | 'never';
  sessionMinutes: number;
  passage: 'assumed' | 'reported';
  passageTimeoutSeconds: number;
  /** What becomes of an open reservation after the process died. */
  onRestart: 'release' | 'commit';
  doubleReadSeconds: number;
  frozen: 'deny' | 'ask_staff' | 'unfreeze';
}

export type ChooseCriterion = 'booking' | 'match' | 'activated' | 'unlimited' | 'ends' | 'left' | 'personal' | 'sold' | 'id';

export const chooseCriteria: readonly ChooseCriterion[] = [
  'booking',
  'match',
  'activated',
  'unlimited',
  'ends',
  'left',
  'personal',
  'sold',
  'id',
];

/** The settings that a decision obeys: the gate's own and the club's. */
export interface Rules {
  gateway: string;
  gate: GateSettings;
  clubCard: { appliesTo: 'flagged' | 'all' };
  warnings: { lastVisits: number; expiresWithinDays: number };
  chooseOrder: readonly ChooseCriterion[];
}

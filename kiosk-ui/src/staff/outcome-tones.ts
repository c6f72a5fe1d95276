import type { Outcome } from '../../../src/domain/access/decision.ts';
import type { Tone } from '../tone-symbol.tsx';

export const outcomeTones: Record<Outcome, Tone> = { granted: 'welcome', denied: 'stop', ask_staff: 'ask' };

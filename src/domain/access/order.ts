import { branch } from './rules/branch.ts';
import { closedGate } from './rules/closed-gate.ts';
import { clubCard } from './rules/club-card.ts';
import { credential } from './rules/credential.ts';
import { doubleRead } from './rules/double-read.ts';
import { exit } from './rules/exit.ts';
import { freePassage } from './rules/free-passage.ts';
import { freeze } from './rules/freeze.ts';
import { gateBusy } from './rules/gate-busy.ts';
import { individual } from './rules/individual.ts';
import { knownBranch } from './rules/known-branch.ts';
import { limits } from './rules/limits.ts';
import { member } from './rules/member.ts';
import { service } from './rules/service.ts';
import { staffCard } from './rules/staff-card.ts';
import { state } from './rules/state.ts';
import { term } from './rules/term.ts';
import { visitsLeft } from './rules/visits-left.ts';
import { window } from './rules/window.ts';
import type { MembershipRule, TapRule } from './tap.ts';

/** Section 5: the rules in the order in which they are asked. A rule is one file under `rules/` and one line here. */
export const tapRules: readonly TapRule[] = [
  closedGate,
  doubleRead,
  freePassage,
  gateBusy,
  staffCard,
  exit,
  credential,
  member,
  knownBranch,
];

export const membershipRules: readonly MembershipRule[] = [
  state,
  term,
  branch,
  service,
  individual,
  freeze,
  window,
  clubCard,
  visitsLeft,
  limits,
];

import { admission } from './rules/admission.ts';
import { aloneBound } from './rules/alone-bound.ts';
import { antiPassback } from './rules/anti-passback.ts';
import { assurance } from './rules/assurance.ts';
import { branch } from './rules/branch.ts';
import { clock } from './rules/clock.ts';
import { closedGate } from './rules/closed-gate.ts';
import { clubCard } from './rules/club-card.ts';
import { credential } from './rules/credential.ts';
import { documents } from './rules/documents.ts';
import { doubleRead } from './rules/double-read.ts';
import { exit } from './rules/exit.ts';
import { freePassage } from './rules/free-passage.ts';
import { freeze } from './rules/freeze.ts';
import { freshness } from './rules/freshness.ts';
import { gateBusy } from './rules/gate-busy.ts';
import { individual } from './rules/individual.ts';
import { knownBranch } from './rules/known-branch.ts';
import { limits } from './rules/limits.ts';
import { member } from './rules/member.ts';
import { occupancy } from './rules/occupancy.ts';
import { openingHours } from './rules/opening-hours.ts';
import { overlap } from './rules/overlap.ts';
import { payment } from './rules/payment.ts';
import { service } from './rules/service.ts';
import { session } from './rules/session.ts';
import { staffCard } from './rules/staff-card.ts';
import { state } from './rules/state.ts';
import { term } from './rules/term.ts';
import { visitsLeft } from './rules/visits-left.ts';
import { window } from './rules/window.ts';
import type { ChoiceRule, MembershipRule, PersonRule, TapRule } from './tap.ts';

/** Section 5: the rules in the order in which they are asked. A rule is one file under `rules/`, one line here and one in `saw.ts`. */
export const tapRules: readonly TapRule[] = [
  closedGate,
  doubleRead,
  freePassage,
  gateBusy,
  staffCard,
  exit,
  credential,
  knownBranch,
];

export const personRules: readonly PersonRule[] = [assurance, member, openingHours, documents, admission, antiPassback];

export const membershipRules: readonly MembershipRule[] = [
  state,
  term,
  overlap,
  payment,
  branch,
  service,
  individual,
  session,
  freeze,
  window,
  clubCard,
  visitsLeft,
  limits,
];

export const choiceRules: readonly ChoiceRule[] = [occupancy, freshness, aloneBound, clock];

import { leftOf } from '../balance.ts';
import { compareStandings } from '../choose.ts';
import type { RefusalCode } from '../code.ts';
import type { Standing } from '../standing.ts';
import { askStaff, type MembershipRule, type MemberTap, pass, type RuleAnswer, refuse, skip } from '../tap.ts';
import { branch } from './branch.ts';
import { freeze } from './freeze.ts';
import { state } from './state.ts';
import { term } from './term.ts';
import { window } from './window.ts';

/**
 * Rule 17: where a club card is required, the same member must hold one that is itself good now. One good card is enough;
 * otherwise the answer is that of the card that got furthest. A bearer code has no member who could hold one (rule 4).
 */
export const clubCard: MembershipRule = {
  name: 'club-card',
  number: 17,
  check(standing, tap) {
    if (!needsClubCard(standing, tap)) return skip();
    const cards = cardsOf(standing, tap);
    const good = cards.find(({ answer }) => answer.result === 'passed');
    if (good) return pass({ card: good.standing.membership.id });
    const furthest = cards.sort((a, b) => b.step - a.step)[0];
    if (!furthest || !('code' in furthest.answer)) return refuse('CLUB_CARD_MISSING', { cardCode: null });
    return answerOf(furthest.answer, furthest.step, { card: furthest.standing.membership.id });
  },
};

/** The good club card that a charged entry takes a visit from: only one that counts visits; null when none does. */
export function chargedCard(standing: Standing, tap: MemberTap): Standing | null {
  if (!needsClubCard(standing, tap)) return null;
  const card = cardsOf(standing, tap).find(({ answer }) => answer.result === 'passed')?.standing;
  return card && card.membership.visits.left !== null ? card : null;
}

const cardRules = [state, term, branch, freeze, window];

function needsClubCard({ membership }: Standing, { rules, held }: MemberTap): boolean {
  const { usage, requiresClubCard } = membership.terms;
  if (usage === 'club_card' || held.credential.membershipId !== null) return false;
  return requiresClubCard || rules.clubCard.appliesTo === 'all';
}

interface JudgedCard {
  standing: Standing;
  answer: RuleAnswer;
  /** How many of the card's rules it passed. */
  step: number;
}

/** The cards of the member as prerequisites of an entry that `payer` pays, or paid already. */
function cardsOf(payer: Standing, tap: MemberTap): JudgedCard[] {
  const free = payer.reentry !== null || tap.rules.gate.charge === 'never';
  return tap.standings
    .filter(({ membership }) => membership.terms.usage === 'club_card')
    .sort((a, b) => compareStandings(a, b, tap.rules.chooseOrder).order)
    .map((card) => ({ ...judge({ ...card, reentry: payer.reentry }, asPrerequisite(tap), free), standing: card }));
}

/** A visit ends at most one freeze, that of the membership it is spent on: a frozen card is not good, also where visits unfreeze. */
function asPrerequisite(tap: MemberTap): MemberTap {
  const { rules } = tap;
  return rules.gate.frozen === 'unfreeze' ? { ...tap, rules: { ...rules, gate: { ...rules.gate, frozen: 'deny' } } } : tap;
}

/** `free`: the entry takes no visit, so the card needs none left (rule 24). A refusal comes before asking staff (section 5). */
function judge(standing: Standing, tap: MemberTap, free: boolean): Omit<JudgedCard, 'standing'> {
  let asks: Omit<JudgedCard, 'standing'> | null = null;
  for (const [step, rule] of cardRules.entries()) {
    const answer = rule.check(standing, tap);
    if (answer.result === 'refused') return { answer, step };
    if (answer.result === 'asks') asks ??= { answer, step };
  }
  const step = cardRules.length;
  if (!free && leftOf(standing, null) === 0) return { answer: refuse('NO_VISITS_LEFT', {}), step };
  return asks ?? { answer: pass(), step: step + 1 };
}

function answerOf(answer: RuleAnswer & { result: 'refused' | 'asks' }, step: number, saw: { card: string }): RuleAnswer {
  const params = answer.params ?? {};
  const code: RefusalCode = answer.code;
  const text = (key: string) => (typeof params[key] === 'string' ? params[key] : null);
  if (code === 'FROZEN') {
    const frozen = { frozenFrom: text('frozenFrom'), frozenUntil: text('frozenUntil') };
    return answer.result === 'asks' ? askStaff('CLUB_CARD_FROZEN', frozen, saw) : refuse('CLUB_CARD_FROZEN', frozen, saw);
  }
  if (code === 'EXPIRED' || cardRules[step] === term) return refuse('CLUB_CARD_EXPIRED', { endedOn: text('endedOn') }, saw);
  return refuse('CLUB_CARD_MISSING', { cardCode: code }, saw);
}

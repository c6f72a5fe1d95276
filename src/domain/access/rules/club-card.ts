import { leftOf } from '../balance.ts';
import { compareStandings } from '../choose.ts';
import type { Standing } from '../standing.ts';
import { askStaff, type MembershipRule, type MemberTap, pass, type RuleAnswer, refuse, skip } from '../tap.ts';
import { branch } from './branch.ts';
import { freeze } from './freeze.ts';
import { payment } from './payment.ts';
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
  step: 'club card',
  check(standing, tap) {
    if (!needsClubCard(standing, tap)) return skip();
    const cards = cardsOf(standing, tap);
    const good = cards.find(({ answer }) => answer.result === 'passed');
    if (good) return pass('club-card', { card: good.card.membership.title });
    const furthest = cards.reduce<JudgedCard | null>(
      (best, next) => (best === null || next.step > best.step ? next : best),
      null,
    );
    return furthest === null ? refuse('CLUB_CARD_MISSING', { cardCode: null }) : answerOf(furthest);
  },
};

/** The good club card that a charged entry takes a visit from: only one that counts visits; null when none does. */
export function chargedCard(standing: Standing, tap: MemberTap): Standing | null {
  if (!needsClubCard(standing, tap)) return null;
  const card = cardsOf(standing, tap).find(({ answer }) => answer.result === 'passed')?.card;
  return card && card.membership.visits.left !== null ? card : null;
}

/** Rules 7 to 11, 16 and 14, in the order of section 5. */
const cardRules: readonly MembershipRule[] = [state, term, payment, branch, freeze, window];

function needsClubCard({ membership }: Standing, { rules, held }: MemberTap): boolean {
  const { usage, requiresClubCard } = membership.terms;
  if (usage === 'club_card' || held.member === null) return false;
  return requiresClubCard || rules.clubCard.appliesTo === 'all';
}

interface JudgedCard {
  card: Standing;
  answer: RuleAnswer;
  /** How many of the card's rules it passed. */
  step: number;
}

/** The cards of the member as prerequisites of an entry that `payer` pays, or paid already. */
function cardsOf(payer: Standing, tap: MemberTap): JudgedCard[] {
  return tap.standings
    .filter(({ membership }) => membership.terms.usage === 'club_card')
    .sort((a, b) => compareStandings(a, b, tap.rules.chooseOrder, tap.chosen).order)
    .map((card) => judge(card, payer, tap));
}

/** An entry that takes no visit needs none left on the card (rule 24). A refusal comes before asking staff (section 5). */
function judge(card: Standing, payer: Standing, tap: MemberTap): JudgedCard {
  const asPaid = { ...card, reentry: payer.reentry };
  let asks: JudgedCard | null = null;
  for (const [step, rule] of cardRules.entries()) {
    if (rule.needsClock && !tap.facts.clockTrusted) continue;
    const answer = rule.check(asPaid, tap);
    if (answer.result === 'refused') return { card, answer, step };
    if (answer.result === 'asks') asks ??= { card, answer, step };
  }
  const step = cardRules.length;
  const left = leftOf(card, null);
  if (payer.charge > 0 && left !== null && left <= 0)
    return { card, answer: refuse('NO_VISITS_LEFT', { left: 0, cost: 1 }), step };
  return asks ?? { card, answer: pass('club-card', { card: card.membership.title }), step: step + 1 };
}

function answerOf({ answer, step }: JudgedCard): RuleAnswer {
  if (answer.result !== 'refused' && answer.result !== 'asks') return refuse('CLUB_CARD_MISSING', { cardCode: null });
  const { params, code } = answer;
  const date = (key: string) => (typeof params[key] === 'string' ? params[key] : null);
  const rule = cardRules[step];
  if (rule === freeze) {
    const frozen = { frozenFrom: date('frozenFrom'), frozenUntil: date('frozenUntil') };
    return answer.result === 'asks' ? askStaff('CLUB_CARD_FROZEN', frozen) : refuse('CLUB_CARD_FROZEN', frozen);
  }
  if (rule === term) return refuse('CLUB_CARD_EXPIRED', { endedOn: date('endedOn') });
  return refuse('CLUB_CARD_MISSING', { cardCode: code });
}

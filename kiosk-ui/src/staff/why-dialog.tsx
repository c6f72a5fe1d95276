import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { DeskExplanation } from '../../../src/adapters/web/http-api.ts';
import type { ExplainedMembership, ExplainedRule } from '../../../src/domain/kiosk/texts/explain.ts';
import type { Instant } from '../../../src/domain/schedule/instant.ts';
import { momentText, momentTextWithSeconds, type Place } from '../clock-text.ts';
import { Dialog } from '../dialog.tsx';
import { FormProblem } from '../form-problem.tsx';
import { Icon } from '../icon.tsx';
import { useWords } from '../page-words.tsx';
import { type Answer, getJson } from '../request.ts';
import { ToneSymbol } from '../tone-symbol.tsx';
import { outcomeTones } from './outcome-tones.ts';

/** Why a tap was answered as it was: every rule that was asked, what it said and what it saw. */
export function WhyDialog({
  entry,
  now,
  place,
  close,
}: {
  entry: number;
  now: Instant;
  place: Place;
  close: () => void;
}): JSX.Element {
  const { language, words } = useWords();
  const { why } = words.desk;
  const [answer, setAnswer] = useState<Answer<DeskExplanation> | null>(null);

  useEffect(() => {
    let wanted = true;
    void getJson<DeskExplanation>(`/staff/api/entries/${entry}/explanation`, { language }).then((came) => {
      if (wanted) setAnswer(came);
    });
    return () => {
      wanted = false;
    };
  }, [entry, language]);

  return (
    <Dialog title={why.title} close={close} wide closeWords={why.close}>
      {answer === null && <p class="empty">{why.loading}</p>}
      {answer?.done && <Explanation explanation={answer.body} now={now} place={place} />}
      {answer?.done === false &&
        (answer.status === 404 ? (
          <p class="empty">{why.notKept}</p>
        ) : (
          <FormProblem problem={answer.refusal?.problem ?? words.noAnswer} />
        ))}
    </Dialog>
  );
}

function Explanation({
  explanation: { outcome, who, reason, at, gate, nextAllowedAt, tap, memberships, choice },
  now,
  place,
}: {
  explanation: DeskExplanation;
  now: Instant;
  place: Place;
}): JSX.Element {
  const { taps, why } = useWords().words.desk;
  return (
    <div class="why">
      <div class="why-answer" data-tone={outcomeTones[outcome]}>
        <ToneSymbol tone={outcomeTones[outcome]} />
        <div>
          <p class="tap-who">{who}</p>
          <p class="tap-reason">
            <strong>{taps.outcome[outcome]}</strong>
            <span>{reason}</span>
          </p>
          {nextAllowedAt !== null && (
            <p class="why-next">
              <Icon name="clock" />
              {taps.again(momentText(nextAllowedAt, now, place))}
            </p>
          )}
        </div>
        <p class="why-where">
          {momentTextWithSeconds(at, now, place)} · {gate}
        </p>
      </div>
      {memberships.map((membership) => (
        <Membership key={membership.id} {...membership} />
      ))}
      <Rules title={why.afterChoice} rules={choice} />
      <Rules title={why.tap} rules={tap} />
    </div>
  );
}

function Membership({ title, chosen, rules }: ExplainedMembership): JSX.Element {
  const { why } = useWords().words.desk;
  return (
    <section class="why-membership" data-chosen={chosen !== null}>
      <h3>{why.membership(title)}</h3>
      {chosen !== null && (
        <p class="why-chosen">
          <Icon name="check" />
          {chosen}
        </p>
      )}
      <RuleList rules={rules} />
    </section>
  );
}

function Rules({ title, rules }: { title: string; rules: ExplainedRule[] }): JSX.Element | null {
  if (rules.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <RuleList rules={rules} />
    </section>
  );
}

function RuleList({ rules }: { rules: ExplainedRule[] }): JSX.Element {
  return (
    <ul class="rules">
      {rules.map((rule) => (
        <Rule key={rule.rule} {...rule} />
      ))}
    </ul>
  );
}

const signs: Record<ExplainedRule['result'] | 'warned', string> = {
  passed: '✓',
  refused: '✗',
  asks: '?',
  skipped: '–',
  warned: '!',
};

const tones = { passed: 'welcome', refused: 'stop', asks: 'ask', skipped: 'note', warned: 'ask' } as const;

function Rule({ name, text, ...rule }: ExplainedRule): JSX.Element {
  const { why } = useWords().words.desk;
  const result = rule.warned ? 'warned' : rule.result;
  return (
    <li data-tone={tones[result]} data-result={result}>
      <span class="rule-sign" aria-hidden="true">
        {signs[result]}
      </span>
      <strong>{name}</strong>
      <span class="rule-text">{text}</span>
      <span class="rule-word">{why.result[result]}</span>
    </li>
  );
}

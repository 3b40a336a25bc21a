/** Whether what was expected is what was measured: each rule in plain words, what came out, and what decided it. */
import { Check, CircleHelp, X } from 'lucide-react';
import { type CardForm, type FigureCard, ruleTexts } from '../../config/figures/card.ts';
import { judgeCard } from '../../metrics/cardWords.ts';
import type { FigureLines } from '../../metrics/figureLines.ts';
import { judge, type Verdict } from '../../metrics/verdict.ts';

/** Of several rules. */
const PLURALS: Readonly<Record<Verdict, string>> = {
  holds: 'hold',
  'cannot be told': 'cannot be told',
  'does not hold': 'do not hold',
};
const SIGNS = { holds: Check, 'cannot be told': CircleHelp, 'does not hold': X } as const;

interface Props {
  card: FigureCard;
  form: CardForm;
  /** Absent while nothing is measured: what was expected stands there all the same. */
  lines?: FigureLines;
}

export function Verdicts({ card, form, lines }: Props) {
  const texts = ruleTexts(card);
  const judged = lines === undefined ? null : judgeCard(card, form, lines);
  return (
    <ul className="verdicts" aria-label="What was expected, and whether it is so">
      {texts.map((text, i) => {
        const found = judged?.[i];
        return (
          <li key={text}>
            {found === undefined ? <span className="rule-verdict">expected</span> : <VerdictWord verdict={found.verdict} />}
            <span>
              {whole(text)} {found !== undefined && <span className="muted">{whole(asSentence(found.because))}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A number and its unit stay on one line. */
function whole(said: string): string {
  return said.replaceAll(/(\d) (?=%|ms\b|s\b|MB\b|points\b)/g, '$1\u00a0');
}

/** "They meet at about 0.4." */
function asSentence(said: string): string {
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

function VerdictWord({ verdict }: { verdict: Verdict }) {
  const Sign = SIGNS[verdict];
  return (
    <span className="rule-verdict" data-verdict={verdict}>
      <Sign size={14} aria-hidden="true" />
      {verdict}
    </span>
  );
}

/** "2 hold, 1 cannot be told": all rules of a card at a glance. */
export function sayVerdicts({ rules }: FigureCard, lines: FigureLines): string {
  const verdicts = rules.map((rule) => judge(rule, lines).verdict);
  return (Object.keys(SIGNS) as Verdict[])
    .flatMap((verdict) => {
      const count = verdicts.filter((one) => one === verdict).length;
      return count === 0 ? [] : [`${count} ${count === 1 ? verdict : PLURALS[verdict]}`];
    })
    .join(', ');
}

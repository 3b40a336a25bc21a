/** Whether what was expected is what was measured: each rule in plain words, what came out, and what decided it. */
import { Check, CircleHelp, X } from 'lucide-react';
import { type FigureCard, ruleTexts } from '../../config/figures/card.ts';
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
  /** Absent while nothing is measured: what was expected stands there all the same. */
  lines?: FigureLines;
}

export function Verdicts({ card, lines }: Props) {
  const texts = ruleTexts(card);
  return (
    <ul className="verdicts" aria-label="What was expected, and whether it is so">
      {card.rules.map((rule, i) => {
        const { verdict, because } = lines === undefined ? { verdict: null, because: null } : judge(rule, lines);
        return (
          <li key={texts[i]}>
            {verdict === null ? <span className="rule-verdict">expected</span> : <VerdictWord verdict={verdict} />}
            <span>
              {texts[i]} {because !== null && <span className="muted">{because}.</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
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

/** The classes that a model finds most probable. */
import type { ClassifiedSample } from '../trainer/reports.ts';
import { formatPercent } from './format.ts';
import { type Answer, topAnswers } from './store/answers.ts';

const ANSWERS = 3;

interface Props {
  sample: ClassifiedSample;
  classes: readonly string[];
  label: string;
}

export function AnswerList({ sample, classes, label }: Props) {
  const answers = topAnswers(sample, classes, ANSWERS);
  const isRight = answers[0]?.isTruth ?? false;
  return (
    <ol className="answers" aria-label={label}>
      {answers.map((answer, rank) => (
        <AnswerBar key={answer.label} {...answer} isWrong={sample.truth !== undefined && rank === 0 && !isRight} />
      ))}
    </ol>
  );
}

function AnswerBar({ label, probability, isTruth, isWrong }: Answer & { isWrong: boolean }) {
  return (
    <li className="answer" data-verdict={isTruth ? 'right' : isWrong ? 'wrong' : undefined}>
      <span className="answer-name" title={label}>
        {label}
      </span>
      <span className="answer-track" aria-hidden="true">
        <span className="answer-bar" style={{ width: `${100 * probability}%` }} />
      </span>
      <span className="answer-share">{formatPercent(probability, 0)}</span>
    </li>
  );
}

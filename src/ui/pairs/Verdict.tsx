/** What a model answers: the probability of every class. */
import { argmaxOfRow } from '../../metrics/rows.ts';
import { formatPercent } from '../format.ts';

interface Props {
  classes: readonly string[];
  answers: Float32Array | undefined;
  truth: number | undefined;
}

export function Verdict({ classes, answers, truth }: Props) {
  if (answers === undefined) return <p className="muted">The sample lacks one of these senses.</p>;
  const best = argmaxOfRow(answers, 0, answers.length);
  return (
    <ul className="switchboard-bars" aria-label="Probability of each class">
      {classes.map((name, c) => (
        <li key={name} className="answer" data-verdict={c === truth ? 'right' : c === best ? 'wrong' : undefined}>
          <span className="answer-name">{name}</span>
          <span className="answer-track" aria-hidden="true">
            <span className="answer-bar" style={{ width: `${100 * answers[c]}%` }} />
          </span>
          <span className="answer-share">{formatPercent(answers[c], 0)}</span>
        </li>
      ))}
    </ul>
  );
}

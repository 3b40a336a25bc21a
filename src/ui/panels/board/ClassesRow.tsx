/** A sample, the classes that the model finds most probable, and whether the first is right. */
import type { ClassifiedSample } from '../../../trainer/reports.ts';
import { formatPercent } from '../../format.ts';
import { viewOf } from '../../modalities/registry.ts';
import { type Answer, topAnswers } from '../../store/answers.ts';
import { Picture } from './Picture.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

const ANSWERS = 3;

export function ClassesRow(props: RowPlace & { sample: ClassifiedSample }) {
  const { index, info, tile, stacked, name, sample } = props;
  const { words } = viewOf(info.board.modality);
  const answers = topAnswers(sample, info.classes, ANSWERS);
  const isLabelled = sample.truth !== undefined;
  const isRight = answers[0]?.isTruth ?? false;
  return (
    <>
      <Tiles kind="classes" stacked={stacked} of={props} shown={[{ is: 'whole' }]}>
        {[<Picture key="sample" set={info.board} index={index} tile={tile} label={`${name}: the ${words.sample}`} />]}
      </Tiles>
      <ol className="answers" aria-label={`${name}: most probable classes`}>
        {answers.map((answer, rank) => (
          <AnswerBar key={answer.label} {...answer} isWrong={isLabelled && rank === 0 && !isRight} />
        ))}
      </ol>
      <span className="row-count">
        {isLabelled ? (
          <span className="row-verdict" data-right={isRight}>
            {isRight ? 'right' : 'wrong'}
          </span>
        ) : (
          <span className="row-detail">no label</span>
        )}
      </span>
    </>
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

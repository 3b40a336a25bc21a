/** A sample, the classes that the model finds most probable, and whether the first is right. */
import type { ClassifiedSample } from '../../../trainer/reports.ts';
import { AnswerList } from '../../AnswerList.tsx';
import { viewWords } from '../../modalities/registry.ts';
import { topAnswers } from '../../store/answers.ts';
import { Picture } from './Picture.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

export function ClassesRow(props: RowPlace & { sample: ClassifiedSample }) {
  const { index, info, tile, stacked, name, sample } = props;
  const words = viewWords(info.config);
  const isLabelled = sample.truth !== undefined;
  const isRight = topAnswers(sample, info.classes, 1)[0]?.isTruth ?? false;
  return (
    <>
      <Tiles kind="classes" stacked={stacked} of={props} shown={[{ is: 'whole' }]}>
        {[<Picture key="sample" set={info.board} index={index} tile={tile} label={`${name}: the ${words.sample}`} />]}
      </Tiles>
      <AnswerList sample={sample} classes={info.classes} label={`${name}: most probable classes`} />
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

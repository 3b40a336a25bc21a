/** What the answers to the test pictures say. */
import { accuracyOf, type Classification } from '../../metrics/classification.ts';
import { confusionMatrix, surestMistakes } from '../../metrics/confusion.ts';
import type { StudyResult } from './plan.ts';

/** Mistakes that are kept. */
const MISTAKES = 24;

export type Score = Pick<StudyResult, 'accuracy' | 'testPictures' | 'confusion' | 'mistakes'>;

/** @param truths true classes of the tested pictures */
export function scoreAnswers(answers: Classification, truths: Uint16Array, classes: number): Score {
  const { predictions } = answers;
  return {
    accuracy: accuracyOf(predictions, truths),
    testPictures: predictions.length,
    confusion: { of: 'classes', counts: confusionMatrix(predictions, truths, classes), side: classes },
    mistakes: surestMistakes(answers, truths, MISTAKES).map(({ row, label, predicted, confidence }) => ({
      picture: row,
      truth: label,
      answer: predicted,
      confidence,
    })),
  };
}

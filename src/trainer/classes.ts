/** Looking at a run with labels: what it takes held-out pictures for. */
import { joinFloats } from '../base/join.ts';
import { shareError } from '../base/statistics.ts';
import { type Samples, selectSamples } from '../data/samples.ts';
import { accuracyOf, type Classification, classify, softmaxRows } from '../metrics/classification.ts';
import { confusionMatrix, surestMistakes } from '../metrics/confusion.ts';
import { classLogits } from '../objectives/supervised.ts';
import { chunks, indexRange } from './chunks.ts';
import type { BoardReport, ClassifiedSample, Mistakes } from './reports.ts';
import type { Run } from './run.ts';
import type { Measurement, View } from './view.ts';

/** Mistakes that are shown. */
const MISTAKES = 24;

export class ClassesView implements View {
  constructor(private readonly run: Run) {}

  async board(pictures: Samples): Promise<BoardReport> {
    const step = this.run.steps;
    const classes = this.run.dataset.train.classes.length;
    const probabilities = await classProbabilities(this.run, pictures, indexRange(0, pictures.count));
    const samples = indexRange(0, pictures.count).map((i): ClassifiedSample => {
      const truth = pictures.labels?.[i];
      const own = { probabilities: probabilities.slice(i * classes, (i + 1) * classes) };
      // A pinned photo belongs to none of the classes.
      return truth === undefined || truth >= classes ? own : { ...own, truth };
    });
    return { kind: 'classes', step, samples };
  }

  /** Labels as they are: no smoothing in the loss. A set without labels has no scores. Nothing is masked, whatever the ratio. */
  async *measure(set: Samples, pictures: readonly number[]): AsyncGenerator<undefined, Measurement, void> {
    const { labels } = set;
    if (labels === undefined) return { scores: {}, errors: {}, pictures: 0 };
    const classes = this.run.dataset.train.classes.length;
    const parts: Float32Array[] = [];
    for (const chunk of chunks(pictures, this.run.spec.patches)) {
      parts.push(await classProbabilities(this.run, set, chunk));
      yield undefined;
    }
    const probabilities = joinFloats(parts);
    const truth = Uint16Array.from(pictures, (picture) => labels[picture]);
    const classified = classify(probabilities, classes);
    const { predictions } = classified;
    const scores = { loss: meanLoss(probabilities, truth, classes), accuracy: accuracyOf(predictions, truth) };
    const confusion = { of: 'classes' as const, counts: confusionMatrix(predictions, truth, classes), side: classes };
    const errors = { accuracy: shareError(scores.accuracy, pictures.length) };
    return {
      scores,
      errors,
      pictures: pictures.length,
      confusion,
      mistakes: this.mistakesAmong(set, pictures, classified, truth),
    };
  }

  private mistakesAmong(set: Samples, pictures: readonly number[], classified: Classification, truth: Uint16Array): Mistakes {
    const mistakes = surestMistakes(classified, truth, MISTAKES);
    const mistaken = selectSamples(
      set,
      mistakes.map(({ row }) => pictures[row]),
    );
    return {
      pictures: this.run.tokenizer.gallery(mistaken),
      answers: mistakes.map(({ label, predicted, confidence }) => ({ truth: label, answer: predicted, confidence })),
    };
  }
}

/** (pictures, classes) what a run with labels takes pictures of a set for; rows sum to 1. One forward pass. */
export async function classProbabilities(run: Run, set: Samples, pictures: readonly number[]): Promise<Float32Array> {
  const { values, count, patches, patchLength } = run.tokenizer.cut(set, pictures);
  const task = { tensors: { patches: { data: values, shape: [count, patches, patchLength] } }, sizes: {} };
  const { pooling } = run.config.supervised;
  const [logits] = await run.forward(task, (weights, uploaded) => [classLogits(weights, run.spec, pooling, uploaded)]);
  return softmaxRows(logits, run.dataset.train.classes.length);
}

/** Mean cross-entropy; a probability that is 0 in single precision counts as the smallest that is not. */
function meanLoss(probabilities: Float32Array, labels: Uint16Array, classes: number): number {
  const sum = labels.reduce((total, label, i) => total - Math.log(Math.max(probabilities[i * classes + label], SMALLEST)), 0);
  return sum / labels.length;
}

const SMALLEST = 2 ** -149;

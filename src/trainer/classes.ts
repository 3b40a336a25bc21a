/** Looking at a run with labels: what it takes held-out pictures for. */
import { joinFloats } from '../base/join.ts';
import { shareError } from '../base/statistics.ts';
import { EMPTY } from '../config/modalities/tokens.ts';
import { type Samples, selectSamples } from '../data/samples.ts';
import { accuracyOf, type Classification, classify, softmaxRows } from '../metrics/classification.ts';
import { confusionMatrix, surestMistakes } from '../metrics/confusion.ts';
import { argmaxOfRow } from '../metrics/rows.ts';
import type { PatchBatch } from '../objectives/objective.ts';
import { classLogits } from '../objectives/supervised.ts';
import { textsOf } from '../objectives/words.ts';
import { chunks, indexRange } from './chunks.ts';
import { distanceToStart, learnedSamples, meanLoss, truthsOf } from './fit.ts';
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
    const all = indexRange(0, pictures.count);
    const probabilities = await classProbabilities(this.run, pictures, all);
    const words = await wordShares(this.run, pictures, probabilities);
    const samples = all.map((i): ClassifiedSample => {
      const truth = pictures.labels?.[i];
      const own = { probabilities: probabilities.slice(i * classes, (i + 1) * classes), ...words[i] };
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
    const probabilities = yield* probabilitiesInPieces(this.run, set, pictures);
    const truth = truthsOf(set, pictures);
    const classified = classify(probabilities, classes);
    const { predictions } = classified;
    const loss = meanLoss(probabilities, truth, classes);
    const { trainingLoss, trainingPictures } = yield* this.fitOfTraining();
    const moved = await distanceToStart(this.run);
    const scores = {
      ...{ loss, accuracy: accuracyOf(predictions, truth), trainingLoss, generalisationGap: loss - trainingLoss },
      ...(moved && { distance: moved.distance }),
    };
    const confusion = { of: 'classes' as const, counts: confusionMatrix(predictions, truth, classes), side: classes };
    const errors = { accuracy: shareError(scores.accuracy, pictures.length) };
    return {
      scores,
      errors,
      pictures: pictures.length,
      trainingPictures,
      confusion,
      mistakes: this.mistakesAmong(set, pictures, classified, truth),
    };
  }

  /** Loss on samples that the run learned from, as they are: not augmented, labels not smoothed. */
  private async *fitOfTraining(): AsyncGenerator<undefined, { trainingLoss: number; trainingPictures: number }, void> {
    const { train } = this.run.dataset;
    const learned = learnedSamples(this.run);
    const probabilities = yield* probabilitiesInPieces(this.run, train, learned);
    return {
      trainingLoss: meanLoss(probabilities, truthsOf(train, learned), train.classes.length),
      trainingPictures: learned.length,
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
export function classProbabilities(run: Run, set: Samples, pictures: readonly number[]): Promise<Float32Array> {
  return probabilitiesOf(run, run.tokenizer.cut(set, pictures));
}

/** As `classProbabilities`, in pieces that take about as long as a training step. */
export async function* probabilitiesInPieces(
  run: Run,
  set: Samples,
  pictures: readonly number[],
): AsyncGenerator<undefined, Float32Array, void> {
  const parts: Float32Array[] = [];
  for (const chunk of chunks(pictures, run.spec.patches)) {
    parts.push(await classProbabilities(run, set, chunk));
    yield undefined;
  }
  return joinFloats(parts);
}

async function probabilitiesOf(run: Run, { values, count, patches, patchLength }: PatchBatch): Promise<Float32Array> {
  const task = { tensors: { patches: { data: values, shape: [count, patches, patchLength] } }, sizes: {} };
  const { pooling } = run.config.supervised;
  const [logits] = await run.forward(task, (weights, uploaded) => [classLogits(weights, run.spec, pooling, uploaded)]);
  return softmaxRows(logits, run.dataset.train.classes.length);
}

/**
 * Of texts: their words, and how much less probable the most probable class is where each of them is left out, an empty place in
 * its stead. One forward pass for each text.
 */
async function wordShares(
  run: Run,
  set: Samples,
  probabilities: Float32Array,
): Promise<Pick<ClassifiedSample, 'ids' | 'shares'>[]> {
  const classes = run.dataset.train.classes.length;
  const batch = run.tokenizer.cut(set, indexRange(0, set.count));
  if (!(batch.values instanceof Int32Array)) return [];
  const { patches } = batch;
  const shares: Pick<ClassifiedSample, 'ids' | 'shares'>[] = [];
  for (const [i, ids] of textsOf(batch).entries()) {
    const values = new Int32Array(patches * patches);
    for (let place = 0; place < patches; place++) values.set(ids.with(place, EMPTY), place * patches);
    const without = await probabilitiesOf(run, { values, count: patches, patches, patchLength: 1 });
    const best = argmaxOfRow(probabilities, i * classes, classes);
    const share = (place: number) => probabilities[i * classes + best] - without[place * classes + best];
    shares.push({ ids: ids.slice(), shares: Float32Array.from(ids, (id, place) => (id === EMPTY ? 0 : share(place))) });
  }
  return shares;
}

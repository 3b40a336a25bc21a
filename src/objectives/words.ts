/** What the objectives have in common that guess removed words: which words, how many rows are asked, and what guesses them. */
import type * as tf from '@tensorflow/tfjs-core';
import { BadDataError } from '../base/errors.ts';
import type { Random } from '../base/random.ts';
import { FIRST_WORD } from '../config/modalities/tokens.ts';
import type { HostTensor } from '../engine/stepper.ts';
import { normal, type ParameterSpec, type Weights, zeros } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { WORD_TABLE } from '../model/stem.ts';
import type { Attend } from '../model/transformer.ts';
import { linear } from '../ops/linear.ts';
import { transposed } from '../ops/transposed.ts';
import { wordLoss } from '../ops/wordLoss.ts';
import { cellsOf } from './arrange.ts';
import { takeSamples } from './members.ts';
import type { LossResult, PatchBatch, Task, UploadedTask } from './objective.ts';
import { idsOf } from './tokenValues.ts';

const HEAD = 'head_words';

/** A model that guesses removed words. */
export interface WordPainter {
  readonly spec: ModelSpec;
  /**
   * @param removed places of the words that each text is asked for, ascending, at least one and at most `rows`
   * @param rows that every text is asked for: one shape serves all, a text's own words fill it again and again
   * @returns among its tensors `asked` (B, rows), the places, and `targets` (B rows), the words
   */
  task(batch: PatchBatch, removed: readonly Int32Array[], rows: number, random: Random): Task;
  /**
   * What the output is given at the places asked: (B rows, d).
   *
   * @param attend sees the encoder's attention
   */
  hidden(weights: Weights, task: UploadedTask, attend?: Attend): tf.Tensor2D;
  /** Whether the encoder sees that words are missing, and where: its attention of masked words then says where they are looked for. */
  readonly masksInside: boolean;
}

/** Rows that a text of all its places is asked for at a mask ratio. */
export function rowsAt({ patches }: ModelSpec, ratio: number): number {
  return Math.max(1, Math.round(ratio * patches));
}

/** Places of a text's words that may be removed: neither empty nor unknown to the vocabulary. */
export function knownPlaces(ids: Int32Array): number[] {
  return Array.from(ids.keys()).filter((place) => ids[place] >= FIRST_WORD);
}

/** Exactly so many of a text's known words as the ratio says, at least one, every set of them equally likely; ascending. */
export function removedPlaces(ids: Int32Array, ratio: number, random: Random): Int32Array {
  const known = knownPlaces(ids);
  const count = Math.min(known.length, Math.max(1, Math.round(ratio * known.length)));
  const drawn = random.permutation(known.length).subarray(0, count);
  return Int32Array.from(drawn, (index) => known[index]).sort();
}

/** Another set of words for every text of a batch. A text without a known word leaves its place to the next one that has some. */
export function drawWords(painter: WordPainter, batch: PatchBatch, ratio: number, random: Random): Task {
  const texts = withWords(batch);
  const removed = textsOf(texts).map((ids) => removedPlaces(ids, ratio, random));
  return painter.task(texts, removed, rowsAt(painter.spec, ratio), random);
}

/** The ids of each text of a batch, (n) each. */
export function textsOf(batch: PatchBatch): Int32Array[] {
  const ids = idsOf(batch);
  return Array.from({ length: batch.count }, (_, i) => ids.subarray(i * batch.patches, (i + 1) * batch.patches));
}

/** Whether each text of a batch has a word that the vocabulary knows. */
export function haveWords(batch: PatchBatch): boolean[] {
  return textsOf(batch).map((ids) => ids.some((id) => id >= FIRST_WORD));
}

/**
 * The same batch where every sample has a word to be asked for: one without gives its place to the next one that has some.
 *
 * @param texts of the samples
 * @throws BadDataError when no text of the batch has a word that the vocabulary knows
 */
export function withWords(batch: PatchBatch, texts = batch): PatchBatch {
  const full = haveWords(texts);
  if (full.every((is) => is)) return batch;
  if (!full.includes(true)) throw new BadDataError('None of these texts has a word of the vocabulary: raise text.vocabulary.');
  const next = (i: number): number => (full[i] ? i : next((i + 1) % full.length));
  return takeSamples(
    batch,
    full.map((_, i) => next(i)),
  );
}

/** `asked` and `targets` of a task. */
export function askedWords(
  batch: PatchBatch,
  removed: readonly Int32Array[],
  rows: number,
): Record<'asked' | 'targets', HostTensor> {
  const texts = textsOf(batch);
  const asked = removed.map((places) => Int32Array.from({ length: rows }, (_, row) => places[row % places.length]));
  const targets = Int32Array.from(asked.flatMap((places, i) => Array.from(places, (place) => texts[i][place])));
  return { asked: cellsOf(asked), targets: { data: targets, shape: [targets.length] } };
}

// ---------------------------------------------------------------- the output

/** @param tied whether words are guessed with the table that reads them */
export function wordHeadParameters({ vocabulary = 0, width }: ModelSpec, tied: boolean): ParameterSpec[] {
  const own = { name: `${HEAD}.weight`, shape: [width, vocabulary], init: normal(0.02) };
  return [...(tied ? [] : [own]), { name: `${HEAD}.bias`, shape: [vocabulary], init: zeros }];
}

/** (rows, d) -> (rows, V), unnormalised. */
export function wordLogits(weights: Weights, hidden: tf.Tensor2D): tf.Tensor2D {
  const own = weights[`${HEAD}.weight`] as tf.Tensor2D | undefined;
  const matrix = own ?? transposed(weights[WORD_TABLE] as tf.Tensor2D);
  return linear(hidden, matrix, weights[`${HEAD}.bias`] as tf.Tensor1D) as tf.Tensor2D;
}

/** Mean cross-entropy over all rows asked, and the share that is right. */
export function wordsLoss(painter: WordPainter, weights: Weights, task: UploadedTask): LossResult {
  const logits = wordLogits(weights, painter.hidden(weights, task));
  const { loss, accuracy } = wordLoss(logits, task.tensors.targets as tf.Tensor1D);
  return { loss, metrics: { maskedWordAccuracy: accuracy } };
}

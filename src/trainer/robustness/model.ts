/** A run with labels for some senses, looked at from outside: its embeddings, its head, and what it answers to every subset. */
import type * as tf from '@tensorflow/tfjs-core';
import { joinFloats } from '../../base/join.ts';
import type { Sense } from '../../config/modalities/names.ts';
import { type Subset, subsetsOf } from '../../config/subsets.ts';
import type { Samples } from '../../data/samples.ts';
import { softmaxRows } from '../../metrics/classification.ts';
import { headPrint } from '../../metrics/interpolate.ts';
import { fittingLinearProbe, type LinearProbe } from '../../metrics/linearProbe.ts';
import { argmaxOfRow } from '../../metrics/rows.ts';
import { fuse, type Senses } from '../../model/senses.ts';
import { memberTensors } from '../../objectives/members.ts';
import type { PatchBatch, Task } from '../../objectives/objective.ts';
import { headLogits, subsetLogits } from '../../objectives/robust.ts';
import { chunks } from '../chunks.ts';
import type { Run } from '../run.ts';

/** The decay of the probe's weights: that of the sum of their squares, not of half of it (multimodal.md 3). */
const PROBE_DECAY = 2e-3;

/** @throws Error when the run's objective does not learn from several senses */
export function sensesOf({ objective }: Run): Senses<Sense> {
  if (objective.senses === undefined) throw new Error('this run has one encoder only');
  return objective.senses;
}

export function namesOf(run: Run): Sense[] {
  return sensesOf(run).specs.map(({ name }) => name);
}

/** Tokens of all senses of a sample (n): what work is cut into pieces by. */
export function tokensOf(run: Run): number {
  return sensesOf(run).specs.reduce((sum, { spec }) => sum + spec.patches, 0);
}

/** (count, width) what the encoders make of a batch that shows a subset, as the classifier sees it. */
export async function fusedFeatures(run: Run, batch: PatchBatch, subset: readonly Sense[]): Promise<Float32Array> {
  const senses = sensesOf(run);
  const task: Task = { tensors: memberTensors(batch, senses.specs, subset), sizes: {} };
  const [features] = await run.forward(task, (weights, { tensors }) => [fuse(senses.embed(weights, tensors, subset))]);
  return features;
}

/** (subsets, count, classes) logits of a batch for every subset. Where senses are encoded apart each is encoded once. */
export async function answersToSubsets(run: Run, batch: PatchBatch, subsets: readonly Subset<Sense>[]): Promise<Float32Array[]> {
  const senses = sensesOf(run);
  const all = namesOf(run);
  const task: Task = { tensors: memberTensors(batch, senses.specs, all), sizes: {} };
  return run.forward(task, (weights, { tensors }) => {
    if (!senses.apart) return subsets.map((subset) => subsetLogits(senses, weights, tensors, subset));
    const embedded = new Map(senses.embed(weights, tensors, all).map((one, k) => [all[k], one]));
    return subsets.map((subset) => headLogits(weights, fuse(subset.map((sense) => embedded.get(sense) as tf.Tensor2D))));
  });
}

/** What every subset is worth: right answers, and how many samples have it. */
export interface SubsetScores {
  right: Uint32Array;
  counts: Uint32Array;
}

/** Tests on samples of a set, by index, as they are corrupted once and for all; yields the share that is done. */
export async function* testSubsets(
  run: Run,
  set: Samples,
  samples: readonly number[],
): AsyncGenerator<number, SubsetScores, void> {
  const subsets = subsetsOf(namesOf(run)) as Subset<Sense>[];
  const right = new Uint32Array(subsets.length);
  const counts = new Uint32Array(subsets.length);
  const pieces = chunks(samples, tokensOf(run));
  for (const [i, piece] of pieces.entries()) {
    const batch = run.tokenizer.cut(set, piece);
    const answers = await answersToSubsets(run, batch, subsets);
    subsets.forEach((subset, s) => {
      for (let row = 0; row < piece.length; row++) {
        if (!hasAll(batch, subset, row)) continue;
        counts[s] += 1;
        if (argmaxOfRow(answers[s], row * run.subject.classes, run.subject.classes) === batch.labels?.[row]) right[s] += 1;
      }
    });
    yield (i + 1) / pieces.length;
  }
  return { right, counts };
}

/** (samples, subsets, classes) probabilities of a batch for every subset; those of senses that a sample lacks mean nothing. */
export async function probabilitiesOf(run: Run, batch: PatchBatch): Promise<Float32Array> {
  const { classes } = run.subject;
  const subsets = subsetsOf(namesOf(run)) as Subset<Sense>[];
  const answers = (await answersToSubsets(run, batch, subsets)).map((logits) => softmaxRows(logits, classes));
  const out = new Float32Array(batch.count * subsets.length * classes);
  for (let i = 0; i < batch.count; i++) {
    answers.forEach((rows, s) => {
      out.set(rows.subarray(i * classes, (i + 1) * classes), (i * subsets.length + s) * classes);
    });
  }
  return out;
}

/** Whether sample `row` of a batch has all of some senses. */
export function hasAll({ members }: PatchBatch, subset: readonly Sense[], row: number): boolean {
  return subset.every((sense) => members?.[sense]?.present?.[row] !== 0);
}

/**
 * Softmax regression on standardised features, the standardisation folded back into the head: what fine-tuning starts from. Yields the
 * share of the steps that it may take.
 */
export function* fitHead(
  batches: readonly { features: Float32Array; labels: ArrayLike<number> }[],
  classes: number,
): Generator<number, Head, void> {
  const labels = Uint16Array.from(batches.flatMap((batch) => Array.from(batch.labels)));
  const features = joinFloats(batches.map((batch) => batch.features));
  const probe = yield* fittingLinearProbe(
    { features, labels, d: features.length / labels.length, classes },
    { weightDecay: PROBE_DECAY },
  );
  return foldedHead(probe);
}

export interface Head {
  /** (d, classes), then (classes). */
  weight: Float32Array;
  bias: Float32Array;
}

/** The same answers on features that are not standardised. */
export function foldedHead({ mean, scale, parameters, classes }: LinearProbe): Head {
  const d = mean.length;
  const weight = new Float32Array(d * classes);
  const bias = new Float32Array(classes);
  for (let c = 0; c < classes; c++) {
    let shift = 0;
    for (let i = 0; i < d; i++) {
      const folded = parameters[c * d + i] * scale[i];
      weight[i * classes + c] = folded;
      shift += folded * mean[i];
    }
    bias[c] = parameters[classes * d + c] - shift;
  }
  return { weight, bias };
}

/** A run's weights with another head, and the name of that head. */
export function withHead(run: Run, weights: Float32Array, { weight, bias }: Head): { weights: Float32Array; startHead: string } {
  const values = weights.slice();
  for (const { spec, offset } of run.parameters.placements) {
    if (spec.name === 'head.weight') values.set(weight, offset);
    if (spec.name === 'head.bias') values.set(bias, offset);
  }
  return { weights: values, startHead: headPrint(joinFloats([weight, bias])) };
}

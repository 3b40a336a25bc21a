/** How a run with labels fits what it learned from, and how far it went from its start for it (methods 4, 7). */
import type { Samples } from '../data/samples.ts';
import { type WeightDistance, weightDistance } from '../metrics/weightDistance.ts';
import { parameterCount } from '../model/parameters.ts';
import { encoderParameters } from '../model/transformer.ts';
import { learnedFrom } from '../objectives/labels.ts';
import type { Run } from './run.ts';

/** Training samples that the loss is measured on, if there are as many. */
const TRAINING_SAMPLES = 256;

/** Samples of the training set that the run learns from, spread over all of them: by index, ascending. */
export function learnedSamples({ objective, dataset, config }: Run): number[] {
  const all = learnedFrom(objective, dataset.train, config.optimiser.seed) ?? [];
  if (all.length <= TRAINING_SAMPLES) return all;
  return Array.from({ length: TRAINING_SAMPLES }, (_, i) => all[Math.floor((i * all.length) / TRAINING_SAMPLES)]);
}

/** Of the encoder's weights from those that the run started from; undefined where these are not known. */
export async function distanceToStart(run: Run): Promise<WeightDistance | undefined> {
  const start = run.pretrainedWeights;
  if (start === undefined) return undefined;
  const count = parameterCount(encoderParameters(run.spec));
  const weights = await run.readWeights();
  return weightDistance(weights.subarray(0, count), start.subarray(0, count));
}

/**
 * Mean cross-entropy of labels as they are; a probability that is 0 in single precision counts as the smallest that is not.
 *
 * @param probabilities (samples, classes)
 */
export function meanLoss(probabilities: Float32Array, labels: Uint16Array, classes: number): number {
  const sum = labels.reduce((total, label, i) => total - Math.log(Math.max(probabilities[i * classes + label], SMALLEST)), 0);
  return sum / labels.length;
}

const SMALLEST = 2 ** -149;

/** The classes of some samples of a set. @param labels of the set */
export function truthsOf({ labels = new Uint16Array() }: Pick<Samples, 'labels'>, samples: readonly number[]): Uint16Array {
  return Uint16Array.from(samples, (sample) => labels[sample]);
}

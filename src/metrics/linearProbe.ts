/**
 * Linear probe (methods 7; He et al. 2022, appendix A.1): how far a linear classifier gets on frozen features. Features are
 * standardised as by a BatchNorm without affine, then softmax regression is solved on all rows at once.
 */
import { drain } from '../base/drain.ts';
import { invariant } from '../base/invariant.ts';
import { type Classification, classify, softmaxRows } from './classification.ts';
import { dotRows } from './dotRows.ts';
import { symmetricEigen } from './eigen.ts';
import type { LabelledFeatures } from './knn.ts';
import { gramMatrix } from './latents.ts';
import { walkDownhill } from './lbfgs.ts';

export interface LinearProbeOptions {
  /** Steps of L-BFGS at most. */
  iterations?: number;
  /** Adds weightDecay / 2 times the squared weights, biases left out, to the mean cross-entropy. */
  weightDecay?: number;
}

export interface LinearProbe {
  /** (d) of the training features. */
  mean: Float64Array;
  /** (d) 1 / sqrt(variance + 1e-6) of the training features, the variance over all rows, not one less. */
  scale: Float64Array;
  /** (classes, d) then (classes): weights, then biases. */
  parameters: Float64Array;
  classes: number;
  /** Mean cross-entropy and penalty at the end. */
  loss: number;
  iterations: number;
}

const EPSILON = 1e-6;

/** All of `fittingLinearProbe` at once. */
export function fitLinearProbe(train: LabelledFeatures, options: LinearProbeOptions = {}): LinearProbe {
  return drain(fittingLinearProbe(train, options));
}

/**
 * Deterministic: starts at 0. The result for features with a NaN predicts nothing. Yields the share of the allowed steps after
 * each of them; it may need fewer.
 *
 * @param train features (rows, d) with labels
 */
export function* fittingLinearProbe(
  train: LabelledFeatures,
  options: LinearProbeOptions = {},
): Generator<number, LinearProbe, void> {
  const { features, labels, d, classes } = train;
  const { iterations = 200, weightDecay = 1e-3 } = options;
  const rows = features.length / d;
  invariant(rows === labels.length && rows > 0, `${labels.length} labels for ${rows} rows`);
  for (let row = 0; row < rows; row++) {
    invariant(labels[row] >= 0 && labels[row] < classes, `class ${labels[row]} of ${classes}`);
  }
  const { mean, scale } = moments(features, d);
  const inputs = standardise(features, mean, scale);
  const walk = walkDownhill(probeLoss({ ...train, features: inputs }, weightDecay), new Float64Array(classes * (d + 1)), {
    iterations,
    tolerance: 1e-6,
    precondition: inverseCurvature(inputs, d, classes, weightDecay),
  });
  let step = walk.next();
  for (; !step.done; step = walk.next()) yield step.value / iterations;
  const found = step.value;
  return { mean, scale, parameters: found.point, classes, loss: found.value, iterations: found.iterations };
}

/** @param features (rows, d), standardised here with the training features' mean and deviation */
export function applyLinearProbe(probe: LinearProbe, features: Float32Array): Classification {
  const { mean, scale, parameters, classes } = probe;
  const d = mean.length;
  invariant(features.length % d === 0, `${features.length} numbers are not rows of ${d}`);
  const inputs = standardise(features, mean, scale);
  const logits = new Float64Array((inputs.length / d) * classes);
  for (let row = 0; row < inputs.length / d; row++) {
    writeLogits(logits.subarray(row * classes, row * classes + classes), parameters, inputs, row * d, d);
  }
  return classify(softmaxRows(logits, classes), classes);
}

/**
 * Mean cross-entropy with penalty and its gradient, as a function of the parameters (weights (classes, d), biases (classes)).
 *
 * @param train features (rows, d) already standardised
 */
export function probeLoss(
  { features, labels, d, classes }: LabelledFeatures,
  weightDecay: number,
): (parameters: Float64Array, gradient: Float64Array) => number {
  const rows = labels.length;
  const biases = classes * d;
  const logits = new Float64Array(classes);
  return (parameters, gradient) => {
    let loss = 0;
    gradient.fill(0);
    for (let row = 0; row < rows; row++) {
      writeLogits(logits, parameters, features, row * d, d);
      loss += crossEntropyToDelta(logits, labels[row]) / rows;
      for (let j = 0; j < classes; j++) {
        const delta = logits[j] / rows;
        const weight = j * d;
        for (let i = 0; i < d; i++) gradient[weight + i] += delta * features[row * d + i];
        gradient[biases + j] += delta;
      }
    }
    for (let i = 0; i < biases; i++) {
      loss += (weightDecay / 2) * parameters[i] ** 2;
      gradient[i] += weightDecay * parameters[i];
    }
    return loss;
  };
}

/**
 * Divides by the curvature of the loss at parameters 0, where every class has probability 1 / classes. Features of a trained
 * encoder are so correlated that without it hundreds of steps are not enough.
 */
function inverseCurvature(inputs: Float32Array, d: number, classes: number, weightDecay: number): (vector: Float64Array) => void {
  const rows = inputs.length / d;
  const { values, vectors } = symmetricEigen(gramMatrix(inputs, d), d);
  // Directions without variance have no curvature; the floor keeps their steps finite.
  const curvature = values.map((value) => Math.max(value, 1e-6 * values[0]) / (rows * classes) + weightDecay + 1e-12);
  return (vector) => {
    for (let j = 0; j < classes; j++) divideAlong(vector.subarray(j * d, j * d + d), vectors, curvature);
    for (let j = 0; j < classes; j++) vector[classes * d + j] *= classes;
  };
}

/** Divides the part of `vector` (d) along each of the unit `directions` (d, d) by that direction's curvature. */
function divideAlong(vector: Float64Array, directions: Float64Array, curvature: Float64Array): void {
  const d = vector.length;
  const divided = new Float64Array(d);
  for (let k = 0; k < d; k++) {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += directions[k * d + i] * vector[i];
    for (let i = 0; i < d; i++) divided[i] += (sum / curvature[k]) * directions[k * d + i];
  }
  vector.set(divided);
}

/** Cross-entropy of one row; leaves softmax minus one-hot, its gradient, in `logits`. */
function crossEntropyToDelta(logits: Float64Array, label: number): number {
  const largest = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const own = logits[label];
  let total = 0;
  for (let j = 0; j < logits.length; j++) {
    logits[j] = Math.exp(logits[j] - largest);
    total += logits[j];
  }
  for (let j = 0; j < logits.length; j++) logits[j] /= total;
  logits[label] -= 1;
  return largest + Math.log(total) - own;
}

/** Logits (classes) of the row of `features` that starts at `from`. */
function writeLogits(logits: Float64Array, parameters: Float64Array, features: Float32Array, from: number, d: number): void {
  const classes = logits.length;
  dotRows(features, from, parameters, 0, d, logits, classes);
  for (let j = 0; j < classes; j++) logits[j] += parameters[classes * d + j];
}

function moments(features: Float32Array, d: number): { mean: Float64Array; scale: Float64Array } {
  const rows = features.length / d;
  const mean = new Float64Array(d);
  for (let i = 0; i < features.length; i++) mean[i % d] += features[i] / rows;
  const variance = new Float64Array(d);
  for (let i = 0; i < features.length; i++) variance[i % d] += (features[i] - mean[i % d]) ** 2 / rows;
  return { mean, scale: variance.map((value) => 1 / Math.sqrt(value + EPSILON)) };
}

function standardise(features: Float32Array, mean: Float64Array, scale: Float64Array): Float32Array {
  const d = mean.length;
  return features.map((value, i) => (value - mean[i % d]) * scale[i % d]);
}

/** Reading a whole picture out of its tokens (methods 7). */
import type * as tf from '@tensorflow/tfjs-core';
import { meanTokens } from '../ops/meanTokens.ts';
import { applyNorm, normParameters } from './layers.ts';
import type { ParameterSpec, Weights } from './parameters.ts';
import type { ModelSpec } from './spec.ts';
import { meanOfWords } from './stem.ts';
import { classRow, patchRows } from './transformer.ts';

/**
 * `class`: the class token's row; `mean`: the mean over the patches, without the class token. Words are always read out by the mean
 * over those that stand for something, each behind the final norm, where there is one.
 */
export type Pooling = 'class' | 'mean';

/** The norm of a mean of tokens that no norm has seen: `fc_norm`, as MAE's and data2vec's fine-tuning call it. */
const MEAN_NORM = 'fc_norm';

/** A model that is read out by the mean: its final norm comes after the mean, as `fc_norm`, except on words. */
export function meanPooled(spec: ModelSpec): ModelSpec {
  return spec.vocabulary === undefined ? { ...spec, finalNorm: false } : spec;
}

/** What pooling adds to the encoder's parameters. */
export function poolingParameters(spec: ModelSpec, pooling: Pooling): ParameterSpec[] {
  return pooling === 'mean' && spec.vocabulary === undefined ? normParameters(MEAN_NORM, spec.width) : [];
}

/**
 * What a head sees of encoded tokens. A mean is normed where the model has `fc_norm`.
 *
 * @param tokens (B, N, d) as `encode` returns them
 * @param patches (B, n, patchLength) that they were made of
 * @returns (B, d)
 */
export function pool(
  weights: Weights,
  spec: ModelSpec,
  tokens: tf.Tensor3D,
  pooling: Pooling,
  patches: tf.Tensor3D,
): tf.Tensor2D {
  if (spec.vocabulary !== undefined) return meanOfWords(tokens, patches);
  if (pooling === 'class') {
    if (!spec.classToken) throw new Error('this model has no class token to read out');
    return classRow(tokens);
  }
  const mean = meanTokens(patchRows(tokens, spec));
  return `${MEAN_NORM}.weight` in weights ? applyNorm(weights, MEAN_NORM, mean) : mean;
}

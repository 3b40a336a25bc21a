/** What turns tokens into vectors: a matrix where they are numbers, a table where they are words (text.md 3). */
import * as tf from '@tensorflow/tfjs-core';
import { UNKNOWN } from '../config/modalities/tokens.ts';
import { embedWords } from '../ops/embedWords.ts';
import { linearOfData } from '../ops/linear.ts';
import { meanOfRows } from '../ops/meanOfRows.ts';
import { linearParameters, linearWeights } from './layers.ts';
import { normal, type ParameterSpec, type Weights } from './parameters.ts';
import type { ModelSpec } from './spec.ts';

/** Where the words of a model are: (V, d). */
export const WORD_TABLE = 'text.embed.weight';

/** The tensor that lies beside words of such a name, so that the gradient of their table is quick (`sortWords`). */
export function sortedName(name: string): string {
  return `${name}Sorted`;
}

/**
 * Root mean square of a word's vector when training begins; that of positions is 0.71. Post-norm blocks norm the sum of both before
 * they see it: words as small as there would drown in it, and targets become a clock (text.md 5).
 */
const WORD_SIZE: Readonly<Record<ModelSpec['norm'], number>> = { pre: 1, post: 2 };

/** A convolution whose windows do not overlap, as timm has it: a matrix on flattened patches; or a table of words. */
export function stemParameters({ patchLength, layout, width, vocabulary, norm }: ModelSpec): ParameterSpec[] {
  if (vocabulary !== undefined) {
    return [{ name: WORD_TABLE, shape: [vocabulary, width], init: normal(WORD_SIZE[norm] / Math.sqrt(width)) }];
  }
  const [weight, ...others] = linearParameters('patch_embed.proj', patchLength, width);
  return [{ ...weight, window: layout }, ...others];
}

/**
 * (B, n, patchLength) -> (B, n, width), without positions. Patches get no gradient; words are ids, patchLength is 1, and what they
 * are looked up as is scaled by the root of the width, so that the same table can guess words (`objectives/words.ts`).
 *
 * @param sorted `sortWords` of the ids, where the table is to learn
 */
export function embedPatches(weights: Weights, patches: tf.Tensor3D, sorted?: tf.Tensor): tf.Tensor3D {
  const table = weights[WORD_TABLE] as tf.Tensor2D | undefined;
  if (table !== undefined) return embedWords(table, idsOf(patches), Math.sqrt(table.shape[1]), sorted);
  const { weight, bias } = linearWeights(weights, 'patch_embed.proj');
  return linearOfData(patches, weight, bias) as tf.Tensor3D;
}

/** Mean over the words that stand for something of their text: (B, n, d), ids (B, n, 1) -> (B, d). */
export function meanOfWords(tokens: tf.Tensor3D, patches: tf.Tensor3D): tf.Tensor2D {
  return meanOfRows(tokens, idsOf(patches), UNKNOWN);
}

/** (B, n, 1) -> (B, n) */
function idsOf(patches: tf.Tensor3D): tf.Tensor2D {
  const [batch, places] = patches.shape;
  return tf.reshape(patches, [batch, places]);
}

/**
 * The MP3 model written a second time, in double precision and without tensors: one picture, row by row, straight from
 * methods 0 and 1.1. Shares no code with src/model.
 */
import { attentionReference } from '../../src/ops/attention.reference.ts';
import { crossEntropyReference } from '../../src/ops/crossEntropy.reference.ts';
import { geluReference } from '../../src/ops/gelu.reference.ts';
import { layerNormReference } from '../../src/ops/layerNorm.reference.ts';
import { linearReference } from '../../src/ops/linear.reference.ts';

export type ReferenceWeights = Readonly<Record<string, Float64Array>>;

export interface ReferenceShape {
  patches: number;
  width: number;
  depth: number;
  heads: number;
  classToken: boolean;
}

/** Logits (n, n) of one picture whose patches (n, patchLength) are already shuffled; the first `context` are context. */
export function referenceLogits(
  weights: ReferenceWeights,
  shape: ReferenceShape,
  patches: ArrayLike<number>,
  context: number,
): Float64Array {
  const { width, depth, heads, classToken } = shape;
  const linear = (name: string, x: ArrayLike<number>) => linearReference(x, weights[`${name}.weight`], weights[`${name}.bias`]);
  const norm = (name: string, x: ArrayLike<number>) =>
    layerNormReference(x, weights[`${name}.weight`], weights[`${name}.bias`], 1e-6);
  let x = linear('patch_embed.proj', patches);
  if (classToken) x = Float64Array.from([...weights.cls_token, ...x]);
  const rows = x.length / width;
  const readable = context + (classToken ? 1 : 0);
  for (let layer = 0; layer < depth; layer++) {
    const name = `blocks.${layer}`;
    const y = norm(`${name}.norm1`, x);
    const q = linear(`${name}.attn.q`, y);
    const kv = linear(`${name}.attn.kv`, y.slice(0, readable * width));
    const { output } = attentionReference(q, kv, { batch: 1, queries: rows, context: readable, width, heads });
    x = sum(x, linear(`${name}.attn.proj`, output));
    const hidden = geluReference(linear(`${name}.mlp.fc1`, norm(`${name}.norm2`, x)));
    x = sum(x, linear(`${name}.mlp.fc2`, hidden));
  }
  const encoded = norm('norm', x);
  return linear('head_position', classToken ? encoded.slice(width) : encoded);
}

/** Mean cross-entropy over all patches of a batch of shuffled pictures. */
export function referenceLoss(
  weights: ReferenceWeights,
  shape: ReferenceShape,
  batch: readonly ArrayLike<number>[],
  orders: readonly ArrayLike<number>[],
  context: number,
): number {
  const losses = batch.map((patches, i) => crossEntropyReference(referenceLogits(weights, shape, patches, context), orders[i]));
  return losses.reduce((total, loss) => total + loss, 0) / losses.length;
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}

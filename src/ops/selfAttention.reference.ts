import { attentionReference } from './attention.reference.ts';
import { linearReference } from './linear.reference.ts';

export interface SelfAttentionShape {
  batch: number;
  /** Rows of a sample N. */
  tokens: number;
  /** The first rows of a sample, which have keys and values. */
  context: number;
  width: number;
  heads: number;
}

/** Self-attention with its projections in double precision: x (B, N, d), qWeight (d, d), kvWeight (d, 2 d), bias (heads, N, context) -> (B, N, d). */
export function selfAttentionReference(
  x: Float64Array,
  qWeight: ArrayLike<number>,
  qBias: ArrayLike<number>,
  kvWeight: ArrayLike<number>,
  kvBias: ArrayLike<number>,
  { batch, tokens, context, width, heads }: SelfAttentionShape,
  bias?: ArrayLike<number>,
): Float64Array {
  const readable = x.filter((_, i) => Math.floor(i / width) % tokens < context);
  const q = linearReference(x, qWeight, qBias);
  const kv = linearReference(readable, kvWeight, kvBias);
  return attentionReference(q, kv, { batch, queries: tokens, context, width, heads }, bias).output;
}

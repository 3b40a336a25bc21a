/**
 * Attention without a matrix of scores: online softmax forward (Milakov & Gimelshein 2018), of which only the log-sum-exp of every
 * query is kept; the gradient works the weights out again (Dao et al. 2022). Keys and values are read where they stand in the packed
 * projection, so nothing is transposed, and every sum has one owner, so nothing depends on timing.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { attentionBackward } from './attentionGrad.ts';
import { type AttentionSizes, attentionSizes, dotRow, type HeadLayout, headLayout, loadRow } from './attentionLayout.ts';
import type { Gpu, Kernel, WgslOps } from './kernel.ts';
import { each, perThread, reads, writes } from './perThread.ts';

export { attentionBackward };

export const ATTENTION_OPS: WgslOps = {
  ContextAttention: ({ gpu, inputs: { q, kv }, attributes: { heads } }) => attentionForward(gpu, { q, kv, heads }),
  BiasedAttention: ({ gpu, inputs: { q, kv, bias }, attributes: { heads } }) => attentionForward(gpu, { q, kv, heads, bias }),
  ContextAttentionGrad: ({ gpu, inputs: { q, kv, output, state, dy }, attributes: { heads } }) =>
    attentionBackward(gpu, { q, kv, output, state, dy, heads }),
  BiasedAttentionGrad: ({ gpu, inputs: { q, kv, output, state, bias, dy }, attributes: { heads } }) =>
    attentionBackward(gpu, { q, kv, output, state, bias, dy, heads }),
};

export interface AttentionInputs {
  /** (B, N, d) */
  q: tf.TensorInfo;
  /** (B, M, 2 d) */
  kv: tf.TensorInfo;
  heads: number;
  /** (heads, N, M) */
  bias?: tf.TensorInfo;
}

/** [output (B, N, d), log-sum-exp of the scores (B, heads, N)]. */
export function attentionForward(gpu: Gpu, { q, kv, heads, bias }: AttentionInputs): [tf.TensorInfo, tf.TensorInfo] {
  const sizes = attentionSizes(q, kv, heads);
  const output = gpu.tensor([sizes.batch, sizes.queries, sizes.width]);
  const state = gpu.tensor([sizes.batch, heads, sizes.queries]);
  const kernel = forwardKernel(sizes, bias !== undefined);
  gpu.dispatch(kernel, bias === undefined ? [q, kv, output, state] : [q, kv, output, state, bias]);
  return [output, state];
}

/** One thread for each query, head and share of the head's output; a share is the whole head up to 64 numbers. */
export function forwardKernel(sizes: AttentionSizes, biased: boolean): Kernel {
  const { batch, queries, context, width, heads } = sizes;
  const head = headLayout(width / heads);
  const shares = head.parts / head.share;
  const buffers = { q: reads(head.type), kv: reads(head.type), output: writes(head.type), state: writes() };
  return perThread({
    label: 'attention forward',
    constants: { HEADS: heads, PARTS: head.parts, SHARE: head.share, SHARES: shares },
    buffers: biased ? { ...buffers, bias: reads() } : buffers,
    sizes: { queries, context },
    threads: batch * heads * shares * queries,
    body: forwardBody(head, biased),
    flops: 4 * batch * queries * context * width,
  });
}

function forwardBody(head: HeadLayout, biased: boolean): string {
  const { type, share } = head;
  return `
  let i = thread % sizes.queries;
  let rest = thread / sizes.queries;
  let share = rest % SHARES;
  let head = rest / SHARES % HEADS;
  let b = rest / (SHARES * HEADS);
  let query = ((b * sizes.queries + i) * HEADS + head) * PARTS;
  ${loadRow(head, 'q', 'q', 'query')}
  ${each(share, (k) => `var o${k} = ${type}();`)}
  var highest = -3e38f;
  var total = 0f;
  for (var j = 0u; j < sizes.context; j++) {
    let key = ((b * sizes.context + j) * 2u * HEADS + head) * PARTS;
    let value = key + HEADS * PARTS + share * SHARE;
    ${dotRow(head, 'score', 'q', 'kv', 'key')}
    let biased = score * ${head.scale}${biased ? ' + bias[(head * sizes.queries + i) * sizes.context + j]' : ''};
    let raised = max(highest, biased);
    let kept = exp(highest - raised);
    let weight = exp(biased - raised);
    highest = raised;
    total = total * kept + weight;
    ${each(share, (k) => `o${k} = o${k} * kept + weight * kv[value + ${k}u];`)}
  }
  let out = query + share * SHARE;
  ${each(share, (k) => `output[out + ${k}u] = o${k} / total;`)}
  if (share == 0u) { state[(b * HEADS + head) * sizes.queries + i] = highest + log(total); }`;
}

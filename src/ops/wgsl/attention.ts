/**
 * Attention without a matrix of scores: online softmax forward (Milakov & Gimelshein 2018), of which only the log-sum-exp of
 * every query is kept; the gradient works the weights out again (Dao et al. 2022). Keys and values are read where they stand in
 * the packed projection, so nothing is transposed, and every sum has one owner, so nothing depends on timing.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { attentionBackward } from './attentionGrad.ts';
import {
  type AttentionSizes,
  attentionSizes,
  dotRows,
  type HeadLayout,
  headLayout,
  loadRow,
  partOf,
  projected,
  readsParts,
} from './attentionLayout.ts';
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
  /** (B, N, d); with `kv`, maybe in 16 bits */
  q: tf.TensorInfo;
  /** (B, M, 2 d) */
  kv: tf.TensorInfo;
  heads: number;
  /** (heads, N, M) */
  bias?: tf.TensorInfo;
}

/** [output (B, N, d), log-sum-exp of the scores (B, heads, N)]. */
export function attentionForward(gpu: Gpu, { q, kv, heads, bias }: AttentionInputs): [tf.TensorInfo, tf.TensorInfo] {
  const sizes = attentionSizes(gpu, q, kv, heads);
  const output = gpu.tensor([sizes.batch, sizes.queries, sizes.width]);
  const state = gpu.tensor([sizes.batch, heads, sizes.queries]);
  const kernel = forwardKernel(sizes, bias !== undefined);
  gpu.dispatch(kernel, bias === undefined ? [q, kv, output, state] : [q, kv, output, state, bias]);
  return [output, state];
}

/**
 * One thread for a few queries of a head, `sizes.tiles` rows apart, and a share of the head's output; a share is the whole head
 * up to 64 numbers. Neighbouring threads have neighbouring queries and read the same keys.
 */
function forwardKernel(sizes: AttentionSizes, biased: boolean): Kernel {
  const { batch, queries, context, width, heads } = sizes;
  const head = headLayout(sizes);
  const shares = head.parts / head.share;
  const tiles = Math.ceil(queries / head.queries);
  const buffers = { ...projected(head), output: writes(head.type), state: writes() };
  return perThread({
    label: 'attention forward',
    constants: { HEADS: heads, PARTS: head.parts, SHARE: head.share, SHARES: shares },
    buffers: biased ? { ...buffers, bias: reads() } : buffers,
    ...readsParts(head),
    sizes: { queries, context, tiles },
    threads: batch * heads * shares * tiles,
    body: forwardBody(head, biased),
    flops: 4 * batch * queries * context * width,
  });
}

function forwardBody(head: HeadLayout, biased: boolean): string {
  const { type, share, queries } = head;
  return `
  let tile = thread % sizes.tiles;
  let rest = thread / sizes.tiles;
  let share = rest % SHARES;
  let head = rest / SHARES % HEADS;
  let b = rest / (SHARES * HEADS);
  ${each(
    queries,
    (r) => `
  let i${r} = min(tile + ${r}u * sizes.tiles, sizes.queries - 1u);
  let query${r} = ((b * sizes.queries + i${r}) * HEADS + head) * PARTS;
  ${loadRow(head, { buffer: 'q', name: `q${r}` }, `query${r}`)}
  ${each(share, (k) => `var o${r}_${k} = ${type}();`)}
  var highest${r} = -3e38f;
  var total${r} = 0f;`,
  )}
  for (var j = 0u; j < sizes.context; j++) {
    let start = ((b * sizes.context + j) * 2u * HEADS + head) * PARTS;
    let value = start + HEADS * PARTS + share * SHARE;
    ${loadRow(head, { buffer: 'kv', name: 'key' }, 'start')}
    ${each(share, (k) => `let value_${k} = ${partOf(head, 'kv', `value + ${k}u`)};`)}
    ${each(
      queries,
      (r) => `
    ${dotRows(head, `dot${r}`, { buffer: 'q', name: `q${r}` }, { buffer: 'kv', name: 'key' })}
    let score${r} = dot${r} * ${head.scale}${biased ? ` + bias[(head * sizes.queries + i${r}) * sizes.context + j]` : ''};
    let raised${r} = max(highest${r}, score${r});
    let kept${r} = exp(highest${r} - raised${r});
    let weight${r} = exp(score${r} - raised${r});
    highest${r} = raised${r};
    total${r} = total${r} * kept${r} + weight${r};
    ${each(share, (k) => `o${r}_${k} = o${r}_${k} * kept${r} + weight${r} * value_${k};`)}`,
    )}
  }
  ${each(
    queries,
    (r) => `
  if (tile + ${r}u * sizes.tiles < sizes.queries) {
    ${each(share, (k) => `output[query${r} + share * SHARE + ${k}u] = o${r}_${k} / total${r};`)}
    if (share == 0u) { state[(b * HEADS + head) * sizes.queries + i${r}] = highest${r} + log(total${r}); }
  }`,
  )}`;
}

/**
 * The gradient of attention in two dispatches: the weights P and the gradient dS of the scores for every query and key, then
 * dQ = dS K, dK = dS^T Q and dV = P^T dO as products of small tiles.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { type AttentionSizes, attentionSizes, dotRow, headLayout, loadRow } from './attentionLayout.ts';
import type { Gpu, Kernel } from './kernel.ts';
import { each, perThread, reads, writes } from './perThread.ts';

export interface AttentionTraceInfo {
  /** (B, N, d) */
  q: tf.TensorInfo;
  /** (B, M, 2 d) */
  kv: tf.TensorInfo;
  /** (B, N, d) */
  output: tf.TensorInfo;
  /** (B, heads, N) */
  state: tf.TensorInfo;
  /** (B, N, d) */
  dy: tf.TensorInfo;
  heads: number;
  /** (heads, N, M) */
  bias?: tf.TensorInfo;
}

/** The largest binding that every adapter takes, 128 MiB; more samples go through in turns. */
const MOST_SCRATCH = 2 ** 25;

/**
 * [dq, dkv], with a bias [dq, dkv, dBias].
 *
 * @param scratch the most numbers to keep between the dispatches
 */
export function attentionBackward(
  gpu: Gpu,
  { q, kv, output, state, dy, heads, bias }: AttentionTraceInfo,
  scratch = MOST_SCRATCH,
): tf.TensorInfo[] {
  const sizes = attentionSizes(q, kv, heads);
  const { batch, queries, context } = sizes;
  const [dq, dkv] = [gpu.tensor(q.shape), gpu.tensor(kv.shape)];
  const dBias = bias === undefined ? [] : [gpu.tensor(bias.shape)];
  const most = Math.max(1, Math.floor(scratch / (2 * heads * queries * context)));
  for (let first = 0; first < batch; first += most) {
    const part = { first, samples: Math.min(most, batch - first) };
    const weights = gpu.tensor([2, part.samples, heads, context, queries]);
    const inputs = [q, kv, output, state, dy, weights];
    gpu.dispatch(weightsKernel(sizes, part, bias !== undefined), bias === undefined ? inputs : [...inputs, bias]);
    gpu.dispatch(productsKernel(sizes, part), [q, kv, dy, weights, dq, dkv]);
    for (const sum of dBias) gpu.dispatch(biasKernel(sizes, part), [weights, sum]);
    gpu.dispose(weights);
  }
  return [dq, dkv, ...dBias];
}

/** The samples of one turn. */
interface Part {
  first: number;
  samples: number;
}

/**
 * One thread for each query of a head writes its column of P and of dS = P (dO V^T - rowsum(dO O)), both (samples, heads, M, N), so
 * that neighbours write side by side and read the same keys.
 */
export function weightsKernel({ queries, context, width, heads }: AttentionSizes, part: Part, biased: boolean): Kernel {
  const head = headLayout(width / heads);
  const { type } = head;
  const buffers = { q: reads(type), kv: reads(type), output: reads(type), state: reads(), dy: reads(type), weights: writes() };
  return perThread({
    label: 'attention gradient: weights',
    constants: { HEADS: heads, PARTS: head.parts },
    buffers: biased ? { ...buffers, bias: reads() } : buffers,
    sizes: { queries, context, ...part },
    threads: part.samples * heads * queries,
    body: `
  let i = thread % sizes.queries;
  let group = thread / sizes.queries;
  let head = group % HEADS;
  let b = sizes.first + group / HEADS;
  let query = ((b * sizes.queries + i) * HEADS + head) * PARTS;
  let logTotal = state[(b * HEADS + head) * sizes.queries + i];
  ${loadRow(head, 'q', 'q', 'query')}
  ${loadRow(head, 'dy', 'dy', 'query')}
  ${dotRow(head, 'rowSum', 'dy', 'output', 'query')}
  var at = group * sizes.context * sizes.queries + i;
  let scoresStart = sizes.samples * HEADS * sizes.context * sizes.queries;
  for (var j = 0u; j < sizes.context; j++) {
    let key = ((b * sizes.context + j) * 2u * HEADS + head) * PARTS;
    ${dotRow(head, 'score', 'q', 'kv', 'key')}
    ${dotRow(head, 'dWeight', 'dy', 'kv', '(key + HEADS * PARTS)')}
    let biased = score * ${head.scale}${biased ? ' + bias[(head * sizes.queries + i) * sizes.context + j]' : ''};
    let weight = exp(biased - logTotal);
    weights[at] = weight;
    weights[scoresStart + at] = weight * (dWeight - rowSum);
    at += sizes.queries;
  }`,
    flops: 4 * part.samples * queries * context * width,
  });
}

/** Rows of a tile, and columns if that many divide a head's size. */
const TILE = 4;

/**
 * Each thread computes a tile of dq, or the same tile of dK and dV. Its columns are `STRIDE` apart, so that neighbouring threads
 * read neighbouring numbers.
 */
export function productsKernel({ queries, context, width, heads }: AttentionSizes, part: Part): Kernel {
  const head = headLayout(width / heads);
  const columns = head.type === 'f32' ? 1 : TILE;
  const stride = width / heads / columns;
  const [queryTiles, keyTiles] = [Math.ceil(queries / TILE), Math.ceil(context / TILE)];
  return perThread({
    label: 'attention gradient: products',
    constants: { HEADS: heads, SIZE: width / heads, WIDTH: width, STRIDE: stride },
    buffers: { q: reads(), kv: reads(), dy: reads(), weights: reads(), dq: writes(), dkv: writes() },
    sizes: { queries, context, queryTiles, keyTiles, ...part },
    threads: part.samples * heads * (queryTiles + keyTiles) * stride,
    body: `
  let column = thread % STRIDE;
  let tile = thread / STRIDE;
  let samples = sizes.samples * HEADS; // of one head each
  let queryTiles = samples * sizes.queryTiles;
  let plane = sizes.context * sizes.queries;
  if (tile < queryTiles) {${queryTile(columns, head.scale)}
  } else {${keyTile(columns, head.scale)}
  }`,
    flops: 6 * part.samples * queries * context * width,
  });
}

function queryTile(columns: number, scale: string): string {
  return `
    let group = tile / sizes.queryTiles;
    let first = tile % sizes.queryTiles * ${TILE}u;
    let b = sizes.first + group / HEADS;
    let offset = group % HEADS * SIZE + column;
    ${each(TILE, (r) => `let row${r} = min(first + ${r}u, sizes.queries - 1u);`)}
    ${tileOf(columns, (r, c) => `var dq${r}${c} = 0f;`)}
    var at = (samples + group) * plane;
    for (var j = 0u; j < sizes.context; j++) {
      let key = (b * sizes.context + j) * 2u * WIDTH + offset;
      ${each(columns, (c) => `let key${c} = kv[key + ${c}u * STRIDE];`)}
      ${each(TILE, (r) => `let score${r} = weights[at + row${r}];`)}
      ${tileOf(columns, (r, c) => `dq${r}${c} += score${r} * key${c};`)}
      at += sizes.queries;
    }
    ${eachRow('queries', (r) => [
      `let out = (b * sizes.queries + row${r}) * WIDTH + offset;`,
      each(columns, (c) => `dq[out + ${c}u * STRIDE] = dq${r}${c} * ${scale};`),
    ])}`;
}

function keyTile(columns: number, scale: string): string {
  return `
    let group = (tile - queryTiles) / sizes.keyTiles;
    let first = (tile - queryTiles) % sizes.keyTiles * ${TILE}u;
    let b = sizes.first + group / HEADS;
    let offset = group % HEADS * SIZE + column;
    ${each(TILE, (r) => `let row${r} = min(first + ${r}u, sizes.context - 1u);`)}
    ${each(TILE, (r) => `let at${r} = group * plane + row${r} * sizes.queries;`)}
    ${tileOf(columns, (r, c) => `var dk${r}${c} = 0f;\nvar dv${r}${c} = 0f;`)}
    for (var i = 0u; i < sizes.queries; i++) {
      let query = (b * sizes.queries + i) * WIDTH + offset;
      ${each(columns, (c) => `let q${c} = q[query + ${c}u * STRIDE];\nlet dy${c} = dy[query + ${c}u * STRIDE];`)}
      ${each(TILE, (r) => `let weight${r} = weights[at${r} + i];\nlet score${r} = weights[samples * plane + at${r} + i];`)}
      ${tileOf(columns, (r, c) => `dk${r}${c} += score${r} * q${c};\ndv${r}${c} += weight${r} * dy${c};`)}
    }
    ${eachRow('context', (r) => [
      `let out = (b * sizes.context + row${r}) * 2u * WIDTH + offset;`,
      each(columns, (c) => `dkv[out + ${c}u * STRIDE] = dk${r}${c} * ${scale};`),
      each(columns, (c) => `dkv[out + WIDTH + ${c}u * STRIDE] = dv${r}${c};`),
    ])}`;
}

function tileOf(columns: number, line: (row: number, column: number) => string): string {
  return each(TILE, (r) => each(columns, (c) => line(r, c)));
}

/** Writes those rows of a tile that exist. */
function eachRow(rows: 'queries' | 'context', lines: (row: number) => string[]): string {
  return each(TILE, (r) => `if (first + ${r}u < sizes.${rows}) {\n${lines(r).join('\n')}\n}`);
}

/** Adds dS of these samples to dBias (heads, N, M), one thread for each number; the first samples find nothing there. */
export function biasKernel({ queries, context, heads }: AttentionSizes, part: Part): Kernel {
  return perThread({
    label: 'attention gradient: bias',
    constants: { HEADS: heads },
    buffers: { weights: reads(), dBias: writes() },
    sizes: { queries, context, ...part },
    threads: heads * queries * context,
    body: `
  // Threads follow the order of the scores, (heads, M, N).
  let i = thread % sizes.queries;
  let j = thread / sizes.queries % sizes.context;
  let out = (thread / (sizes.queries * sizes.context) * sizes.queries + i) * sizes.context + j;
  var sum = 0f;
  if (sizes.first > 0u) { sum = dBias[out]; }
  for (var b = 0u; b < sizes.samples; b++) { sum += weights[(sizes.samples + b) * sizes.threads + thread]; }
  dBias[out] = sum;`,
  });
}

/**
 * The gradient of attention in two dispatches: the weights P and the gradient dS of the scores for every query and key, then
 * dQ = dS K, dK = dS^T Q and dV = P^T dO as products of small tiles.
 */
import type * as tf from '@tensorflow/tfjs-core';
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
import { shapeOf } from './halves.ts';
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
  const sizes = attentionSizes(gpu, q, kv, heads);
  const { batch, queries, context } = sizes;
  const [dq, dkv] = [gpu.tensor(shapeOf(q)), gpu.tensor(shapeOf(kv))];
  const dBias = bias === undefined ? [] : [gpu.tensor(bias.shape)];
  const most = Math.max(1, Math.floor(scratch / (2 * heads * queries * context)));
  for (let first = 0; first < batch; first += most) {
    const part = { first, samples: Math.min(most, batch - first) };
    const weights = gpu.tensor([part.samples, heads, context, queries, 2]);
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
 * One thread for a few queries of a head, as in the forward pass, writes P and dS = P (dO V^T - rowsum(dO O)) side by side,
 * (samples, heads, M, N, 2), so that neighbours write to neighbouring places. Where the queries do not divide, the last is done
 * twice.
 */
function weightsKernel(all: AttentionSizes, part: Part, biased: boolean): Kernel {
  const { queries, context, width, heads } = all;
  const head = headLayout(all);
  const tiles = Math.ceil(queries / head.queries);
  const { type } = head;
  const buffers = {
    ...projected(head),
    ...{ output: reads(type), state: reads(), dy: reads(type) },
    weights: writes('vec2<f32>'),
  };
  return perThread({
    label: 'attention gradient: weights',
    constants: { HEADS: heads, PARTS: head.parts },
    ...readsParts(head),
    buffers: biased ? { ...buffers, bias: reads() } : buffers,
    sizes: { queries, context, tiles, ...part },
    threads: part.samples * heads * tiles,
    body: weightsBody(head, biased),
    flops: 4 * part.samples * queries * context * width,
  });
}

function weightsBody(head: HeadLayout, biased: boolean): string {
  const { queries, scale } = head;
  const [key, value] = [
    { buffer: 'kv', name: 'key' },
    { buffer: 'kv', name: 'value' },
  ];
  const row = (buffer: string, r: number) => ({ buffer, name: `${buffer}${r}` });
  return `
  let tile = thread % sizes.tiles;
  let group = thread / sizes.tiles;
  let head = group % HEADS;
  let b = sizes.first + group / HEADS;
  ${each(
    queries,
    (r) => `
  let i${r} = min(tile + ${r}u * sizes.tiles, sizes.queries - 1u);
  let query${r} = ((b * sizes.queries + i${r}) * HEADS + head) * PARTS;
  let logTotal${r} = state[(b * HEADS + head) * sizes.queries + i${r}];
  ${['q', 'dy', 'output'].map((buffer) => loadRow(head, row(buffer, r), `query${r}`)).join('\n')}
  ${dotRows(head, `rowSum${r}`, row('dy', r), row('output', r))}`,
  )}
  for (var j = 0u; j < sizes.context; j++) {
    let start = ((b * sizes.context + j) * 2u * HEADS + head) * PARTS;
    let at = (group * sizes.context + j) * sizes.queries;
    ${loadRow(head, key, 'start')}
    ${loadRow(head, value, '(start + HEADS * PARTS)')}
    ${each(
      queries,
      (r) => `
    ${dotRows(head, `dot${r}`, row('q', r), key)}
    ${dotRows(head, `dWeight${r}`, row('dy', r), value)}
    let score${r} = dot${r} * ${scale}${biased ? ` + bias[(head * sizes.queries + i${r}) * sizes.context + j]` : ''};
    let weight${r} = exp(score${r} - logTotal${r});
    weights[at + i${r}] = vec2<f32>(weight${r}, weight${r} * (dWeight${r} - rowSum${r}));`,
    )}
  }`;
}

/** Rows of a tile. */
const TILE = 4;

/**
 * Each thread computes a tile of dq, or the same tile of dK and dV. Its columns are `STRIDE` apart, so that neighbouring threads
 * read neighbouring numbers.
 */
function productsKernel(all: AttentionSizes, part: Part): Kernel {
  const { queries, context, width, heads } = all;
  const head = headLayout(all);
  const { type, parts } = head;
  const columns = type === 'vec4<f32>' && parts % 2 === 0 ? 2 : 1;
  const stride = parts / columns;
  const [queryTiles, keyTiles] = [Math.ceil(queries / TILE), Math.ceil(context / TILE)];
  const tile = { head, columns };
  return perThread({
    label: 'attention gradient: products',
    ...readsParts(head),
    constants: { HEADS: heads, PARTS: parts, ROW: heads * parts, STRIDE: stride },
    buffers: {
      ...projected(head),
      ...{ dy: reads(type), weights: reads('vec2<f32>') },
      ...{ dq: writes(type), dkv: writes(type) },
    },
    sizes: { queries, context, queryTiles, keyTiles, ...part },
    threads: part.samples * heads * (queryTiles + keyTiles) * stride,
    body: `
  let column = thread % STRIDE;
  let tile = thread / STRIDE;
  let queryTiles = sizes.samples * HEADS * sizes.queryTiles;
  if (tile < queryTiles) {${queryTile(tile)}
  } else {${keyTile(tile)}
  }`,
    flops: 6 * part.samples * queries * context * width,
  });
}

interface Tile {
  head: HeadLayout;
  columns: number;
}

function queryTile({ head, columns }: Tile): string {
  const { type, scale } = head;
  return `
    let group = tile / sizes.queryTiles;
    let first = tile % sizes.queryTiles * ${TILE}u;
    let b = sizes.first + group / HEADS;
    let offset = group % HEADS * PARTS + column;
    ${each(TILE, (r) => `let row${r} = min(first + ${r}u, sizes.queries - 1u);`)}
    ${tileOf(columns, (r, c) => `var dq${r}${c} = ${type}();`)}
    for (var j = 0u; j < sizes.context; j++) {
      let key = (b * sizes.context + j) * 2u * ROW + offset;
      ${each(columns, (c) => `let key${c} = ${partOf(head, 'kv', `key + ${c}u * STRIDE`)};`)}
      let at = (group * sizes.context + j) * sizes.queries;
      ${each(TILE, (r) => `let score${r} = weights[at + row${r}].y;`)}
      ${tileOf(columns, (r, c) => `dq${r}${c} += score${r} * key${c};`)}
    }
    ${eachRow('queries', (r) => [
      `let out = (b * sizes.queries + row${r}) * ROW + offset;`,
      each(columns, (c) => `dq[out + ${c}u * STRIDE] = dq${r}${c} * ${scale};`),
    ])}`;
}

function keyTile({ head, columns }: Tile): string {
  const { type, scale } = head;
  return `
    let group = (tile - queryTiles) / sizes.keyTiles;
    let first = (tile - queryTiles) % sizes.keyTiles * ${TILE}u;
    let b = sizes.first + group / HEADS;
    let offset = group % HEADS * PARTS + column;
    ${each(TILE, (r) => `let row${r} = min(first + ${r}u, sizes.context - 1u);`)}
    ${each(TILE, (r) => `let at${r} = (group * sizes.context + row${r}) * sizes.queries;`)}
    ${tileOf(columns, (r, c) => `var dk${r}${c} = ${type}();\nvar dv${r}${c} = ${type}();`)}
    for (var i = 0u; i < sizes.queries; i++) {
      let query = (b * sizes.queries + i) * ROW + offset;
      ${each(columns, (c) => `let q${c} = ${partOf(head, 'q', `query + ${c}u * STRIDE`)};\nlet dy${c} = dy[query + ${c}u * STRIDE];`)}
      ${each(TILE, (r) => `let weight${r} = weights[at${r} + i];`)}
      ${tileOf(columns, (r, c) => `dk${r}${c} += weight${r}.y * q${c};\ndv${r}${c} += weight${r}.x * dy${c};`)}
    }
    ${eachRow('context', (r) => [
      `let out = (b * sizes.context + row${r}) * 2u * ROW + offset;`,
      each(columns, (c) => `dkv[out + ${c}u * STRIDE] = dk${r}${c} * ${scale};`),
      each(columns, (c) => `dkv[out + ROW + ${c}u * STRIDE] = dv${r}${c};`),
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
function biasKernel({ queries, context, heads }: AttentionSizes, part: Part): Kernel {
  return perThread({
    label: 'attention gradient: bias',
    constants: { HEADS: heads },
    buffers: { weights: reads('vec2<f32>'), dBias: writes() },
    sizes: { queries, context, ...part },
    threads: heads * queries * context,
    body: `
  // Threads follow the order of the scores, (heads, M, N).
  let i = thread % sizes.queries;
  let j = thread / sizes.queries % sizes.context;
  let out = (thread / (sizes.queries * sizes.context) * sizes.queries + i) * sizes.context + j;
  var sum = 0f;
  if (sizes.first > 0u) { sum = dBias[out]; }
  for (var b = 0u; b < sizes.samples; b++) { sum += weights[b * sizes.threads + thread].y; }
  dBias[out] = sum;`,
  });
}

import { padRows, transposed } from './layout';
import { product } from './product';
import { exponentials, maximum, rescale } from './softmax';
import { bytes, loadPart, padded, storePart, sumLanes } from './vector';

/**
 * Floats of scratch that each thread needs in either pass for heads of `size`: K or V transposed, the gradient of the scores, and if `size`
 * is no multiple of 4 a padded copy of a head.
 */
export function attentionScratch(queries: i32, context: i32, size: i32): i32 {
  return (padded(size) + queries) * padded(context) + max(queries, context) * padded(size);
}

/**
 * softmax(Q K^T scale + bias) V, `bias` (heads, N, M) or 0 for none, for the groups `start` to `end`; a group is one head of one sample (sample * heads + head). Reads
 * the heads where they lie in q (B, N, d) and kv (B, M, 2 d), writes out (B, N, d) and weights (B * heads, N, M).
 */
export function contextAttention(
  q: usize,
  kv: usize,
  bias: usize,
  out: usize,
  weights: usize,
  scratch: usize,
  queries: i32,
  context: i32,
  width: i32,
  heads: i32,
  start: i32,
  end: i32,
  thread: i32,
): void {
  const size = width / heads;
  scratch += thread * bytes(attentionScratch(queries, context, size));
  const scale: f32 = 1 / sqrt<f32>(<f32>size);
  const row = bytes(width);
  const weightsRow = bytes(context);
  const contextRow = bytes(padded(context));
  const spare = scratch + bytes(padded(size) * padded(context));
  for (let group = start; group < end; group++) {
    const sample = group / heads;
    const head = bytes((group % heads) * size);
    const query = q + sample * queries * row + head;
    const keys = kv + 2 * sample * context * row + head;
    const weight = weights + group * queries * weightsRow;
    transposed(keys, 2 * row, scratch, context, size);
    product(query, row, 4, scratch, contextRow, weight, weightsRow, queries, context, size);
    const shift = bias + (group % heads) * queries * weightsRow;
    if (bias != 0) addScaled(weight, scale, shift, queries * context);
    const left: f32 = bias == 0 ? scale : 1;
    for (let i = 0; i < queries; i++) softmax(weight + i * weightsRow, context, left);
    const values = readable(keys + row, 2 * row, spare, context, size);
    const valuesRow = readableRow(2 * row, size);
    product(weight, weightsRow, 4, values, valuesRow, out + sample * queries * row + head, row, queries, size, context);
  }
}

/**
 * With P the weights: dV = P^T dO, dP = dO V^T, dS = P (dP - rowsum(dP P)) scale, dQ = dS K, dK = dS^T Q, for the groups
 * `start` to `end`. Leaves dS in `kept` (B * heads, N, M) unless that is 0: the gradient of a bias is made of it.
 */
export function contextAttentionGrad(
  q: usize,
  kv: usize,
  weights: usize,
  dy: usize,
  dq: usize,
  dkv: usize,
  kept: usize,
  scratch: usize,
  queries: i32,
  context: i32,
  width: i32,
  heads: i32,
  start: i32,
  end: i32,
  thread: i32,
): void {
  const size = width / heads;
  scratch += thread * bytes(attentionScratch(queries, context, size));
  const scale: f32 = 1 / sqrt<f32>(<f32>size);
  const row = bytes(width);
  const kvRow = 2 * row;
  const weightsRow = bytes(context);
  const scoresRow = bytes(padded(context));
  const dScores = scratch + padded(size) * scoresRow;
  const spare = dScores + queries * scoresRow;
  for (let group = start; group < end; group++) {
    const sample = group / heads;
    const head = bytes((group % heads) * size);
    const fromQuery = sample * queries * row + head;
    const fromKey = sample * context * kvRow + head;
    const weight = weights + group * queries * weightsRow;
    const upstream = dy + fromQuery;
    transposed(kv + fromKey + row, kvRow, scratch, context, size);
    product(upstream, row, 4, scratch, scoresRow, dScores, scoresRow, queries, context, size);
    for (let i = 0; i < queries; i++) softmaxGrad(weight + i * weightsRow, dScores + i * scoresRow, context, scale);
    if (kept != 0) copyRows(dScores, scoresRow, kept + group * queries * weightsRow, queries, context);
    const keys = readable(kv + fromKey, kvRow, spare, context, size);
    product(dScores, scoresRow, 4, keys, readableRow(kvRow, size), dq + fromQuery, row, queries, size, context);
    const query = readable(q + fromQuery, row, spare, queries, size);
    product(dScores, 4, scoresRow, query, readableRow(row, size), dkv + fromKey, kvRow, context, size, queries);
    const grad = readable(upstream, row, spare, queries, size);
    product(weight, 4, weightsRow, grad, readableRow(row, size), dkv + fromKey + row, kvRow, context, size, queries);
  }
}

/**
 * The gradient of the bias: dBias (heads, N, M), summed in order over the samples of `kept` and freed of the scale. `start` and `end`
 * count its rows.
 */
export function biasGrad(
  kept: usize,
  dBias: usize,
  batch: i32,
  queries: i32,
  context: i32,
  width: i32,
  heads: i32,
  start: i32,
  end: i32,
): void {
  const unscale = f32x4.splat(sqrt<f32>(<f32>(width / heads)));
  const sample = bytes(heads * queries * context);
  for (let row = start; row < end; row++) {
    for (let j = 0; j < context; j += 4) {
      const left = context - j;
      const at = bytes(row * context + j);
      let total = f32x4.splat(0);
      for (let b = 0; b < batch; b++) total = f32x4.add(total, loadPart(kept + b * sample + at, left, 0));
      storePart(dBias + at, f32x4.mul(total, unscale), left);
    }
  }
}

/** x = x scale + y. */
@inline
function addScaled(x: usize, scale: f32, y: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const scaled = f32x4.mul(loadPart(x + bytes(i), left, 0), f32x4.splat(scale));
    storePart(x + bytes(i), f32x4.add(scaled, loadPart(y + bytes(i), left, 0)), left);
  }
}

/** Copies x, whose rows lie `xRow` bytes apart, to y (rows, columns). */
@inline
function copyRows(x: usize, xRow: i32, y: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j += 4) {
      storePart(y + bytes(i * columns + j), loadPart(x + i * xRow + bytes(j), columns - j, 0), columns - j);
    }
  }
}

@inline
function softmax(row: usize, count: i32, scale: f32): void {
  const total = exponentials(row, row, count, maximum(row, count), scale);
  rescale(row, count, 1 / total);
}

/** dS = P (dP - sum(dP P)) scale, in place of dP. */
@inline
function softmaxGrad(weights: usize, grad: usize, count: i32, scale: f32): void {
  let products = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    products = f32x4.add(products, f32x4.mul(loadPart(weights + bytes(i), left, 0), loadPart(grad + bytes(i), left, 0)));
  }
  const total = f32x4.splat(sumLanes(products));
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const scaled = f32x4.mul(loadPart(weights + bytes(i), left, 0), f32x4.splat(scale));
    storePart(grad + bytes(i), f32x4.mul(scaled, f32x4.sub(loadPart(grad + bytes(i), left, 0), total)), left);
  }
}

/** Where `product` may read a head's rows as B: in place if whole vectors fit the head, else from a padded copy. */
@inline
function readable(x: usize, row: i32, spare: usize, rows: i32, size: i32): usize {
  if ((size & 3) == 0) return x;
  padRows(x, row, spare, rows, size);
  return spare;
}

@inline
function readableRow(row: i32, size: i32): i32 {
  return (size & 3) == 0 ? row : bytes(padded(size));
}

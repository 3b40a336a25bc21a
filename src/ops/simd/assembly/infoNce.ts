/** InfoNCE of one direction of a pair of modalities: queries look for their partners among keys, as many of them. */
import { exponential } from './exponential';
import { logarithm } from './logarithm';
import { exponentials, maximum } from './softmax';
import { bytes, loadPart, storePart, sumOfDoubles } from './vector';

/** As good as infinite, as in ../../infoNce.ts. */
const FAR: f32 = 1e30;

/**
 * For the queries `start` to `end` the log of the denominator into `logSums`, and minus the log of the partner's share into
 * `losses`, doubles; far and 0 for those without a partner. `products` (batch, batch) of queries and keys are overwritten.
 *
 * @param sharpness 1 / temperature
 */
export function infoNce(
  products: usize,
  queriesPresent: usize,
  keysPresent: usize,
  logSums: usize,
  losses: usize,
  batch: i32,
  sharpness: f32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    let logSum: f32 = FAR;
    let loss: f64 = 0;
    if (isPresent(queriesPresent, row) && isPresent(keysPresent, row)) {
      const scores = products + bytes(row * batch);
      hideAbsent(scores, keysPresent, batch);
      const right = load<f32>(scores + bytes(row));
      const highest = maximum(scores, batch);
      const total = logarithm(exponentials(scores, scores, batch, highest, sharpness));
      loss = total - <f64>((right - highest) * sharpness);
      logSum = highest * sharpness + <f32>total;
    }
    store<f32>(logSums + bytes(row), logSum);
    store<f64>(losses + 2 * bytes(row), loss);
  }
}

/**
 * The slopes of both directions with respect to the products of the queries `start` to `end`, in their place: with s the scores of a query
 * (e^(s - logSum of the query) + e^(s - logSum of the key) - 2 for its partner) * scale, 0 where one of the two is not there, and everywhere
 * where the pair does not count.
 *
 * @param dy scalar
 * @param counts of the `pairs` pairs, of which this is the one at `pair`
 */
export function infoNceSlopes(
  products: usize,
  queriesPresent: usize,
  keysPresent: usize,
  querySums: usize,
  keySums: usize,
  dy: usize,
  counts: usize,
  pair: i32,
  pairs: i32,
  batch: i32,
  temperature: f64,
  start: i32,
  end: i32,
): void {
  const count: f64 = load<f32>(counts + bytes(pair));
  const upstream = (<f64>load<f32>(dy) * (1 / temperature)) / (2 * counted(counts, pairs));
  const scale = <f32>(upstream / count);
  const sharpness = <f32>(1 / temperature);
  for (let row = start; row < end; row++) {
    const slopes = products + bytes(row * batch);
    if (count < 2 || !isPresent(queriesPresent, row)) {
      memory.fill(slopes, 0, bytes(batch));
      continue;
    }
    hideAbsent(slopes, keysPresent, batch);
    const querySum = f32x4.splat(load<f32>(querySums + bytes(row)));
    for (let key = 0; key < batch; key += 4) {
      const left = batch - key;
      const score = f32x4.mul(loadPart(slopes + bytes(key), left, 0), f32x4.splat(sharpness));
      const ofRow = exponential(f32x4.sub(score, querySum));
      const ofColumn = exponential(f32x4.sub(score, loadPart(keySums + bytes(key), left, 0)));
      storePart(slopes + bytes(key), f32x4.mul(f32x4.add(ofRow, ofColumn), f32x4.splat(scale)), left);
    }
    const partner = slopes + bytes(row);
    if (isPresent(keysPresent, row)) store<f32>(partner, load<f32>(partner) - 2 * scale);
  }
}

/** How many samples have both members of a pair, as a scalar. One thing to do. */
export function countBoth(first: usize, second: usize, count: usize, batch: i32, start: i32, end: i32): void {
  let both: f32 = 0;
  for (let i = 0; i < batch; i++) if (isPresent(first, i) && isPresent(second, i)) both += 1;
  store<f32>(count, both);
}

/**
 * The loss of each pair from the losses of its samples (pairs, 2, batch), doubles: their mean, 0 for a pair that does not count; and the mean
 * over those that do, a scalar. One thing to do.
 */
export function infoNceMeans(
  sampleLosses: usize,
  counts: usize,
  losses: usize,
  loss: usize,
  pairs: i32,
  batch: i32,
  start: i32,
  end: i32,
): void {
  let total: f64 = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const count: f64 = load<f32>(counts + bytes(pair));
    const first = sumOfDoubles(sampleLosses + 4 * bytes(pair * batch), batch);
    const second = sumOfDoubles(sampleLosses + 4 * bytes(pair * batch) + 2 * bytes(batch), batch);
    const mean = count < 2 ? 0 : (first + second) / (2 * count);
    store<f32>(losses + bytes(pair), <f32>mean);
    total += mean;
  }
  store<f32>(loss, <f32>(total / counted(counts, pairs)));
}

/** How many pairs the loss is the mean of, at least 1. */
function counted(counts: usize, pairs: i32): f64 {
  let several = 0;
  for (let pair = 0; pair < pairs; pair++) if (load<f32>(counts + bytes(pair)) >= 2) several++;
  return max(1, several);
}

@inline
function isPresent(present: usize, sample: i32): bool {
  return load<f32>(present + bytes(sample)) > 0;
}

/** Puts products with keys that are not there far below all others. */
@inline
function hideAbsent(products: usize, present: usize, batch: i32): void {
  for (let key = 0; key < batch; key += 4) {
    const left = batch - key;
    const there = f32x4.gt(loadPart(present + bytes(key), left, 0), f32x4.splat(0));
    const product = loadPart(products + bytes(key), left, 0);
    storePart(products + bytes(key), v128.bitselect(product, f32x4.splat(-FAR), there), left);
  }
}

/** InfoNCE of one direction of a pair of modalities: queries look for their partners among keys, as many of them. */
import { exponential } from './exponential';
import { logarithm } from './logarithm';
import { exponentials, maximum } from './softmax';
import { bytes, loadPart, storePart } from './vector';

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
 * (e^(s - logSum of the query) + e^(s - logSum of the key) - 2 for its partner) * scale, 0 where one of the two is not there.
 */
export function infoNceSlopes(
  products: usize,
  queriesPresent: usize,
  keysPresent: usize,
  querySums: usize,
  keySums: usize,
  batch: i32,
  sharpness: f32,
  scale: f32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    const slopes = products + bytes(row * batch);
    if (!isPresent(queriesPresent, row)) {
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

/** InfoNCE of one direction of a pair of modalities: queries look for their partners among keys, both (batch, width). */
import { exponential } from './exponential';
import { dot } from './l2Normalise';
import { logarithm } from './logarithm';
import { exponentials, maximum } from './softmax';
import { bytes, loadPart, storePart } from './vector';

/** As good as infinite, as in ../../infoNce.ts. */
const FAR: f32 = 1e30;

/**
 * For the queries `start` to `end` the log of the denominator into `logSums`, and minus the log of the partner's share into
 * `losses`, doubles; far and 0 for those without a partner.
 *
 * @param sharpness 1 / temperature
 */
export function infoNce(
  queries: usize,
  keys: usize,
  queriesPresent: usize,
  keysPresent: usize,
  logSums: usize,
  losses: usize,
  scratch: usize,
  batch: i32,
  width: i32,
  sharpness: f32,
  start: i32,
  end: i32,
  thread: i32,
): void {
  const scores = scratch + bytes(thread * batch);
  for (let row = start; row < end; row++) {
    let logSum: f32 = FAR;
    let loss: f64 = 0;
    if (isPresent(queriesPresent, row) && isPresent(keysPresent, row)) {
      scoreKeys(queries + bytes(row * width), keys, keysPresent, scores, batch, width, sharpness);
      const right = load<f32>(scores + bytes(row));
      const highest = maximum(scores, batch);
      const total = exponentials(scores, scores, batch, highest, 1);
      loss = logarithm(total) - <f64>(right - highest);
      logSum = highest + <f32>logarithm(total);
    }
    store<f32>(logSums + bytes(row), logSum);
    store<f64>(losses + 2 * bytes(row), loss);
  }
}

/**
 * Adds the gradient of both directions to that of the queries `start` to `end`: with s the scores of a query the sum over keys, in
 * order, of (e^(s - logSum of the query) + e^(s - logSum of the key) - 2 for its partner) * scale * key.
 */
export function infoNceGrad(
  queries: usize,
  keys: usize,
  queriesPresent: usize,
  keysPresent: usize,
  querySums: usize,
  keySums: usize,
  dQueries: usize,
  scratch: usize,
  batch: i32,
  width: i32,
  sharpness: f32,
  scale: f32,
  start: i32,
  end: i32,
  thread: i32,
): void {
  const slopes = scratch + bytes(thread * batch);
  for (let row = start; row < end; row++) {
    if (!isPresent(queriesPresent, row)) continue;
    scoreKeys(queries + bytes(row * width), keys, keysPresent, slopes, batch, width, sharpness);
    slopesOf(slopes, load<f32>(querySums + bytes(row)), keySums, batch);
    if (isPresent(keysPresent, row)) store<f32>(slopes + bytes(row), load<f32>(slopes + bytes(row)) - 2);
    const target = dQueries + bytes(row * width);
    for (let key = 0; key < batch; key++) {
      if (!isPresent(keysPresent, key)) continue;
      addScaled(keys + bytes(key * width), target, load<f32>(slopes + bytes(key)) * scale, width);
    }
  }
}

@inline
function isPresent(present: usize, sample: i32): bool {
  return load<f32>(present + bytes(sample)) > 0;
}

/** Far below for keys that are not there. */
@inline
function scoreKeys(query: usize, keys: usize, present: usize, scores: usize, batch: i32, width: i32, sharpness: f32): void {
  for (let key = 0; key < batch; key++) {
    const score: f32 = isPresent(present, key) ? dot(query, keys + bytes(key * width), width) * sharpness : -FAR;
    store<f32>(scores + bytes(key), score);
  }
}

/** Scores to slopes, in place. */
@inline
function slopesOf(scores: usize, querySum: f32, keySums: usize, batch: i32): void {
  for (let key = 0; key < batch; key += 4) {
    const left = batch - key;
    const score = loadPart(scores + bytes(key), left, 0);
    const ofRow = exponential(f32x4.sub(score, f32x4.splat(querySum)));
    const ofColumn = exponential(f32x4.sub(score, loadPart(keySums + bytes(key), left, 0)));
    storePart(scores + bytes(key), f32x4.add(ofRow, ofColumn), left);
  }
}

/** y += x * factor. */
@inline
function addScaled(x: usize, y: usize, factor: f32, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    const product = f32x4.mul(loadPart(x + bytes(i), left, 0), f32x4.splat(factor));
    storePart(y + bytes(i), f32x4.add(loadPart(y + bytes(i), left, 0), product), left);
  }
}

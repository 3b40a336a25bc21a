import { add } from './layout';
import { bytes, loadPart, storePart, sumLanes } from './vector';

/**
 * Rows `start` to `end` of layer norm over `width` columns. The statistics come from two passes and a correction by what
 * the rounding of the mean left over, so that a row far from zero (1e4 + noise) keeps its digits.
 */
export function layerNorm(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  means: usize,
  inverseStds: usize,
  width: i32,
  epsilon: f32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row++) {
    const input = x + bytes(row * width);
    const rough = sum(input, width) / <f32>width;
    const rest = sumOfDifferences(input, width, rough) / <f32>width;
    const variance = sumOfSquaredDifferences(input, width, rough) / <f32>width - rest * rest;
    const mean = rough + rest;
    const inverseStd: f32 = 1 / sqrt<f32>(variance + epsilon);
    store<f32>(means + bytes(row), mean);
    store<f32>(inverseStds + bytes(row), inverseStd);
    const output = y + bytes(row * width);
    for (let i = 0; i < width; i += 4) {
      const left = width - i;
      const normal = normalised(loadPart(input + bytes(i), left, 0), mean, inverseStd);
      const scaled = f32x4.mul(normal, loadPart(gamma + bytes(i), left, 0));
      storePart(output + bytes(i), f32x4.add(scaled, loadPart(beta + bytes(i), left, 0)), left);
    }
  }
}

/** Rows whose share of dGamma and dBeta is summed before it is added to that of others. */
const BLOCK: i32 = 32;

/** Floats of scratch for `layerNormGrad`: dGamma and dBeta of every block. */
export function layerNormGradScratch(rows: i32, width: i32): i32 {
  return 2 * layerNormBlocks(rows) * width;
}

export function layerNormBlocks(rows: i32): i32 {
  return (rows + BLOCK - 1) / BLOCK;
}

/**
 * With h = (x - mean) / std and g = dy gamma: dx = (g - mean(g) - h mean(g h)) / std for the blocks of rows `start` to
 * `end`, and the sums of dy h and of dy over each block's rows, into `partials` (blocks, 2, width).
 */
export function layerNormGrad(
  x: usize,
  gamma: usize,
  means: usize,
  inverseStds: usize,
  dy: usize,
  dx: usize,
  partials: usize,
  rows: i32,
  width: i32,
  start: i32,
  end: i32,
): void {
  for (let block = start; block < end; block++) {
    const dGamma = partials + bytes(2 * block * width);
    const dBeta = dGamma + bytes(width);
    memory.fill(dGamma, 0, bytes(2 * width));
    const last = min((block + 1) * BLOCK, rows);
    for (let row = block * BLOCK; row < last; row++) {
      const mean = load<f32>(means + bytes(row));
      const inverseStd = load<f32>(inverseStds + bytes(row));
      const at = bytes(row * width);
      rowGrad(x + at, gamma, mean, inverseStd, dy + at, dx + at, dGamma, dBeta, width);
    }
  }
}

@inline
function rowGrad(
  input: usize,
  gamma: usize,
  mean: f32,
  inverseStd: f32,
  upstream: usize,
  output: usize,
  dGamma: usize,
  dBeta: usize,
  width: i32,
): void {
  let sums = f32x4.splat(0);
  let products = f32x4.splat(0);
  for (let i = 0; i < width; i += 4) {
    const left = width - i;
    const normal = normalised(loadPart(input + bytes(i), left, mean), mean, inverseStd);
    const grad = loadPart(upstream + bytes(i), left, 0);
    const scaled = f32x4.mul(grad, loadPart(gamma + bytes(i), left, 0));
    sums = f32x4.add(sums, scaled);
    products = f32x4.add(products, f32x4.mul(scaled, normal));
    accumulate(dGamma + bytes(i), f32x4.mul(grad, normal), left);
    accumulate(dBeta + bytes(i), grad, left);
  }
  const average = f32x4.splat(sumLanes(sums) / <f32>width);
  const alongNormal = f32x4.splat(sumLanes(products) / <f32>width);
  for (let i = 0; i < width; i += 4) {
    const left = width - i;
    const normal = normalised(loadPart(input + bytes(i), left, mean), mean, inverseStd);
    const scaled = f32x4.mul(loadPart(upstream + bytes(i), left, 0), loadPart(gamma + bytes(i), left, 0));
    const centred = f32x4.sub(f32x4.sub(scaled, average), f32x4.mul(normal, alongNormal));
    storePart(output + bytes(i), f32x4.mul(centred, f32x4.splat(inverseStd)), left);
  }
}

/** dGamma and dBeta from their partial sums over blocks of rows. One thing to do. */
export function layerNormSums(
  partials: usize,
  dGamma: usize,
  dBeta: usize,
  rows: i32,
  width: i32,
  start: i32,
  end: i32,
): void {
  memory.fill(dGamma, 0, bytes(width));
  memory.fill(dBeta, 0, bytes(width));
  const blocks = layerNormBlocks(rows);
  for (let block = 0; block < blocks; block++) {
    const sums = partials + bytes(2 * block * width);
    add(dGamma, sums, dGamma, width);
    add(dBeta, sums + bytes(width), dBeta, width);
  }
}

@inline
function normalised(x: v128, mean: f32, inverseStd: f32): v128 {
  return f32x4.mul(f32x4.sub(x, f32x4.splat(mean)), f32x4.splat(inverseStd));
}

@inline
function accumulate(pointer: usize, value: v128, count: i32): void {
  storePart(pointer, f32x4.add(loadPart(pointer, count, 0), value), count);
}

@inline
function sum(x: usize, count: i32): f32 {
  let total = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) total = f32x4.add(total, loadPart(x + bytes(i), count - i, 0));
  return sumLanes(total);
}

@inline
function sumOfDifferences(x: usize, count: i32, from: f32): f32 {
  let total = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    total = f32x4.add(total, f32x4.sub(loadPart(x + bytes(i), count - i, from), f32x4.splat(from)));
  }
  return sumLanes(total);
}

@inline
function sumOfSquaredDifferences(x: usize, count: i32, from: f32): f32 {
  let total = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const difference = f32x4.sub(loadPart(x + bytes(i), count - i, from), f32x4.splat(from));
    total = f32x4.add(total, f32x4.mul(difference, difference));
  }
  return sumLanes(total);
}

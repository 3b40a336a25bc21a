import { bytes, loadPart, storePart } from './vector';

/** Elements whose squares are summed before they are added to those of others. */
const BLOCK: i32 = 4096;

export function squareBlocks(count: i32): i32 {
  return (count + BLOCK - 1) / BLOCK;
}

/**
 * The sums of x^2, where `rate` is not 0, over the blocks `start` to `end`, in double: no square overflows, and no digit is
 * lost.
 */
export function sumOfSquares(x: usize, rate: usize, partials: usize, count: i32, start: i32, end: i32): void {
  for (let block = start; block < end; block++) {
    const last = min((block + 1) * BLOCK, count);
    let low = f64x2.splat(0);
    let high = low;
    for (let i = block * BLOCK; i < last; i += 4) {
      const value = counted(loadPart(x + bytes(i), last - i, 0), loadPart(rate + bytes(i), last - i, 0));
      const first = f64x2.promote_low_f32x4(value);
      const second = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
      low = f64x2.add(low, f64x2.mul(first, first));
      high = f64x2.add(high, f64x2.mul(second, second));
    }
    const total = f64x2.add(low, high);
    store<f64>(partials + 2 * bytes(block), f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1));
  }
}

/**
 * One AdamW update in place for the elements from `start` to `end`.
 *
 * @param rate each element's share of step size and shrinkage; at 0 it stays as it is
 * @param gradientScale what clipping leaves of the gradient
 * @param stepSize learning rate / (1 - beta1^step)
 * @param secondScale 1 / (1 - beta2^step)
 * @param shrinkage learning rate * weight decay
 */
export function adamW(
  parameters: usize,
  firstMoment: usize,
  secondMoment: usize,
  decay: usize,
  rate: usize,
  gradient: usize,
  gradientScale: f32,
  beta1: f32,
  beta2: f32,
  firstShare: f32,
  secondShare: f32,
  epsilon: f32,
  stepSize: f32,
  secondScale: f32,
  shrinkage: f32,
  start: i32,
  end: i32,
): void {
  for (let i = start; i < end; i += 4) {
    const left = end - i;
    const at = bytes(i);
    const share = loadPart(rate + at, left, 0);
    const g = f32x4.mul(counted(loadPart(gradient + at, left, 0), share), f32x4.splat(gradientScale));
    const m = mix(loadPart(firstMoment + at, left, 0), g, beta1, firstShare);
    const v = mix(loadPart(secondMoment + at, left, 0), f32x4.mul(g, g), beta2, secondShare);
    storePart(firstMoment + at, m, left);
    storePart(secondMoment + at, v, left);
    const root = f32x4.sqrt(f32x4.mul(v, f32x4.splat(secondScale)));
    const direction = f32x4.div(f32x4.mul(m, f32x4.splat(stepSize)), f32x4.add(root, f32x4.splat(epsilon)));
    const step = f32x4.mul(direction, share);
    const lost = f32x4.mul(f32x4.mul(loadPart(decay + at, left, 0), share), f32x4.splat(shrinkage));
    const kept = f32x4.sub(f32x4.splat(1), lost);
    storePart(parameters + at, f32x4.sub(f32x4.mul(loadPart(parameters + at, left, 0), kept), step), left);
  }
}

/** The gradient of what is not frozen, and 0 for the rest. */
@inline
function counted(gradient: v128, rate: v128): v128 {
  return v128.and(gradient, f32x4.gt(rate, f32x4.splat(0)));
}

/** beta * old + share * value. */
@inline
function mix(old: v128, value: v128, beta: f32, share: f32): v128 {
  return f32x4.add(f32x4.mul(old, f32x4.splat(beta)), f32x4.mul(value, f32x4.splat(share)));
}

import { bytes, loadPart, storePart, sumOfDoubles } from './vector';

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
 * The gradient's norm from its `blocks` sums of squares; `halted` becomes 1 if it is not finite. One thing to do, so that it can stand in a
 * recorded step.
 */
export function gradientNorm(partials: usize, blocks: i32, norm: usize, halted: usize, start: i32, end: i32): void {
  const length = <f32>sqrt<f64>(sumOfDoubles(partials, blocks));
  store<f32>(norm, length);
  if (!isFinite<f32>(length)) store<f32>(halted, 1);
}

/**
 * One AdamW update in place for the elements from `start` to `end`.
 *
 * @param rate each element's share of step size and shrinkage; at 0 it stays as it is
 * @param norm the gradient's, before clipping
 * @param hyper nine numbers of the step, see `adamWNumbers`
 * @param halted scalar: unless it is 0 nothing changes
 */
export function adamW(
  parameters: usize,
  firstMoment: usize,
  secondMoment: usize,
  decay: usize,
  rate: usize,
  gradient: usize,
  norm: usize,
  hyper: usize,
  halted: usize,
  epsilon: f32,
  start: i32,
  end: i32,
): void {
  if (load<f32>(halted) != 0) return;
  // In double where a number is made of two, so that it is rounded once.
  const gradientScale = <f32>min<f64>(1, <f64>load<f32>(hyper, 8) / (<f64>load<f32>(norm) + 1e-6));
  const stepSize = <f32>(<f64>load<f32>(hyper) * <f64>load<f32>(hyper, 12));
  const shrinkage = load<f32>(hyper, 4);
  const secondScale = load<f32>(hyper, 16);
  const beta1 = load<f32>(hyper, 20);
  const beta2 = load<f32>(hyper, 24);
  const firstShare = load<f32>(hyper, 28);
  const secondShare = load<f32>(hyper, 32);
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

import { bytes, loadPart, storePart } from './vector';

/** y = gradient + weight held (parameters - origin), `weight` a scalar, for the elements from `start` to `end`. */
export function l2sp(
  gradient: usize,
  parameters: usize,
  origin: usize,
  held: usize,
  y: usize,
  weight: usize,
  start: i32,
  end: i32,
): void {
  const strength = f32x4.splat(load<f32>(weight));
  for (let i = start; i < end; i += 4) {
    const left = end - i;
    const at = bytes(i);
    const moved = f32x4.sub(loadPart(parameters + at, left, 0), loadPart(origin + at, left, 0));
    const pull = f32x4.mul(moved, f32x4.mul(loadPart(held + at, left, 0), strength));
    storePart(y + at, f32x4.add(loadPart(gradient + at, left, 0), pull), left);
  }
}

/**
 * RecAdam's share of an update, in place, for the elements from `start` to `end`.
 *
 * @param share each element's share of the learning rate; at 0 it stays as it is
 * @param hyper nine numbers of the update, see `adamWNumbers`
 * @param numbers two: 1 - lambda, at 0 of which nothing changes, and gamma
 * @param halted scalar: unless it is 0 nothing changes
 */
export function recAdam(
  parameters: usize,
  firstMoment: usize,
  secondMoment: usize,
  origin: usize,
  share: usize,
  hyper: usize,
  numbers: usize,
  halted: usize,
  epsilon: f32,
  start: i32,
  end: i32,
): void {
  const rest = load<f32>(numbers);
  if (load<f32>(halted) != 0 || rest == 0) return;
  const rate = <f32>(<f64>load<f32>(hyper) * <f64>rest);
  const gamma = load<f32>(numbers, 4);
  const firstScale = load<f32>(hyper, 12);
  const secondScale = load<f32>(hyper, 16);
  for (let i = start; i < end; i += 4) {
    const left = end - i;
    const at = bytes(i);
    const step = f32x4.mul(loadPart(share + at, left, 0), f32x4.splat(rate));
    const root = f32x4.sqrt(f32x4.mul(loadPart(secondMoment + at, left, 0), f32x4.splat(secondScale)));
    const first = f32x4.mul(loadPart(firstMoment + at, left, 0), f32x4.splat(firstScale));
    const direction = f32x4.div(first, f32x4.add(root, f32x4.splat(epsilon)));
    const stepped = f32x4.add(loadPart(parameters + at, left, 0), f32x4.mul(step, direction));
    const moved = f32x4.sub(stepped, loadPart(origin + at, left, 0));
    storePart(parameters + at, f32x4.sub(stepped, f32x4.mul(f32x4.mul(step, f32x4.splat(gamma)), moved)), left);
  }
}

/**
 * MARS on one matrix (inputs, outputs), in place, for the outputs from `start` to `end`: those inside the ball keep their bits. `radius` and
 * `halted` are scalars; unless `halted` is 0 nothing changes.
 */
export function mars(
  parameters: usize,
  origin: usize,
  inputs: i32,
  outputs: i32,
  radius: usize,
  halted: usize,
  start: i32,
  end: i32,
): void {
  if (load<f32>(halted) != 0) return;
  const limit = f32x4.splat(load<f32>(radius));
  for (let j = start; j < end; j += 4) {
    const left = end - j;
    let norm = f32x4.splat(0);
    for (let i = 0; i < inputs; i++) {
      const at = bytes(i * outputs + j);
      norm = f32x4.add(norm, f32x4.abs(f32x4.sub(loadPart(parameters + at, left, 0), loadPart(origin + at, left, 0))));
    }
    const outside = f32x4.gt(norm, limit);
    if (!v128.any_true(outside)) continue;
    const kept = f32x4.div(limit, norm);
    for (let i = 0; i < inputs; i++) {
      const at = bytes(i * outputs + j);
      const now = loadPart(parameters + at, left, 0);
      const from = loadPart(origin + at, left, 0);
      const projected = f32x4.add(from, f32x4.mul(f32x4.sub(now, from), kept));
      storePart(parameters + at, v128.bitselect(projected, now, outside), left);
    }
  }
}

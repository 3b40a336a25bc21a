import { exponential } from './exponential';
import { bytes, loadPart, maximumLane, storePart, sumLanes } from './vector';

@inline
export function maximum(x: usize, count: i32): f32 {
  let highest = f32x4.splat(-Infinity);
  for (let i = 0; i < count; i += 4) highest = f32x4.pmax(highest, loadPart(x + bytes(i), count - i, -Infinity));
  return maximumLane(highest);
}

/** y = e^((x - highest) * scale), y may be x; returns the sum of y. */
@inline
export function exponentials(x: usize, y: usize, count: i32, highest: f32, scale: f32): f32 {
  let total = f32x4.splat(0);
  for (let i = 0; i < count; i += 4) {
    const shifted = f32x4.sub(loadPart(x + bytes(i), count - i, -Infinity), f32x4.splat(highest));
    const value = exponential(f32x4.mul(shifted, f32x4.splat(scale)));
    storePart(y + bytes(i), value, count - i);
    total = f32x4.add(total, value);
  }
  return sumLanes(total);
}

/** x = x * factor. */
@inline
export function rescale(x: usize, count: i32, factor: f32): void {
  for (let i = 0; i < count; i += 4) {
    storePart(x + bytes(i), f32x4.mul(loadPart(x + bytes(i), count - i, 0), f32x4.splat(factor)), count - i);
  }
}

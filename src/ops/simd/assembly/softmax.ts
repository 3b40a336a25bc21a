import { exponential } from './exponential';
import { bytes, loadPart, maximumLane, storePart, sumLanes } from './vector';

@inline
export function maximum(x: usize, count: i32): f32 {
  let highest = f32x4.splat(-Infinity);
  for (let i = 0; i < count; i += 4) highest = f32x4.pmax(highest, loadPart(x + bytes(i), count - i, -Infinity));
  return maximumLane(highest);
}

/** y = e^((x - highest) * scale), y may be x; returns the sum of y. Two vectors at a time for the reason in gelu.ts. */
@inline
export function exponentials(x: usize, y: usize, count: i32, highest: f32, scale: f32): f32 {
  let total = f32x4.splat(0);
  let i = 0;
  for (; i + 8 <= count; i += 8) {
    const first = scaled(v128.load(x + bytes(i)), highest, scale);
    const second = scaled(v128.load(x + bytes(i), 16), highest, scale);
    v128.store(y + bytes(i), first);
    v128.store(y + bytes(i), second, 16);
    total = f32x4.add(total, f32x4.add(first, second));
  }
  for (; i < count; i += 4) {
    const rest = scaled(loadPart(x + bytes(i), count - i, -Infinity), highest, scale);
    storePart(y + bytes(i), rest, count - i);
    total = f32x4.add(total, rest);
  }
  return sumLanes(total);
}

@inline
function scaled(x: v128, highest: f32, scale: f32): v128 {
  return exponential(f32x4.mul(f32x4.sub(x, f32x4.splat(highest)), f32x4.splat(scale)));
}

/** x = x * factor. */
@inline
export function rescale(x: usize, count: i32, factor: f32): void {
  for (let i = 0; i < count; i += 4) {
    storePart(x + bytes(i), f32x4.mul(loadPart(x + bytes(i), count - i, 0), f32x4.splat(factor)), count - i);
  }
}
